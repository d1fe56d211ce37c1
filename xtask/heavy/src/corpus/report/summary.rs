//! The summary of the figures that do not depend on the machine. It is kept with the code and shows
//! the effect of a change on real documents.
//!
//! It holds names and figures only, and no text of a document.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::corpus::misleading_names::Call;

use super::{Failure, Fate, Row, Unpaginated, Warning};

/// The rows of a report, without their costs.
#[derive(Debug, Serialize)]
pub(in crate::corpus) struct Summary<'r> {
    all: Line<'r>,
    documents: Vec<Line<'r>>,
}

/// The figures of a document, or the sums of all.
#[derive(Debug, Default, Serialize)]
struct Line<'r> {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'r str,
    /// As many documents became a crate, and as many of these crates compile.
    documents: usize,
    generated: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    compile: Option<usize>,
    operations: usize,
    declared_operations: usize,
    types: usize,
    typed: usize,
    untyped_declared: usize,
    untyped_unsupported: usize,
    /// Number of schemas that became raw JSON, by reason.
    raw: BTreeMap<&'r str, usize>,
    /// As many operations look like pages and are not paged, for each reason.
    unpaged: BTreeMap<&'r str, usize>,
    #[serde(skip)]
    not_paged: &'r [Unpaginated],
    /// Number of names with a number that distinguishes nothing, by kind of name.
    numbered: BTreeMap<&'r str, usize>,
    /// Number of calls that read as an act on another thing than their resource.
    misleading_names: usize,
    #[serde(skip)]
    misleading: &'r [Call],
    warnings: usize,
    #[serde(skip)]
    warned: &'r [Warning],
    files: usize,
    lines: usize,
    longest_file: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    examples: Option<Examples>,
    #[serde(skip)]
    lost: &'r [Failure],
}

/// Result for the examples.
#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Examples {
    found: usize,
    valid: usize,
    passed: usize,
}

impl<'r> Summary<'r> {
    pub(super) fn new(rows: &'r [Row]) -> Self {
        let documents: Vec<Line<'r>> = rows.iter().map(Line::new).collect();
        let mut all = Line::default();
        documents.iter().for_each(|line| all.add(line));
        Self { all, documents }
    }

    pub(in crate::corpus) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

impl Summary<'_> {
    /// Writes the pointer of each warning, so that a reader can check it.
    fn explain_warnings(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## Warnings\n")?;
        writeln!(
            f,
            "Warnings of the compiler. `sdkwright explain CODE` explains a code.\n"
        )?;
        writeln!(f, "| document | code | place |")?;
        writeln!(f, "| --- | --- | --- |")?;
        for line in &self.documents {
            for Warning { code, pointer, .. } in line.warned {
                let pointer = pointer.as_deref().unwrap_or_default().replace('|', "%7C");
                writeln!(f, "| {} | {code} | `{pointer}` |", line.name)?;
            }
        }
        Ok(())
    }
}

impl Summary<'_> {
    /// Writes the operations that look like paginated lists and are not paginated, with the reason.
    fn explain_unpaged(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all.unpaged.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n## Operations that are not paged\n")?;
        writeln!(
            f,
            "They take a parameter such as `page` or `cursor`, and return what they receive.\n"
        )?;
        writeln!(f, "| document | reason | operation |")?;
        writeln!(f, "| --- | --- | --- |")?;
        for line in &self.documents {
            for Unpaginated { reason, pointer } in line.not_paged {
                let pointer = pointer.replace('|', "%7C");
                writeln!(f, "| {} | {reason} | `{pointer}` |", line.name)?;
            }
        }
        Ok(())
    }
}

impl Summary<'_> {
    /// Writes the examples that do not round-trip, with the reason.
    fn explain_lost(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lost = || {
            self.documents
                .iter()
                .flat_map(|line| line.lost.iter().map(move |lost| (line.name, lost)))
        };
        if lost().next().is_none() {
            return Ok(());
        }
        writeln!(f, "\n## Examples that do not come back\n")?;
        writeln!(f, "| document | type | why | place |")?;
        writeln!(f, "| --- | --- | --- | --- |")?;
        for (
            name,
            Failure {
                ty,
                reason,
                pointer,
                ..
            },
        ) in lost()
        {
            let pointer = pointer.replace('|', "%7C");
            writeln!(f, "| {name} | `{ty}` | {reason} | `{pointer}` |")?;
        }
        Ok(())
    }
}

impl Summary<'_> {
    /// Writes how many names of each kind have a number that distinguishes nothing.
    fn explain_numbered_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all.numbered.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n## Numbered names\n")?;
        writeln!(f, "They have a number because another name is the same.\n")?;
        writeln!(f, "| kind | names |")?;
        writeln!(f, "| --- | ---: |")?;
        for (kind, count) in &self.all.numbered {
            writeln!(f, "| {kind} | {count} |")?;
        }
        Ok(())
    }

    /// Writes the calls that read as an act on another thing than their resource.
    fn explain_misleading_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all.misleading_names == 0 {
            return Ok(());
        }
        writeln!(f, "\n## Misleading names\n")?;
        writeln!(
            f,
            "The noun after the verb is neither the resource nor a thing below it.\n"
        )?;
        writeln!(f, "| document | call | endpoint |")?;
        writeln!(f, "| --- | --- | --- |")?;
        for line in &self.documents {
            for Call { name, endpoint } in line.misleading {
                let endpoint = endpoint.replace('|', "%7C");
                writeln!(f, "| {} | `{name}` | `{endpoint}` |", line.name)?;
            }
        }
        Ok(())
    }
}

