//! [`Writer`]: compact JSON into a buffer.

use std::collections::BTreeSet;
use std::fmt;

use super::{Encode, RawJson, UnknownFields, error_path, escape};

/// What the name of a variant begins with, where it is written: a noncharacter of Unicode.
pub(super) const VARIANT: char = '\u{fdd0}';

/// Writes compact JSON one value after the other.
///
/// An implementation of [`Encode`] writes exactly one value. Whether a comma is due shows in the
/// last byte: an object or array that was just opened is the only thing that ends in its opening
/// bracket.
#[derive(Clone, Default)]
pub struct Writer {
    json: Vec<u8>,
    purpose: Purpose,
}

/// What is written for what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Purpose {
    /// For the other side.
    #[default]
    Wire,
    /// For people, in `{:?}`: variants are named, and secrets hidden.
    Debug,
    /// To be compared: variants are named, since two of them can be the same on the wire.
    Compare,
}

impl Writer {
    /// A writer with nothing written.
    #[must_use]
    pub fn new() -> Self {
        Self {
            json: Vec::with_capacity(128),
            purpose: Purpose::Wire,
        }
    }

    /// A writer of what stays in the program.
    pub(super) fn internal(purpose: Purpose) -> Self {
        Self {
            purpose,
            ..Self::new()
        }
    }

    /// What was written.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.json
    }

    /// What was written.
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

    /// Writes the payload of a union's variant that the value of a property selects. The property
    /// is added to an object that does not have it, so that the other side can read the variant.
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

    /// Adds a member to the object that was written from `start` on, unless it has one.
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

    /// Writes a variant with its name: as the only member of an object, whose name begins as no
    /// name of an API does.
    #[cold]
    fn named_variant(&mut self, name: &str, payload: &dyn Fn(&mut Self)) {
        self.begin_object();
        self.any_name(&format!("{VARIANT}{name}"));
        payload(self);
        self.end_object();
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.json.extend_from_slice(b"null");
    }

    /// Writes a boolean.
    pub fn bool(&mut self, value: bool) {
        self.json
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes an integer.
    pub fn signed(&mut self, value: i64) {
        if value < 0 {
            self.json.push(b'-');
        }
        self.unsigned(value.unsigned_abs());
    }

    /// Writes an integer.
    pub fn unsigned(&mut self, value: u64) {
        // Writing to a vector cannot fail.
        let _ = serde_json::to_writer(&mut self.json, &value);
    }

    /// Writes a float in the fewest digits that read back as the same float; a whole number without
    /// a fraction, and what JSON has no number for as `null`.
    pub fn float(&mut self, value: f64) {
        /// Up to here every whole number is a float.
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

    /// Writes a float so that it cannot be taken for an integer: `7.0` for a whole number.
    pub fn fraction(&mut self, value: f64) {
        // Writing to a vector cannot fail.
        let _ = serde_json::to_writer(&mut self.json, &value);
    }

    /// Writes a string.
    #[inline(never)]
    pub fn str(&mut self, text: &str) {
        escape::string(&mut self.json, text.as_bytes());
    }

    /// Writes a string that is shown to nobody.
    pub fn secret(&mut self, text: &str) {
        self.str(match self.purpose {
            Purpose::Debug => "[redacted]",
            Purpose::Wire | Purpose::Compare => text,
        });
    }

    /// Writes a value that is JSON already.
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

    /// Writes a member of an object, whose name needs no escaping.
    #[inline(never)]
    pub fn field<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        self.name(name);
        value.encode(self);
    }

    /// Writes a member of an object, unless it is absent. The name needs no escaping.
    #[inline(never)]
    pub fn optional<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            self.field(name, value);
        }
    }

    /// Writes a member of an object, of any name.
    #[inline(never)]
    pub fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        self.any_name(name);
        value.encode(self);
    }

    /// Writes the members that the type does not name.
    pub fn extra(&mut self, extra: &dyn UnknownFields) {
        extra.write(self);
    }

    /// Writes those of these members as `null` that the object which was opened last does not have.
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
    pub fn begin_array(&mut self) {
        self.json.push(b'[');
    }

    /// Closes an array.
    pub fn end_array(&mut self) {
        self.json.push(b']');
    }

    /// Writes an element of an array.
    #[inline(never)]
    pub fn element<T: Encode + ?Sized>(&mut self, value: &T) {
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
    /// Shows how much was written, not what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("length", &self.json.len())
            .finish_non_exhaustive()
    }
}
