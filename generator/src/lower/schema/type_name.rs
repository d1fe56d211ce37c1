//! Names of types, from the position where their schema is used.

use crate::ir::{Owner, Words};

/// The path to an inline schema: a root, and the steps from there.
///
/// Paths are chained on the stack. Words are only built when a type needs a name.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct TypeNamePath<'p> {
    parent: Option<&'p TypeNamePath<'p>>,
    step: Step<'p>,
    owner: &'p Owner,
    singular_is_taken: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    /// A component, an operation, or another item with a name.
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
    /// Returns the path of an item with a name.
    pub(in crate::lower) const fn root(words: &'p Words, owner: &'p Owner) -> Self {
        Self {
            parent: None,
            step: Step::Root(words),
            owner,
            singular_is_taken: false,
        }
    }

    /// Returns the same path, with a note whether the singular of its name is taken.
    pub(in crate::lower) const fn singular_is_taken(self, singular_is_taken: bool) -> Self {
        Self {
            singular_is_taken,
            ..self
        }
    }

    /// Appends a parameter.
    pub(in crate::lower) fn parameter(&'p self, name: &'p str) -> Self {
        self.below(Step::Parameter(name))
    }

    /// Appends a property.
    pub(in crate::lower) fn property(&'p self, name: &'p str) -> Self {
        self.below(Step::Property(name))
    }

    /// Appends the items of an array.
    pub(in crate::lower) fn item(&'p self) -> Self {
        self.below(Step::Element("item"))
    }

    /// Appends the values of a map.
    pub(in crate::lower) fn value(&'p self) -> Self {
        self.below(Step::Element("value"))
    }

    /// Appends a variant of a union.
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

    /// Returns the owner of a type at this path.
    pub(in crate::lower) fn owner(&self) -> Owner {
        self.owner.clone()
    }

    /// Whether the path ends in a property.
    pub(in crate::lower) const fn is_property(&self) -> bool {
        matches!(self.step, Step::Property(_))
    }

    /// Returns the words for the name of a type at this path.
    pub(in crate::lower) fn words(&self) -> Words {
        let base = self.parent.map(Self::words).unwrap_or_default();
        match self.step {
            Step::Root(words) => words.clone(),
            Step::Property(name) | Step::Parameter(name) => base.join(&Words::split(name)),
            Step::Variant(words) => base.join(words),
            Step::Element(kind) => element(&base, kind, self.singular_is_taken),
        }
    }

    /// Returns the words for the name of a type at this path, if another type has the usual name.
    pub(in crate::lower) fn distinct_words(&self) -> Option<Words> {
        let base = self.parent.map(Self::words).unwrap_or_default();
        match self.step {
            Step::Element(kind) => Some(base.with(kind)),
            Step::Parameter(name) => Some(base.join(&Words::split(name)).with("param")),
            // The body of a response, next to a schema of this name.
            Step::Root(words) if matches!(self.owner, Owner::Operation(_)) => {
                Some(words.with("body"))
            }
            Step::Root(_) | Step::Property(_) | Step::Variant(_) => None,
        }
    }
}

/// Returns the name of an element: an element of `tags` is a `tag`, and a name without a plural
/// gets the suffix `item`.
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
    fn inline_types_are_named_for_their_position() {
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
