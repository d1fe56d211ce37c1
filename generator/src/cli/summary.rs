//! The summary of a run, for people and for scripts.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::diagnostics::{Diagnostics, Severity};
use crate::ir::{self, RawValue};
use crate::output::{Changes, DifferenceKind, Report};
use crate::pipeline::{Generated, Stats};
use crate::source::text::count_noun;

/// The summary of a run.
///
/// Its [`Display`](fmt::Display) is a line with the statistics; with `{:#}` also a line for each
/// file that was written or removed. A check lists the files that differ in any case. It is empty
/// for a run that failed, which the diagnostics describe.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    done: RunOutcome,
    types: usize,
    operations: usize,
    declared_operations: usize,
    callbacks: usize,
    /// Number of values with a type and of values that are raw JSON, by cause.
    typed: usize,
    untyped_declared: usize,
    untyped_unsupported: usize,
    /// The values that are raw JSON.
    raw: Vec<Raw>,
    /// Operations that look like pages of lists, and are not paginated.
    unpaged: Vec<Unpaginated>,
    /// Number of names that have a number because another name is the same, by kind of name.
    numbered: BTreeMap<&'static str, usize>,
    files: usize,
    lines: usize,
    /// The longest file.
    longest: Option<Longest>,
    errors: usize,
    warnings: usize,
    /// The files that differed, and the action taken.
    changes: Vec<Change>,
    unchanged: usize,
    micros: Micros,
}

/// The outcome of the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum RunOutcome {
    #[default]
    Failed,
    Generated,
    Written,
    Checked,
}

impl RunOutcome {
    /// The counts that are printed even if they are 0.
    const fn shown_statuses(self) -> &'static [FileStatus] {
        match self {
            Self::Failed | Self::Generated => &[],
            Self::Written => &[FileStatus::Written, FileStatus::Removed],
            Self::Checked => &[
                FileStatus::Different(DifferenceKind::Stale),
                FileStatus::Different(DifferenceKind::Missing),
                FileStatus::Different(DifferenceKind::Orphaned),
            ],
        }
    }
}

#[derive(Debug, Clone, Serialize)]
struct Longest {
    path: String,
    lines: usize,
}

/// A value that is raw JSON, with the reason.
#[derive(Debug, Clone, Serialize)]
struct Raw {
    code: &'static str,
    pointer: String,
}

impl Raw {
    fn new(value: &RawValue) -> Self {
        Self {
            code: value.reason.code(),
            pointer: value.pointer.to_string(),
        }
    }
}

/// An operation that looks like a page of a list, with the reason why it is not paginated.
#[derive(Debug, Clone, Serialize)]
struct Unpaginated {
    reason: &'static str,
    pointer: String,
}

impl Unpaginated {
    fn new(unpaged: &ir::Unpaginated) -> Self {
        Self {
            reason: unpaged.reason.as_str(),
            pointer: unpaged.pointer.to_string(),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
struct Change {
    what: FileStatus,
    path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileStatus {
    Written,
    Removed,
    Different(DifferenceKind),
}

impl FileStatus {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Removed => "removed",
            Self::Different(kind) => kind.as_str(),
        }
    }
}

impl Serialize for FileStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Duration of each phase.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Micros {
    load: u128,
    lower: u128,
    plan: u128,
    render: u128,
    total: u128,
}

impl From<Stats> for Micros {
    fn from(stats: Stats) -> Self {
        Self {
            load: stats.load.as_micros(),
            lower: stats.lower.as_micros(),
            plan: stats.plan.as_micros(),
            render: stats.render.as_micros(),
            total: stats.total().as_micros(),
        }
    }
}

impl Summary {
    /// Creates the summary before the output is compared with a directory.
    #[must_use]
    pub fn new(generated: &Generated) -> Self {
        Self {
            done: RunOutcome::Generated,
            types: generated.stats.types,
            operations: generated.stats.operations,
            declared_operations: generated.stats.declared_operations,
            callbacks: generated.stats.callbacks,
            typed: generated.places.typed,
            untyped_declared: generated.places.declared(),
            untyped_unsupported: generated.places.unsupported(),
            raw: generated.places.raw.iter().map(Raw::new).collect(),
            unpaged: generated.unpaged.iter().map(Unpaginated::new).collect(),
            numbered: generated.numbered_names.clone(),
            files: generated.output.len(),
            lines: generated.output.lines(),
            longest: generated.output.longest().map(|(path, lines)| Longest {
                path: path.to_owned(),
                lines,
            }),
            micros: generated.stats.into(),
            ..Self::for_failure(&generated.diagnostics)
        }
    }

    /// Creates the summary of a run that generated nothing.
    #[must_use]
    pub fn for_failure(diagnostics: &Diagnostics) -> Self {
        Self {
            errors: diagnostics.count(Severity::Error),
            warnings: diagnostics.count(Severity::Warning),
            ..Self::default()
        }
    }

    /// Adds the written files.
    #[must_use]
    pub fn with_written(mut self, report: &Report) -> Self {
        let change = |what| {
            move |path: &String| Change {
                what,
                path: path.clone(),
            }
        };
        self.changes
            .extend(report.written.iter().map(change(FileStatus::Written)));
        self.changes
            .extend(report.removed.iter().map(change(FileStatus::Removed)));
        self.unchanged = report.unchanged;
        self.done = RunOutcome::Written;
        self
    }

    /// Adds the result of a check.
    #[must_use]
    pub fn with_checked(mut self, changes: &Changes<'_>) -> Self {
        self.changes = changes
            .iter()
            .map(|change| Change {
                what: FileStatus::Different(change.kind),
                path: change.path.clone(),
            })
            .collect();
        self.unchanged = changes.unchanged();
        self.done = RunOutcome::Checked;
        self
    }

    /// Returns the summary as one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a summary has only strings and numbers")
    }

    fn count(&self, what: FileStatus) -> usize {
        self.changes.iter().filter(|c| c.what == what).count()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.done == RunOutcome::Failed {
            return Ok(());
        }
        // Differences are the result of a check, so it lists them in any case.
        if f.alternate() || self.done == RunOutcome::Checked {
            for change in &self.changes {
                writeln!(f, "{:<9} {}", change.what.as_str(), change.path)?;
            }
        }
        let (types, operations) = (
            count_noun(self.types, "type"),
            count_noun(self.operations, "operation"),
        );
        write!(f, "{types}, {operations}, ")?;
        if self.callbacks > 0 {
            write!(f, "{} left out, ", count_noun(self.callbacks, "callback"))?;
        }
        write!(f, "{}; files:", count_noun(self.warnings, "warning"))?;
        for &what in self.done.shown_statuses() {
            write!(f, " {} {},", self.count(what), what.as_str())?;
        }
        let millis = self.micros.total / 1000;
        writeln!(f, " {} unchanged; {millis} ms", self.unchanged)
    }
}
