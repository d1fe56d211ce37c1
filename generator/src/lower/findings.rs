//! What the lowering has to say, each thing once.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::source::Pointer;

/// A list of findings without repetitions.
///
/// A schema can be looked at more than once, for example by each that inherits
/// from it; what is wrong with it is still one finding.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Diagnostic>,
    seen: HashSet<(Code, Pointer)>,
    /// What is said once for all places: where it stands in the list, and how many places follow.
    summarized: HashMap<(Code, String), Summarized>,
}

/// A finding that stands for all that are about the same thing.
#[derive(Debug)]
struct Summarized {
    index: usize,
    further: usize,
}

impl Findings {
    /// Adds a finding, unless there is one of this code at this place.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        if self.seen.insert((finding.code, finding.pointer.clone())) {
            self.list.push(finding);
        }
    }

    /// Adds a finding about something that many places of a document have in common, unless there is
    /// one of this code about it. The first one says how many followed.
    pub(super) fn push_summarized(&mut self, about: String, finding: Diagnostic) {
        if !self.seen.insert((finding.code, finding.pointer.clone())) {
            return;
        }
        match self.summarized.entry((finding.code, about)) {
            Entry::Occupied(mut entry) => entry.get_mut().further += 1,
            Entry::Vacant(entry) => {
                entry.insert(Summarized {
                    index: self.list.len(),
                    further: 0,
                });
                self.list.push(finding);
            }
        }
    }

    /// Warns of something that was lost or guessed.
    pub(super) fn warn(&mut self, code: Code, at: &Pointer, message: impl Into<String>) {
        self.push(Diagnostic::new(code, at.clone(), message));
    }

    /// The findings, in the order they were made.
    pub(super) fn into_list(mut self) -> Vec<Diagnostic> {
        for Summarized { index, further } in self.summarized.into_values() {
            if let Some(finding) = self.list.get_mut(index).filter(|_| further > 0) {
                let places = if further == 1 { "place" } else { "places" };
                finding.message = format!("{} ({further} more {places})", finding.message);
            }
        }
        self.list
    }
}
