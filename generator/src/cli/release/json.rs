//! The result of `sdkwright release` for programs.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::pipeline::PreparedRelease;

/// The result as it is serialized.
#[derive(Serialize)]
struct JsonRelease<'r> {
    version: String,
    /// The version of the last release, unless this is the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_version: Option<&'r str>,
    /// The version bump that the changes demand.
    #[serde(skip_serializing_if = "Option::is_none")]
    bump: Option<&'static str>,
    changes: usize,
    /// The reason why the version is lower than the changes demand.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'r str>,
    /// The entry of the changelog, as Markdown.
    entry: String,
    config: String,
    dir: String,
    /// The written files of the crate. A dry run writes none.
    written: &'r [String],
}

/// Prints a release as an object on one line.
pub(super) fn print_json(
    release: &PreparedRelease,
    dir: &Path,
    written: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let verdict = release.report.as_ref().map(|report| &report.verdict);
    let json = JsonRelease {
        version: release.choice.version.to_string(),
        old_version: verdict.map(|verdict| verdict.old_version.as_str()),
        bump: verdict.map(|verdict| verdict.bump.as_str()),
        changes: release
            .report
            .as_ref()
            .map_or(0, |report| report.changes.len()),
        reason: release.choice.exception.as_deref(),
        entry: release.entry.render(),
        config: release.config.display().to_string(),
        dir: dir.display().to_string(),
        written,
    };
    writeln!(out, "{}", serde_json::to_string(&json)?)
}
