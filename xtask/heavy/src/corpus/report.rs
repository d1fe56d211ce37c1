//! The report: a row for each document, and the sums.

mod growth;
mod summary;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::own_tests::Tests;
use growth::Growth;
use summary::Summary;

/// Result for one document.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) fate: Fate,
    pub(super) figures: Figures,
    pub(super) generate_seconds: f64,
    /// The most memory that the compiler had at a time.
    pub(super) generate_mebibytes: u64,
    pub(super) check: Option<Check>,
    pub(super) trips: Option<Trips>,
    pub(super) tests: Option<Tests>,
}

/// Outcome of the compiler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
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
pub(super) struct Figures {
    pub(super) types: usize,
    pub(super) operations: usize,
    pub(super) declared_operations: usize,
    pub(super) typed: usize,
    pub(super) untyped_declared: usize,
    pub(super) untyped_unsupported: usize,
    /// The schemas that became raw JSON.
    pub(super) raw: Vec<Raw>,
    /// The operations that take a parameter like those of pages, and are not paged.
    pub(super) unpaged: Vec<Unpaginated>,
    pub(super) files: usize,
    pub(super) lines: usize,
    pub(super) longest: Option<Longest>,
    /// Number of warnings. The compiler's report has no more.
    #[serde(skip_deserializing)]
    pub(super) warnings: Vec<Warning>,
}

/// The warnings, with their pointers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Warning {
    pub(super) code: String,
    pub(super) pointer: Option<String>,
    pub(super) message: String,
}

/// A schema that became raw JSON, and the reason.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Raw {
    code: String,
    pointer: String,
}

/// An operation that looks like a page of a list, and why it is not paged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Unpaginated {
    pub(super) reason: String,
    pub(super) pointer: String,
}

impl Figures {
    /// As many operations are not paged for each reason.
    fn unpaged_by_reason(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for unpaged in &self.unpaged {
            *counts.entry(unpaged.reason.as_str()).or_default() += 1;
        }
        counts
    }

    /// Number of schemas that became raw JSON, by reason.
    fn raw_by_reason(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for raw in &self.raw {
            *counts.entry(raw.code.as_str()).or_default() += 1;
        }
        counts
    }
}

/// The file of a crate that has the most lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Longest {
    pub(super) path: String,
    pub(super) lines: usize,
}

/// Result of rustc for a crate.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Check {
    pub(super) seconds: f64,
    pub(super) mebibytes: u64,
    pub(super) errors: Vec<String>,
}

/// Result for the examples of a document.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Trips {
    /// Number of examples for schemas with a type. An example that is assembled from those of its
    /// properties counts only if it is valid.
    pub(super) found: usize,
    /// As many of these are valid by their schema.
    pub(super) valid: usize,
    /// As many of these came back as they were.
    pub(super) passed: usize,
    /// Cost to build the program.
    pub(super) seconds: f64,
    pub(super) mebibytes: u64,
    /// The reason for missing figures.
    pub(super) error: Option<String>,
    pub(super) failures: Vec<Failure>,
}

/// An example that did not come back as it was.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Failure {
    /// Pointer of the example, or of the schema if its example is assembled.
    pub(super) pointer: String,
    pub(super) composed: bool,
    /// The type that it should be of.
    #[serde(rename = "type")]
    pub(super) ty: String,
    pub(super) reason: String,
    /// Pointer within the example.
    pub(super) at: String,
}