impl<'r> Line<'r> {
    fn new(row: &'r Row) -> Self {
        let figures = &row.figures;
        let examples = row.trips.as_ref().map(|trips| Examples {
            found: trips.found,
            valid: trips.valid,
            passed: trips.passed,
        });
        Self {
            name: &row.name,
            documents: 1,
            generated: usize::from(row.fate == Fate::Generated),
            compile: row
                .check
                .as_ref()
                .map(|check| usize::from(check.errors.is_empty())),
            operations: figures.operations,
            declared_operations: figures.declared_operations,
            types: figures.types,
            typed: figures.typed,
            untyped_declared: figures.untyped_declared,
            untyped_unsupported: figures.untyped_unsupported,
            raw: figures.raw_by_reason(),
            unpaged: figures.unpaged_by_reason(),
            not_paged: &figures.unpaged,
            numbered: (figures.numbered.iter())
                .map(|(kind, count)| (kind.as_str(), *count))
                .collect(),
            misleading_names: row.misleading_names.len(),
            misleading: &row.misleading_names,
            warnings: figures.warnings.len(),
            warned: &figures.warnings,
            files: figures.files,
            lines: figures.lines,
            longest_file: figures.longest.as_ref().map_or(0, |file| file.lines),
            examples,
            lost: row.trips.as_ref().map_or(&[], |trips| &trips.failures),
        }
    }

    fn add(&mut self, line: &Self) {
        self.documents += line.documents;
        self.generated += line.generated;
        if let Some(compile) = line.compile {
            *self.compile.get_or_insert_default() += compile;
        }
        self.operations += line.operations;
        self.declared_operations += line.declared_operations;
        self.types += line.types;
        self.typed += line.typed;
        self.untyped_declared += line.untyped_declared;
        self.untyped_unsupported += line.untyped_unsupported;
        for (reason, count) in &line.raw {
            *self.raw.entry(reason).or_default() += count;
        }
        for (reason, count) in &line.unpaged {
            *self.unpaged.entry(reason).or_default() += count;
        }
        for (kind, count) in &line.numbered {
            *self.numbered.entry(kind).or_default() += count;
        }
        self.misleading_names += line.misleading_names;
        self.warnings += line.warnings;
        self.files += line.files;
        self.lines += line.lines;
        self.longest_file = self.longest_file.max(line.longest_file);
        if let Some(more) = line.examples {
            let examples = self.examples.get_or_insert_default();
            examples.found += more.found;
            examples.valid += more.valid;
            examples.passed += more.passed;
        }
    }

    fn cells(&self, name: &str, state: &str) -> String {
        let examples = match self.examples {
            Some(examples) => format!("{}/{}", examples.passed, examples.valid),
            None => "-".to_owned(),
        };
        format!(
            "| {name} | {state} | {}/{} | {} | {} | {} | {} | {} | {} | {} | {} | {examples} | {} | {} |",
            self.operations,
            self.declared_operations,
            self.types,
            self.typed,
            self.untyped_declared,
            self.untyped_unsupported,
            self.unpaged.values().sum::<usize>(),
            self.numbered.values().sum::<usize>(),
            self.misleading_names,
            self.warnings,
            self.lines,
            self.longest_file,
        )
    }

    /// Returns the last step that a document reached.
    const fn state(&self) -> &'static str {
        match (self.generated, self.compile) {
            (0, _) => "no crate",
            (_, None) => "generated",
            (_, Some(0)) => "does not compile",
            (_, Some(_)) => "compiles",
        }
    }
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = &self.all;
        writeln!(f, "# Corpus\n")?;
        writeln!(
            f,
            "Results of the compiler for real documents, written by `cargo xtask corpus --summary`.\n"
        )?;
        writeln!(
            f,
            "| document | state | operations | types | typed places | raw as declared | raw because unsupported | not paged | numbered names | misleading names | warnings | round trips | lines | longest file |"
        )?;
        writeln!(
            f,
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
        )?;
        let state = match all.compile {
            Some(compile) => format!("{compile} compile"),
            None => format!("{} generated", all.generated),
        };
        let name = format!("all {}", all.documents);
        writeln!(f, "{}", all.cells(&name, &state))?;
        for line in &self.documents {
            writeln!(f, "{}", line.cells(line.name, line.state()))?;
        }
        self.explain_lost(f)?;
        self.explain_unpaged(f)?;
        self.explain_numbered_names(f)?;
        self.explain_misleading_names(f)?;
        self.explain_warnings(f)
    }
}
