//! Running tests, and their outcomes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::process::Stdio;

use anyhow::{Context, bail};
use serde::Serialize;

use crate::process::{cargo, display};

/// The outcome of a test. The greatest is the outcome of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Passed,
    /// It needs a program that is not installed here.
    Skipped,
    Failed,
    /// No test has the name.
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
/// If a test fails, its output goes to standard error. A report on standard output stays readable
/// for programs.
///
/// # Errors
///
/// The tests cannot be compiled or started.
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
        .filter_map(parse_outcome)
        .map(|(name, outcome)| (format!("{target}::{name}"), outcome))
        .collect();
    let told = outcomes.values().any(|outcome| *outcome == Outcome::Failed);
    if !output.status.success() && !told {
        bail!("`{shown}` failed: {}", output.status);
    }
    Ok(outcomes)
}

/// The programs of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TestProgram<'a> {
    /// The tests within libraries.
    Libraries,
    /// The test of this name.
    Named(&'a str),
}

/// Returns the programs that these arguments of cargo run, or `None` if they run no tests.
pub(super) fn test_program(arguments: &str) -> Option<TestProgram<'_>> {
    let rest = arguments.strip_prefix("test --workspace ")?;
    match rest.strip_prefix("--test ") {
        Some(name) => Some(TestProgram::Named(name)),
        None => (rest == "--lib").then_some(TestProgram::Libraries),
    }
}

/// Reads the outcomes of a target from the output of all tests.
pub(super) fn read_recorded(
    target: &str,
    program: TestProgram<'_>,
    text: &str,
) -> BTreeMap<String, Outcome> {
    let mut outcomes = BTreeMap::new();
    let mut is_ours = false;
    for line in text.lines() {
        if let Some(running) = line.trim_start().strip_prefix("Running ") {
            is_ours = is_program(running, program);
        } else if line.trim_start().starts_with("Doc-tests ") {
            is_ours = false;
        } else if let Some((name, outcome)) = parse_outcome(line).filter(|_| is_ours) {
            outcomes.insert(format!("{target}::{name}"), outcome);
        }
    }
    outcomes
}

/// Whether cargo names one of these programs: `tests/http.rs (target/debug/deps/http-0f3a)`.
fn is_program(running: &str, program: TestProgram<'_>) -> bool {
    let TestProgram::Named(name) = program else {
        return running.starts_with("unittests src/lib.rs ");
    };
    let file = running.rsplit(['/', '\\']).next().unwrap_or_default();
    let own = file.rsplit_once('-').map(|(own, _)| own);
    !running.starts_with("unittests ") && own == Some(name)
}

/// The outcome that a line of a test run tells: `test NAME ... ok`.
fn parse_outcome(line: &str) -> Option<(&str, Outcome)> {
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
fn outcomes_are_parsed_from_lines() {
    assert_eq!(
        parse_outcome("test a::b ... ok"),
        Some(("a::b", Outcome::Passed))
    );
    assert_eq!(
        parse_outcome("test a ... ignored, there is no npm"),
        Some(("a", Outcome::Skipped))
    );
    assert_eq!(
        parse_outcome("test a ... FAILED"),
        Some(("a", Outcome::Failed))
    );
    assert_eq!(
        parse_outcome("test a - should panic ... ok"),
        Some(("a", Outcome::Passed))
    );
    assert_eq!(parse_outcome("running 3 tests"), None);
}

#[test]
fn records_have_the_outcomes_of_a_target() {
    let text = "     Running unittests src/lib.rs (target/debug/deps/a_b-0f)\ntest tests::a ... ok\n     Running tests/http/main.rs (target/debug/deps/http-12)\ntest b::c ... FAILED\n   Doc-tests a_b\ntest d ... ok\n";
    let read = |arguments| read_recorded("x", test_program(arguments).unwrap(), text);
    assert_eq!(
        read("test --workspace --lib"),
        BTreeMap::from([("x::tests::a".to_owned(), Outcome::Passed)])
    );
    assert_eq!(
        read("test --workspace --test http"),
        BTreeMap::from([("x::b::c".to_owned(), Outcome::Failed)])
    );
    assert_eq!(test_program("xtask interop"), None);
}
