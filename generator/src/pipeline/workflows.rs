//! The workflows of a repository, and their paths.

use std::path::{Path, PathBuf};

use super::git::{Repository, RevisionError};
use crate::init::{WorkflowValues, write_workflows};
use crate::source::to_relative_path;

/// The folder of GitHub's workflows.
const FOLDER: &str = ".github/workflows";

/// The input of the workflows.
#[derive(Debug, Clone)]
pub struct WorkflowOptions {
    /// The document.
    pub spec: PathBuf,
    /// The configuration.
    pub config: PathBuf,
    /// The directory of the crate.
    pub crate_dir: PathBuf,
    /// The URL of the document.
    pub url: Option<String>,
    /// The branch that pull requests are for.
    pub branch: String,
}

/// Returns the workflows of a repository: the path of each file, and its text. The paths are relative
/// if that of the document is.
///
/// # Errors
///
/// The files are in no git repository, or their names have characters with a meaning in workflows.
pub fn workflows(options: &WorkflowOptions) -> Result<Vec<(PathBuf, String)>, RevisionError> {
    let repository = Repository::find(&options.spec)?;
    let text = |path: PathBuf| path.to_string_lossy().replace('\\', "/");
    let values = WorkflowValues {
        spec: text(repository.path_in(&options.spec)?),
        config: text(repository.path_in(&options.config)?),
        crate_dir: text(repository.path_in_new_folder(&options.crate_dir)?),
        url: options.url.clone().unwrap_or_default(),
        branch: options.branch.clone(),
    };
    let texts = write_workflows(&values).map_err(|error| RevisionError::new(error.to_string()))?;
    let folder = show_as(&options.spec, repository.top().join(FOLDER));
    let files = texts.into_iter();
    Ok(files
        .map(|(name, text)| (folder.join(name), text))
        .collect())
}

/// Returns an absolute path as a user writes it who writes another one like this: relative to the
/// current folder, or absolute.
fn show_as(written: &Path, path: PathBuf) -> PathBuf {
    let current = std::env::current_dir().and_then(|current| current.canonicalize());
    match current {
        Ok(current) if written.is_relative() => to_relative_path(&current, &path),
        _ => path,
    }
}
