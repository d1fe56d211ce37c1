//! [`Reader`]: a pull reader over a JSON text.

use std::borrow::Cow;

use jiter::{Jiter, Peek};

use super::error::TOO_DEEP;
use super::{Decode, DecodeError, Kind, Raw, Rest, number};

/// How many containers can be nested in one another.
const DEPTH_LIMIT: usize = 128;

/// Reads a JSON text one value after the other.
///
/// An implementation of [`Decode`] reads exactly one value from it. Objects and arrays are read by a loop:
/// `begin_object` and then `field` or `key` until it returns `None`; `begin_array` and then `element` until it
/// returns `false`.
#[derive(Debug)]
pub struct Reader<'j> {
    json: Jiter<'j>,
    /// Where the text of `json` starts in the whole text; not zero inside of [`nested`](Self::nested).
    base: usize,
    /// Where the last scalar started.
    start: usize,
    depth: usize,
    /// For each open object, the index of the field that is expected next.
    expected: [u16; DEPTH_LIMIT],
    /// A container was entered, and its first member not yet looked for.
    opening: bool,
    /// Bytes that may still be read by way of [`attempt`](Self::attempt).
    attempts: usize,
}

impl<'j> Reader<'j> {
    /// A reader at the start of a text.
    #[must_use]
    pub fn new(json: &'j [u8]) -> Self {
        Self {
            json: Jiter::new(json),
            base: 0,
            start: 0,
            depth: 0,
            expected: [0; DEPTH_LIMIT],
            opening: false,
            attempts: json
                .len()
                .saturating_mul(ATTEMPTS_PER_BYTE)
                .saturating_add(ATTEMPTS_AT_LEAST),
        }
    }

    /// Checks that nothing follows the value that was read.
    ///
    /// # Errors
    ///
    /// Fails if something does.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.json
            .finish()
            .map_err(|error| DecodeError::syntax(&error, self.base))
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

