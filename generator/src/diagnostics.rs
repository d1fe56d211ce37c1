//! Diagnostics: a problem of the input, its position, and the remedy.
//!
//! A phase does not stop at its first problem. It adds all of them to a [`Diagnostics`]. The
//! command prints them together, with the lines of the document.

mod accept;
mod code;
mod deny;
mod explain;
mod json;
mod located;
mod render;
mod table;

pub use accept::Ignored;
pub use code::{Code, suggest_codes};
pub use deny::{CodeCount, Denied};
pub use explain::{explain, render_reference};
pub use json::to_json_lines;
pub use render::{Detail, Style, render, render_counts, render_findings};

use crate::source::{Pointer, SourceMap};

/// Severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The generator repaired or ignored something, or used a loose type. It still makes the crate.
    Warning,
    /// The input has no meaning here. The generator makes no crate.
    Error,
}

impl Severity {
    /// Returns the name that people and programs see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Handling of a repair that is a guess, such as the parameter for an undeclared path
/// variable.
///
/// The document is repaired in both cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// Such a repair is an error. For owners of a document.
    Strict,
    /// Such a repair is a warning. For documents of other people.
    #[default]
    Lenient,
}

/// The file that a diagnostic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Origin {
    /// The OpenAPI description.
    #[default]
    Document,
    /// The configuration, `sdk.yaml`.
    Config,
}

/// The part of a property that is marked, if both parts are on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// The value if it is a scalar, and the key otherwise.
    #[default]
    Value,
    /// The key.
    Key,
}

/// A diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The code.
    pub code: Code,
    /// The file that `pointer` points into.
    pub origin: Origin,
    /// The position.
    pub pointer: Pointer,
    /// The part of the property that is marked.
    pub mark: Mark,
    /// The byte offset in the file, if the text is too broken for pointers. It takes precedence
    /// over `pointer`.
    pub offset: Option<usize>,
    /// The message, as a sentence without a final stop.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic about a position in the document. Its severity is that of
    /// the code, until [`Diagnostics::push`] applies the strictness of the run.
    #[must_use]
    pub fn new(code: Code, pointer: Pointer, message: impl Into<String>) -> Self {
        Self {
            severity: code.severity(Strictness::Lenient),
            code,
            origin: Origin::Document,
            pointer,
            mark: Mark::Value,
            offset: None,
            message: message.into(),
            help: None,
        }
    }

    /// Sets the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Marks the key instead of the value.
    #[must_use]
    pub const fn on_key(mut self) -> Self {
        self.mark = Mark::Key;
        self
    }

    /// Sets the byte offset in the file.
    #[must_use]
    pub const fn at_offset(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Makes the pointer point into the configuration.
    #[must_use]
    pub fn in_config(mut self) -> Self {
        self.origin = Origin::Config;
        self
    }
}

/// The diagnostics of a run, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    strictness: Strictness,
    document: Option<SourceMap>,
    config: Option<SourceMap>,
}

impl Diagnostics {
    /// Creates an empty collection. Repairs are warnings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an empty collection. Repairs are errors if they are guesses.
    #[must_use]
    pub fn strict() -> Self {
        Self::with_strictness(Strictness::Strict)
    }

    /// Creates an empty collection for a run of this strictness.
    #[must_use]
    pub fn with_strictness(strictness: Strictness) -> Self {
        Self {
            strictness,
            ..Self::default()
        }
    }

    /// Sets the text of a file.
    pub fn set_source(&mut self, origin: Origin, source: SourceMap) {
        match origin {
            Origin::Document => self.document = Some(source),
            Origin::Config => self.config = Some(source),
        }
    }

    /// Returns the text of a file, if it was read.
    #[must_use]
    pub const fn source(&self, origin: Origin) -> Option<&SourceMap> {
        match origin {
            Origin::Document => self.document.as_ref(),
            Origin::Config => self.config.as_ref(),
        }
    }

    /// Adds a diagnostic. Raises its severity if the run is strict and the table of codes
    /// says so.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        let severity = diagnostic.code.severity(self.strictness);
        diagnostic.severity = diagnostic.severity.max(severity);
        self.found.push(diagnostic);
    }

    /// Returns the number of diagnostics with this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// Returns the diagnostics, in the order in which they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// Whether there are no diagnostics.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        for diagnostic in iter {
            self.push(diagnostic);
        }
    }
}
