//! Errors of comparing and writing an output.

use std::path::PathBuf;
use std::{fmt, io};

use super::file_record::RECORD;

/// The reason why an output could not be compared with a directory or written to it.
///
/// After any error the directory is as it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A path of the output does not name a file below the directory.
    Path {
        /// The path.
        path: String,
        /// The problem.
        reason: &'static str,
    },
    /// Two paths of the output are equal on a file system that ignores case.
    SamePath {
        /// The first path.
        first: String,
        /// The second path.
        second: String,
    },
    /// The directory has files, and no earlier run created any of them.
    NotOurs {
        /// The directory.
        dir: PathBuf,
    },
    /// The output would replace files that no earlier run created.
    InTheWay {
        /// Their paths.
        paths: Vec<String>,
    },
    /// The path of a file of the output has an entry that is not a file, or a symbolic link on the
    /// way.
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The record of an earlier run has an invalid line.
    Record {
        /// Line number, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// An operation of the file system failed.
    Io {
        /// The operation: `read`, `create`.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
}

impl WriteError {
    /// Returns a suggestion.
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
            Self::Io { source, .. } => suggest_remedy(source.kind()).map(ToOwned::to_owned),
            Self::Path { .. } | Self::SamePath { .. } => None,
        }
    }
}

/// Returns the remedy for an error of the file system.
const fn suggest_remedy(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "allow the current user to write there, or name another path"
        }
        io::ErrorKind::NotFound => "create the folder first",
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            "a file has the name of a folder; move it away, or name another path"
        }
        io::ErrorKind::IsADirectory => "a folder has this name; name a file",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free space on the disk; nothing has changed"
        }
        _ => return None,
    })
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

/// Context for errors of the file system.
pub(crate) trait Context<T> {
    /// Adds the operation and the path to an error of the file system.
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
