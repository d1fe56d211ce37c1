//! The workflows of a repository, and their paths.

use std::path::{Path, PathBuf};

use super::git::{Repository, RevisionError};
use crate::init::{WorkflowValues, write_workflows};

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

/// Returns the workflows of a repository: the path of each file, and its text.
///
/// # Errors
///
/// The files are in no git repository, or their names have characters with a meaning in workflows.
pub fn workflows(options: &WorkflowOptions) -> Result<Vec<(PathBuf, String)>, RevisionError> {
    let repository = Repository::find(&options.spec)?;
    let path = |file: &Path| -> Result<String, RevisionError> {
        let path = repository.path_in(file)?;
        Ok(path.to_string_lossy().replace('\\', "/"))
    };
    let values = WorkflowValues {
        spec: path(&options.spec)?,
        config: path(&options.config)?,
        crate_dir: path(&options.crate_dir)?,
        url: options.url.clone().unwrap_or_default(),
        branch: options.branch.clone(),
    };
    let texts = write_workflows(&values).map_err(|error| RevisionError::new(error.to_string()))?;
    let folder = repository.top().join(FOLDER);
    let files = texts.into_iter();
    Ok(files
        .map(|(name, text)| (folder.join(name), text))
        .collect())
}
