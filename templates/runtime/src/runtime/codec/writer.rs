//! [`Writer`]: writes compact JSON into a buffer.

use std::collections::BTreeSet;
use std::fmt;

use super::{Encode, RawJson, UnknownFields, error_path, escape};

/// Prefix of a variant's name in internal output: a Unicode noncharacter.
pub(super) const VARIANT: char = '\u{fdd0}';

/// Writes compact JSON one value at a time.
///
/// Each implementation of [`Encode`] writes exactly one value. The last byte tells whether a comma
/// is due: only an object or array that was just opened ends in its opening bracket.
#[derive(Clone, Default)]
pub struct Writer {
    json: Vec<u8>,
    purpose: Purpose,
}

/// Purpose of the output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Purpose {
    /// For a request.
    #[default]
    Wire,
    /// For `Debug` output: variants are named, and secrets are hidden.
    Debug,
    /// For comparison: variants are named, because two variants can have the same JSON.
    Compare,
}

impl Writer {
    /// Creates an empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self {
            json: Vec::with_capacity(128),
            purpose: Purpose::Wire,
        }
    }

    /// Creates a writer for output that stays in the program.
    pub(super) fn internal(purpose: Purpose) -> Self {
        Self {
            purpose,
            ..Self::new()
        }
    }

    /// Returns the output.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.json
    }

    /// Consumes the writer and returns the output.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.json
    }

    /// Writes a value.
    #[inline]
    pub fn value<T: Encode + ?Sized>(&mut self, value: &T) {
        value.encode(self);
    }

    /// Writes the payload of a union's variant.
    #[inline]
    pub fn variant<T: Encode + ?Sized>(&mut self, name: &str, payload: &T) {
        if self.purpose != Purpose::Wire {
            return self.named_variant(name, &|w| payload.encode(w));
        }
        payload.encode(self);
    }

    /// Writes the payload of a variant that a discriminator selects. The discriminator property is
    /// added if the payload is an object without it, so that the receiver can choose the variant.
    pub fn tagged_variant<T: Encode + ?Sized>(
        &mut self,
        name: &str,
        (property, value): (&str, &str),
        payload: &T,
    ) {
        if self.purpose != Purpose::Wire {
            return self.named_variant(name, &|w| payload.encode(w));
        }
        let start = self.json.len();
        payload.encode(self);
        self.add_missing(start, property, value);
    }

    /// Adds a property to the object that starts at `start`, unless it already has one of this
    /// name.
    #[inline(never)]
    fn add_missing(&mut self, start: usize, name: &str, value: &str) {
        let Some((b'{', members)) = self.json.get(start..).and_then(<[u8]>::split_first) else {
            return;
        };
        let (object, is_empty) = (
            RawJson::new(self.json.get(start..).unwrap_or_default(), 0),
            members == b"}",
        );
        if object.has(&[name]) {
            return;
        }
        let mut member = Self::new();
        member.any_name(name);
        member.str(value);
        if !is_empty {
            member.json.push(b',');
        }
        self.json.splice(start + 1..=start, member.json);
    }

    /// Writes a variant with its name, as an object with a single property. The prefix of the name
    /// does not occur in the names of an API.
    #[cold]
    fn named_variant(&mut self, name: &str, payload: &dyn Fn(&mut Self)) {
        self.begin_object();
        self.any_name(&format!("{VARIANT}{name}"));
        payload(self);
        self.end_object();
    }

    /// Writes `null`.
    pub(crate) fn null(&mut self) {
        self.json.extend_from_slice(b"null");
    }

    /// Writes a boolean.
    pub(crate) fn bool(&mut self, value: bool) {
        self.json
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes a signed integer.
    pub fn signed(&mut self, value: i64) {
        if value < 0 {
            self.json.push(b'-');
        }
        self.unsigned(value.unsigned_abs());
    }

    /// Writes an unsigned integer.
    pub(crate) fn unsigned(&mut self, value: u64) {
        // Writing to a vector cannot fail.
        let _ = serde_json::to_writer(&mut self.json, &value);
    }

    /// Writes a float with the fewest digits that parse back to the same float. Whole numbers are
    /// written without a fraction, and infinity and `NaN` as `null`.
    pub(crate) fn float(&mut self, value: f64) {
        /// All whole numbers up to this one are exact floats.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0
            && value.abs() < EXACT
            && !(value == 0.0 && value.is_sign_negative())
        {
            self.signed(value as i64);
        } else {
            self.fraction(value);
        }
    }

    /// Writes a float that cannot be mistaken for an integer: a whole number becomes `7.0`.
    pub(crate) fn fraction(&mut self, value: f64) {
        // Writing to a vector cannot fail.
        let _ = serde_json::to_writer(&mut self.json, &value);
    }

    /// Writes a string.
    #[inline(never)]
    pub fn str(&mut self, text: &str) {
        escape::string(&mut self.json, text.as_bytes());
    }

    /// Writes a secret string, which `Debug` output hides.
    pub fn secret(&mut self, text: &str) {
        self.str(match self.purpose {
            Purpose::Debug => "[redacted]",
            Purpose::Wire | Purpose::Compare => text,
        });
    }

    /// Writes a value that is already JSON text.
    pub fn json(&mut self, json: &str) {
        self.json.extend_from_slice(json.as_bytes());
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.json.push(b'{');
    }

    /// Closes an object.
    pub fn end_object(&mut self) {
        self.json.push(b'}');
    }

    /// Writes a property. The name must not need escaping.
    #[inline(never)]
    pub fn field<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        self.name(name);
        value.encode(self);
    }

    /// Writes a property, unless its value is absent. The name must not need escaping.
    #[inline(never)]
    pub fn optional<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            self.field(name, value);
        }
    }

    /// Writes a property with any name.
    #[inline(never)]
    pub fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        self.any_name(name);
        value.encode(self);
    }

    /// Writes the properties that the type does not declare.
    pub fn extra(&mut self, extra: &dyn UnknownFields) {
        extra.write(self);
    }

    /// Writes these properties as `null`, unless the innermost object already has them.
    pub(super) fn nulls(&mut self, names: &BTreeSet<String>) {
        if names.is_empty() {
            return;
        }
        let start = error_path::open_object(&self.json).unwrap_or_default();
        let written = [self.json.get(start..).unwrap_or_default(), b"}"].concat();
        let object = RawJson::new(&written, 0);
        for name in names {
            if !object.has(&[name]) {
                self.any_name(name);
                self.null();
            }
        }
    }

    /// Opens an array.
    pub(crate) fn begin_array(&mut self) {
        self.json.push(b'[');
    }

    /// Closes an array.
    pub(crate) fn end_array(&mut self) {
        self.json.push(b']');
    }

    /// Writes an element of an array.
    #[inline(never)]
    pub(crate) fn element<T: Encode + ?Sized>(&mut self, value: &T) {
        self.comma();
        value.encode(self);
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.comma();
        self.json.push(b'"');
        self.json.extend_from_slice(name.as_bytes());
        self.json.extend_from_slice(b"\":");
    }

    #[inline(never)]
    fn any_name(&mut self, name: &str) {
        self.comma();
        self.str(name);
        self.json.push(b':');
    }

    fn comma(&mut self) {
        if !matches!(self.json.last(), Some(b'{' | b'[') | None) {
            self.json.push(b',');
        }
    }
}

impl fmt::Debug for Writer {
    /// Formats the length of the output, but not its contents.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("length", &self.json.len())
            .finish_non_exhaustive()
    }
}
