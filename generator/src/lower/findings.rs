//! Diagnostics of lowering, without repetitions.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::source::Pointer;

/// A list of diagnostics without repetitions.
///
/// Lowering can visit a schema more than once, for example for each schema that inherits it. A
/// problem in the schema is still one diagnostic.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Diagnostic>,
    seen: HashSet<(Code, Pointer)>,
    /// Diagnostics that summarize many positions, by code and subject.
    summarized: HashMap<(Code, String), Summarized>,
}

/// A diagnostic that summarizes all with the same subject.
#[derive(Debug)]
struct Summarized {
    index: usize,
    further: usize,
}

impl Findings {
    /// Adds a diagnostic, unless there is one with this code at this JSON pointer.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        if self.seen.insert((finding.code, finding.pointer.clone())) {
            self.list.push(finding);
        }
    }

    /// Adds a diagnostic about a subject that many positions share. If there is one about the subject,
    /// only its count increases.
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

    /// Adds a warning.
    pub(super) fn warn(&mut self, code: Code, at: &Pointer, message: impl Into<String>) {
        self.push(Diagnostic::new(code, at.clone(), message));
    }

    /// Returns the diagnostics in the order in which they were added.
    pub(super) fn into_list(mut self) -> Vec<Diagnostic> {
        for Summarized { index, further } in self.summarized.into_values() {
            if let Some(finding) = self.list.get_mut(index).filter(|_| further > 0) {
                let locations = if further == 1 {
                    "location"
                } else {
                    "locations"
                };
                finding.message = format!("{} ({further} more {locations})", finding.message);
            }
        }
        self.list
    }
}
