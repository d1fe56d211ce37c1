//! Annotations: keywords without effect on validation.

use indexmap::IndexMap;
use openapiv3::Discriminator;
use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Reads the keyword if it is an annotation. Returns the value if not.
    pub(super) fn parse_annotation(
        &mut self,
        keywords: &mut SchemaKeywords,
        key: &str,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Value> {
        let data = &mut keywords.data;
        match key {
            "title" => data.title = self.read_string(value, at),
            "description" => data.description = self.read_string(value, at),
            "default" => data.default = Some(value).filter(|v| !v.is_null()),
            "example" => data.example = Some(value).filter(|v| !v.is_null()),
            "examples" => {
                let examples = Value::Array(values(value));
                data.extensions
                    .insert(internal_extensions::EXAMPLES.to_owned(), examples);
            }
            "nullable" | "x-nullable" => {
                keywords.null |= self.read_flag(value, at).unwrap_or_default();
            }
            "readOnly" => data.read_only = self.read_flag(value, at).unwrap_or_default(),
            "writeOnly" => data.write_only = self.read_flag(value, at).unwrap_or_default(),
            "deprecated" => data.deprecated = self.read_flag(value, at).unwrap_or_default(),
            "externalDocs" => data.external_docs = self.parse_external_docs(value, at),
            "discriminator" => data.discriminator = self.parse_discriminator(value, at),
            _ => return Some(value),
        }
        None
    }

    fn parse_discriminator(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Discriminator> {
        let mut discriminator = Discriminator::default();
        // 2.0 has only the name of the property.
        if let Value::String(property_name) = value {
            discriminator.property_name = property_name;
            return Some(discriminator);
        }
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "propertyName" => {
                    discriminator.property_name =
                        self.read_string(value, &here).unwrap_or_default();
                }
                "mapping" => discriminator.mapping = self.parse_mapping(value, &here),
                "defaultMapping" => {
                    discriminator
                        .extensions
                        .insert(internal_extensions::DEFAULT_MAPPING.to_owned(), value);
                }
                _ if key.starts_with("x-") => {
                    discriminator.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        if discriminator.property_name.is_empty() {
            self.report(
                Code::MissingPropertyName,
                at,
                "a discriminator without a `propertyName` is ignored",
            );
            return None;
        }
        Some(discriminator)
    }

    fn parse_mapping(&mut self, value: Value, at: &PointerPath<'_>) -> IndexMap<String, String> {
        self.parse_map(value, at, |r, v, at| match v {
            // A schema instead of the text of a reference.
            Value::Object(mut map) => {
                let reference = map.remove("$ref").unwrap_or_default();
                r.read_string(reference, at)
            }
            other => r.read_string(other, at),
        })
    }
}

/// Returns the values of `examples`: a list in JSON Schema, a map in OpenAPI.
fn values(examples: Value) -> Vec<Value> {
    match examples {
        Value::Array(values) => values,
        Value::Object(map) if map.values().all(|v| v.get("value").is_some()) => map
            .into_iter()
            .filter_map(|(_, example)| match example {
                Value::Object(mut example) => example.remove("value"),
                _ => None,
            })
            .collect(),
        Value::Null => Vec::new(),
        other => vec![other],
    }
}
