//! `responses` and their entries.

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};
use serde_json::{Map, Value};

use super::Parser;
use crate::diagnostics::Code;
use crate::source::PointerPath;

/// The meaning of a key of `responses`.
enum Key {
    Status(StatusCode),
    Default,
}

impl Parser<'_> {
    pub(super) fn parse_responses(&mut self, value: Value, at: &PointerPath<'_>) -> Responses {
        let mut responses = Responses::default();
        for (name, value) in self.read_object(value, at).unwrap_or_default() {
            if name.starts_with("x-") {
                responses.extensions.insert(name, value);
                continue;
            }
            let here = at.key(&name);
            let Some(key) = self.parse_status(&name, &here) else {
                continue;
            };
            let value = match value {
                // Keep the meaning of the status only.
                Value::String(text) => {
                    self.report(
                        Code::WrongType,
                        &here,
                        "expected a mapping, found a string; it is read as the description",
                    );
                    Value::Object(Map::from_iter([(
                        "description".to_owned(),
                        Value::String(text),
                    )]))
                }
                // `204:` without a value.
                Value::Null => Value::Object(Map::new()),
                other => other,
            };
            let Some(response) = self.parse_referable(value, &here, Self::parse_response) else {
                continue;
            };
            self.add_response(&mut responses, key, response, &here);
        }
        responses
    }

    fn add_response(
        &mut self,
        responses: &mut Responses,
        key: Key,
        response: ReferenceOr<Response>,
        at: &PointerPath<'_>,
    ) {
        let taken = match &key {
            Key::Status(status) => responses.responses.contains_key(status),
            Key::Default => responses.default.is_some(),
        };
        if taken {
            self.report(
                Code::DuplicateResponse,
                at,
                "this status is declared twice; it is ignored",
            );
            return;
        }
        match key {
            Key::Status(status) => {
                responses.responses.insert(status, response);
            }
            Key::Default => responses.default = Some(response),
        }
    }

    fn parse_status(&mut self, name: &str, at: &PointerPath<'_>) -> Option<Key> {
        let key = parse_status(name);
        if key.is_none() {
            let message = format!("`{name}` is not a status code; the response is ignored");
            self.report(Code::InvalidStatusCode, at, message);
        }
        key
    }

    pub(super) fn parse_response(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> Option<Response> {
        let mut response = Response::default();
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "description" => {
                    response.description = self.read_string(value, &here).unwrap_or_default()
                }
                // `summary` (3.2) makes the description optional.
                "summary" if response.description.is_empty() => {
                    response.description = self.read_string(value, &here).unwrap_or_default();
                }
                "headers" => response.headers = self.parse_headers(value, &here),
                "content" => response.content = self.parse_content(value, &here),
                "schema" if response.content.is_empty() && !value.is_null() => {
                    self.report(
                        Code::MissingMediaType,
                        at,
                        "a `schema` belongs under a media type; it is read as `application/json`",
                    );
                    let media_type = openapiv3::MediaType {
                        schema: Some(self.parse_schema(value, &here)),
                        ..openapiv3::MediaType::default()
                    };
                    response
                        .content
                        .insert("application/json".to_owned(), media_type);
                }
                _ if key.starts_with("x-") => {
                    response.extensions.insert(key, value);
                }
                // `links` name possible next operations. The generator ignores them.
                _ => {}
            }
        }
        Some(response)
    }
}

fn parse_status(name: &str) -> Option<Key> {
    let name = name.trim();
    if name.eq_ignore_ascii_case("default") {
        return Some(Key::Default);
    }
    if let Ok(code @ 100..=999) = name.parse::<u16>() {
        return Some(Key::Status(StatusCode::Code(code)));
    }
    let class = name.get(..1)?.parse::<u16>().ok()?;
    let rest = name.get(1..)?;
    (rest.eq_ignore_ascii_case("xx") && (1..=5).contains(&class))
        .then_some(Key::Status(StatusCode::Range(class)))
}
