//! Paths to properties of an object.

use std::borrow::Cow;

use super::name::WireName;

/// The path from an object to one of its properties or to one of a nested object: `type`, or `data` and
/// then `event_type`. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PropertyPath {
    parents: Vec<WireName>,
    property: WireName,
}

impl PropertyPath {
    /// The path to a property of the object itself.
    #[must_use]
    pub fn direct(name: impl Into<String>) -> Self {
        Self {
            parents: Vec::new(),
            property: WireName::new(name),
        }
    }

    /// The path to a property of an object that is found by following `parents`.
    #[must_use]
    pub fn nested(parents: Vec<WireName>, property: WireName) -> Self {
        Self { parents, property }
    }

    /// The name of the property itself.
    #[must_use]
    pub const fn property(&self) -> &WireName {
        &self.property
    }

    /// The property, if it is one of the object itself.
    #[must_use]
    pub fn as_direct(&self) -> Option<&WireName> {
        self.parents.is_empty().then_some(&self.property)
    }

    /// Returns the names of the path. The last one is the property.
    pub fn names(&self) -> impl Iterator<Item = &WireName> {
        self.parents.iter().chain([&self.property])
    }

    /// Returns the text of the scalar at this path of a value.
    #[must_use]
    pub fn text_in<'v>(&self, value: &'v serde_json::Value) -> Option<Cow<'v, str>> {
        use serde_json::Value;

        let mut names = self.names();
        match names.try_fold(value, |value, name| value.get(name.as_str()))? {
            Value::String(text) => Some(Cow::Borrowed(text)),
            scalar @ (Value::Bool(_) | Value::Number(_)) => Some(Cow::Owned(scalar.to_string())),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }
}
