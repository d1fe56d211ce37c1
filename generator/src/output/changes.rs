//! The difference between an output and a directory.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fmt, slice};

use similar::TextDiff;

use super::disk::{self, DiskEntry};
use super::error::WriteError;
use super::file_record::{self, RECORD};
use super::owner_files::{self, CHANGELOG};
use super::{Output, path};

/// The way in which a file on disk differs from the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// The file does not exist.
    Missing,
    /// The content differs.
    Stale,
    /// An earlier run created the file, and the output does not have it.
    Orphaned,
}

impl DifferenceKind {
    /// Returns the kind as one lower-case word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Orphaned => "orphaned",
        }
    }
}

impl fmt::Display for DifferenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A file that differs.
#[derive(Debug, Clone)]
pub struct Change<'o> {
    /// The kind of the difference.
    pub kind: DifferenceKind,
    /// The path in the output directory.
    pub path: String,
    pub(super) before: Option<Vec<u8>>,
    pub(super) after: Option<Cow<'o, str>>,
}

impl Change<'_> {
    /// Returns the change as a unified diff for `patch -p1`.
    #[must_use]
    pub fn diff(&self) -> String {
        let before = self.before.as_deref().map(String::from_utf8_lossy);
        let name = |side: &str, present: bool| {
            if present {
                format!("{side}/{}", self.path)
            } else {
                "/dev/null".to_owned()
            }
        };
        let old = name("a", before.is_some());
        let new = name("b", self.after.is_some());
        TextDiff::from_lines(
            before.as_deref().unwrap_or_default(),
            self.after.as_deref().unwrap_or_default(),
        )
        .unified_diff()
        .header(&old, &new)
        .to_string()
    }
}

/// The files of a directory that differ from an output, ordered by path.
#[derive(Debug, Clone)]
pub struct Changes<'o> {
    changes: Vec<Change<'o>>,
    unchanged: usize,
    foreign: Option<ForeignFiles>,
}

/// Conflicts with files that no run created.
#[derive(Debug, Clone)]
enum ForeignFiles {
    Directory(PathBuf),
    Files(Vec<String>),
}

impl<'o> Changes<'o> {
    pub(super) fn compare_with_disk(output: &'o Output, dir: &Path) -> Result<Self, WriteError> {
        check_paths(output)?;
        let ours = file_record::read(dir)?;
        let mut found = Self {
            changes: Vec::new(),
            unchanged: 0,
            foreign: None,
        };
        for (path, text) in &output.files {
            found.compare(dir, path, Cow::Borrowed(text))?;
        }
        let recorded = output
            .files
            .keys()
            .filter(|path| !owner_files::is_given(path));
        let released = ours.as_ref().and_then(|record| record.released.as_ref());
        let released = output.released.as_ref().or(released);
        let recorded = file_record::text(recorded, released);
        found.compare(dir, RECORD, Cow::Owned(recorded))?;
        found.foreign = match &ours {
            None if disk::is_vacant(dir)? => None,
            None => Some(ForeignFiles::Directory(dir.to_owned())),
            Some(ours) => found.in_the_way(&ours.paths),
        };
        if let Some(changelog) = &output.changelog {
            found.replace(dir, CHANGELOG, changelog)?;
        }
        for path in ours.iter().flat_map(|record| &record.paths) {
            let is_left_alone = owner_files::is_custom(path) && !output.has_custom_files;
            if !output.files.contains_key(path) && !is_left_alone {
                found.orphan(dir, path)?;
            }
        }
        found.changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    fn compare(&mut self, dir: &Path, path: &str, after: Cow<'o, str>) -> Result<(), WriteError> {
        let (kind, before) = match disk::find(dir, path)? {
            DiskEntry::Nothing => (DifferenceKind::Missing, None),
            DiskEntry::File(_) if owner_files::is_given(path) => {
                self.unchanged += 1;
                return Ok(());
            }
            DiskEntry::File(bytes) if bytes == after.as_bytes() => {
                self.unchanged += 1;
                return Ok(());
            }
            DiskEntry::File(bytes) => (DifferenceKind::Stale, Some(bytes)),
            DiskEntry::Other => {
                return Err(WriteError::NotAFile {
                    path: dir.join(path),
                });
            }
        };
        self.changes.push(Change {
            kind,
            path: path.to_owned(),
            before,
            after: Some(after),
        });
        Ok(())
    }

    /// Records new text of a file that belongs to the owners.
    fn replace(&mut self, dir: &Path, path: &str, text: &'o str) -> Result<(), WriteError> {
        self.changes.retain(|change| change.path != path);
        let before = match disk::find(dir, path)? {
            DiskEntry::Nothing => None,
            DiskEntry::File(bytes) => Some(bytes),
            DiskEntry::Other => {
                return Err(WriteError::NotAFile {
                    path: dir.join(path),
                });
            }
        };
        if before.as_deref() == Some(text.as_bytes()) {
            return Ok(());
        }
        self.changes.push(Change {
            kind: match before {
                None => DifferenceKind::Missing,
                Some(_) => DifferenceKind::Stale,
            },
            path: path.to_owned(),
            before,
            after: Some(Cow::Borrowed(text)),
        });
        Ok(())
    }

    /// Records a file that the output no longer has. If the path is no longer a file, someone else
    /// owns it.
    fn orphan(&mut self, dir: &Path, path: &str) -> Result<(), WriteError> {
        if let DiskEntry::File(bytes) = disk::find(dir, path)? {
            self.changes.push(Change {
                kind: DifferenceKind::Orphaned,
                path: path.to_owned(),
                before: Some(bytes),
                after: None,
            });
        }
        Ok(())
    }

    fn in_the_way(&self, ours: &BTreeSet<String>) -> Option<ForeignFiles> {
        let paths: Vec<String> = self
            .changes
            .iter()
            .filter(|change| change.kind == DifferenceKind::Stale && change.path != RECORD)
            .filter(|change| !ours.contains(&change.path))
            .map(|change| change.path.clone())
            .collect();
        (!paths.is_empty()).then_some(ForeignFiles::Files(paths))
    }

    pub(super) fn refuse_foreign(&self) -> Result<(), WriteError> {
        match &self.foreign {
            None => Ok(()),
            Some(ForeignFiles::Directory(dir)) => Err(WriteError::NotOurs { dir: dir.clone() }),
            Some(ForeignFiles::Files(paths)) => Err(WriteError::InTheWay {
                paths: paths.clone(),
            }),
        }
    }

    /// Returns the number of files that are up to date.
    #[must_use]
    pub const fn unchanged(&self) -> usize {
        self.unchanged
    }

    /// Whether all files are up to date.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns the number of files that differ.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.changes.len()
    }

    /// Returns the files that differ, ordered by path.
    pub fn iter(&self) -> slice::Iter<'_, Change<'o>> {
        self.changes.iter()
    }
}

fn check_paths(output: &Output) -> Result<(), WriteError> {
    for path in output.files.keys() {
        path::check(path)?;
        if path.eq_ignore_ascii_case(RECORD) {
            return Err(WriteError::Path {
                path: path.clone(),
                reason: "the record of the output has that name",
            });
        }
        if owner_files::is_custom(path) && !output.has_custom_files {
            return Err(WriteError::Path {
                path: path.clone(),
                reason: "`src/custom` is for the code of the crate's owners",
            });
        }
    }
    path::check_distinct(output.files.keys())
}

impl<'a, 'o> IntoIterator for &'a Changes<'o> {
    type Item = &'a Change<'o>;
    type IntoIter = slice::Iter<'a, Change<'o>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
