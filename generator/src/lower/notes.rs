//! What a schema says beside its shape: prose, defaults, examples, direction.

use openapiv3::SchemaData;
use serde_json::Value;

use crate::ir::{Docs, Example, Travel};
use crate::load::keys;

/// The annotations of a schema and of what it is composed of in place, those
/// that count most first.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes<'a>(Vec<&'a SchemaData>);

impl<'a> Notes<'a> {
    /// Adds annotations that count less than those before.
    pub(super) fn push(&mut self, data: &'a SchemaData) {
        self.0.push(data);
    }

    /// Adds those of another schema, which count less.
    pub(super) fn extend(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// The prose.
    pub(super) fn docs(&self) -> Docs {
        Docs {
            summary: self.first(|data| data.title.clone()),
            description: self.first(|data| data.description.clone()),
            deprecated: self.0.iter().any(|data| data.deprecated),
            external: self.first(|data| data.external_docs.as_ref().map(|docs| docs.url.clone())),
        }
    }

    /// `title`.
    pub(super) fn title(&self) -> Option<&'a str> {
        self.first(|data| data.title.as_deref())
    }

    /// `default`.
    pub(super) fn default_value(&self) -> Option<&'a Value> {
        self.first(|data| data.default.as_ref())
    }

    /// `example`, or the first of `examples`.
    pub(super) fn example(&self) -> Option<&'a Value> {
        self.0.iter().find_map(|data| examples(data).next())
    }

    /// All examples.
    pub(super) fn examples(&self) -> Vec<Example> {
        let first = self.0.iter().find(|data| examples(data).next().is_some());
        first
            .into_iter()
            .flat_map(|data| examples(data))
            .map(|value| Example {
                name: String::new(),
                value: value.clone(),
            })
            .collect()
    }

    /// Values that the schema is known to have: its default and its examples.
    pub(super) fn known_values(&self) -> impl Iterator<Item = &'a Value> + '_ {
        self.0
            .iter()
            .flat_map(|data| data.default.iter().chain(examples(data)))
    }

    /// `readOnly` and `writeOnly`.
    pub(super) fn travel(&self) -> Travel {
        let read_only = self.0.iter().any(|data| data.read_only);
        let write_only = self.0.iter().any(|data| data.write_only);
        match (read_only, write_only) {
            (true, false) => Travel::ReadOnly,
            (false, true) => Travel::WriteOnly,
            _ => Travel::Both,
        }
    }

    fn first<T>(&self, get: impl Fn(&'a SchemaData) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|data| get(data))
    }
}

fn examples(data: &SchemaData) -> impl Iterator<Item = &Value> {
    let list = data
        .extensions
        .get(keys::EXAMPLES)
        .and_then(Value::as_array);
    data.example.iter().chain(list.into_iter().flatten())
}
