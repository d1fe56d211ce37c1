//! Reads a value twice: skipping it first, and then decoding it as the chosen type.

use jiter::Jiter;

use serde_json::Value;

use super::Reader;
use crate::runtime::codec::{Decode, DecodeError, JsonKind, RawJson};

/// Maximum number of times that attempts may read each byte of a text, on average.
const ATTEMPTS_PER_BYTE: usize = 256;

/// Minimum budget for attempts in bytes, for short texts.
const ATTEMPTS_AT_LEAST: usize = 64 * 1024;

/// Returns the budget for attempts in bytes, for a text of this length.
pub(super) fn budget(length: usize) -> usize {
    length
        .saturating_mul(ATTEMPTS_PER_BYTE)
        .saturating_add(ATTEMPTS_AT_LEAST)
}

/// State of the outer text while a skipped value is decoded.
struct Outer<'j> {
    json: Jiter<'j>,
    base: usize,
    depth: usize,
}

impl<'j> Reader<'j> {
    /// Skips a value and returns its text, which [`nested`](Self::nested) can decode later.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid JSON.
    #[inline(never)]
    pub fn raw(&mut self) -> Result<RawJson<'j>, DecodeError> {
        let peek = self.peek()?;
        if JsonKind::from_first_byte(peek.into_inner()).is_none() {
            return Err(self.unexpected(peek, "a value"));
        }
        let start = self.json.current_index();
        self.json
            .known_skip(peek)
            .map_err(|error| DecodeError::syntax(&error, self.base))?;
        Ok(RawJson::new(
            self.json.slice_to_current(start),
            self.base.saturating_add(start),
        ))
    }

    /// Decodes a skipped value as if it came next.
    ///
    /// # Errors
    ///
    /// Returns the error of [`Decode::decode`].
    pub fn nested<T: Decode>(&mut self, raw: RawJson<'j>) -> Result<T, DecodeError> {
        let outer = self.enter_raw(raw);
        let result = T::decode(self);
        self.leave_raw(outer);
        result
    }

    /// Decodes a skipped value if it is of type `T`.
    ///
    /// Nested unions could make the number of attempts grow exponentially on a malicious text. The
    /// total work is therefore limited, and attempts beyond the limit fail at once.
    pub fn attempt<T: Decode>(&mut self, raw: RawJson<'j>) -> Option<T> {
        self.attempts = self.attempts.checked_sub(raw.len())?;
        let outer = self.trying.replace(raw.offset());
        let result = self.nested(raw);
        self.trying = outer;
        result.ok()
    }

    /// Decodes a value that matches none of a union's variants.
    ///
    /// # Errors
    ///
    /// Returns an error if the union is itself attempted as one of several types, because a later
    /// type may match.
    #[inline(never)]
    pub fn unknown(&mut self, raw: RawJson<'j>) -> Result<Value, DecodeError> {
        if self.trying == Some(raw.offset()) {
            return Err(self.invalid("the value matches no variant"));
        }
        self.nested(raw)
    }

    #[inline(never)]
    fn enter_raw(&mut self, raw: RawJson<'j>) -> Outer<'j> {
        Outer {
            json: std::mem::replace(&mut self.json, Jiter::new(raw.bytes())),
            base: std::mem::replace(&mut self.base, raw.offset()),
            depth: self.depth,
        }
    }

    #[inline(never)]
    fn leave_raw(&mut self, outer: Outer<'j>) {
        self.json = outer.json;
        self.base = outer.base;
        self.depth = outer.depth;
        self.opening = false;
    }
}
