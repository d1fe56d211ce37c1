//! Diagnostics: what is wrong with the input, where, and what to do.
//!
//! A phase never stops at its first finding. It pushes what it finds into a
//! [`Diagnostics`], and the command prints them all, with the lines of the
//! document that they speak of.

mod accept;
mod code;
mod explain;
mod json;
mod located;
mod render;
mod table;

pub use accept::Ignored;
pub use code::Code;
pub use explain::{explain, render_reference};
pub use json::to_json_lines;
pub use render::{Style, render};

use crate::source::{Pointer, SourceMap};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was repaired, ignored or typed loosely; the crate is still made.
    Warning,
    /// The document means nothing here; no crate is made.
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

/// What becomes of a repair that is a guess, such as the parameter for an undeclared
/// path variable.
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

/// Which file a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Origin {
    /// The OpenAPI description.
    #[default]
    Document,
    /// The configuration, `sdk.yaml`.
    Config,
}

/// What of a member is marked, where both stand on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Its value, if that is a scalar; its key, if not.
    #[default]
    Value,
    /// Its key.
    Key,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as a row of the table of codes.
    pub code: Code,
    /// The file that `pointer` points into.
    pub origin: Origin,
    /// Where it is.
    pub pointer: Pointer,
    /// What of it is marked.
    pub mark: Mark,
    /// The byte of the file that it is about, where the text is too broken to
    /// have pointers. Wins over `pointer`.
    pub offset: Option<usize>,
    /// What is wrong, as a sentence without a final stop.
    pub message: String,
    /// What to do about it.
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

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says that it is about the key, whatever the value.
    #[must_use]
    pub const fn on_key(mut self) -> Self {
        self.mark = Mark::Key;
        self
    }

    /// Says which byte of the file it is about.
    #[must_use]
    pub const fn at_offset(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Says that the pointer points into the configuration.
    #[must_use]
    pub fn in_config(mut self) -> Self {
        self.origin = Origin::Config;
        self
    }
}

/// The findings of a run, in the order they were made.
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

    /// Says which text the findings of an origin are about.
    pub fn set_source(&mut self, origin: Origin, source: SourceMap) {
        match origin {
            Origin::Document => self.document = Some(source),
            Origin::Config => self.config = Some(source),
        }
    }

    /// The text that the findings of an origin are about, once it was read.
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

    /// How many findings of this severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether any finding stops the crate from being made.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// The findings, in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// Whether there is nothing to say.
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
