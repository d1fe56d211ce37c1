//! The directory that new and old content waits in while a run writes.
//!
//! A run that is killed leaves it behind, and the next one removes it. A lock tells it from that of
//! a run which is still at work in the same place.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use fs4::FileExt;
use tempfile::TempDir;

use super::error::{Context, WriteError};

const PREFIX: &str = ".sdkwright-";

/// The file in the directory that is locked as long as the run lives.
const LOCK: &str = "lock";

/// How long a directory may be without a lock: a run makes it right after the directory.
const GRACE: Duration = Duration::from_secs(60);

/// The directory. It is removed when this is dropped.
pub(super) struct Staging {
    dir: TempDir,
    _lock: File,
}

impl Staging {
    pub(super) fn open(dir: &Path) -> Result<Self, WriteError> {
        let staging = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(dir)
            .context("write to", dir)?;
        let path = staging.path().join(LOCK);
        let lock = File::create(&path).context("write", &path)?;
        // Where a file system has no locks, nothing is ever swept.
        let _ = FileExt::try_lock(&lock);
        Ok(Self {
            dir: staging,
            _lock: lock,
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }
}

/// Whether a name in a directory is that of a staging directory.
pub(super) fn is_staging(name: &str) -> bool {
    name.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.len() == 6 && rest.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Removes what runs left behind that were killed while they wrote this output directory.
pub(super) fn sweep(out: &Path) {
    let beside = out
        .parent()
        .map(|parent| match parent.as_os_str().is_empty() {
            true => Path::new("."),
            false => parent,
        });
    for dir in [Some(out), beside].into_iter().flatten() {
        for path in left_behind(dir) {
            // Failing leaves it to the next run.
            let _ = fs::remove_dir_all(path);
        }
    }
}

fn left_behind(dir: &Path) -> Vec<PathBuf> {
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
        Ok(lock) => FileExt::try_lock(&lock).is_ok(),
        Err(_) => {
            let modified = fs::symlink_metadata(staging).and_then(|meta| meta.modified());
            modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > GRACE))
        }
    }
}
