//! The reasons why no crate is generated.

use std::path::PathBuf;
use std::{fmt, io};

use crate::diagnostics::{self, Diagnostics, Style};

/// The reason why no crate was generated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The input has errors.
    Input(Diagnostics),
    /// The folder of templates cannot be read.
    Templates {
        /// The folder.
        path: PathBuf,
        /// The error.
        source: io::Error,
    },
    /// A template cannot be rendered.
    Render(minijinja::Error),
}

impl Failure {
    /// Returns a suggestion.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Templates { source, .. } => suggest_reading_remedy(source.kind()),
            Self::Render(_) => Some("correct the template in the folder of `--templates`"),
            Self::Input(_) => None,
        }
    }
}

/// Returns the remedy for an error of the file system while something is read.
pub(crate) const fn suggest_reading_remedy(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::NotFound => "check the path; it is relative to the current directory",
        io::ErrorKind::NotADirectory => "a file has this name; name a folder",
        io::ErrorKind::IsADirectory => "a folder has this name; name a file",
        io::ErrorKind::PermissionDenied => "allow the current user to read it",
        io::ErrorKind::InvalidData => "save it as UTF-8",
        _ => return None,
    })
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(diagnostics) => {
                f.write_str(&diagnostics::render(diagnostics, Style::Plain))
            }
            Self::Templates { path, source } => {
                write!(
                    f,
                    "cannot read the templates in `{}`: {source}",
                    path.display()
                )
            }
            Self::Render(error) => write!(f, "a template cannot be rendered: {error:#}"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Input(_) => None,
            Self::Templates { source, .. } => Some(source),
            Self::Render(error) => Some(error),
        }
    }
}
