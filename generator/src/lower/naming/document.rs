//! What is known of the names in a document only when all of its operations are looked at.

use super::is_prefix;
use crate::ir::{Words, target};
use crate::lower::endpoints::Endpoint;

/// What tags end with that are made of the names of classes, or say that they are of an API.
const CLASS: [&str; 4] = ["controller", "ctrl", "api", "endpoint"];

/// What all operations of a document say of one.
#[derive(Debug)]
pub(in crate::lower) struct Document {
    /// The words that tags end with and that say nothing.
    empty: Vec<&'static str>,
}

impl Document {
    pub(in crate::lower) fn of(endpoints: &[Endpoint<'_>]) -> Self {
        let segments = endpoints.iter().flat_map(|endpoint| {
            let segments = target(endpoint.path).split('/');
            segments.skip_while(|segment| is_prefix(&Words::split(segment).snake()))
        });
        let segments: Vec<&str> = segments.collect();
        // What paths are about means something in the tags too.
        let is_subject = |word: &str| segments.iter().any(|segment| ends_with(segment, word));
        let empty = CLASS.into_iter().filter(|word| !is_subject(word));
        Self {
            empty: empty.collect(),
        }
    }

    /// The resource of a tag: `users` of `UsersController`, `Users API` and `users`.
    pub(in crate::lower) fn resource(&self, tag: &str) -> Words {
        let words = Words::split(tag);
        let singulars = words.singulars();
        let ends = singulars.iter().rev();
        let count = ends
            .take_while(|last| self.empty.contains(&last.as_str()))
            .count();
        match words.iter().len().saturating_sub(count) {
            0 => words,
            length => words.iter().take(length).collect(),
        }
    }
}

/// Whether a segment ends with a word, in the singular or in the plural.
fn ends_with(segment: &str, word: &str) -> bool {
    let segment = segment.strip_suffix(['s', 'S']).unwrap_or(segment);
    let end = segment.len().checked_sub(word.len());
    end.and_then(|end| segment.get(end..))
        .is_some_and(|end| end.eq_ignore_ascii_case(word))
}
