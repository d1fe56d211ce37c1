//! [`Reader`]: a pull reader over a JSON text.
//!
//! What every type calls is kept out of line on purpose: a generated `decode` should be a list of
//! calls, since its size is what a crate of a thousand types pays for. Only what is generic in the
//! type that is read is left to the compiler.

mod members;
pub use members::{DecodeInto, RequiredField};
mod nested;

use std::borrow::Cow;
use std::fmt;

use jiter::{Jiter, Peek};

use super::error::TOO_DEEP;
use super::{Decode, DecodeError, JsonKind, Value, number};

/// How many containers can be nested in one another.
const DEPTH_LIMIT: usize = 128;

/// Reads a JSON text one value after the other.
///
/// An implementation of [`Decode`] reads exactly one value from it. Objects and arrays are read by
/// a loop: `begin_object` and then `field` or `key` until it returns `None`; `begin_array` and then
/// `element` until it returns `false`.
pub struct Reader<'j> {
    json: Jiter<'j>,
    /// Where the text of `json` starts in the whole text; not zero inside of
    /// [`nested`](Self::nested).
    base: usize,
    /// Where the last value started, in the whole text.
    start: usize,
    depth: usize,
    /// For each open object, the index of the field that is expected next. A hint, cut off at 255.
    expected: [u8; DEPTH_LIMIT],
    /// A container was entered, and its first member not yet looked for.
    opening: bool,
    /// Bytes that may still be read by way of [`attempt`](Self::attempt).
    attempts: usize,
    /// Where the value starts that is being tried.
    trying: Option<usize>,
    /// Whether an untyped number lost digits since somebody asked.
    rounded: bool,
}

impl<'j> Reader<'j> {
    /// A reader at the start of a text.
    #[must_use]
    #[inline(never)]
    pub fn new(json: &'j [u8]) -> Self {
        Self {
            json: Jiter::new(json),
            base: 0,
            start: 0,
            depth: 0,
            expected: [0; DEPTH_LIMIT],
            opening: false,
            attempts: nested::budget(json.len()),
            trying: None,
            rounded: false,
        }
    }

