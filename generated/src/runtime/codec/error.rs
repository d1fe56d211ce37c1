//! [`DecodeError`]: what was wrong, and where.

use std::borrow::Cow;
use std::fmt;

use jiter::{JiterError, JiterErrorType, JsonErrorType};

use super::error_path;

/// A JSON text that could not be decoded.
///
/// Its `Display` names the place and the problem, such as ``data.items[3].id: expected a string,
/// found a number``. Neither holds values of the text, so an error can be logged even where the
/// text cannot.
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
    /// A value of the wrong shape, at a byte offset of the whole text.
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

    /// A text that is not JSON; `base` is where the parser's input starts in the whole text.
    #[cold]
    #[inline(never)]
    pub(super) fn syntax(error: &JiterError, base: usize) -> Self {
        let mut this = Self::new(explain(&error.error_type), base.saturating_add(error.index));
        this.0.syntax = true;
        this
    }

    /// A byte that starts no value.
    #[cold]
    #[inline(never)]
    pub(super) fn not_a_value(offset: usize) -> Self {
        let mut this = Self::new("expected a value", offset);
        this.0.syntax = true;
        this
    }

    /// Adds the path, the line and the column, which are found only now: a decoder that is merely
    /// tried should not pay for them.
    #[cold]
    #[inline(never)]
    pub(super) fn locate(&mut self, json: &[u8]) {
        self.0.path = error_path::path(json, self.0.offset);
        (self.0.line, self.0.column) = error_path::line_and_column(json, self.0.offset);
    }

    /// Where the value stands in the text, such as `data.items[3].id`. Empty for the text's
    /// outermost value.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong with it, such as `expected a string, found a number`.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether the text is not JSON at all, rather than JSON of another shape.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.0.syntax
    }

    /// The byte of the text at which decoding stopped, from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The line of that byte, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column of that byte in characters, from 1.
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

/// The parser's complaint, in our words where these say more.
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
        E::KeyMustBeAString => "expected a member name in double quotes",
        E::TrailingComma => "comma after the last member",
        E::TrailingCharacters => "unexpected text after the value",
        E::RecursionLimitExceeded => TOO_DEEP,
        other => return Cow::Owned(other.to_string()),
    })
}

/// Said wherever a text nests deeper than the reader goes.
pub(super) const TOO_DEEP: &str = "nested deeper than 128 levels";
