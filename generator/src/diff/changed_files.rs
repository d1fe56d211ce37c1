//! The generated files that differ.

use similar::TextDiff;

use super::change::{Change, Group};
use super::side::Side;
use super::surface::Surface;
use crate::render::Files;

/// Most bytes of a file's hunks that are kept.
const MAX_HUNK_BYTES: usize = 20_000;

/// Most bytes of hunks in a report.
const MAX_REPORT_BYTES: usize = 4 << 20;

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

/// Returns the indices of the files that a change affects.
pub(super) fn find_files(
    change: &Change,
    files: &[FileDiff],
    base: &Side,
    head: &Side,
) -> Vec<usize> {
    if files.is_empty() {
        return Vec::new();
    }
    let stems = [&head.surface, &base.surface].map(|surface| stem(change, surface));
    let is_of = |path: &str| {
        let mut stems = stems.iter().flatten();
        stems.any(|stem| {
            let rest = path.strip_prefix(stem.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    };
    let found = files
        .iter()
        .enumerate()
        .filter(|(_, file)| is_of(&file.path));
    found.map(|(index, _)| index).collect()
}

/// Returns the path of the files of an item, without the extension.
fn stem(change: &Change, surface: &Surface) -> Option<String> {
    if let Some(item) = change.item.strip_prefix("types::") {
        let name = item.split("::").next().unwrap_or_default();
        let item = surface.items.iter().find(|item| item.name == name)?;
        return item.file.strip_suffix(".rs").map(ToOwned::to_owned);
    }
    let path: &[String] = match &change.group {
        Group::Resource(path) => path,
        Group::Client => &[],
        Group::Types => return None,
    };
    let resource = surface
        .resources
        .iter()
        .find(|resource| resource.path == path)?;
    Some(resource.file_stem.clone())
}
