//! Request bodies and their content: media types and encodings.

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, QueryStyle, RequestBody};
use serde_json::{Map, Value, json};

use super::Parser;
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn parse_request_body(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> Option<RequestBody> {
        let mut body = RequestBody::default();
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "description" => body.description = self.read_string(value, &here),
                "content" => {
                    let content = self.name_parts(value, &here);
                    body.content = self.parse_content(content, &here);
                }
                "required" => body.required = self.read_flag(value, &here).unwrap_or_default(),
                "schema" if body.content.is_empty() => {
                    self.report(
                        Code::MissingMediaType,
                        at,
                        "a `schema` belongs under a media type; it is read as `application/json`",
                    );
                    let media_type = MediaType {
                        schema: Some(self.parse_schema(value, &here)),
                        ..MediaType::default()
                    };
                    body.content
                        .insert("application/json".to_owned(), media_type);
                }
                _ if key.starts_with("x-") => {
                    body.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        Some(body)
    }

    /// Names the fields of a form whose schema is a single file instead of an object.
    fn name_parts(&mut self, mut content: Value, at: &PointerPath<'_>) -> Value {
        for (name, media_type) in content.as_object_mut().into_iter().flatten() {
            let schema = media_type.get_mut("schema");
            let file = schema.filter(|schema| {
                let is = |keyword, word| schema.get(keyword).is_some_and(|value| value == word);
                name.starts_with("multipart/") && is("type", "string") && is("format", "binary")
            });
            if let Some(file) = file {
                self.report(
                    Code::UnnamedFormFile,
                    &at.key(name).key("schema"),
                    "the parts of a form have names; the file is sent as the part `file`",
                );
                *file = json!({
                    "type": "object",
                    "properties": {"file": file.take()},
                    "required": ["file"],
                });
            }
        }
        content
    }

    /// Parses `content`: media types by name.
    pub(super) fn parse_content(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> IndexMap<String, MediaType> {
        let Some(map) = self.read_object(value, at) else {
            return IndexMap::new();
        };
        if map.contains_key("schema") && !map.keys().any(|key| key.contains('/')) {
            self.report(
                Code::MissingMediaType,
                at,
                "a `schema` belongs under a media type; it is read as `application/json`",
            );
            let media_type = self.parse_media_type(map, at);
            return IndexMap::from([("application/json".to_owned(), media_type)]);
        }
        let mut content = IndexMap::with_capacity(map.len());
        for (name, value) in map {
            let here = at.key(&name);
            if name.trim().is_empty() {
                self.report(
                    Code::MissingMediaType,
                    &here,
                    "a media type without a name is ignored",
                );
            } else if !name.starts_with("x-") {
                let map = self.read_object(value, &here).unwrap_or_default();
                let mut media_type = self.parse_media_type(map, &here);
                if self.version.is_3_1() && name.starts_with("multipart/") {
                    let extensions = &mut media_type.extensions;
                    extensions.insert(
                        internal_extensions::BARE_PARTS.to_owned(),
                        Value::Bool(true),
                    );
                }
                content.insert(name, media_type);
            }
        }
        content
    }

    fn parse_media_type(&mut self, map: Map<String, Value>, at: &PointerPath<'_>) -> MediaType {
        let mut media_type = MediaType::default();
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "schema" if !value.is_null() => {
                    media_type.schema = Some(self.parse_schema(value, &here))
                }
                "example" => media_type.example = Some(value),
                "examples" => media_type.examples = self.parse_examples(value, &here),
                "encoding" => {
                    media_type.encoding = self.parse_map(value, &here, Self::parse_encoding);
                }
                "prefixEncoding" | "itemEncoding" => {
                    let message = format!("`{key}` is not supported; it is ignored");
                    self.report(Code::UnsupportedKeyword, &here, message);
                }
                // The schema of one event of a stream (3.2).
                "itemSchema" => {
                    let event = self.events.replace_data_schema(value);
                    let schema = self.parse_schema(event, &here);
                    if let Ok(value) = serde_json::to_value(schema) {
                        media_type
                            .extensions
                            .insert(internal_extensions::ITEM_SCHEMA.to_owned(), value);
                    }
                }
                _ if key.starts_with("x-") => {
                    media_type.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        media_type
    }

    fn parse_encoding(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Encoding> {
        let mut encoding = Encoding::default();
        let mut explode = None;
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "contentType" => encoding.content_type = self.read_string(value, &here),
                "headers" => encoding.headers = self.parse_headers(value, &here),
                "style" => encoding.style = self.parse_encoding_style(value, &here),
                "explode" => explode = self.read_flag(value, &here),
                "allowReserved" => {
                    encoding.allow_reserved = self.read_flag(value, &here).unwrap_or_default();
                }
                "encoding" | "prefixEncoding" | "itemEncoding" => {
                    let message = format!("`{key}` of a part is not supported; it is ignored");
                    self.report(Code::UnsupportedKeyword, &here, message);
                }
                _ if key.starts_with("x-") => {
                    encoding.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        if explode.is_some() {
            // Lowering detects an explicit style by its presence.
            encoding.style.get_or_insert(QueryStyle::Form);
        }
        let of_style = encoding
            .style
            .as_ref()
            .map(|style| *style == QueryStyle::Form);
        encoding.explode = explode.or(of_style).unwrap_or_default();
        Some(encoding)
    }

    fn parse_encoding_style(&mut self, value: Value, at: &PointerPath<'_>) -> Option<QueryStyle> {
        let style = self.read_string(value, at)?;
        match style.as_str() {
            "form" => Some(QueryStyle::Form),
            "spaceDelimited" => Some(QueryStyle::SpaceDelimited),
            "pipeDelimited" => Some(QueryStyle::PipeDelimited),
            "deepObject" => Some(QueryStyle::DeepObject),
            _ => {
                let message = if self.version.is_swagger() {
                    format!(
                        "`collectionFormat: {style}` is not supported here; it is read as `csv`"
                    )
                } else {
                    format!("`style: {style}` is not supported here; it is ignored")
                };
                self.report(Code::UnsupportedStyle, at, message);
                self.version.is_swagger().then_some(QueryStyle::Form)
            }
        }
    }
}