    /// An error at the scalar that was read last, for checks that follow the reading.
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
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        let peek = self.peek()?;
        Kind::of(peek.into_inner()).ok_or_else(|| self.unexpected(peek, "a value"))
    }

    /// Reads `null`, and nothing if the next value is something else. Returns whether it was `null`.
    ///
    /// # Errors
    ///
    /// Fails if no value follows.
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
    pub fn integer(&mut self) -> Result<i128, DecodeError> {
        let text = self.number("an integer")?;
        match number::integer(text) {
            Some(integer) => Ok(integer),
            None => Err(self.invalid("expected an integer, found another number")),
        }
    }

    /// Reads a number.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and on numbers that are too large for a float.
    pub fn float(&mut self) -> Result<f64, DecodeError> {
        let peek = self.peek()?;
        if !is_number(peek) {
            return Err(self.unexpected(peek, "a number"));
        }
        match self.json.known_float(peek) {
            Ok(float) if float.is_finite() => Ok(float),
            Ok(_) => Err(self.invalid("number out of range")),
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

    /// Enters an object.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and on the 129th level of nesting.
    pub fn begin_object(&mut self) -> Result<(), DecodeError> {
        match self.peek()? {
            Peek::Object => self.enter(),
            peek => Err(self.unexpected(peek, "an object")),
        }
    }

    /// Goes to the next member of an object that is one of `names`, and returns its index in `names`; its value comes
    /// next. Members of other names are put into `extra` on the way. `None` at the end of the object.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
    pub fn field(
        &mut self,
        names: &[&str],
        extra: &mut dyn Rest,
    ) -> Result<Option<usize>, DecodeError> {
        loop {
            let key = if self.opening {
                self.opening = false;
                self.json.known_object()
            } else {
                self.json.next_key()
            };
            match key {
                Ok(Some(key)) => {
                    let expected = self.expected.get_mut(self.depth.wrapping_sub(1));
                    let name =
                        match find(names, key, expected.as_deref().copied().unwrap_or_default()) {
                            Some(index) => {
                                if let Some(expected) = expected {
                                    *expected = (index as u16).wrapping_add(1);
                                }
                                return Ok(Some(index));
                            }
                            None => key.to_owned(),
                        };
                    extra.read(name, self)?;
                }
                Ok(None) => {
                    self.leave();
                    return Ok(None);
                }
                Err(error) => return Err(DecodeError::syntax(&error, self.base)),
            }
        }
    }

    /// Goes to the next member of an object, whatever its name; its value comes next. `None` at the end of the object.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
    pub fn key(&mut self) -> Result<Option<String>, DecodeError> {
        let key = if self.opening {
            self.opening = false;
            self.json.known_object()
        } else {
            self.json.next_key()
        };
        match key {
            Ok(Some(key)) => Ok(Some(key.to_owned())),
            Ok(None) => {
                self.leave();
                Ok(None)
            }
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }

    /// The value of a field that must have been there.
    ///
    /// # Errors
    ///
    /// Fails if it was not.
    #[inline]
    pub fn required<T>(&self, name: &str, value: Option<T>) -> Result<T, DecodeError> {
        match value {
            Some(value) => Ok(value),
            None => Err(self.missing(name)),
        }
    }

    /// Enters an array.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and on the 129th level of nesting.
    pub fn begin_array(&mut self) -> Result<(), DecodeError> {
        match self.peek()? {
            Peek::Array => self.enter(),
            peek => Err(self.unexpected(peek, "an array")),
        }
    }

    /// Goes to the next element of an array. `false` at the end of the array.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
    pub fn element(&mut self) -> Result<bool, DecodeError> {
        let next = if self.opening {
            self.opening = false;
            self.json.known_array()
        } else {
            self.json.array_step()
        };
        match next {
            Ok(Some(_)) => Ok(true),
            Ok(None) => {
                self.leave();
                Ok(false)
            }
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }

    /// Goes to the next element of an array that must have `length` of them.
    pub(super) fn known_element(&mut self, length: usize) -> Result<(), DecodeError> {
        if self.element()? {
            Ok(())
        } else {
            Err(self.too_short(length))
        }
    }

    /// Goes to the end of an array.
    pub(super) fn skip_elements(&mut self) -> Result<(), DecodeError> {
        while self.element()? {
            self.raw()?;
        }
        Ok(())
    }

    /// Steps over a value and returns its text, to be looked at and then read by [`nested`](Self::nested).
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
    pub fn raw(&mut self) -> Result<Raw<'j>, DecodeError> {
        let peek = self.peek()?;
        if Kind::of(peek.into_inner()).is_none() {
            return Err(self.unexpected(peek, "a value"));
        }
        let start = self.json.current_index();
        self.json
            .known_skip(peek)
            .map_err(|error| DecodeError::syntax(&error, self.base))?;
        Ok(Raw::new(
            self.json.slice_to_current(start),
            self.base.saturating_add(start),
        ))
    }

    /// Reads a value that was stepped over, as though it came next.
    ///
    /// # Errors
    ///
    /// Fails as [`Decode::decode`] of the type does.
    pub fn nested<T: Decode>(&mut self, raw: Raw<'j>) -> Result<T, DecodeError> {
        let outer = self.enter_raw(raw);
        let result = T::decode(self);
        self.leave_raw(outer);
        result
    }

    /// Reads a value that was stepped over, if it is of type `T`.
    ///
    /// Unions within unions could make the work of trying grow without bound on a text made for that. So it is
    /// bounded, and every attempt after that many fails at once.
    pub fn attempt<T: Decode>(&mut self, raw: Raw<'j>) -> Option<T> {
        self.attempts = self.attempts.checked_sub(raw.len())?;
        self.nested(raw).ok()
    }

    fn enter_raw(&mut self, raw: Raw<'j>) -> Outer<'j> {
        Outer {
            json: std::mem::replace(&mut self.json, Jiter::new(raw.bytes())),
            base: std::mem::replace(&mut self.base, raw.offset()),
            depth: self.depth,
        }
    }

    fn leave_raw(&mut self, outer: Outer<'j>) {
        self.json = outer.json;
        self.base = outer.base;
        self.depth = outer.depth;
        self.opening = false;
    }

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
        match Kind::of(found.into_inner()) {
            Some(kind) => DecodeError::new(
                format!("expected {expected}, found {}", kind.described()),
                self.start,
            ),
            None => DecodeError::not_a_value(self.start),
        }
    }

    #[cold]
    #[inline(never)]
    fn missing(&self, name: &str) -> DecodeError {
        DecodeError::new(format!("missing field `{name}`"), self.last_byte())
    }

    #[cold]
    #[inline(never)]
    fn too_short(&self, length: usize) -> DecodeError {
        DecodeError::new(
            format!("expected an array of at least {length} elements"),
            self.last_byte(),
        )
    }

    /// The bracket that closed the container which was just read.
    fn last_byte(&self) -> usize {
        self.base
            .saturating_add(self.json.current_index())
            .saturating_sub(1)
    }
}

/// What [`Reader::nested`] puts aside.
struct Outer<'j> {
    json: Jiter<'j>,
    base: usize,
    depth: usize,
}

/// How often each byte of a text can be read by attempts, on average.
const ATTEMPTS_PER_BYTE: usize = 256;

/// Bytes that can be read by attempts however short the text is.
const ATTEMPTS_AT_LEAST: usize = 64 * 1024;

/// JSON has no `NaN` and no `Infinity`, though the parser knows them.
fn is_number(peek: Peek) -> bool {
    matches!(peek.into_inner(), b'0'..=b'9' | b'-')
}

/// The index of a name. Servers write members in one order, so the search starts where the last one ended.
fn find(names: &[&str], key: &str, expected: u16) -> Option<usize> {
    let expected = usize::from(expected).min(names.len());
    let (before, after) = names.split_at_checked(expected)?;
    let ahead = after.iter().position(|name| *name == key);
    match ahead {
        Some(index) => Some(index.wrapping_add(expected)),
        None => before.iter().position(|name| *name == key),
    }
}
