//! Writes many files as one transaction.
//!
//! All new content first goes to a staging directory inside the output directory, where a full disk
//! or a missing permission does no harm. Then each file is renamed to its final path. If a rename
//! fails, the journal undoes the earlier ones, and everything is as it was, including modification
//! times.
//!
//! A new output directory is created next to its final path and renamed as a whole: one rename
//! instead of one for each file.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::changes::{Change, Changes, DifferenceKind};
use super::error::{Context, WriteError};
use super::file_record::RECORD;
use super::staging::Staging;

/// Makes all changes or none.
pub(super) fn apply(changes: &Changes<'_>, dir: &Path) -> Result<(), WriteError> {
    let mut dirs = CreatedDirs::default();
    let result = match dir.parent() {
        Some(parent) if fs::symlink_metadata(dir).is_err() => {
            make_and_move(changes, dir, parent, &mut dirs)
        }
        _ => dirs
            .create(dir)
            .and_then(|()| stage_and_move(changes, dir, &mut dirs)),
    };
    match result {
        Ok(()) => remove_empty_dirs(changes, dir),
        Err(_) => dirs.remove(),
    }
    result
}

/// Creates the directory, which does not exist.
fn make_and_move(
    changes: &Changes<'_>,
    dir: &Path,
    parent: &Path,
    dirs: &mut CreatedDirs,
) -> Result<(), WriteError> {
    // The parent of a bare name is the empty path.
    let parent = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    dirs.create(parent)?;
    let staging = Staging::open(parent)?;
    // Not the staging directory itself, which only its owner may read.
    let new = staging.path().join("new");
    // Dropping the staging directory removes them.
    let mut inner = CreatedDirs::default();
    inner.create(&new)?;
    let mut folder = new.clone();
    for change in changes {
        if let Some(text) = &change.after {
            let path = new.join(&change.path);
            // Files of the same folder follow each other.
            if let Some(parent) = path.parent().filter(|parent| *parent != folder) {
                inner.create(parent)?;
                folder = parent.to_owned();
            }
            fs::write(&path, text.as_bytes()).context("write", &path)?;
        }
    }
    fs::rename(&new, dir).context("write", dir)
}

fn stage_and_move(
    changes: &Changes<'_>,
    dir: &Path,
    dirs: &mut CreatedDirs,
) -> Result<(), WriteError> {
    let staging = Staging::open(dir)?;
    let staged: Vec<Staged<'_>> = order_moves(changes)
        .into_iter()
        .enumerate()
        .map(|(number, change)| stage(&staging, number, change))
        .collect::<Result<_, _>>()?;
    let mut journal = Journal::default();
    for file in staged {
        if let Err(error) = file.move_into_place(dir, dirs, &mut journal) {
            journal.play_back();
            return Err(error);
        }
    }
    Ok(())
}

/// Orders the moves for the case that the run is killed between two of them: the record must list
/// at least the files that exist.
fn order_moves<'c, 'o>(changes: &'c Changes<'o>) -> Vec<&'c Change<'o>> {
    let mut ordered: Vec<_> = changes.iter().collect();
    ordered.sort_by_key(|change| match change.kind {
        // A removed file may have the path of a new directory.
        DifferenceKind::Orphaned => 0,
        DifferenceKind::Missing if change.path == RECORD => 1,
        DifferenceKind::Stale if change.path == RECORD => 3,
        DifferenceKind::Missing | DifferenceKind::Stale => 2,
    });
    ordered
}

/// Removes the directories that lost their last file. Removing one that is not empty fails, which
/// is intended.
fn remove_empty_dirs(changes: &Changes<'_>, dir: &Path) {
    for change in changes.iter().filter(|change| change.after.is_none()) {
        let path = dir.join(&change.path);
        for parent in path.ancestors().skip(1).take_while(|p| *p != dir) {
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
    }
}

fn stage<'c>(
    staging: &Staging,
    number: usize,
    change: &'c Change<'c>,
) -> Result<Staged<'c>, WriteError> {
    let staged = Staged {
        change,
        new: staging.path().join(format!("{number}.new")),
        old: staging.path().join(format!("{number}.old")),
    };
    if let Some(text) = &change.after {
        fs::write(&staged.new, text.as_bytes()).context("write", &staged.new)?;
    }
    Ok(staged)
}

/// A change whose new content is in the staging directory.
struct Staged<'c> {
    change: &'c Change<'c>,
    new: PathBuf,
    old: PathBuf,
}

impl Staged<'_> {
    fn move_into_place(
        self,
        dir: &Path,
        dirs: &mut CreatedDirs,
        journal: &mut Journal,
    ) -> Result<(), WriteError> {
        let target = dir.join(&self.change.path);
        match (&self.change.before, &self.change.after) {
            (None, None) => Ok(()),
            (Some(_), None) => {
                fs::rename(&target, &self.old).context("remove", &target)?;
                journal.restore(self.old, target);
                Ok(())
            }
            (None, Some(_)) => {
                dirs.create(target.parent().unwrap_or(dir))?;
                fs::rename(&self.new, &target).context("write", &target)?;
                journal.remove(target);
                Ok(())
            }
            (Some(bytes), Some(_)) => {
                // A hard link keeps the old file as it is. A file system without hard links gets a
                // copy.
                fs::hard_link(&target, &self.old)
                    .or_else(|_| fs::write(&self.old, bytes))
                    .context("keep", &target)?;
                fs::rename(&self.new, &target).context("write", &target)?;
                journal.restore(self.old, target);
                Ok(())
            }
        }
    }
}

/// The directories that were created, outermost first.
#[derive(Default)]
struct CreatedDirs(Vec<PathBuf>);

impl CreatedDirs {
    /// Creates a directory and its missing parents. A directory that another process creates at the
    /// same time is not recorded.
    fn create(&mut self, dir: &Path) -> Result<(), WriteError> {
        let missing: Vec<&Path> = dir
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.is_dir())
            .collect();
        for path in missing.into_iter().rev() {
            match fs::create_dir(path) {
                Ok(()) => self.0.push(path.to_owned()),
                Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
                Err(error) => return Err(error).context("create", path),
            }
        }
        Ok(())
    }

    fn remove(self) {
        for dir in self.0.into_iter().rev() {
            let _ = fs::remove_dir(dir);
        }
    }
}

/// The steps so far, for undoing them.
#[derive(Default)]
struct Journal(Vec<Step>);

enum Step {
    Remove(PathBuf),
    Restore { old: PathBuf, target: PathBuf },
}

impl Journal {
    fn remove(&mut self, target: PathBuf) {
        self.0.push(Step::Remove(target));
    }

    fn restore(&mut self, old: PathBuf, target: PathBuf) {
        self.0.push(Step::Restore { old, target });
    }

    /// Undoes all steps, the last one first. Continues after an error, so that as little as
    /// possible remains to be repaired by hand.
    fn play_back(self) {
        for step in self.0.into_iter().rev() {
            let _ = match step {
                Step::Remove(path) => fs::remove_file(path),
                Step::Restore { old, target } => fs::rename(old, target),
            };
        }
    }
}
