//! One document of the corpus: the result of the compiler, and of rustc for the crate.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use serde_json::Value;

use super::CRATES;
use super::misleading_names::{Call, find_misleading_names};
use super::own_tests::{self, Tests};
use super::report::{Check, Fate, Figures, Row, Trips, Warning};
use super::round_trip;
use super::rustc::Rustc;
use crate::process::{Limits, Used, run_limited};

/// The steps for each document after its crate is generated.
#[derive(Clone, Copy)]
pub(super) struct Tasks<'r> {
    /// Limits of one process.
    pub(super) limits: Limits,
    /// Type-check the crate.
    pub(super) check: Option<&'r Rustc>,
    /// Take the document's examples through the crate.
    pub(super) round_trip: Option<&'r Rustc>,
    /// Run the crate's own tests.
    pub(super) test: Option<&'r Rustc>,
}

/// A document, and its name in the report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Document {
    /// Its path below the folder that was asked for.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// Finds the documents at or below a path.
pub(super) fn find(root: &Path, path: &Path, into: &mut Vec<Document>) -> anyhow::Result<()> {
    if path.is_dir() {
        for entry in
            fs::read_dir(path).with_context(|| format!("cannot read `{}`", path.display()))?
        {
            find(root, &entry?.path(), into)?;
        }
        return Ok(());
    }
    let known = path
        .extension()
        .is_some_and(|e| e == "json" || e == "yaml" || e == "yml");
    if known || root == path {
        let below = path
            .strip_prefix(root)
            .ok()
            .filter(|below| !below.as_os_str().is_empty());
        let name = below.map_or_else(
            || path.file_name().map(PathBuf::from),
            |below| Some(below.to_path_buf()),
        );
        let name = name
            .unwrap_or_default()
            .to_string_lossy()
            .replace('\\', "/");
        into.push(Document {
            name,
            path: path.to_path_buf(),
        });
    }
    Ok(())
}

/// Gives more of their paths to documents whose crates would stand in the same folder.
pub(super) fn tell_apart(documents: &mut [Document]) {
    let mut taken = HashSet::new();
    for document in documents {
        let name = document.name.clone();
        let path = document.path.to_string_lossy().replace('\\', "/");
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let longer = (1..=parts.len()).filter_map(|count| parts.get(parts.len() - count..));
        let longer = longer
            .map(|parts| parts.join("/"))
            .filter(|longer| longer.len() > name.len());
        let numbered = (2_u32..).map(|n| format!("{path}-{n}"));
        for name in std::iter::once(name.clone()).chain(longer).chain(numbered) {
            document.name = name;
            if taken.insert(document.package()) {
                break;
            }
        }
    }
}

impl Document {
    /// The name of its crate.
    fn package(&self) -> String {
        let words = self
            .name
            .to_lowercase()
            .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let name = words
            .trim_matches('-')
            .split('-')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            format!("api-{name}")
        } else {
            name
        }
    }

    /// Generates the crate, and runs the requested steps.
    pub(super) fn run(&self, tasks: Tasks<'_>) -> Row {
        let package = self.package();
        let out = Path::new(CRATES).join(&package);
        let mut row = self.generate(&package, &out, tasks.limits);
        if row.fate != Fate::Generated {
            return row;
        }
        row.misleading_names = self.find_misleading_names(tasks.limits);
        let mebibytes = tasks.limits.mebibytes;
        row.check = tasks.check.map(|rustc| {
            rustc
                .check(&package, &out, mebibytes)
                .unwrap_or_else(|error| Check {
                    errors: vec![format!("{error:#}")],
                    ..Check::default()
                })
        });
        row.trips = tasks.round_trip.map(|rustc| {
            round_trip::run(&self.path, &out, rustc, tasks.limits).unwrap_or_else(|error| Trips {
                error: Some(format!("{error:#}")),
                ..Trips::default()
            })
        });
        row.tests = tasks.test.map(|rustc| {
            own_tests::run(&package, &out, rustc, tasks.limits).unwrap_or_else(|error| Tests {
                error: Some(format!("{error:#}")),
                ..Tests::default()
            })
        });
        row
    }

    /// Finds the calls that read as an act on another thing than their resource.
    fn find_misleading_names(&self, limits: Limits) -> Vec<Call> {
        let mut command = Command::new("target/release/sdkwright");
        command.args(["inspect", "--json"]).arg(&self.path);
        let used = run_limited(&command, limits, Stdio::null(), Stdio::piped());
        let output = used.map(|used| used.output).unwrap_or_default();
        find_misleading_names(serde_json::from_str(&output).unwrap_or_default())
    }

    fn generate(&self, package: &str, out: &Path, limits: Limits) -> Row {
        let mut command = Command::new("target/release/sdkwright");
        command.args([
            "generate",
            "--json",
            "--force",
            "--package",
            package,
            "--out",
        ]);
        command.arg(out).arg(&self.path);
        let mut row = Row::new(&self.name);
        match run_limited(&command, limits, Stdio::null(), Stdio::piped()) {
            Ok(Used {
                status,
                output,
                errors,
                cpu,
                peak,
            }) => {
                row.generate_seconds = cpu.as_secs_f64();
                row.generate_mebibytes = peak;
                row.figures = serde_json::from_str::<Figures>(output.trim()).unwrap_or_default();
                row.figures.warnings = warnings(&errors);
                row.fate = match status.code() {
                    Some(0) => Fate::Generated,
                    Some(1) => Fate::Refused(find_first_error(&errors)),
                    Some(137) | None => Fate::TimedOut,
                    _ => Fate::Crashed(last_line(&errors)),
                };
            }
            Err(error) => row.fate = Fate::Crashed(format!("{error:#}")),
        }
        row
    }
}

/// Reads the compiler's warnings from its lines of JSON.
fn warnings(text: &str) -> Vec<Warning> {
    let findings = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    findings
        .filter(|finding| finding.get("severity").and_then(Value::as_str) == Some("warning"))
        .filter_map(|finding| serde_json::from_value(finding).ok())
        .collect()
}

/// The codes of the errors that the compiler printed, or its first line.
fn find_first_error(text: &str) -> String {
    let line = text
        .lines()
        .find(|line| line.contains("error"))
        .or_else(|| text.lines().next());
    line.unwrap_or_default().trim().chars().take(160).collect()
}

fn last_line(text: &str) -> String {
    let line = text
        .lines()
        .find(|line| line.contains("panicked"))
        .or_else(|| text.lines().last());
    line.unwrap_or_default().trim().chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::{Document, tell_apart};

    #[test]
    fn documents_with_one_name_have_different_crates() {
        let paths = ["a/x.json", "b/x.json", "b/x-json.yaml", "b/x.json"];
        let mut documents = paths.map(|path| Document {
            name: path.split('/').next_back().unwrap_or_default().to_owned(),
            path: path.into(),
        });
        tell_apart(&mut documents);
        let names = documents.each_ref().map(|document| document.name.as_str());
        assert_eq!(names, ["x.json", "b/x.json", "x-json.yaml", "b/x.json-2"]);
    }
}