impl Row {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            fate: Fate::Crashed(String::new()),
            figures: Figures::default(),
            generate_seconds: 0.0,
            generate_mebibytes: 0,
            check: None,
            trips: None,
            tests: None,
        }
    }

    fn is_good(&self) -> bool {
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
    fn state(&self) -> String {
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

/// All rows.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    documents: Vec<Row>,
}

impl Report {
    pub(super) fn new(documents: Vec<Row>) -> Self {
        Self { documents }
    }

    /// Whether every document came through with every operation.
    pub(super) fn is_good(&self) -> bool {
        self.documents.iter().all(Row::is_good)
    }

    pub(super) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    /// A table, with the sums above it.
    pub(super) fn markdown(&self) -> String {
        let mut text = format!("# Corpus\n\n{self}\n");
        text.push_str("| document | state | operations | types | typed places | raw | not paged | warnings | lines | round trips | s | MiB | check s | check MiB | trip s | trip MiB |\n");
        text.push_str("| --- | --- | ---: | ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for row in &self.documents {
            let figures = &row.figures;
            let check = row.check.clone().unwrap_or_default();
            let trips = row.trips.clone().unwrap_or_default();
            writeln!(
                text,
                "| {} | {} | {}/{} | {} | {} | {} | {} | {} | {} | {}/{} | {:.2} | {} | {:.1} | {} | {:.1} | {} |",
                row.name,
                row.state().replace('|', "\\|"),
                figures.operations,
                figures.declared_operations,
                figures.types,
                figures.typed,
                format_counts(&figures.raw_by_reason()),
                format_counts(&figures.unpaged_by_reason()),
                figures.warnings.len(),
                figures.lines,
                trips.passed,
                trips.valid,
                row.generate_seconds,
                row.generate_mebibytes,
                check.seconds,
                check.mebibytes,
                trips.seconds,
                trips.mebibytes,
            )
            .expect("writing to a string");
        }
        text
    }

    /// The figures that depend neither on the machine nor on the time.
    pub(super) fn summary(&self) -> Summary<'_> {
        Summary::new(&self.documents)
    }

    fn trips(&self) -> impl Iterator<Item = &Trips> {
        self.documents.iter().filter_map(|row| row.trips.as_ref())
    }

    /// The failures of round trips, by their reasons, the most frequent first.
    fn reasons(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for failure in self.trips().flat_map(|trips| &trips.failures) {
            *counts.entry(&failure.reason).or_default() += 1;
        }
        let mut reasons: Vec<_> = counts.into_iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        reasons
    }

    /// Counts the schemas that became raw JSON by their reasons.
    fn raw(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for row in &self.documents {
            for (reason, count) in row.figures.raw_by_reason() {
                *counts.entry(reason).or_default() += count;
            }
        }
        counts
    }

    fn longest(&self) -> Option<(&Row, &Longest)> {
        let files = self
            .documents
            .iter()
            .filter_map(|row| Some((row, row.figures.longest.as_ref()?)));
        files.max_by_key(|(_, longest)| longest.lines)
    }

    fn sum(&self, of: impl Fn(&Row) -> usize) -> usize {
        self.documents.iter().map(of).sum()
    }
}

/// Counts in a cell of a table.
fn format_counts(counts: &BTreeMap<&str, usize>) -> String {
    let counts = counts.iter();
    let counts: Vec<_> = counts
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    counts.join(", ")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let generated = self
            .documents
            .iter()
            .filter(|row| row.fate == Fate::Generated)
            .count();
        let checked = self
            .documents
            .iter()
            .filter(|row| row.check.is_some())
            .count();
        let compiled = self
            .documents
            .iter()
            .filter(|row| row.check.as_ref().is_some_and(|c| c.errors.is_empty()))
            .count();
        writeln!(
            f,
            "{} documents: {generated} generated, {compiled} of {checked} checked compile",
            self.documents.len()
        )?;
        writeln!(
            f,
            "{} of {} operations; {} typed places, {} raw as declared, {} raw because unsupported; {} warnings",
            self.sum(|row| row.figures.operations),
            self.sum(|row| row.figures.declared_operations),
            self.sum(|row| row.figures.typed),
            self.sum(|row| row.figures.untyped_declared),
            self.sum(|row| row.figures.untyped_unsupported),
            self.sum(|row| row.figures.warnings.len()),
        )?;
        for (reason, count) in self.raw() {
            writeln!(f, "{count:>7} {reason}")?;
        }
        if let Some((row, longest)) = self.longest() {
            let (lines, path) = (longest.lines, &longest.path);
            writeln!(f, "longest file: {lines} lines, `{path}` of {}", row.name)?;
        }
        if self.trips().next().is_some() {
            let sum = |of: fn(&Trips) -> usize| self.trips().map(of).sum::<usize>();
            writeln!(
                f,
                "{} examples, {} of them valid, {} of these come back as they were",
                sum(|trips| trips.found),
                sum(|trips| trips.valid),
                sum(|trips| trips.passed),
            )?;
            for (reason, count) in self.reasons() {
                writeln!(f, "{count:>7} {reason}")?;
            }
        }
        let tests = || self.documents.iter().filter_map(|row| row.tests.as_ref());
        if tests().next().is_some() {
            let passed: usize = tests().map(|tests| tests.passed).sum();
            let failed: usize = tests().map(|tests| tests.failed.len()).sum();
            writeln!(f, "{passed} of {} tests of crates pass", passed + failed)?;
        }
        Growth::new(&self.documents).fmt(f)?;
        for row in self.documents.iter().filter(|row| !row.is_good()) {
            writeln!(f, "not good: {row}")?;
        }
        Ok(())
    }
}
