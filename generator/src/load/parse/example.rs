//! `examples`, in all forms.

use indexmap::IndexMap;
use openapiv3::{Example, ReferenceOr};
use serde_json::{Map, Value};

use super::Parser;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Parses examples by name. An array, or a value in the position of an Example Object, is the
    /// example itself.
    pub(super) fn parse_examples(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> IndexMap<String, ReferenceOr<Example>> {
        match value {
            Value::Object(map) => map
                .into_iter()
                .map(|(name, value)| {
                    let example = self.parse_example(value, &at.key(&name));
                    (name, example)
                })
                .collect(),
            Value::Null => IndexMap::new(),
            Value::Array(items) => (1..)
                .zip(items)
                .map(|(i, item)| (format!("example_{i}"), wrap(item)))
                .collect(),
            other => IndexMap::from([("example".to_owned(), wrap(other))]),
        }
    }

    fn parse_example(&mut self, value: Value, at: &PointerPath<'_>) -> ReferenceOr<Example> {
        match value {
            Value::Object(map) if is_example(&map) => {
                if let Some(Value::String(reference)) = map.get("$ref") {
                    return ReferenceOr::ref_(reference);
                }
                ReferenceOr::Item(self.parse_example_object(map, at))
            }
            other => wrap(other),
        }
    }

    fn parse_example_object(&mut self, map: Map<String, Value>, at: &PointerPath<'_>) -> Example {
        let mut example = Example::default();
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "summary" => example.summary = self.read_string(value, &here),
                "description" => example.description = self.read_string(value, &here),
                // 3.2 separates the value from its serialized form.
                "value" | "dataValue" => example.value = Some(value),
                "serializedValue" if example.value.is_none() => example.value = Some(value),
                "externalValue" => example.external_value = self.read_string(value, &here),
                _ if key.starts_with("x-") => {
                    example.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        example
    }
}

/// Whether a mapping is an Example Object rather than an example.
fn is_example(map: &Map<String, Value>) -> bool {
    [
        "value",
        "externalValue",
        "dataValue",
        "serializedValue",
        "$ref",
    ]
    .iter()
    .any(|key| map.contains_key(*key))
        || map
            .keys()
            .all(|key| key == "summary" || key == "description")
}

fn wrap(value: Value) -> ReferenceOr<Example> {
    ReferenceOr::Item(Example {
        value: Some(value),
        ..Example::default()
    })
}
