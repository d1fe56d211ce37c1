//! The staging directory, which holds new and old content during a run.
//!
//! A run that is killed leaves the directory behind, and the next one removes it. A lock marks the
//! directory of a run that is still active in the same output directory.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{Context, WriteError};
use crate::temporary_dir::{SUFFIX_LENGTH, TemporaryDir};

const PREFIX: &str = ".sdkwright-";

/// The file that is locked during the run.
const LOCK: &str = "lock";

/// Greatest age of a directory without a lock. A run locks its directory right after creating it.
const GRACE: Duration = Duration::from_secs(60);

/// A staging directory. Dropping it removes it.
pub(super) struct Staging {
    dir: TemporaryDir,
    _lock: File,
}

impl Staging {
    pub(super) fn open(dir: &Path) -> Result<Self, WriteError> {
        let staging = TemporaryDir::create_in(dir, PREFIX).context("write to", dir)?;
        let path = staging.path().join(LOCK);
        let lock = File::create(&path).context("write", &path)?;
        // On a file system without locks, no directory is ever removed.
        let _ = lock.try_lock();
        Ok(Self {
            dir: staging,
            _lock: lock,
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }
}

/// Whether this is the name of a staging directory.
pub(super) fn is_staging(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|rest| {
        rest.len() == SUFFIX_LENGTH && rest.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Removes the staging directories of killed runs for this output directory.
pub(super) fn sweep_killed_runs(out: &Path) {
    let parent = out
        .parent()
        .map(|parent| match parent.as_os_str().is_empty() {
            true => Path::new("."),
            false => parent,
        });
    for dir in [Some(out), parent].into_iter().flatten() {
        for path in find_left_behind(dir) {
            // The next run tries again.
            let _ = fs::remove_dir_all(path);
        }
    }
}

fn find_left_behind(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Vec::new();
    };
    let entries = entries.filter_map(Result::ok);
    let ours = entries.filter(|entry| {
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        is_dir && entry.file_name().to_str().is_some_and(is_staging)
    });
    ours.map(|entry| entry.path())
        .filter(|path| is_abandoned(path))
        .collect()
}

fn is_abandoned(staging: &Path) -> bool {
    match File::open(staging.join(LOCK)) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(_) => {
            let modified = fs::symlink_metadata(staging).and_then(|meta| meta.modified());
            modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > GRACE))
        }
    }
}
