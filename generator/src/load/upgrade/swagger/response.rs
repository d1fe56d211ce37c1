//! Responses: the schema and the examples move under a media type.

use serde_json::{Map, Value, json};

use super::Converter;
use super::body::{default_to_json, is_file};
use crate::source::Pointer;

impl Converter {
    /// Converts the responses of an operation that produces these media types, or the responses of
    /// the document.
    pub(super) fn convert_responses(
        &mut self,
        responses: Map<String, Value>,
        produces: Option<&[String]>,
        now: &str,
        old: &str,
    ) -> Map<String, Value> {
        let own = produces.is_some_and(|own| own.iter().all(|name| is_binary(name)));
        let produces = produces.unwrap_or(&self.produces).to_vec();
        let (now, old) = (Pointer::parse(now), Pointer::parse(old));
        responses
            .into_iter()
            .map(|(status, response)| {
                let (now, old) = (now.child(&status), old.child(&status));
                let response = match response {
                    Value::Object(mut map) if !map.contains_key("$ref") => {
                        if own && has_content(&status) && !map.contains_key("schema") {
                            map.insert("schema".to_owned(), json!({"type": "file"}));
                        }
                        Value::Object(self.convert_response(map, &produces, &now, &old))
                    }
                    other => other,
                };
                (status, response)
            })
            .collect()
    }

    fn convert_response(
        &mut self,
        mut response: Map<String, Value>,
        produces: &[String],
        now: &Pointer,
        old: &Pointer,
    ) -> Map<String, Value> {
        let schema = response.remove("schema");
        let examples = response.remove("examples");
        let mut content = Map::new();
        if schema.is_some() {
            let types = if is_file(schema.as_ref()) && produces.iter().all(|t| t.contains("json")) {
                vec!["application/octet-stream".to_owned()]
            } else {
                default_to_json(produces)
            };
            content =
                self.build_content(schema, &types, &now.child("content"), &old.child("schema"));
        }
        if let Some(Value::Object(examples)) = examples {
            for (media_type, example) in examples {
                if let Some(Value::Object(value)) = content.get_mut(&media_type) {
                    value.insert("example".to_owned(), example);
                }
            }
        }
        if !content.is_empty() {
            response.insert("content".to_owned(), Value::Object(content));
        }
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            for (name, header) in headers.iter_mut() {
                let at = now.child("headers").child(name);
                let old = old.child("headers").child(name);
                *header = self.convert_parameter(header.take(), &at, &old);
            }
        }
        response
    }
}

/// Whether an operation that produces only this media type returns bytes, with or without a schema:
/// tools omit `type: file`.
fn is_binary(media_type: &str) -> bool {
    let text = ["json", "xml", "text/", "yaml", "*"];
    !text.iter().any(|part| media_type.contains(part))
}

/// Whether this status means success and has content.
fn has_content(status: &str) -> bool {
    status.starts_with('2') && !matches!(status, "204" | "205")
}
