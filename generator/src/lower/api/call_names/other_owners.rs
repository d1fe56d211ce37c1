//! Nouns that make a method read as an act on another resource.
//!
//! `delete_site` of `databases` reads as if it deletes the site, and `list_instance` of
//! `invitations` as if it lists instances.

use std::collections::HashSet;

use super::api_path::Segment;
use super::facts::OperationFacts;
use super::vocabulary::{is_preposition, letters, standard_verb};
use crate::ir::Words;

/// A method whose object is another resource of the document.
pub(super) struct OtherOwner {
    verb: Words,
    object: Words,
    /// Whether the path has the other resource before the resource of the method.
    is_in_path: bool,
}

impl OtherOwner {
    /// Finds the other resource that a method names after a standard verb.
    ///
    /// The other resources are the `owners` of the document, except those at or below the resource
    /// in the path. An object after a preposition is not misleading, and stays.
    pub(super) fn find(
        method: &Words,
        resource: &Words,
        operation: &OperationFacts,
        owners: &HashSet<String>,
    ) -> Option<Self> {
        let mut words = method.iter();
        let verb = words.next().filter(|verb| acts_on_object(verb))?;
        let object: Words = words.collect();
        let is_introduced = object.iter().any(|word| is_preposition(word));
        let name = letters(&object);
        let is_other = owners.contains(&name) && name != letters(resource);
        let things: Vec<Words> = operation.path.segments.iter().map(name_thing).collect();
        let own = letters(resource);
        let start = things
            .iter()
            .rposition(|it| letters(it) == own)
            .unwrap_or(0);
        let is_below = things.get(start..)?.iter().any(|it| ends_with(it, &object));
        let is_in_path = things.iter().any(|it| letters(it) == name);
        (is_other && !is_introduced && !is_below).then(|| Self {
            verb: Words::split(verb),
            object,
            is_in_path,
        })
    }

    /// The method without its object if the path has it, or with a preposition:
    /// `databases().delete(site_id)` and `invitations().list_for_instance()`.
    pub(super) fn rename(&self) -> Words {
        if self.is_in_path {
            return self.verb.clone();
        }
        self.introduce()
    }

    /// The method with a preposition before its object: `list_for_instance`.
    pub(super) fn introduce(&self) -> Words {
        self.verb.with("for").join(&self.object)
    }
}

/// The noun that a segment of a path names: `site` of `{site_id}`.
fn name_thing(segment: &Segment) -> Words {
    match segment {
        Segment::Literal(_, words) => words.clone(),
        Segment::Parameter(name) => name.iter().filter(|word| *word != "id").collect(),
    }
}

/// Whether a noun ends with another, in any number: `oauth-clients` and `client`.
fn ends_with(noun: &Words, end: &Words) -> bool {
    let (noun, end) = (noun.singulars(), end.singulars());
    let skipped = noun.iter().count().checked_sub(end.iter().count());
    skipped.is_some_and(|skipped| noun.iter().skip(skipped).eq(end.iter()))
}

/// Whether a verb is a standard one.
///
/// `add` and `remove` are not, because their object is rarely the resource: `remove_user` of
/// `groups`.
fn acts_on_object(verb: &str) -> bool {
    standard_verb(verb).is_some() && !matches!(verb, "add" | "remove" | "change")
}
