//! Questions to git about a repository. Nothing is checked out or changed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::load::Location;

/// The reason why a revision cannot be read.
#[derive(Debug)]
pub struct RevisionError(String);

impl RevisionError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for RevisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RevisionError {}

impl From<io::Error> for RevisionError {
    fn from(error: io::Error) -> Self {
        Self(format!("git cannot be run: {error}"))
    }
}

/// A git repository.
pub(super) struct Repository {
    top: PathBuf,
}

impl Repository {
    /// Returns the repository of a file.
    pub(super) fn find(file: &Path) -> Result<Self, RevisionError> {
        let Location::File(file) = Location::parse(file) else {
            let name = Location::parse(file).name();
            let message = format!(
                "git has no history of `{name}`; pass the path of a file in the repository"
            );
            return Err(RevisionError(message));
        };
        let top = run_git(folder_of(file), &["rev-parse", "--show-toplevel"])
            .map_err(|_| RevisionError(format!("`{}` is in no git repository", file.display())))?;
        Ok(Self {
            top: PathBuf::from(top).canonicalize()?,
        })
    }

    /// The folder of the repository.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// Returns the path of a file relative to the repository.
    pub(super) fn path_in(&self, file: &Path) -> Result<PathBuf, RevisionError> {
        let outside = || RevisionError(format!("`{}` is not in the repository", file.display()));
        let name = file.file_name().ok_or_else(outside)?;
        let folder = folder_of(file).canonicalize()?;
        let path = folder.strip_prefix(&self.top).map_err(|_| outside())?;
        Ok(path.join(name))
    }

    /// Returns the commit of a revision.
    pub(super) fn find_commit(&self, revision: &str) -> Result<String, RevisionError> {
        let commit = format!("{revision}^{{commit}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        run_git(&self.top, &[&args[..], &[&commit]].concat())
            .map_err(|_| RevisionError(format!("the repository has no revision `{revision}`")))
    }

    /// Returns the tags that the current commit includes.
    pub(super) fn find_tags(&self) -> Result<Vec<String>, RevisionError> {
        let tags = run_git(&self.top, &["tag", "--list", "--merged", "HEAD"])?;
        Ok(tags.lines().map(ToOwned::to_owned).collect())
    }

    /// Returns the committed text of a file, if there is one.
    pub(super) fn read_committed(&self, path: &Path) -> Option<String> {
        let path = path.to_str()?.replace('\\', "/");
        run_git(&self.top, &["show", &format!("HEAD:{path}")]).ok()
    }

    /// Returns the last commit that added a text to a file.
    pub(super) fn find_addition(
        &self,
        text: &str,
        path: &Path,
    ) -> Result<Option<String>, RevisionError> {
        let path = path.to_string_lossy().replace('\\', "/");
        let (search, path) = (format!("-S{text}"), format!(":(top,literal){path}"));
        let args = ["log", "-1", "--format=%H", &search, "HEAD", "--", &path];
        let commit = run_git(&self.top, &args)?;
        Ok((!commit.is_empty()).then_some(commit))
    }
}

/// Returns the folder of a file. That of a bare name is the current one.
fn folder_of(file: &Path) -> &Path {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Returns git's output.
fn run_git(folder: &Path, args: &[&str]) -> Result<String, RevisionError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .output()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(RevisionError(message));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
