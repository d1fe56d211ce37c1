//! Running tests, and what became of each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::process::Stdio;

use anyhow::{Context, bail};
use serde::Serialize;

use crate::process::{cargo, display};

/// What became of a test; of several, the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Passed,
    /// It needs what is not installed here.
    Skipped,
    Failed,
    /// There is no test of the name.
    Missing,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Passed => "ok",
            Self::Skipped => "skipped",
            Self::Failed => "FAILED",
            Self::Missing => "MISSING",
        })
    }
}

/// Runs the tests of a target that have these names.
///
/// What they print goes on to our standard error if one of them fails, so that a
/// report on the standard output stays readable for programs.
///
/// # Errors
///
/// They cannot be compiled or started.
pub(super) fn run(
    target: &str,
    arguments: &str,
    names: &BTreeSet<&str>,
) -> anyhow::Result<BTreeMap<String, Outcome>> {
    let mut command = cargo(arguments.split_whitespace());
    // Our own commands take no names: they run all that they have.
    if arguments.starts_with("test ") {
        command
            .args(["--no-fail-fast", "--", "--exact"])
            .args(names);
    }
    let shown = display(&command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        eprintln!("{text}");
    }
    let outcomes: BTreeMap<_, _> = text
        .lines()
        .filter_map(outcome)
        .map(|(name, outcome)| (format!("{target}::{name}"), outcome))
        .collect();
    let told = outcomes.values().any(|outcome| *outcome == Outcome::Failed);
    if !output.status.success() && !told {
        bail!("`{shown}` failed: {}", output.status);
    }
    Ok(outcomes)
}

/// The outcome that a line of a test run tells: `test NAME ... ok`.
fn outcome(line: &str) -> Option<(&str, Outcome)> {
    let (name, word) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let name = name.strip_suffix(" - should panic").unwrap_or(name);
    let outcome = match word.split_once(',').map_or(word, |(word, _)| word).trim() {
        "ok" => Outcome::Passed,
        "ignored" => Outcome::Skipped,
        _ => Outcome::Failed,
    };
    Some((name, outcome))
}

#[test]
fn lines_tell_outcomes() {
    assert_eq!(outcome("test a::b ... ok"), Some(("a::b", Outcome::Passed)));
    assert_eq!(
        outcome("test a ... ignored, there is no npm"),
        Some(("a", Outcome::Skipped))
    );
    assert_eq!(outcome("test a ... FAILED"), Some(("a", Outcome::Failed)));
    assert_eq!(
        outcome("test a - should panic ... ok"),
        Some(("a", Outcome::Passed))
    );
    assert_eq!(outcome("running 3 tests"), None);
}
