//! Questions to git about a repository. Nothing is checked out or changed.

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use crate::load::Location;

/// The reason why a revision cannot be read.
#[derive(Debug)]
pub struct RevisionError {
    message: String,
    help: Option<String>,
}

impl RevisionError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Returns a suggestion.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    fn missing(file: &Path) -> Self {
        Self::new(format!("the file `{}` does not exist", file.display()))
            .with_help("check the path; it is relative to the current directory")
    }

    fn no_repository(file: &Path) -> Self {
        let message = format!("`{}` is in no git repository", file.display());
        Self::new(message).with_help(
            "create a repository with `git init`, and commit the file; without git, \
             `sdkwright diff BASE HEAD` compares two files, and `sdkwright release --first` makes the first release",
        )
    }

    fn unknown_revision(revision: &str) -> Self {
        Self::new(format!("the repository has no revision `{revision}`")).with_help(
            "check the name with `git log`; a shallow clone lacks old revisions, which \
             `git fetch --unshallow` and `fetch-depth: 0` of `actions/checkout` fetch",
        )
    }

    pub(super) fn missing_at(revision: &str, file: &Path) -> Self {
        let file = file.display();
        Self::new(format!("revision `{revision}` has no file `{file}`")).with_help(format!(
            "if it had another path, write the old file to disk with \
             `git show {revision}:OLD_PATH > FILE`, and compare two files: `sdkwright diff FILE {file}`"
        ))
    }

    fn outside(file: &Path) -> Self {
        Self::new(format!("`{}` is not in the repository", file.display()))
            .with_help("keep the description and its configuration in one repository")
    }
}

impl fmt::Display for RevisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RevisionError {}

impl From<io::Error> for RevisionError {
    fn from(error: io::Error) -> Self {
        Self::new(format!("git cannot be run: {error}")).with_help("install git")
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
            let error = RevisionError::new(format!("git has no history of `{name}`"));
            return Err(error.with_help("pass the path of a file in the repository"));
        };
        if !file.exists() {
            return Err(RevisionError::missing(file));
        }
        let top = run_git(folder_of(file), &["rev-parse", "--show-toplevel"]);
        // Other messages are about git itself, such as an owner that it does not trust.
        let top = top.map_err(
            |error| match error.message.contains("not a git repository") {
                true => RevisionError::no_repository(file),
                false => error,
            },
        )?;
        let top = PathBuf::from(top);
        Ok(Self {
            top: top.canonicalize().unwrap_or(top),
        })
    }

    /// The folder of the repository.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// Returns the path of a file relative to the repository.
    pub(super) fn path_in(&self, file: &Path) -> Result<PathBuf, RevisionError> {
        let outside = || RevisionError::outside(file);
        let name = file.file_name().ok_or_else(outside)?;
        let folder = folder_of(file).canonicalize();
        let folder = folder.map_err(|_| RevisionError::missing(file))?;
        let path = folder.strip_prefix(&self.top).map_err(|_| outside())?;
        Ok(path.join(name))
    }

    /// Returns the path of a file or folder relative to the repository, even if its folder does not
    /// exist yet.
    pub(super) fn path_in_new_folder(&self, path: &Path) -> Result<PathBuf, RevisionError> {
        let exists = |above: &&Path| above.as_os_str().is_empty() || above.is_dir();
        let above = path.ancestors().skip(1).find(exists);
        let above = above.unwrap_or(Path::new(""));
        let mut below = path.strip_prefix(above).unwrap_or(path).components();
        let first = below.next().map(|first| above.join(first));
        let rest = below.as_path();
        let is_below = rest
            .components()
            .all(|it| matches!(it, Component::Normal(_)));
        match first.filter(|_| is_below) {
            Some(first) => Ok(self.path_in(&first)?.join(rest)),
            None => Err(RevisionError::outside(path)),
        }
    }

    /// Returns the commit of a revision.
    pub(super) fn find_commit(&self, revision: &str) -> Result<String, RevisionError> {
        let commit = format!("{revision}^{{commit}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        run_git(&self.top, &[&args[..], &[&commit]].concat())
            .map_err(|_| RevisionError::unknown_revision(revision))
    }

    /// Returns the tags that the current commit includes. A new repository has no commit.
    pub(super) fn find_tags(&self) -> Result<Vec<String>, RevisionError> {
        if self.find_commit("HEAD").is_err() {
            return Ok(Vec::new());
        }
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
        .env("LC_ALL", "C")
        .output()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(RevisionError::new(message));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
