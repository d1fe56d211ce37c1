//! Output: the files of a crate, compared with a directory and written to it.
//!
//! Rendering fills an [`Output`]. [`Output::diff`] compares it with a directory, and
//! [`Output::write`] writes it there. A run either writes everything or changes nothing. It leaves
//! files with the right content untouched, and removes files that an earlier run created and this
//! one does not. The list of created files is in the directory, in [`RECORD`]. Files outside that
//! list are never replaced or removed, except with [`Existing::Replace`].

mod changes;
mod disk;
mod error;
mod file_record;
mod owner_files;
mod path;
mod replace;
mod staging;
mod transaction;

pub use changes::{Change, Changes, DifferenceKind};
pub(crate) use error::Context;
pub use error::WriteError;
pub use file_record::{RECORD, ReleaseRecord, find_release, read_release, release_line};
pub use owner_files::CHANGELOG;
pub use replace::Replacement;

use std::collections::BTreeMap;
use std::collections::btree_map::Iter;
use std::path::Path;

/// Handling of files in the output directory that no earlier run created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Existing {
    /// Refuse to write if the output has a file with the same path.
    #[default]
    Refuse,
    /// Replace files with the same path as one of the output. Keep the others.
    Replace,
}

/// The files of a crate: text by path.
///
/// Paths are relative to the crate's directory and separated by `/` on every system. Comparing and
/// writing refuse a path that leaves the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<String, String>,
    /// New text of the changelog, which otherwise belongs to the owners.
    changelog: Option<String>,
    /// The release, if it is one.
    released: Option<ReleaseRecord>,
    /// Whether the files below `src/custom/` are part of the output. Otherwise they belong to the
    /// directory.
    has_custom_files: bool,
}

impl Output {
    /// Creates an output without files.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            files: BTreeMap::new(),
            changelog: None,
            released: None,
            has_custom_files: false,
        }
    }

    /// Makes the output a release: the changelog is replaced, and the record names the release.
    #[must_use]
    pub fn release(mut self, released: ReleaseRecord, changelog: impl Into<String>) -> Self {
        self.released = Some(released);
        self.changelog = Some(changelog.into());
        self
    }

    /// Adds a file. Returns the earlier file at the same path, if any.
    ///
    /// All line ends become `\n`.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) -> Option<String> {
        let mut text = text.into();
        if text.contains('\r') {
            text = text.replace("\r\n", "\n");
        }
        self.files.insert(path.into(), text)
    }

    /// Adds the files of the crate's owners, which may be below `src/custom/`.
    pub fn insert_custom_files(&mut self, files: impl IntoIterator<Item = (String, String)>) {
        self.has_custom_files = true;
        for (path, text) in files {
            self.insert(path, text);
        }
    }

    /// Returns the text of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Returns the files, ordered by path.
    pub fn iter(&self) -> Iter<'_, String, String> {
        self.files.iter()
    }

    /// Returns the number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether the output has no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the number of lines of all files.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| count_lines(text)).sum()
    }

    /// Returns the path and the number of lines of the longest source file. `api.md` does not
    /// count: it is a table of contents, with a line for each method and type.
    #[must_use]
    pub fn longest(&self) -> Option<(&str, usize)> {
        let files = self
            .files
            .iter()
            .filter(|(path, _)| path.as_str().ends_with(".rs"));
        // The first of equally long files; `max_by_key` would return the last.
        files
            .rev()
            .map(|(path, text)| (path.as_str(), count_lines(text)))
            .max_by_key(|(_, lines)| *lines)
    }

    /// Compares the output with `dir`. Nothing on disk changes.
    ///
    /// # Errors
    ///
    /// A path of the output leaves the directory, the record of an earlier run is damaged, or the
    /// directory cannot be read.
    pub fn diff(&self, dir: &Path) -> Result<Changes<'_>, WriteError> {
        Changes::compare_with_disk(self, dir)
    }

    /// Writes missing and stale files to `dir`, and removes files that only an earlier run created.
    /// Also removes the leftovers of a run that was killed.
    ///
    /// `CHANGELOG.md` and `LICENSE-*` are created if they are missing, and belong to the owners
    /// from then on. Files below `src/custom/` are never changed, unless [they are part of the
    /// output](Self::insert_custom_files).
    ///
    /// # Errors
    ///
    /// As [`diff`](Self::diff); also if the output would replace files that no earlier run created,
    /// or if a write fails. After an error the directory is as it was.
    pub fn write(&self, dir: &Path, existing: Existing) -> Result<Report, WriteError> {
        staging::sweep_killed_runs(dir);
        let changes = self.diff(dir)?;
        if existing == Existing::Refuse {
            changes.refuse_foreign()?;
        }
        if !changes.is_empty() {
            transaction::apply(&changes, dir)?;
        }
        Ok(Report::count_changes(&changes))
    }
}

/// Counts lines as [`str::lines`] does.
fn count_lines(text: &str) -> usize {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    ends.count() + usize::from(!text.is_empty() && !text.ends_with('\n'))
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

/// The result of [`Output::write`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were created or replaced, ordered.
    pub written: Vec<String>,
    /// Files that were removed, ordered.
    pub removed: Vec<String>,
    /// Number of files that were up to date.
    pub unchanged: usize,
}

impl Report {
    fn count_changes(changes: &Changes<'_>) -> Self {
        let mut report = Self {
            unchanged: changes.unchanged(),
            ..Self::default()
        };
        for change in changes {
            match change.kind {
                DifferenceKind::Missing | DifferenceKind::Stale => {
                    report.written.push(change.path.clone())
                }
                DifferenceKind::Orphaned => report.removed.push(change.path.clone()),
            }
        }
        report
    }
}

#[cfg(test)]
mod tests;
