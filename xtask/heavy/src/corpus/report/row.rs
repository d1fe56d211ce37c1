//! A row of the report: the results for one document.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::corpus::misleading_names::Call;
use crate::corpus::own_tests::Tests;

/// Result for one document.
#[derive(Debug, Clone, Serialize)]
pub(in crate::corpus) struct Row {
    pub(in crate::corpus) name: String,
    pub(in crate::corpus) fate: Fate,
    pub(in crate::corpus) figures: Figures,
    pub(in crate::corpus) generate_seconds: f64,
    /// The most memory that the compiler had at a time.
    pub(in crate::corpus) generate_mebibytes: u64,
    /// The calls that read as an act on another thing than their resource.
    pub(in crate::corpus) misleading_names: Vec<Call>,
    pub(in crate::corpus) check: Option<Check>,
    pub(in crate::corpus) trips: Option<Trips>,
    pub(in crate::corpus) tests: Option<Tests>,
}

/// Outcome of the compiler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::corpus) enum Fate {
    /// With a crate.
    Generated,
    /// With diagnostics; the first one is kept.
    Refused(String),
    /// By the limit on its time.
    TimedOut,
    /// By a panic or a signal.
    Crashed(String),
}

/// The compiler's own report on a crate.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::corpus) struct Figures {
    pub(in crate::corpus) types: usize,
    pub(in crate::corpus) operations: usize,
    pub(in crate::corpus) declared_operations: usize,
    pub(in crate::corpus) typed: usize,
    pub(in crate::corpus) untyped_declared: usize,
    pub(in crate::corpus) untyped_unsupported: usize,
    /// The schemas that became raw JSON.
    pub(in crate::corpus) raw: Vec<Raw>,
    /// The operations that take a parameter like those of pages, and are not paged.
    pub(in crate::corpus) unpaged: Vec<Unpaginated>,
    /// Number of names with a number that distinguishes nothing, by kind of name.
    pub(in crate::corpus) numbered: BTreeMap<String, usize>,
    pub(in crate::corpus) files: usize,
    pub(in crate::corpus) lines: usize,
    pub(in crate::corpus) longest: Option<Longest>,
    /// Number of warnings. The compiler's report has no more.
    #[serde(skip_deserializing)]
    pub(in crate::corpus) warnings: Vec<Warning>,
}

/// The warnings, with their pointers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::corpus) struct Warning {
    pub(in crate::corpus) code: String,
    pub(in crate::corpus) pointer: Option<String>,
    pub(in crate::corpus) message: String,
}

/// A schema that became raw JSON, and the reason.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::corpus) struct Raw {
    code: String,
    pointer: String,
}

/// An operation that looks like a page of a list, and why it is not paged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::corpus) struct Unpaginated {
    pub(in crate::corpus) reason: String,
    pub(in crate::corpus) pointer: String,
}

impl Figures {
    /// As many operations are not paged for each reason.
    pub(super) fn unpaged_by_reason(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for unpaged in &self.unpaged {
            *counts.entry(unpaged.reason.as_str()).or_default() += 1;
        }
        counts
    }

    /// Number of schemas that became raw JSON, by reason.
    pub(super) fn raw_by_reason(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for raw in &self.raw {
            *counts.entry(raw.code.as_str()).or_default() += 1;
        }
        counts
    }
}

/// The file of a crate that has the most lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::corpus) struct Longest {
    pub(in crate::corpus) path: String,
    pub(in crate::corpus) lines: usize,
}

/// Result of rustc for a crate.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::corpus) struct Check {
    pub(in crate::corpus) seconds: f64,
    pub(in crate::corpus) mebibytes: u64,
    pub(in crate::corpus) errors: Vec<String>,
}

/// Result for the examples of a document.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::corpus) struct Trips {
    /// Number of examples for schemas with a type. An example that is assembled from those of its
    /// properties counts only if it is valid.
    pub(in crate::corpus) found: usize,
    /// As many of these are valid by their schema.
    pub(in crate::corpus) valid: usize,
    /// As many of these came back as they were.
    pub(in crate::corpus) passed: usize,
    /// Cost to build the program.
    pub(in crate::corpus) seconds: f64,
    pub(in crate::corpus) mebibytes: u64,
    /// The reason for missing figures.
    pub(in crate::corpus) error: Option<String>,
    pub(in crate::corpus) failures: Vec<Failure>,
}

/// An example that did not come back as it was.
#[derive(Debug, Clone, Serialize)]
pub(in crate::corpus) struct Failure {
    /// Pointer of the example, or of the schema if its example is assembled.
    pub(in crate::corpus) pointer: String,
    pub(in crate::corpus) composed: bool,
    /// The type that it should be of.
    #[serde(rename = "type")]
    pub(in crate::corpus) ty: String,
    pub(in crate::corpus) reason: String,
    /// Pointer within the example.
    pub(in crate::corpus) at: String,
}

impl Row {
    pub(in crate::corpus) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            fate: Fate::Crashed(String::new()),
            figures: Figures::default(),
            generate_seconds: 0.0,
            generate_mebibytes: 0,
            misleading_names: Vec::new(),
            check: None,
            trips: None,
            tests: None,
        }
    }

    pub(super) fn is_good(&self) -> bool {
        self.fate == Fate::Generated
            && self.figures.operations == self.figures.declared_operations
            && self
                .check
                .as_ref()
                .is_none_or(|check| check.errors.is_empty())
            && self
                .trips
                .as_ref()
                .is_none_or(|trips| trips.error.is_none())
            && self.tests.as_ref().is_none_or(Tests::are_good)
    }

    /// The last step that the document reached.
    pub(super) fn state(&self) -> String {
        match (&self.fate, &self.check) {
            (Fate::Refused(why), _) => format!("refused: {why}"),
            (Fate::TimedOut, _) => "timed out".to_owned(),
            (Fate::Crashed(why), _) => format!("crashed: {why}"),
            (Fate::Generated, Some(check)) => match check.errors.first() {
                Some(first) => format!("{} errors: {first}", check.errors.len()),
                None => "compiles".to_owned(),
            },
            (Fate::Generated, None) => "generated".to_owned(),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figures = &self.figures;
        write!(
            f,
            "{}: {}; {}/{} operations, {} types, {} raw, {} warnings, {:.2} s, {} MiB",
            self.name,
            self.state(),
            figures.operations,
            figures.declared_operations,
            figures.types,
            figures.untyped_unsupported,
            figures.warnings.len(),
            self.generate_seconds,
            self.generate_mebibytes,
        )?;
        match &self.trips {
            None => Ok(()),
            Some(Trips {
                error: Some(error), ..
            }) => write!(f, "; no round trips: {error}"),
            Some(trips) => write!(
                f,
                "; {} of {} valid examples pass ({} found)",
                trips.passed, trips.valid, trips.found
            ),
        }?;
        self.tests.as_ref().map_or(Ok(()), |tests| tests.fmt(f))
    }
}
