//! The location of a document: a file, a URL, or standard input.

use std::path::Path;

/// The location of a document, which users write in place of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location<'a> {
    /// A file.
    File(&'a Path),
    /// Standard input, written `-`. A file of this name is `./-`.
    StandardInput,
    /// A URL of any scheme.
    Url(&'a str),
}

impl<'a> Location<'a> {
    /// Interprets an argument.
    #[must_use]
    pub fn parse(argument: &'a Path) -> Self {
        if argument.as_os_str() == "-" {
            return Self::StandardInput;
        }
        match argument.to_str() {
            Some(url) if url.contains("://") => Self::Url(url),
            _ => Self::File(argument),
        }
    }

    /// Returns the folder of the document's configuration. It is the current one if the document is
    /// not a file.
    #[must_use]
    pub fn folder(self) -> &'a Path {
        match self {
            Self::File(path) => path.parent().unwrap_or(Path::new("")),
            Self::StandardInput | Self::Url(_) => Path::new(""),
        }
    }

    /// Returns the name of the document for people: the name of the file without its folder, or of
    /// the URL without its query, which may hold a secret.
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::File(path) => {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
            Self::StandardInput => STANDARD_INPUT.to_owned(),
            Self::Url(url) => url.split(['?', '#']).next().unwrap_or_default().to_owned(),
        }
    }

    /// Returns the name of the document in diagnostics.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => STANDARD_INPUT.to_owned(),
            Self::Url(url) => url.to_owned(),
        }
    }
}

/// The name of standard input in messages.
const STANDARD_INPUT: &str = "<standard input>";
