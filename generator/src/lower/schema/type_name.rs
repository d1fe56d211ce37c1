//! Where an inline schema stands, which is what its type is named for.

use crate::ir::{Owner, Words};

/// A place in the model: a root, and the steps from there.
///
/// TupleShape are chained on the stack; words are only built when a type needs a name.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct TypeNamePath<'p> {
    parent: Option<&'p TypeNamePath<'p>>,
    step: Step<'p>,
    owner: &'p Owner,
    singular_is_taken: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    /// Something that has a name of its own.
    Root(&'p Words),
    /// A property.
    Property(&'p str),
    /// A parameter.
    Parameter(&'p str),
    /// The elements of a list, or the values of a map.
    Element(&'static str),
    /// An variant of a union.
    Variant(&'p Words),
}

impl<'p> TypeNamePath<'p> {
    /// A place with a name of its own.
    pub(in crate::lower) const fn root(words: &'p Words, owner: &'p Owner) -> Self {
        Self {
            parent: None,
            step: Step::Root(words),
            owner,
            singular_is_taken: false,
        }
    }

    /// The same place, where the name of one of many here is another's already.
    pub(in crate::lower) const fn singular_is_taken(self, singular_is_taken: bool) -> Self {
        Self {
            singular_is_taken,
            ..self
        }
    }

    /// A parameter here.
    pub(in crate::lower) fn parameter(&'p self, name: &'p str) -> Self {
        self.below(Step::Parameter(name))
    }

    /// A property here.
    pub(in crate::lower) fn property(&'p self, name: &'p str) -> Self {
        self.below(Step::Property(name))
    }

    /// The elements of a list here.
    pub(in crate::lower) fn item(&'p self) -> Self {
        self.below(Step::Element("item"))
    }

    /// The values of a map here.
    pub(in crate::lower) fn value(&'p self) -> Self {
        self.below(Step::Element("value"))
    }

    /// An variant of a union here.
    pub(in crate::lower) fn variant(&'p self, words: &'p Words) -> Self {
        self.below(Step::Variant(words))
    }

    fn below(&'p self, step: Step<'p>) -> Self {
        Self {
            parent: Some(self),
            step,
            owner: self.owner,
            singular_is_taken: self.singular_is_taken && matches!(step, Step::Element(_)),
        }
    }

    /// What a type here belongs to.
    pub(in crate::lower) fn owner(&self) -> Owner {
        self.owner.clone()
    }

    /// Whether this is a property, rather than what it holds.
    pub(in crate::lower) const fn is_property(&self) -> bool {
        matches!(self.step, Step::Property(_))
    }

    /// The words that a type here is named with.
    pub(in crate::lower) fn words(&self) -> Words {
        let base = self.parent.map(Self::words).unwrap_or_default();
        match self.step {
            Step::Root(words) => words.clone(),
            Step::Property(name) | Step::Parameter(name) => base.join(&Words::split(name)),
            Step::Variant(words) => base.join(words),
            Step::Element(kind) => element(&base, kind, self.singular_is_taken),
        }
    }
}

/// One of many: `tags` are each a `tag`, and what has no plural is an `item`.
fn element(base: &Words, kind: &str, singular_is_taken: bool) -> Words {
    let one = base.singular();
    if singular_is_taken {
        one.with(kind)
    } else if one == *base {
        base.with(kind)
    } else {
        one
    }
}

#[cfg(test)]
mod tests {
    use super::TypeNamePath;
    use crate::ir::{Owner, WireName, Words};

    #[test]
    fn inline_types_are_named_for_where_they_stand() {
        let (words, owner) = (Words::split("Pet"), Owner::Component(WireName::new("Pet")));
        let pet = TypeNamePath::root(&words, &owner);
        let (tags, metadata) = (pet.property("tags"), pet.property("metadata"));
        assert_eq!(tags.item().words().pascal(), "PetTag");
        assert_eq!(metadata.value().words().pascal(), "PetMetadataValue");
        assert_eq!(pet.item().words().pascal(), "PetItem");
    }

    #[test]
    fn top_level_lists_are_named_in_the_singular() {
        let (words, owner) = (Words::split("Pets"), Owner::Webhooks);
        assert_eq!(
            TypeNamePath::root(&words, &owner).item().words().pascal(),
            "Pet"
        );
    }
}
