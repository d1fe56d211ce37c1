//! Request bodies: one parameter `in: body`, or all parameters `in: formData`.

use serde_json::{Map, Value};

use super::parameter::{choose_style, find_unsupported_delimiter, split_keywords};
use super::{Converter, parameter};
use crate::load::internal_extensions;
use crate::source::Pointer;

const MULTIPART: &str = "multipart/form-data";
const URLENCODED: &str = "application/x-www-form-urlencoded";

impl Converter {
    /// Converts a parameter `in: body` to a request body.
    pub(super) fn convert_body(
        &mut self,
        parameter: Value,
        consumes: &[String],
        now: &Pointer,
        old: &Pointer,
    ) -> Value {
        let mut body = Map::new();
        let mut schema = None;
        let Value::Object(map) = parameter else {
            return Value::Null;
        };
        for (key, value) in map {
            match key.as_str() {
                "schema" => schema = Some(value),
                // The body of a request has no name after 2.0.
                "name" | "in" => {}
                _ => {
                    body.insert(key, value);
                }
            }
        }
        self.moves.push((now.clone(), 0, old.clone()));
        let types = default_to_json(consumes);
        let content =
            self.build_content(schema, &types, &now.child("content"), &old.child("schema"));
        body.insert("content".to_owned(), Value::Object(content));
        Value::Object(body)
    }

    /// Returns `content`: the schema under each of the media types.
    pub(super) fn build_content(
        &mut self,
        schema: Option<Value>,
        types: &[String],
        now: &Pointer,
        old: &Pointer,
    ) -> Map<String, Value> {
        let mut content = Map::new();
        for media_type in types {
            let schema_pointer = now.child(media_type).child("schema");
            self.moves.push((schema_pointer, 0, old.clone()));
            let mut value = Map::new();
            if let Some(schema) = &schema {
                value.insert("schema".to_owned(), self.budget.copy(schema));
            }
            content.insert(media_type.clone(), Value::Object(value));
        }
        content
    }

    /// Converts the fields of a form to a request body.
    pub(super) fn convert_form(
        &mut self,
        fields: Vec<(Value, Pointer)>,
        consumes: &[String],
        now: &Pointer,
    ) -> Value {
        let has_file = fields.iter().any(|(field, _)| parameter::is_file(field));
        let types = select_form_types(has_file, consumes);
        let (mut properties, mut encoding) = (Map::new(), Map::new());
        let mut required = Vec::new();
        for (field, old) in fields {
            let Value::Object(map) = field else {
                continue;
            };
            let (own, mut schema, format) = split_keywords(map);
            let Some(Value::String(name)) = own.get("name").cloned() else {
                continue;
            };
            self.record_field(&types, now, &name, &old);
            if own.get("required").and_then(Value::as_bool) == Some(true) {
                required.push(Value::String(name.clone()));
            }
            if schema.get("type").and_then(Value::as_str) == Some("array")
                && let Some((style, explode)) = choose_style("formData", format.as_deref())
            {
                let mut entry = Map::new();
                entry.insert("style".to_owned(), Value::from(style));
                entry.insert("explode".to_owned(), Value::from(explode));
                if let Some(format) = find_unsupported_delimiter("formData", format.as_deref()) {
                    entry.insert(
                        internal_extensions::COLLECTION_FORMAT.to_owned(),
                        Value::from(format),
                    );
                }
                encoding.insert(name.clone(), Value::Object(entry));
            }
            let kept = own.into_iter().filter(|(key, _)| {
                matches!(key.as_str(), "description" | "example") || key.starts_with("x-")
            });
            schema.extend(kept);
            properties.insert(name, Value::Object(schema));
        }
        let is_required = !required.is_empty();
        let mut schema = Map::from_iter([
            ("type".to_owned(), Value::from("object")),
            ("properties".to_owned(), Value::Object(properties)),
        ]);
        if is_required {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        let mut media_type = Map::from_iter([("schema".to_owned(), Value::Object(schema))]);
        if !encoding.is_empty() {
            media_type.insert("encoding".to_owned(), Value::Object(encoding));
        }
        let media_type = Value::Object(media_type);
        let content = types
            .into_iter()
            .map(|t| (t, self.budget.copy(&media_type)));
        Value::Object(Map::from_iter([
            ("required".to_owned(), Value::Bool(is_required)),
            ("content".to_owned(), Value::Object(content.collect())),
        ]))
    }

    fn record_field(&mut self, types: &[String], now: &Pointer, name: &str, old: &Pointer) {
        for media_type in types {
            let schema = now.child("content").child(media_type).child("schema");
            self.moves
                .push((schema.child("properties").child(name), 0, old.clone()));
        }
    }
}

/// Returns the media types. The default is JSON.
pub(super) fn default_to_json(types: &[String]) -> Vec<String> {
    if types.is_empty() {
        return vec!["application/json".to_owned()];
    }
    types.to_vec()
}

fn select_form_types(has_file: bool, consumes: &[String]) -> Vec<String> {
    let essence = |t: &String| {
        t.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    if has_file {
        return vec![MULTIPART.to_owned()];
    }
    let declared: Vec<String> = consumes
        .iter()
        .map(essence)
        .filter(|t| t == MULTIPART || t == URLENCODED)
        .collect();
    if declared.is_empty() {
        vec![URLENCODED.to_owned()]
    } else {
        declared
    }
}

/// Whether a schema or a parameter is `type: file`.
pub(super) fn is_file(schema: Option<&Value>) -> bool {
    schema.and_then(|s| s.get("type")).and_then(Value::as_str) == Some("file")
}
