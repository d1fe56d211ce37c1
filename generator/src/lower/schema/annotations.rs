//! Annotations: keywords without effect on validation, such as `description` and `default`.

use openapiv3::SchemaData;
use serde_json::Value;

use crate::ir::{Access, Docs, Example};
use crate::load::internal_extensions;
use crate::lower::name_extensions::Extensions;

/// The annotations of a schema and of its `allOf` members, those of highest precedence first.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Annotations<'a> {
    layers: Vec<&'a SchemaData>,
}

impl<'a> Annotations<'a> {
    /// Adds annotations of lower precedence.
    pub(in crate::lower) fn push(&mut self, data: &'a SchemaData) {
        self.layers.push(data);
    }

    /// Adds the annotations of another schema with lower precedence.
    pub(in crate::lower) fn extend(&mut self, other: &Self) {
        self.layers.extend(&other.layers);
    }

    /// Returns the extensions of the schema itself.
    pub(in crate::lower) fn extensions(&self) -> Option<&'a Extensions> {
        self.layers.first().map(|data| &data.extensions)
    }

    /// Returns the documentation.
    pub(in crate::lower) fn docs(&self) -> Docs {
        Docs {
            summary: self.first(|data| data.title.clone()),
            description: self.first(|data| data.description.clone()),
            deprecated: self.layers.iter().any(|data| data.deprecated),
            deprecation: None,
            deprecated_since: None,
            external: self.first(|data| data.external_docs.as_ref().map(|docs| docs.url.clone())),
        }
    }

    /// `title`.
    pub(in crate::lower) fn title(&self) -> Option<&'a str> {
        self.first(|data| data.title.as_deref())
    }

    /// `default`.
    pub(in crate::lower) fn default_value(&self) -> Option<&'a Value> {
        self.first(|data| data.default.as_ref())
    }

    /// Returns `example`, or the first of `examples`.
    pub(in crate::lower) fn example(&self) -> Option<Value> {
        let mut layers = self.layers.iter();
        layers.find_map(|data| examples(data).next()).cloned()
    }

    /// Returns all examples.
    pub(in crate::lower) fn examples(&self) -> Vec<Example> {
        let first = self
            .layers
            .iter()
            .find(|data| examples(data).next().is_some());
        first
            .into_iter()
            .flat_map(|data| examples(data))
            .map(|value| Example {
                name: String::new(),
                value: value.clone(),
            })
            .collect()
    }

    /// Returns the known values: the default and the examples.
    pub(in crate::lower) fn known_values(&self) -> impl Iterator<Item = &'a Value> + '_ {
        self.layers
            .iter()
            .flat_map(|data| data.default.iter().chain(examples(data)))
    }

    /// Returns the access that `readOnly` and `writeOnly` give.
    pub(in crate::lower) fn access(&self) -> Access {
        let read_only = self.layers.iter().any(|data| data.read_only);
        let write_only = self.layers.iter().any(|data| data.write_only);
        match (read_only, write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::ReadWrite,
        }
    }

    fn first<T>(&self, get: impl Fn(&'a SchemaData) -> Option<T>) -> Option<T> {
        self.layers.iter().find_map(|data| get(data))
    }
}

fn examples(data: &SchemaData) -> impl Iterator<Item = &Value> {
    let list = data
        .extensions
        .get(internal_extensions::EXAMPLES)
        .and_then(Value::as_array);
    data.example.iter().chain(list.into_iter().flatten())
}
