//! The tests of a crate, which find faults that the compiler does not.
//!
//! Each crate comes with tests of its types and of its calls. The calls go to a server on loopback,
//! which compares them with the document.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;

use super::rustc::{BuildTarget, Rustc};
use crate::process::{Limits, run_limited};

/// Result of a crate's tests.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Tests {
    pub(super) passed: usize,
    /// The names of those that failed.
    pub(super) failed: Vec<String>,
    /// Cost to build the crate and its tests.
    pub(super) seconds: f64,
    /// Maximum memory of one of these processes.
    pub(super) mebibytes: u64,
    /// The reason for missing figures.
    pub(super) error: Option<String>,
}

impl Tests {
    /// Adds the cost of a build.
    fn add(&mut self, seconds: f64, mebibytes: u64) {
        self.seconds += seconds;
        self.mebibytes = self.mebibytes.max(mebibytes);
    }

    pub(super) const fn are_good(&self) -> bool {
        self.failed.is_empty() && self.error.is_none()
    }
}

impl fmt::Display for Tests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = &self.error {
            return write!(f, "; no tests: {error}");
        }
        write!(f, "; {} tests pass", self.passed)?;
        match self.failed.as_slice() {
            [] => Ok(()),
            [first, ..] => write!(f, ", {} fail: {first}", self.failed.len()),
        }
    }
}

/// The programs of tests that a crate has.
const PROGRAMS: [&str; 2] = ["types", "wire"];

/// Builds and runs the tests of the crate in a folder. Removes the build, because thousands of them
/// would fill a disk.
pub(super) fn run(
    package: &str,
    folder: &Path,
    rustc: &Rustc,
    limits: Limits,
) -> anyhow::Result<Tests> {
    let tests = build_and_run(package, folder, rustc, limits);
    fs::remove_dir_all(folder.join("target"))?;
    tests
}

fn build_and_run(
    package: &str,
    folder: &Path,
    rustc: &Rustc,
    limits: Limits,
) -> anyhow::Result<Tests> {
    let mut tests = Tests::default();
    let (name, memory) = (package.replace('-', "_"), limits.mebibytes);
    let library = rustc.build(
        BuildTarget::Library,
        &name,
        (folder, "src/lib.rs"),
        None,
        memory,
    )?;
    tests.add(library.seconds, library.mebibytes);
    for program in PROGRAMS {
        let root = format!("tests/{program}/main.rs");
        if !folder.join(&root).exists() {
            continue;
        }
        let source = (folder, root.as_str());
        let built = rustc.build(BuildTarget::Tests, program, source, Some(&library), memory)?;
        tests.add(built.seconds, built.mebibytes);
        let used = run_limited(
            &Command::new(&built.path),
            limits,
            Stdio::null(),
            Stdio::piped(),
        )?;
        let (passed, failed) = parse_outcome(&used.output);
        tests.passed += passed;
        if !used.status.success() && failed.is_empty() {
            tests.failed.push(format!("{program}: {}", used.status));
        }
        let failed = failed.into_iter().map(|test| format!("{program}: {test}"));
        tests.failed.extend(failed);
    }
    Ok(tests)
}

/// As many tests passed, and the names of those that failed, by the lines of Rust's test harness.
fn parse_outcome(output: &str) -> (usize, Vec<&str>) {
    let results = || {
        let tests = output.lines().filter_map(|line| line.strip_prefix("test "));
        tests.filter_map(|line| line.split_once(" ... "))
    };
    let passed = results().filter(|(_, result)| *result == "ok").count();
    let failed = results().filter(|(_, result)| *result == "FAILED");
    (passed, failed.map(|(name, _)| name).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_are_classified() {
        let output = "\nrunning 3 tests\ntest a ... ok\ntest b::c ... FAILED\ntest d ... ignored\n\nfailures:\n";
        assert_eq!(super::parse_outcome(output), (1, vec!["b::c"]));
    }
}
