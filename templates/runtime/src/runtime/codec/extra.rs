//! [`Extra`]: the properties of an object that its type does not declare.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

use super::{Decode, DecodeError, Encode, Reader, Writer};

/// Properties of a JSON object that this version of the SDK does not know.
///
/// They are kept when an object is decoded and encoded again, so that reading, changing and sending
/// an object loses no data. Programs can also add properties that the SDK has no field for yet. An
/// empty `Extra` is one word wide.
///
/// An optional field whose type is not nullable may still arrive as `null`. This type records such
/// fields. They are encoded as `null` again unless they have been given a value.
///
/// A [`Value`] cannot hold integers of more than 64 bits or decimals of more than about 17 digits.
/// Accessors return such numbers rounded, but encoding writes all of their digits.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Option<Box<Properties>>);

#[derive(Clone, Default, PartialEq, Eq)]
struct Properties {
    values: Map<String, Value>,
    /// JSON text of the values that lost digits when they were decoded.
    exact: BTreeMap<String, Box<str>>,
    /// Fields that were `null` although their type is not nullable.
    nulls: BTreeSet<String>,
}

impl Extra {
    /// Creates an empty set of properties.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns the value of a property.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_deref()?.values.get(name)
    }

    /// Sets a property, and returns its previous value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (name, properties) = (name.into(), self.0.get_or_insert_default());
        properties.exact.remove(&name);
        properties.values.insert(name, value.into())
    }

    /// Removes a property and returns its value. Also removes the record that a field was `null`.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let properties = self.0.as_deref_mut()?;
        properties.exact.remove(name);
        properties.nulls.remove(name);
        let removed = properties.values.remove(name);
        if properties.values.is_empty() && properties.nulls.is_empty() {
            self.0 = None;
        }
        removed
    }

    /// Returns the number of properties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0
            .as_deref()
            .map_or(0, |properties| properties.values.len())
    }

    /// Returns `true` if there are no properties.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Iterates over the names of fields that were `null` although their type is not nullable.
    pub fn nulls(&self) -> impl Iterator<Item = &str> {
        let properties = self.0.as_deref().into_iter();
        properties.flat_map(|properties| properties.nulls.iter().map(String::as_str))
    }

    /// Iterates over the properties.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0
            .as_deref()
            .into_iter()
            .flat_map(|properties| &properties.values)
            .map(|(name, value)| (name.as_str(), value))
    }
}

/// A collection for the properties that an object's type does not declare: [`Extra`], or a map if
/// all values have the same type.
pub trait UnknownFields {
    /// Reads the value of a property and stores it.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not have the collection's type.
    fn read(&mut self, name: String, r: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Records that a field was `null`, if its type cannot represent that.
    fn note_null(&mut self, _name: &str) {}

    /// Writes all properties.
    fn write(&self, w: &mut Writer);
}

impl UnknownFields for Extra {
    fn read(&mut self, name: String, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        let (value, exact) = r.exact_value()?;
        self.insert(name.as_str(), value);
        if let (Some(text), Some(properties)) = (exact, &mut self.0) {
            properties.exact.insert(name, text);
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn note_null(&mut self, name: &str) {
        self.0.get_or_insert_default().nulls.insert(name.to_owned());
    }

    fn write(&self, w: &mut Writer) {
        let Some(properties) = self.0.as_deref() else {
            return;
        };
        w.nulls(&properties.nulls);
        for (name, value) in &properties.values {
            match properties.exact.get(name) {
                Some(text) => w.member(name, &Exact(text)),
                None => w.member(name, value),
            }
        }
    }
}

/// A value that is already JSON text.
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

/// Takes the properties out. A parameter that is a map of JSON values thus takes an `Extra`:
/// `Extra::new()` is an empty object.
impl IntoIterator for Extra {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0
            .map(|properties| properties.values)
            .unwrap_or_default()
            .into_iter()
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(properties: I) -> Self {
        let mut extra = Self::new();
        extra.extend(properties);
        extra
    }
}

impl<N: Into<String>, V: Into<Value>> Extend<(N, V)> for Extra {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, properties: I) {
        for (name, value) in properties {
            self.insert(name, value);
        }
    }
}
