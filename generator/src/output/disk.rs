//! Reads from disk that do not follow symbolic links.

use std::path::Path;
use std::{fs, io};

use super::error::{Context, WriteError};
use super::staging;

/// The file system entry at a path.
pub(super) enum DiskEntry {
    /// No entry.
    Nothing,
    /// A regular file, with its content.
    File(Vec<u8>),
    /// Any other entry, or a symbolic link on the way to the path.
    Other,
}

/// Reads the entry at `path` below `dir`.
///
/// The caller names `dir`, so `dir` may contain symbolic links. Below it none is followed, because
/// it would lead out of the directory.
pub(super) fn find(dir: &Path, path: &str) -> Result<DiskEntry, WriteError> {
    let mut full = dir.to_owned();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        full.push(segment);
        let metadata = match fs::symlink_metadata(&full) {
            Ok(metadata) => metadata,
            Err(error) if is_absence(&error) => return Ok(DiskEntry::Nothing),
            Err(error) => return Err(error).context("look at", &full),
        };
        let last = segments.peek().is_none();
        if metadata.is_symlink() || (last && !metadata.is_file()) {
            return Ok(DiskEntry::Other);
        }
    }
    fs::read(&full).context("read", &full).map(DiskEntry::File)
}

/// Whether a directory contains only files of version control and of the generator.
pub(super) fn is_vacant(dir: &Path) -> Result<bool, WriteError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if is_absence(&error) => return Ok(true),
        Err(error) => return Err(error).context("read", dir),
    };
    for entry in entries {
        let name = entry.context("read", dir)?.file_name();
        if name != ".git" && !name.to_str().is_some_and(staging::is_staging) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A path below something that is not a directory is absent. Creating the directory reports the
/// obstacle.
fn is_absence(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
        || (cfg!(unix) && error.kind() == io::ErrorKind::NotADirectory)
}
