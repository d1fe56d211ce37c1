//! Why an output could not be compared or written.

use std::path::PathBuf;
use std::{fmt, io};

use super::record::RECORD;

/// Why an output could not be compared with a directory or written there.
///
/// Whatever the reason, the directory is as it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A path of the output does not name a file below the directory.
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Two paths of the output are one file where case does not count.
    SamePath {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// The directory has files, and no earlier run made it.
    NotOurs {
        /// The directory.
        dir: PathBuf,
    },
    /// Files that no earlier run made are where the output has its own.
    InTheWay {
        /// Their paths.
        paths: Vec<String>,
    },
    /// Something other than a file is where the output has one, or a symbolic
    /// link is on the way there.
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The record of an earlier run lists what no run would.
    Record {
        /// The line's number, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// The file system refused.
    Io {
        /// What was tried: `read`, `create`.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// Its answer.
        source: io::Error,
    },
}

impl WriteError {
    /// What the caller can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NotOurs { .. } => Some(
                "name an empty or a new directory, or pass `--force` to write between its files"
                    .to_owned(),
            ),
            Self::InTheWay { .. } => {
                Some("move them away, or pass `--force` to replace them".to_owned())
            }
            Self::NotAFile { .. } => Some("move it away".to_owned()),
            Self::Record { .. } => Some(format!(
                "restore `{RECORD}` from version control, or remove it and pass `--force`"
            )),
            Self::Path { .. } | Self::SamePath { .. } | Self::Io { .. } => None,
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, reason } => {
                write!(f, "`{path}` cannot be an output path: {reason}")
            }
            Self::SamePath { first, second } => write!(
                f,
                "`{first}` and `{second}` would be one file on systems where case does not count"
            ),
            Self::NotOurs { dir } => write!(
                f,
                "`{}` is not empty, and it has no `{RECORD}`: no earlier run made it",
                dir.display()
            ),
            Self::InTheWay { paths } => write!(
                f,
                "files that no earlier run made are in the way: {}",
                paths.join(", ")
            ),
            Self::NotAFile { path } => write!(
                f,
                "`{}` is not a regular file in a regular directory",
                path.display()
            ),
            Self::Record { line, text } => {
                write!(f, "line {line} of `{RECORD}` is damaged: {text:?}")
            }
            Self::Io {
                action,
                path,
                source,
            } => write!(f, "cannot {action} `{}`: {source}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Adds what was tried, and with what, to a refusal of the file system.
pub(super) trait Context<T> {
    /// See the trait.
    fn context(self, action: &'static str, path: &std::path::Path) -> Result<T, WriteError>;
}

impl<T> Context<T> for io::Result<T> {
    fn context(self, action: &'static str, path: &std::path::Path) -> Result<T, WriteError> {
        self.map_err(|source| WriteError::Io {
            action,
            path: path.to_owned(),
            source,
        })
    }
}
