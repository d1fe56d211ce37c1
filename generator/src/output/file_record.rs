//! The record: the list of the files in a directory that the generator created.
//!
//! It contains paths only. A hash of each file would reveal edits by hand, but then every change of
//! a file would change the record too. The next run overwrites such edits in any case; version
//! control keeps them.

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

/// The content of a record.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The paths of the files.
    pub(super) paths: BTreeSet<String>,
    /// The version of the last release.
    pub(super) released: Option<String>,
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
pub(super) fn text<'a>(paths: impl Iterator<Item = &'a String>, released: Option<&str>) -> String {
    let mut text = HEAD.to_owned();
    if let Some(version) = released {
        text.push_str(&release_line(version));
        text.push('\n');
    }
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
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
        released: find_release(text).map(ToOwned::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::{parse, text};

    #[test]
    fn a_written_record_is_read_back() {
        let paths = ["Cargo.toml".to_owned(), "src/lib.rs".to_owned()];
        for released in [None, Some("1.2.0")] {
            let read = parse(&text(paths.iter(), released)).unwrap();
            assert!(read.paths.iter().eq(paths.iter()));
            assert_eq!(read.released.as_deref(), released);
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
