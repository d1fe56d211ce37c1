//! Diagnostics: what is wrong with the input, where, and what to do.
//!
//! A phase never stops at its first finding. It pushes what it finds into a
//! [`Diagnostics`], and the command prints them all, with the lines of the
//! document that they speak of.

mod accept;
mod json;
mod located;
mod render;

pub use accept::Ignored;
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

/// What becomes of findings that can be repaired, but not without a guess:
/// a duplicate `operationId`, a path parameter that is not declared, a
/// reference to nowhere.
///
/// Either way the document that comes out is repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// They are errors: for documents that are under our own control.
    Strict,
    /// They are warnings: for documents as one finds them.
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
    /// A stable, greppable name, in kebab case: `dangling-ref`.
    pub code: &'static str,
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
    /// A finding that stops the crate from being made.
    #[must_use]
    pub fn error(code: &'static str, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, pointer, message.into())
    }

    /// A finding that the crate is made in spite of.
    #[must_use]
    pub fn warning(code: &'static str, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, pointer, message.into())
    }

    fn new(severity: Severity, code: &'static str, pointer: Pointer, message: String) -> Self {
        Self {
            severity,
            code,
            origin: Origin::Document,
            pointer,
            mark: Mark::Value,
            offset: None,
            message,
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
    document: Option<SourceMap>,
    config: Option<SourceMap>,
}

impl Diagnostics {
    /// No findings yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            found: Vec::new(),
            document: None,
            config: None,
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

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
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
        self.found.extend(iter);
    }
}
