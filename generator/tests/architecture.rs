//! The structure of the repository: imports between rooms, the length of functions, and the paths
//! in the documentation for contributors.

#![expect(
    clippy::indexing_slicing,
    reason = "helpers of tests may panic, as tests may"
)]

#[expect(dead_code, reason = "other tests use more of it")]
mod workspace;

#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/lengths.rs"]
mod lengths;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use imports::ImportGraph;
use lengths::function_lengths;

/// The 90th percentile of the lines of a function.
const MAX_P90_LINES: usize = 30;

/// The rows that `CONTRIBUTING.md` has at least under "Where to change what".
const MIN_ROWS: usize = 30;

fn read(path: &str) -> String {
    fs::read_to_string(workspace::root().join(path)).expect("a file of the repository")
}

/// Returns the Rust files below a folder of the repository, in order.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(&workspace::root().join(folder), &mut files);
    files.sort();
    files
}

/// A cycle inside a room that is accepted for now.
#[derive(Deserialize)]
struct AcceptedCycle {
    files: BTreeSet<String>,
    reason: String,
}

#[derive(Deserialize)]
struct AcceptedCycles {
    cycle: Vec<AcceptedCycle>,
}

#[test]
fn rooms_import_each_other_in_one_direction() {
    let graph = ImportGraph::read(&workspace::root().join("generator/src"));
    let cycles = graph.cycles();
    let between: Vec<_> = cycles
        .iter()
        .filter(|files| {
            let rooms: BTreeSet<_> = files.iter().map(|file| imports::room(file)).collect();
            rooms.len() > 1
        })
        .map(|files| graph.describe(files))
        .collect();
    assert!(
        between.is_empty(),
        "cycles between rooms:\n{}",
        between.join("\n")
    );
}

#[test]
fn cycles_inside_a_room_have_a_reason() {
    let graph = ImportGraph::read(&workspace::root().join("generator/src"));
    let cycles = graph.cycles();
    let accepted: AcceptedCycles =
        toml::from_str(&read("generator/tests/architecture/cycles.toml"))
            .expect("a list of cycles");
    for accepted in &accepted.cycle {
        assert!(
            accepted.reason.len() > 20,
            "a reason for {:?}",
            accepted.files
        );
        assert!(
            cycles.contains(&accepted.files),
            "there is no such cycle, remove it: {:?}",
            accepted.files
        );
    }
    let new: Vec<_> = cycles
        .iter()
        .filter(|files| !accepted.cycle.iter().any(|known| known.files == **files))
        .map(|files| format!("{files:?}\n{}", graph.describe(files)))
        .collect();
    assert!(new.is_empty(), "cycles inside a room:\n{}", new.join("\n"));
}

#[test]
fn functions_are_short() {
    for folder in ["generator/src", "templates/runtime/src", "xtask"] {
        let files = rust_files(folder);
        let mut lengths: Vec<usize> = files
            .iter()
            .map(|path| fs::read_to_string(path).expect("a file"))
            .flat_map(|text| function_lengths(&text))
            .collect();
        lengths.sort_unstable();
        let p90 = lengths[lengths.len() * 9 / 10];
        assert!(p90 <= MAX_P90_LINES, "{folder}: {p90} lines");
    }
}

/// The first folder of a path, for what contributors read about.
const FOLDERS: [&str; 7] = [
    ".cargo/",
    ".ci/",
    "generated/",
    "generator/",
    "spec/",
    "templates/",
    "xtask/",
];

/// Returns the paths of the repository that stand in backticks.
fn documented_paths(text: &str) -> Vec<&str> {
    let spans = text.split('`').skip(1).step_by(2);
    spans
        .filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder)))
        .filter(|span| !span.contains(char::is_whitespace))
        .collect()
}

#[test]
fn documented_paths_exist() {
    for document in ["CONTRIBUTING.md", "README.md", "generator/ARCHITECTURE.md"] {
        for path in documented_paths(&read(document)) {
            let exists = workspace::root().join(path).exists();
            assert!(exists, "{document}: `{path}` does not exist");
        }
    }
}

#[test]
fn contributors_learn_where_to_change_what() {
    let text = read("CONTRIBUTING.md");
    let (_, rest) = text
        .split_once("## Where to change what")
        .expect("the heading");
    let section = rest.split("\n## ").next().expect("a section");
    let rows: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    let rows = &rows[1..];
    assert!(rows.len() > MIN_ROWS, "{} rows", rows.len());
    for row in rows.iter().filter(|row| !row.starts_with("| ---")) {
        assert_eq!(documented_paths(row).len(), 1, "{row}");
    }
}
