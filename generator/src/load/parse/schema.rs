//! Schemas: the walk over their keywords.
//!
//! The keywords of a schema are first collected into a [`SchemaKeywords`], whatever
//! their order; then the draft is given the kind that `openapiv3` tells schemas
//! apart by. Both dialects are read at once, that of OpenAPI 3.0 and the JSON
//! Schema of 3.1, because real documents mix them.

mod annotation;
mod bounds;
mod composition;
mod enumeration;
mod format;
mod integer;
mod reference;
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
use crate::load::keys;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Any schema, or a reference to one.
    pub(crate) fn schema(&mut self, value: Value, at: &PointerPath<'_>) -> ReferenceOr<Schema> {
        match value {
            Value::Object(map) => self.schema_object(map, at),
            Value::Bool(true) => ReferenceOr::Item(bare(keys::ANY)),
            Value::Bool(false) => ReferenceOr::Item(bare(keys::NEVER)),
            Value::String(word) => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a schema, found a string; it is read as the type",
                );
                let map = Map::from_iter([("type".to_owned(), Value::String(word))]);
                self.schema_object(map, at)
            }
            Value::Null => ReferenceOr::Item(bare(keys::ANY)),
            other => {
                self.wrong_type(at, "a schema", &other, "any value is accepted");
                ReferenceOr::Item(bare(keys::ANY))
            }
        }
    }

    fn schema_object(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Schema> {
        let mut draft = SchemaKeywords::default();
        for (key, value) in map {
            let here = at.key(&key);
            // Each family takes the keywords that it knows.
            let rest = self
                .structure(&mut draft, &key, value, &here)
                .and_then(|value| self.annotation(&mut draft, &key, value, &here))
                .and_then(|value| self.bound(&mut draft, &key, value, &here))
                .and_then(|value| self.composition(&mut draft, &key, value, &here));
            match rest {
                Some(value) if key.starts_with("x-") => {
                    draft.data.extensions.insert(key, value);
                }
                Some(_) => self.unknown_keyword(&key, &here),
                None => {}
            }
        }
        self.build_schema_or_ref(draft, at)
    }
}

/// A schema that says one thing only.
fn bare(key: &str) -> Schema {
    let mut schema_data = SchemaData::default();
    schema_data
        .extensions
        .insert(key.to_owned(), Value::Bool(true));
    Schema {
        schema_data,
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}
