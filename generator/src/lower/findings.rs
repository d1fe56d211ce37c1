//! What the lowering has to say, each thing once.

use std::collections::HashSet;

use crate::diag::Diagnostic;
use crate::load::Pointer;

/// A list of findings without repetitions.
///
/// A schema can be looked at more than once, for example by each that inherits
/// from it; what is wrong with it is still one finding.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Diagnostic>,
    seen: HashSet<(&'static str, Pointer)>,
}

impl Findings {
    /// Adds a finding, unless there is one of this code at this place.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        if self.seen.insert((finding.code, finding.pointer.clone())) {
            self.list.push(finding);
        }
    }

    /// Warns of something that was lost or guessed.
    pub(super) fn warn(&mut self, code: &'static str, at: &Pointer, message: impl Into<String>) {
        self.push(Diagnostic::warning(code, at.clone(), message));
    }

    /// The findings, in the order they were made.
    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}
