//! The report: a row for each document, and the sums.

mod growth;
mod row;
mod summary;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::Serialize;

use growth::Growth;
pub(super) use row::{Check, Failure, Fate, Figures, Longest, Row, Trips, Unpaginated, Warning};
use summary::Summary;

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
