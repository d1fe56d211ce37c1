//! The diagnostics of a run, with the texts that they speak of.

use std::fmt;

use crate::diag::{Diagnostics, Severity, Source};

/// What a run found out about its input.
///
/// Its [`Display`](fmt::Display) shows every diagnostic with the lines that it
/// is about.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The diagnostics, in the order they were made.
    pub diagnostics: Diagnostics,
    /// The text of the document, empty if it could not be read.
    pub document: Source,
    /// The text of the configuration, empty if there is none.
    pub config: Source,
}

impl Findings {
    /// The number of findings of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let of_severity = |found: &&crate::diag::Diagnostic| found.severity == severity;
        self.diagnostics.iter().filter(of_severity).count()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{diagnostic:?}")?;
        }
        Ok(())
    }
}
