//! The generated files that differ.

use std::collections::HashMap;

use similar::TextDiff;

use super::change::{Change, Group};
use super::side::Side;
use crate::render::Files;

/// Most bytes of a file's hunks that are kept.
const MAX_HUNK_BYTES: usize = 20_000;

/// Most bytes of hunks in a report.
const MAX_REPORT_BYTES: usize = 4 << 20;

/// Most lines that are compared. The time grows with their square.
const MAX_UNEQUAL_LINES: usize = 6_000;

/// A generated file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDiff {
    /// Its path in the crate.
    pub path: String,
    /// The lines that differ, as a unified diff.
    pub hunks: String,
}

/// Compares the generated files that a change can affect.
pub(super) fn diff_files(base: &Side, head: &Side) -> Vec<FileDiff> {
    let (Some(old), Some(new)) = (&base.files, &head.files) else {
        return Vec::new();
    };
    let is_shown = |path: &&String| {
        let folders = ["src/types/", "src/resources/", "src/client"];
        folders.iter().any(|folder| path.starts_with(folder))
    };
    let mut paths: Vec<&String> = old.keys().chain(new.keys()).filter(is_shown).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut bytes = 0;
    let mut diffs = Vec::new();
    for path in paths {
        let text = |files: &Files| files.get(path).cloned().unwrap_or_default();
        let (old, new) = (text(old), text(new));
        if old == new || bytes > MAX_REPORT_BYTES {
            continue;
        }
        let hunks = hunks(&old, &new);
        bytes += hunks.len();
        let path = path.clone();
        diffs.push(FileDiff { path, hunks });
    }
    diffs
}

fn hunks(old: &str, new: &str) -> String {
    let count = count_unequal_lines(old, new);
    if count > MAX_UNEQUAL_LINES {
        return format!("… the difference is too large: it spans {count} lines\n");
    }
    let diff = TextDiff::from_lines(old, new);
    let mut text = String::new();
    for hunk in diff.unified_diff().context_radius(2).iter_hunks() {
        let hunk = hunk.to_string();
        if text.len() + hunk.len() > MAX_HUNK_BYTES {
            text.push_str("… more lines differ\n");
            break;
        }
        text.push_str(&hunk);
    }
    text
}

/// Returns the number of lines of both texts between the equal ones at the start and at the end.
fn count_unequal_lines(old: &str, new: &str) -> usize {
    let equal = old.lines().zip(new.lines()).take_while(|(a, b)| a == b);
    let start = equal.count();
    let (old, new) = (old.lines().skip(start), new.lines().skip(start));
    let (old, new): (Vec<&str>, Vec<&str>) = (old.collect(), new.collect());
    let equal = old.iter().rev().zip(new.iter().rev());
    let end = equal.take_while(|(a, b)| a == b).count();
    old.len() + new.len() - 2 * end
}

/// The files of a report by the items that they show.
pub(super) struct FileIndex<'r> {
    files: &'r [FileDiff],
    /// The paths of both sides without the extension, of types by their names.
    types: HashMap<&'r str, Vec<&'r str>>,
    /// Those of resources, by the paths of their accessors.
    resources: HashMap<&'r [String], Vec<&'r str>>,
}

impl<'r> FileIndex<'r> {
    /// Indexes the files that differ between two sides, which are sorted by their paths.
    pub(super) fn new(files: &'r [FileDiff], base: &'r Side, head: &'r Side) -> Self {
        let mut index = Self {
            files,
            types: HashMap::new(),
            resources: HashMap::new(),
        };
        if files.is_empty() {
            return index;
        }
        for surface in [&head.surface, &base.surface] {
            for item in &surface.items {
                let stem = item.file.strip_suffix(".rs").unwrap_or(&item.file);
                index.types.entry(&item.name).or_default().push(stem);
            }
            for resource in &surface.resources {
                let stems = index.resources.entry(&resource.path).or_default();
                stems.push(&resource.file_stem);
            }
        }
        index
    }

    /// Returns the indices of the files that a change affects.
    pub(super) fn find(&self, change: &Change) -> Vec<usize> {
        let stems = match change.item.strip_prefix("types::") {
            Some(item) => self.types.get(item.split("::").next().unwrap_or_default()),
            None => match &change.group {
                Group::Resource(path) => self.resources.get(path.as_slice()),
                Group::Client => self.resources.get([].as_slice()),
                Group::Types => None,
            },
        };
        let stems = stems.into_iter().flatten();
        let mut found: Vec<usize> = stems.flat_map(|stem| self.find_below(stem)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the file of an item, and those in its folder.
    fn find_below(&self, stem: &str) -> impl Iterator<Item = usize> {
        let file = format!("{stem}.rs");
        let file = self
            .files
            .binary_search_by(|other| other.path.as_str().cmp(&file));
        let folder = format!("{stem}/");
        let start = self.files.partition_point(|other| other.path < folder);
        let below = self.files.iter().skip(start);
        let count = below
            .take_while(|other| other.path.starts_with(&folder))
            .count();
        file.ok().into_iter().chain(start..start + count)
    }
}

#[cfg(test)]
mod tests {
    use super::hunks;

    #[test]
    fn a_difference_is_shown_unless_it_is_too_large() {
        assert_eq!(
            hunks("a\nb\nc\n", "a\nx\nc\n"),
            "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"
        );
        let long: String = (0..7_000).map(|line| format!("{line}\n")).collect();
        let other = format!("a\n{}b\n", long.replace('1', "x"));
        assert!(hunks(&long, &other).starts_with("… the difference is too large"));
        assert!(hunks(&long, &format!("{long}new\n")).ends_with("+new\n"));
    }
}
