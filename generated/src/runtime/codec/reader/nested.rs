//! Reading a value twice: stepping over it first, and then reading it as what it turned out to be.

use jiter::Jiter;

use serde_json::Value;

use super::Reader;
use crate::runtime::codec::{Decode, DecodeError, JsonKind, RawJson};

/// How often each byte of a text can be read by attempts, on average.
const ATTEMPTS_PER_BYTE: usize = 256;

/// Bytes that can be read by attempts however short the text is.
const ATTEMPTS_AT_LEAST: usize = 64 * 1024;

/// Bytes that can be read by attempts in a text of this length.
pub(super) fn budget(length: usize) -> usize {
    length
        .saturating_mul(ATTEMPTS_PER_BYTE)
        .saturating_add(ATTEMPTS_AT_LEAST)
}

/// What is put aside while a value is read that was stepped over.
struct Outer<'j> {
    json: Jiter<'j>,
    base: usize,
    depth: usize,
}

impl<'j> Reader<'j> {
    /// Steps over a value and returns its text, to be looked at and then read by
    /// [`nested`](Self::nested).
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
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

    /// Reads a value that was stepped over, as though it came next.
    ///
    /// # Errors
    ///
    /// Fails as [`Decode::decode`] of the type does.
    pub fn nested<T: Decode>(&mut self, raw: RawJson<'j>) -> Result<T, DecodeError> {
        let outer = self.enter_raw(raw);
        let result = T::decode(self);
        self.leave_raw(outer);
        result
    }

    /// Reads a value that was stepped over, if it is of type `T`.
    ///
    /// Unions within unions could make the work of trying grow without bound on a text made for
    /// that. So it is bounded, and every attempt after that many fails at once.
    pub fn attempt<T: Decode>(&mut self, raw: RawJson<'j>) -> Option<T> {
        self.attempts = self.attempts.checked_sub(raw.len())?;
        let outer = self.trying.replace(raw.offset());
        let result = self.nested(raw);
        self.trying = outer;
        result.ok()
    }

    /// Reads a value that none of a union's variants is for.
    ///
    /// # Errors
    ///
    /// Fails if the union is itself one of several types that are tried for the value: the next of
    /// them may know it.
    #[inline(never)]
    pub fn unknown(&mut self, raw: RawJson<'j>) -> Result<Value, DecodeError> {
        if self.trying == Some(raw.offset()) {
            return Err(self.invalid("none of the variants"));
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
