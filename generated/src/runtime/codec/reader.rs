//! [`Reader`]: a pull reader over a JSON text.
//!
//! Functions that all types call are deliberately not inlined. A generated `decode` should compile
//! to a list of calls, because its size dominates in a crate of a thousand types. Only functions
//! that are generic in the decoded type are left to the compiler.

mod containers;
pub use containers::{DecodeInto, RequiredField};
mod nested;

use std::borrow::Cow;
use std::fmt;

use jiter::{Jiter, Peek};

use super::error::TOO_DEEP;
use super::{Decode, DecodeError, JsonKind, Value, number};

/// Maximum nesting depth of containers.
const DEPTH_LIMIT: usize = 128;

/// Reads a JSON text one value at a time.
///
/// Each implementation of [`Decode`] reads exactly one value. To read an object, call
/// `begin_object`, then `field` or `key` until it returns `None`. To read an array, call
/// `begin_array`, then `element` until it returns `false`.
pub struct Reader<'j> {
    json: Jiter<'j>,
    /// Offset of `json` in the whole text. It is not zero within [`nested`](Self::nested).
    base: usize,
    /// Offset of the last value in the whole text.
    start: usize,
    depth: usize,
    /// Index of the next expected field, for each open object. This is a hint, and saturates at
    /// 255.
    expected: [u8; DEPTH_LIMIT],
    /// Whether a container has been entered and its first entry has not been read yet.
    opening: bool,
    /// Number of bytes that [`attempt`](Self::attempt) may still read.
    attempts: usize,
    /// Offset of the value that is currently attempted.
    trying: Option<usize>,
    /// Whether an untyped number has lost digits since the last check.
    rounded: bool,
}

impl<'j> Reader<'j> {
    /// Creates a reader at the start of a text.
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

    /// Checks that the text ends after the value.
    ///
    /// # Errors
    ///
    /// Returns an error if other text follows.
    #[inline(never)]
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.json
            .finish()
            .map_err(|error| DecodeError::syntax(&error, self.base))
    }

    /// Returns `true` if the text is exactly one value.
    #[cfg(feature = "client")]
    pub(crate) fn is_one_value(&mut self) -> bool {
        self.raw().is_ok() && self.finish().is_ok()
    }

    /// Reads a value of any type.
    ///
    /// # Errors
    ///
    /// Returns the error of [`Decode::decode`].
    #[inline]
    pub fn value<T: Decode>(&mut self) -> Result<T, DecodeError> {
        T::decode(self)
    }

    /// Creates an error at the last value, for checks after reading it.
    #[cold]
    #[inline(never)]
    pub fn invalid(&self, message: impl Into<Cow<'static, str>>) -> DecodeError {
        DecodeError::new(message, self.start)
    }

    /// Returns the type of the next value without reading it.
    ///
    /// # Errors
    ///
    /// Returns an error if no value follows.
    pub fn kind(&mut self) -> Result<JsonKind, DecodeError> {
        let peek = self.peek()?;
        JsonKind::from_first_byte(peek.into_inner()).ok_or_else(|| self.unexpected(peek, "a value"))
    }

    /// Reads `null` if it is the next value, and returns whether it was.
    ///
    /// # Errors
    ///
    /// Returns an error if no value follows.
    #[inline(never)]
    pub(crate) fn null(&mut self) -> Result<bool, DecodeError> {
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
    /// Returns an error if the next value is not a boolean.
    #[inline(never)]
    pub(crate) fn bool(&mut self) -> Result<bool, DecodeError> {
        match self.peek()? {
            peek @ (Peek::True | Peek::False) => self
                .json
                .known_bool(peek)
                .map_err(|error| DecodeError::syntax(&error, self.base)),
            peek => Err(self.unexpected(peek, "a boolean")),
        }
    }

    /// Reads a string. The string is borrowed, because most callers convert it.
    ///
    /// # Errors
    ///
    /// Returns an error if the next value is not a string.
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

    /// Reads an integer in any spelling (`12`, `12.0`, `1.2e1`).
    ///
    /// # Errors
    ///
    /// Returns an error if the next value is not an integer, or exceeds 127 bits.
    #[inline(never)]
    pub(crate) fn integer(&mut self) -> Result<i128, DecodeError> {
        let text = self.number("an integer")?;
        number::integer(text).map_err(|message| self.invalid(message))
    }

    /// Reads a number.
    ///
    /// # Errors
    ///
    /// Returns an error if the next value is not a number, or exceeds the range of a float.
    #[inline(never)]
    pub(crate) fn float(&mut self) -> Result<f64, DecodeError> {
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

    /// Reads the text of a number.
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

    /// Records that a number has lost digits, if it has.
    pub(super) fn note_rounding(&mut self, number: &serde_json::Number, text: &[u8]) {
        self.rounded |= number::is_rounded(number, text);
    }

    /// Reads a value. Also returns its text if one of its numbers lost digits.
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
    /// Formats the reader's position, but not the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.base.saturating_add(self.json.current_index());
        f.debug_struct("Reader")
            .field("offset", &offset)
            .field("depth", &self.depth)
            .finish_non_exhaustive()
    }
}

/// JSON has neither `NaN` nor `Infinity`, although the parser accepts them.
fn is_number(peek: Peek) -> bool {
    matches!(peek.into_inner(), b'0'..=b'9' | b'-')
}
