//! Schemas.
//!
//! The parser first collects the keywords of a schema into [`SchemaKeywords`], in any order. It
//! then builds the variant of `openapiv3` that can hold them. It reads the keywords of OpenAPI 3.0
//! and of the JSON Schema of 3.1 in every document, because real documents mix them.

mod annotation;
mod bounds;
mod composition;
mod content_keywords;
mod enum_keyword;
mod format_keyword;
mod integer;
mod ref_keyword;
mod schema_keywords;
mod structure;
mod type_keyword;
mod type_list;
mod typed_schema;
mod unknown_keywords;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::{Map, Value};

use self::schema_keywords::SchemaKeywords;
pub(super) use self::unknown_keywords::UnknownKeywords;
use super::Parser;
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Parses a schema or a reference to one.
    pub(crate) fn parse_schema(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Schema> {
        match value {
            Value::Object(map) if accepts_nothing(&map) => {
                ReferenceOr::Item(schema_with_extension(internal_extensions::NEVER))
            }
            Value::Object(map) => self.parse_schema_object(map, at),
            Value::Bool(true) => ReferenceOr::Item(schema_with_extension(internal_extensions::ANY)),
            Value::Bool(false) => {
                ReferenceOr::Item(schema_with_extension(internal_extensions::NEVER))
            }
            Value::String(word) => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a schema, found a string; it is read as the type",
                );
                let map = Map::from_iter([("type".to_owned(), Value::String(word))]);
                self.parse_schema_object(map, at)
            }
            Value::Null => ReferenceOr::Item(schema_with_extension(internal_extensions::ANY)),
            other => {
                self.report_wrong_type(at, "a schema", &other, "any value is accepted");
                ReferenceOr::Item(schema_with_extension(internal_extensions::ANY))
            }
        }
    }

    fn parse_schema_object(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Schema> {
        let mut keywords = SchemaKeywords::default();
        for (key, value) in map {
            let here = at.key(&key);
            // Each group takes its own keywords and returns the others.
            let rest = self
                .parse_structure(&mut keywords, &key, value, &here)
                .and_then(|value| self.parse_annotation(&mut keywords, &key, value, &here))
                .and_then(|value| self.parse_bound(&mut keywords, &key, value, &here))
                .and_then(|value| self.parse_composition(&mut keywords, &key, value, &here));
            match rest {
                Some(value) if key.starts_with("x-") => {
                    keywords.data.extensions.insert(key, value);
                }
                Some(_) => self.record_unknown_keyword(&key, &here),
                None => {}
            }
        }
        self.build_schema_or_ref(keywords, at)
    }
}

/// Whether a schema is `not: {}`: the spelling of `false` before JSON Schema had booleans.
fn accepts_nothing(map: &Map<String, Value>) -> bool {
    match map.get("not") {
        Some(Value::Object(not)) => not.is_empty(),
        Some(not) => *not == Value::Bool(true),
        None => false,
    }
}

/// Returns a schema whose only keyword is this extension.
fn schema_with_extension(key: &str) -> Schema {
    let mut schema_data = SchemaData::default();
    schema_data
        .extensions
        .insert(key.to_owned(), Value::Bool(true));
    Schema {
        schema_data,
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}
