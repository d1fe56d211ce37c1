//! What is on disk, looked at without following symbolic links.

use std::path::Path;
use std::{fs, io};

use super::error::{Context, WriteError};
use super::staging;

/// What is at a path.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A regular file, with this content.
    File(Vec<u8>),
    /// Anything else, or a symbolic link on the way there.
    Other,
}

/// Looks at the path `path` below `dir`.
///
/// `dir` itself may be reached through symbolic links, since the caller named
/// it. Below it none is followed: it would lead out of the directory.
pub(super) fn find(dir: &Path, path: &str) -> Result<Found, WriteError> {
    let mut full = dir.to_owned();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        full.push(segment);
        let metadata = match fs::symlink_metadata(&full) {
            Ok(metadata) => metadata,
            Err(error) if is_absence(&error) => return Ok(Found::Nothing),
            Err(error) => return Err(error).context("look at", &full),
        };
        let last = segments.peek().is_none();
        if metadata.is_symlink() || (last && !metadata.is_file()) {
            return Ok(Found::Other);
        }
    }
    fs::read(&full).context("read", &full).map(Found::File)
}

/// Whether there is nothing in a directory but what version control keeps there, and what a
/// run writes in.
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

/// A path below something that is not a directory is absent, too. What is in
/// the way is found out when a directory is made there.
fn is_absence(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
        || (cfg!(unix) && error.kind() == io::ErrorKind::NotADirectory)
}
