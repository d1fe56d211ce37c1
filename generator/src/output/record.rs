//! The record: which files of a directory are ours.
//!
//! It is a list of paths and nothing more. A hash of each file would tell
//! whether somebody edited it by hand, but it would also make every change of
//! the crate a change in two places; and an edit by hand is lost in any case as
//! soon as the file is generated again. Version control keeps what was lost.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{self, Found};
use super::error::WriteError;
use super::path;

/// The name of the record in the output directory.
pub const RECORD: &str = ".sdkwright";

const HEAD: &str = "\
# The files in this directory that sdkwright made. It replaces them, and removes
# those that it no longer makes. Files that are not listed here are left alone.
";

/// The record's text, for these paths.
pub(super) fn text<'a>(paths: impl Iterator<Item = &'a String>) -> String {
    let mut text = HEAD.to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Reads the record of a directory, if it has one.
pub(super) fn read(dir: &Path) -> Result<Option<BTreeSet<String>>, WriteError> {
    match disk::find(dir, RECORD)? {
        Found::Nothing => Ok(None),
        Found::Other => Err(WriteError::NotAFile {
            path: dir.join(RECORD),
        }),
        Found::File(bytes) => parse(&String::from_utf8_lossy(&bytes)).map(Some),
    }
}

/// The paths that are listed. The text may come from anywhere, so they are
/// checked like those of an output.
fn parse(text: &str) -> Result<BTreeSet<String>, WriteError> {
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
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::{parse, text};

    #[test]
    fn what_is_written_is_read_back() {
        let paths = ["Cargo.toml".to_owned(), "src/lib.rs".to_owned()];
        let read = parse(&text(paths.iter())).unwrap();
        assert!(read.iter().eq(paths.iter()));
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
