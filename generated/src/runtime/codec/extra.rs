//! [`Extra`]: the members of an object that its type does not name.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::{Decode, DecodeError, Encode, Reader, Writer};

/// Members of a JSON object that this version of the SDK does not know.
///
/// They are kept when an object is read and written back with it, so that reading, changing and
/// sending an object loses nothing. One can also add to them, to send what the SDK has no field for
/// yet. Empty, it is one word wide.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Extra {
    /// No members.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_deref()?.get(name)
    }

    /// Adds a member, or replaces it and returns the value that it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0
            .get_or_insert_default()
            .insert(name.into(), value.into())
    }

    /// Removes a member and returns the value that it had.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let members = self.0.as_deref_mut()?;
        let removed = members.remove(name);
        if members.is_empty() {
            self.0 = None;
        }
        removed
    }

    /// The number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_deref().map_or(0, Map::len)
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The members with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0
            .as_deref()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.as_str(), value))
    }
}

/// What keeps the members of an object that its type does not name: [`Extra`], or a map where they are all of one type.
pub trait Rest {
    /// Reads the value of a member and keeps it.
    ///
    /// # Errors
    ///
    /// Fails if the value is not of the type that is kept.
    fn read(&mut self, name: String, r: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Writes the members, each with its name.
    fn write(&self, w: &mut Writer);
}

impl Rest for Extra {
    fn read(&mut self, name: String, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        let value: Value = r.value()?;
        self.insert(name, value);
        Ok(())
    }

    fn write(&self, w: &mut Writer) {
        for (name, value) in self.iter() {
            w.member(name, value);
        }
    }
}

impl<T: Decode + Encode> Rest for BTreeMap<String, T> {
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
