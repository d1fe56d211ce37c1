//! Output: the files of a crate, and how they come to disk.
//!
//! Rendering fills an [`Output`]. Only here is it compared with a directory
//! ([`Output::diff`]) and written there ([`Output::write`]). A run either writes
//! everything or changes nothing; a file that already has the right content is
//! not touched; and a file that an earlier run made and this one does not is
//! removed. What earlier runs made is known from a list that is written along,
//! [`RECORD`]. A file that is not on that list is never replaced or removed,
//! unless the caller says so ([`Existing::Replace`]).

mod changes;
mod disk;
mod error;
mod owned;
mod path;
mod record;
mod staging;
mod transaction;

pub use changes::{Change, Changes, Kind};
pub use error::WriteError;
pub use record::RECORD;

use std::collections::BTreeMap;
use std::collections::btree_map::Iter;
use std::path::Path;

/// What to do with files in the output directory that no earlier run made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Existing {
    /// Refuse to write where one of them is in the way.
    #[default]
    Refuse,
    /// Replace those that are in the way, and leave the others alone.
    Replace,
}

/// The files of a crate: the text of each, by its path.
///
/// Paths are relative to the crate's directory and separated by `/` on every
/// system. They are checked before anything is written: a path that would leave
/// the directory is refused there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<String, String>,
}

impl Output {
    /// An output without files.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            files: BTreeMap::new(),
        }
    }

    /// Adds a file, in place of an earlier one at the same path, which is
    /// returned.
    ///
    /// Lines end in `\n` whatever the text came with.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) -> Option<String> {
        let mut text = text.into();
        if text.contains('\r') {
            text = text.replace("\r\n", "\n");
        }
        self.files.insert(path.into(), text)
    }

    /// The text of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files, ordered by path.
    pub fn iter(&self) -> Iter<'_, String, String> {
        self.files.iter()
    }

    /// The number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The number of lines of all files.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// The path of the source file with the most lines, and how many these are.
    /// `api.md` is a table of contents, with a line for each method and type.
    #[must_use]
    pub fn longest(&self) -> Option<(&str, usize)> {
        let files = self
            .files
            .iter()
            .filter(|(path, _)| path.as_str().ends_with(".rs"));
        // Of equals the first: `max_by_key` would take the last.
        files
            .rev()
            .map(|(path, text)| (path.as_str(), text.lines().count()))
            .max_by_key(|(_, lines)| *lines)
    }

    /// Compares the output with what is in `dir`. Nothing on disk changes.
    ///
    /// # Errors
    ///
    /// A path of the output leaves the directory, the record of an earlier run
    /// is damaged, or the directory cannot be read.
    pub fn diff(&self, dir: &Path) -> Result<Changes<'_>, WriteError> {
        Changes::between(self, dir)
    }

    /// Brings `dir` to this output: writes what is missing or stale, removes
    /// what an earlier run made and this one does not, and what an earlier run
    /// left behind that was killed.
    ///
    /// `CHANGELOG.md` and `LICENSE-*` are made where they are missing, and are
    /// the owners' from then on. Nothing below `src/custom/` is ever touched.
    ///
    /// # Errors
    ///
    /// As [`diff`](Self::diff); also if files that no earlier run made are in
    /// the way, and if a write fails. In each case everything is as it was.
    pub fn write(&self, dir: &Path, existing: Existing) -> Result<Report, WriteError> {
        staging::sweep(dir);
        let changes = self.diff(dir)?;
        if existing == Existing::Refuse {
            changes.refuse_foreign()?;
        }
        if !changes.is_empty() {
            transaction::apply(&changes, dir)?;
        }
        Ok(Report::of(&changes))
    }
}

impl From<BTreeMap<String, String>> for Output {
    fn from(files: BTreeMap<String, String>) -> Self {
        let mut output = Self::new();
        for (path, text) in files {
            output.insert(path, text);
        }
        output
    }
}

/// What [`Output::write`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The files that were made or replaced, ordered.
    pub written: Vec<String>,
    /// The files that were removed, ordered.
    pub removed: Vec<String>,
    /// The number of files that were right as they were.
    pub unchanged: usize,
}

impl Report {
    fn of(changes: &Changes<'_>) -> Self {
        let mut report = Self {
            unchanged: changes.unchanged(),
            ..Self::default()
        };
        for change in changes {
            match change.kind {
                Kind::Missing | Kind::Stale => report.written.push(change.path.clone()),
                Kind::Orphaned => report.removed.push(change.path.clone()),
            }
        }
        report
    }
}

#[cfg(test)]
mod tests;
