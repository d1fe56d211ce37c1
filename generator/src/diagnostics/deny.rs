//! Diagnostics that a command line denies: `--deny CODE` and `--deny-warnings`.

use indexmap::IndexMap;

use super::{Code, Diagnostics, Severity};

/// The warnings that become errors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Denied {
    /// The warnings with these codes.
    pub codes: Vec<Code>,
    /// All warnings.
    pub warnings: bool,
}

/// The number of diagnostics with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeCount {
    /// The severity.
    pub severity: Severity,
    /// The code.
    pub code: Code,
    /// The number, which is at least 1.
    pub count: usize,
}

impl Diagnostics {
    /// Makes errors of denied warnings.
    ///
    /// Call it after [`accept`](Self::accept): a diagnostic that the configuration accepts is not
    /// denied.
    pub fn deny(&mut self, denied: &Denied) {
        for diagnostic in &mut self.found {
            if denied.warnings || denied.codes.contains(&diagnostic.code) {
                diagnostic.severity = Severity::Error;
            }
        }
    }

    /// Counts the diagnostics of each code: errors first, then the most frequent codes.
    #[must_use]
    pub fn count_codes(&self) -> Vec<CodeCount> {
        let mut counts: IndexMap<(Severity, Code), usize> = IndexMap::new();
        for diagnostic in &self.found {
            let key = (diagnostic.severity, diagnostic.code);
            *counts.entry(key).or_default() += 1;
        }
        let counts = counts.into_iter();
        let mut counts: Vec<CodeCount> = counts
            .map(|((severity, code), count)| CodeCount {
                severity,
                code,
                count,
            })
            .collect();
        counts.sort_by(|a, b| {
            (b.severity, b.count, a.code.as_str()).cmp(&(a.severity, a.count, b.code.as_str()))
        });
        counts
    }
}
