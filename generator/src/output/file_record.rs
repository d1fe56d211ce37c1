//! The record: the list of the files in a directory that the generator created.
//!
//! It contains paths only. A hash of each file would reveal edits by hand, but then every change of
//! a file would change the record too. The next run overwrites such edits in any case; version
//! control keeps them. Only the items of a release in the changelog have digests, because the text
//! around them belongs to people.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{self, DiskEntry};
use super::error::WriteError;
use super::path;

/// Name of the record in the output directory.
pub const RECORD: &str = ".sdkwright";

const HEAD: &str = "\
# The files in this directory that sdkwright made. It replaces them, and removes
# those that it no longer makes. Files that are not listed here are left alone.
";

/// Start of the line with the version of the last release.
const RELEASED: &str = "# The last release: ";

/// Start of a line with digests of the items that the last release wrote to the changelog.
const ITEMS: &str = "# Its items in CHANGELOG.md: ";

/// Number of digests on a line.
const DIGESTS_PER_LINE: usize = 4;

/// The last release, as a record names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReleaseRecord {
    /// The version.
    pub version: String,
    /// The digests of the items that the release wrote to the changelog.
    pub digests: Vec<String>,
}

impl ReleaseRecord {
    fn to_lines(&self) -> String {
        let mut text = release_line(&self.version);
        text.push('\n');
        for digests in self.digests.chunks(DIGESTS_PER_LINE) {
            text.push_str(ITEMS);
            text.push_str(&digests.join(" "));
            text.push('\n');
        }
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(ITEMS));
        let digests = lines.flat_map(str::split_whitespace);
        Some(Self {
            version: find_release(text)?.to_owned(),
            digests: digests.map(ToOwned::to_owned).collect(),
        })
    }
}

/// The content of a record.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The paths of the files.
    pub(super) paths: BTreeSet<String>,
    /// The last release.
    pub(super) released: Option<ReleaseRecord>,
}

/// Returns the line of a record about the last release.
#[must_use]
pub fn release_line(version: &str) -> String {
    format!("{RELEASED}{version}")
}

/// Returns the version of the last release, from the text of a record.
#[must_use]
pub fn find_release(record: &str) -> Option<&str> {
    let mut lines = record.lines();
    lines.find_map(|line| line.strip_prefix(RELEASED))
}

/// Returns the text of the record for these paths.
pub(super) fn text<'a>(
    paths: impl Iterator<Item = &'a String>,
    released: Option<&ReleaseRecord>,
) -> String {
    let mut text = HEAD.to_owned();
    if let Some(released) = released {
        text.push_str(&released.to_lines());
    }
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Reads the last release from the record of a directory.
///
/// # Errors
///
/// The record is damaged, or cannot be read.
pub fn read_release(dir: &Path) -> Result<Option<ReleaseRecord>, WriteError> {
    Ok(read(dir)?.and_then(|record| record.released))
}

/// Reads the record of a directory, if it has one.
pub(super) fn read(dir: &Path) -> Result<Option<Record>, WriteError> {
    match disk::find(dir, RECORD)? {
        DiskEntry::Nothing => Ok(None),
        DiskEntry::Other => Err(WriteError::NotAFile {
            path: dir.join(RECORD),
        }),
        DiskEntry::File(bytes) => parse(&String::from_utf8_lossy(&bytes)).map(Some),
    }
}

/// Parses a record. Anyone may have written the text, so its paths are checked like those of an
/// output.
fn parse(text: &str) -> Result<Record, WriteError> {
    let mut paths = BTreeSet::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if line == RECORD || path::check(line).is_err() {
            return Err(WriteError::Record {
                line: number + 1,
                text: line.to_owned(),
            });
        }
        paths.insert(line.to_owned());
    }
    Ok(Record {
        paths,
        released: ReleaseRecord::parse(text),
    })
}

#[cfg(test)]
mod tests {
    use super::{ReleaseRecord, parse, text};

    #[test]
    fn a_written_record_is_read_back() {
        let paths = ["Cargo.toml".to_owned(), "src/lib.rs".to_owned()];
        let release = |count: u64| ReleaseRecord {
            version: "1.2.0".to_owned(),
            digests: (0..count).map(|digest| format!("{digest:016x}")).collect(),
        };
        for released in [None, Some(release(0)), Some(release(9))] {
            let read = parse(&text(paths.iter(), released.as_ref())).unwrap();
            assert!(read.paths.iter().eq(paths.iter()));
            assert_eq!(read.released, released);
        }
    }

    #[test]
    fn a_list_that_leaves_the_directory_is_refused() {
        let error = parse("# x\nsrc/lib.rs\n../../etc/passwd\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 3 of `.sdkwright` is damaged: \"../../etc/passwd\""
        );
    }
}