    /// Checks that nothing follows the value that was read.
    ///
    /// # Errors
    ///
    /// Fails if something does.
    #[inline(never)]
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.json
            .finish()
            .map_err(|error| DecodeError::syntax(&error, self.base))
    }

    /// Whether the text is one value and nothing else.
    #[cfg(feature = "client")]
    pub(crate) fn is_one_value(&mut self) -> bool {
        self.raw().is_ok() && self.finish().is_ok()
    }

    /// Reads a value of any type.
    ///
    /// # Errors
    ///
    /// Fails as [`Decode::decode`] of the type does.
    #[inline]
    pub fn value<T: Decode>(&mut self) -> Result<T, DecodeError> {
        T::decode(self)
    }

    /// An error at the value that was read last, for checks that follow the reading.
    #[cold]
    #[inline(never)]
    pub fn invalid(&self, message: impl Into<Cow<'static, str>>) -> DecodeError {
        DecodeError::new(message, self.start)
    }

    /// The kind of the next value, which is not read yet.
    ///
    /// # Errors
    ///
    /// Fails if no value follows.
    pub fn kind(&mut self) -> Result<JsonKind, DecodeError> {
        let peek = self.peek()?;
        JsonKind::from_first_byte(peek.into_inner()).ok_or_else(|| self.unexpected(peek, "a value"))
    }

    /// Reads `null`, and nothing if the next value is something else. Returns whether it was
    /// `null`.
    ///
    /// # Errors
    ///
    /// Fails if no value follows.
    #[inline(never)]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? != Peek::Null {
            return Ok(false);
        }
        self.json
            .known_null()
            .map_err(|error| DecodeError::syntax(&error, self.base))?;
        Ok(true)
    }

    /// Reads a boolean.
    ///
    /// # Errors
    ///
    /// Fails on any other value.
    #[inline(never)]
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        match self.peek()? {
            peek @ (Peek::True | Peek::False) => self
                .json
                .known_bool(peek)
                .map_err(|error| DecodeError::syntax(&error, self.base)),
            peek => Err(self.unexpected(peek, "a boolean")),
        }
    }

    /// Reads a string; it is only borrowed, since most are turned into something else.
    ///
    /// # Errors
    ///
    /// Fails on any other value.
    #[inline(never)]
    pub fn str(&mut self) -> Result<&str, DecodeError> {
        let peek = self.peek()?;
        if peek != Peek::String {
            return Err(self.unexpected(peek, "a string"));
        }
        let base = self.base;
        self.json
            .known_str()
            .map_err(|error| DecodeError::syntax(&error, base))
    }

    /// Reads a number without a fraction, however it is spelled (`12`, `12.0`, `1.2e1`).
    ///
    /// # Errors
    ///
    /// Fails on any other value, and on integers of more than 127 bits.
    #[inline(never)]
    pub fn integer(&mut self) -> Result<i128, DecodeError> {
        let text = self.number("an integer")?;
        number::integer(text).map_err(|message| self.invalid(message))
    }

    /// Reads a number.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and on numbers that are too large for a float.
    #[inline(never)]
    pub fn float(&mut self) -> Result<f64, DecodeError> {
        let peek = self.peek()?;
        if !is_number(peek) {
            return Err(self.unexpected(peek, "a number"));
        }
        match self.json.known_float(peek) {
            Ok(float) if float.is_finite() => Ok(float),
            Ok(_) => Err(self.invalid(number::OUT_OF_RANGE)),
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }

    /// Reads a number as it is written.
    pub(super) fn number(&mut self, expected: &str) -> Result<&'j [u8], DecodeError> {
        let peek = self.peek()?;
        if !is_number(peek) {
            return Err(self.unexpected(peek, expected));
        }
        let start = self.json.current_index();
        match self.json.known_number_bytes(peek) {
            Ok(_) => Ok(self.json.slice_to_current(start)),
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }

    /// Notes that a number has lost digits, if it has.
    pub(super) fn note_rounding(&mut self, number: &serde_json::Number, text: &[u8]) {
        self.rounded |= number::is_rounded(number, text);
    }

    /// Reads a value, and returns its text too if one of its numbers lost digits.
    pub(super) fn exact_value(&mut self) -> Result<(Value, Option<Box<str>>), DecodeError> {
        let before = std::mem::take(&mut self.rounded);
        self.peek()?;
        let start = self.json.current_index();
        let value = Value::decode(self)?;
        let text = self.rounded.then(|| self.json.slice_to_current(start));
        self.rounded |= before;
        let text = text.and_then(|text| std::str::from_utf8(text).ok());
        Ok((value, text.map(Into::into)))
    }

    #[inline]
    fn peek(&mut self) -> Result<Peek, DecodeError> {
        match self.json.peek() {
            Ok(peek) => {
                self.start = self.base.wrapping_add(self.json.current_index());
                Ok(peek)
            }
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }

    fn enter(&mut self) -> Result<(), DecodeError> {
        let Some(expected) = self.expected.get_mut(self.depth) else {
            return Err(self.invalid(TOO_DEEP));
        };
        *expected = 0;
        self.depth = self.depth.wrapping_add(1);
        self.opening = true;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    #[cold]
    #[inline(never)]
    fn unexpected(&self, found: Peek, expected: &str) -> DecodeError {
        match JsonKind::from_first_byte(found.into_inner()) {
            Some(kind) => {
                let message = format!("expected {expected}, found {}", kind.described());
                DecodeError::new(message, self.start)
            }
            None => DecodeError::not_a_value(self.start),
        }
    }
}

impl fmt::Debug for Reader<'_> {
    /// Shows where the reader stands, not what it reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.base.saturating_add(self.json.current_index());
        f.debug_struct("Reader")
            .field("offset", &offset)
            .field("depth", &self.depth)
            .finish_non_exhaustive()
    }
}

/// JSON has no `NaN` and no `Infinity`, though the parser knows them.
fn is_number(peek: Peek) -> bool {
    matches!(peek.into_inner(), b'0'..=b'9' | b'-')
}
