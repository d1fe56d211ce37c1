//! [`Extra`]: the members of an object that its type does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

use super::{Decode, DecodeError, Encode, Reader, Writer};

/// Members of a JSON object that this version of the SDK does not know.
///
/// They are kept when an object is read and written back with it, so that reading, changing and
/// sending an object loses nothing. One can also add to them, to send what the SDK has no field for
/// yet. Empty, it is one word wide.
///
/// An optional field that was `null`, although its type has no `null`, is noted here too: it is
/// written as `null` again unless it has a value by then.
///
/// A [`Value`] has no room for integers of more than 64 bits, nor for decimals of more than about 17 digits.
/// They are rounded where one looks at them here, and still written back digit by digit.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Option<Box<Members>>);

#[derive(Clone, Default, PartialEq, Eq)]
struct Members {
    values: Map<String, Value>,
    /// The JSON text of those values that have lost digits.
    exact: BTreeMap<String, Box<str>>,
    /// The fields of the type that were `null`, although the API does not say that they can be.
    nulls: BTreeSet<String>,
}

impl Extra {
    /// No members.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_deref()?.values.get(name)
    }

    /// Adds a member, or replaces it and returns the value that it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (name, members) = (name.into(), self.0.get_or_insert_default());
        members.exact.remove(&name);
        members.values.insert(name, value.into())
    }

    /// Removes a member and returns the value that it had; and the note that a field was `null`.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let members = self.0.as_deref_mut()?;
        members.exact.remove(name);
        members.nulls.remove(name);
        let removed = members.values.remove(name);
        if members.values.is_empty() && members.nulls.is_empty() {
            self.0 = None;
        }
        removed
    }

    /// The number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_deref().map_or(0, |members| members.values.len())
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names of the fields that were `null`, although their types have no `null`.
    pub fn nulls(&self) -> impl Iterator<Item = &str> {
        let members = self.0.as_deref().into_iter();
        members.flat_map(|members| members.nulls.iter().map(String::as_str))
    }

    /// The members with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0
            .as_deref()
            .into_iter()
            .flat_map(|members| &members.values)
            .map(|(name, value)| (name.as_str(), value))
    }
}

/// What keeps the members of an object that its type does not name: [`Extra`], or a map where they are all of one type.
pub trait UnknownFields {
    /// Reads the value of a member and keeps it.
    ///
    /// # Errors
    ///
    /// Fails if the value is not of the type that is kept.
    fn read(&mut self, name: String, r: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Notes that a field of the type was `null`, which its value does not say.
    fn note_null(&mut self, _name: &str) {}

    /// Writes the members, each with its name.
    fn write(&self, w: &mut Writer);
}

impl UnknownFields for Extra {
    fn read(&mut self, name: String, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        let (value, exact) = r.exact_value()?;
        self.insert(name.as_str(), value);
        if let (Some(text), Some(members)) = (exact, &mut self.0) {
            members.exact.insert(name, text);
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn note_null(&mut self, name: &str) {
        self.0.get_or_insert_default().nulls.insert(name.to_owned());
    }

    fn write(&self, w: &mut Writer) {
        let Some(members) = self.0.as_deref() else {
            return;
        };
        w.nulls(&members.nulls);
        for (name, value) in &members.values {
            match members.exact.get(name) {
                Some(text) => w.member(name, &Exact(text)),
                None => w.member(name, value),
            }
        }
    }
}

/// A value that is JSON already.
struct Exact<'m>(&'m str);

impl Encode for Exact<'_> {
    fn encode(&self, w: &mut Writer) {
        w.json(self.0);
    }
}

impl<T: Decode + Encode> UnknownFields for BTreeMap<String, T> {
    fn read(&mut self, name: String, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        let value = r.value()?;
        self.insert(name, value);
        Ok(())
    }

    fn write(&self, w: &mut Writer) {
        for (name, value) in self {
            w.member(name, value);
        }
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        let mut extra = Self::new();
        extra.extend(members);
        extra
    }
}

impl<N: Into<String>, V: Into<Value>> Extend<(N, V)> for Extra {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, members: I) {
        for (name, value) in members {
            self.insert(name, value);
        }
    }
}
