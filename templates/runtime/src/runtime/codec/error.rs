//! [`DecodeError`]: a decoding problem and its location.

use std::borrow::Cow;
use std::fmt;

use jiter::{JiterError, JiterErrorType, JsonErrorType};

use super::error_path;

/// An error returned when a JSON text cannot be decoded.
///
/// `Display` prints the location and the problem, such as ``data.items[3].id: expected a string,
/// found a number``. Neither contains values of the text, so the error can be logged even if the
/// text is confidential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Problem>);

/// Boxed, so that the `Result` of each decoder is small.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    message: Cow<'static, str>,
    syntax: bool,
    offset: usize,
    path: String,
    line: usize,
    column: usize,
}

impl DecodeError {
    /// Creates an error for an unexpected value at a byte offset of the whole text.
    #[cold]
    #[inline(never)]
    pub(super) fn new(message: impl Into<Cow<'static, str>>, offset: usize) -> Self {
        Self(Box::new(Problem {
            message: message.into(),
            syntax: false,
            offset,
            path: String::new(),
            line: 0,
            column: 0,
        }))
    }

    /// Creates an error for invalid JSON. `base` is the offset of the parser's input in the whole
    /// text.
    #[cold]
    #[inline(never)]
    pub(super) fn syntax(error: &JiterError, base: usize) -> Self {
        let mut this = Self::new(explain(&error.error_type), base.saturating_add(error.index));
        this.0.syntax = true;
        this
    }

    /// Creates an error for a byte that cannot start a value.
    #[cold]
    #[inline(never)]
    pub(super) fn not_a_value(offset: usize) -> Self {
        let mut this = Self::new("expected a value", offset);
        this.0.syntax = true;
        this
    }

    /// Adds the path, the line and the column.
    ///
    /// They are computed only now, so that failed attempts to decode a union's variant do not pay
    /// for them.
    #[cold]
    #[inline(never)]
    pub(super) fn locate(&mut self, json: &[u8]) {
        self.0.path = error_path::path(json, self.0.offset);
        (self.0.line, self.0.column) = error_path::line_and_column(json, self.0.offset);
    }

    /// Returns the path of the value in the text, such as `data.items[3].id`. The path of the root
    /// value is empty.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the description of the problem, such as `expected a string, found a number`.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns `true` if the text is not valid JSON, as opposed to JSON of another type.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.0.syntax
    }

    /// Returns the byte offset at which decoding stopped, starting at 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// Returns the line of that byte, starting at 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the column of that byte in characters, starting at 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        f.write_str(&self.0.message)?;
        if self.0.syntax && self.0.line > 0 {
            write!(f, " at line {} column {}", self.0.line, self.0.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {}

/// Describes the parser's error, with more detail than the parser where possible.
fn explain(problem: &JiterErrorType) -> Cow<'static, str> {
    use JsonErrorType as E;
    let JiterErrorType::JsonError(problem) = problem else {
        return Cow::Owned(problem.to_string());
    };
    Cow::Borrowed(match problem {
        E::EofWhileParsingList
        | E::EofWhileParsingObject
        | E::EofWhileParsingString
        | E::EofWhileParsingValue => "unexpected end of the text",
        E::ExpectedColon => "expected `:`",
        E::ExpectedListCommaOrEnd => "expected `,` or `]`",
        E::ExpectedObjectCommaOrEnd => "expected `,` or `}`",
        E::ExpectedSomeIdent | E::ExpectedSomeValue => "expected a value",
        E::InvalidEscape | E::UnexpectedEndOfHexEscape => "invalid escape in a string",
        E::LoneLeadingSurrogateInHexEscape => "half of a surrogate pair in a string",
        E::InvalidNumber => "invalid number",
        E::NumberOutOfRange => "number out of range",
        E::InvalidUnicodeCodePoint => "invalid UTF-8 in a string",
        E::ControlCharacterWhileParsingString => "control character in a string",
        E::KeyMustBeAString => "expected a property name in double quotes",
        E::TrailingComma => "trailing comma",
        E::TrailingCharacters => "unexpected text after the value",
        E::RecursionLimitExceeded => TOO_DEEP,
        other => return Cow::Owned(other.to_string()),
    })
}

/// Message for a text that is nested more deeply than the reader allows.
pub(super) const TOO_DEEP: &str = "nested deeper than 128 levels";
