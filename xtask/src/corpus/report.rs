//! The report: a row for each document, and the sums.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

/// What became of a document.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) fate: Fate,
    pub(super) figures: Figures,
    pub(super) generate_seconds: f64,
    /// The most memory that the compiler had at a time.
    pub(super) generate_mebibytes: u64,
    pub(super) check: Option<Check>,
}

/// How the compiler ended.
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

/// What the compiler says of a crate.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Figures {
    pub(super) types: usize,
    pub(super) operations: usize,
    pub(super) declared_operations: usize,
    pub(super) typed: usize,
    pub(super) untyped_declared: usize,
    pub(super) untyped_unsupported: usize,
    pub(super) files: usize,
    pub(super) lines: usize,
    pub(super) warnings: usize,
}

/// What rustc says of a crate.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Check {
    pub(super) seconds: f64,
    pub(super) mebibytes: u64,
    pub(super) errors: Vec<String>,
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
        }
    }

    fn is_good(&self) -> bool {
        self.fate == Fate::Generated
            && self.figures.operations == self.figures.declared_operations
            && self
                .check
                .as_ref()
                .is_none_or(|check| check.errors.is_empty())
    }

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
            figures.warnings,
            self.generate_seconds,
            self.generate_mebibytes,
        )
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
        text.push_str("| document | state | operations | types | raw | warnings | lines | s | MiB | check s | check MiB |\n");
        text.push_str(
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        );
        for row in &self.documents {
            let figures = &row.figures;
            let check = row.check.clone().unwrap_or_default();
            writeln!(
                text,
                "| {} | {} | {}/{} | {} | {} | {} | {} | {:.2} | {} | {:.1} | {} |",
                row.name,
                row.state().replace('|', "\\|"),
                figures.operations,
                figures.declared_operations,
                figures.types,
                figures.untyped_unsupported,
                figures.warnings,
                figures.lines,
                row.generate_seconds,
                row.generate_mebibytes,
                check.seconds,
                check.mebibytes,
            )
            .expect("writing to a string");
        }
        text
    }

    fn sum(&self, of: impl Fn(&Row) -> usize) -> usize {
        self.documents.iter().map(of).sum()
    }
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
            "{} of {} operations; {} typed places, {} raw as declared, {} raw for want of support; {} warnings",
            self.sum(|row| row.figures.operations),
            self.sum(|row| row.figures.declared_operations),
            self.sum(|row| row.figures.typed),
            self.sum(|row| row.figures.untyped_declared),
            self.sum(|row| row.figures.untyped_unsupported),
            self.sum(|row| row.figures.warnings),
        )?;
        for row in self.documents.iter().filter(|row| !row.is_good()) {
            writeln!(f, "not good: {row}")?;
        }
        Ok(())
    }
}
