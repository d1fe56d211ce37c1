//! Keywords that compose a schema of subschemas.

use openapiv3::{ReferenceOr, Schema};
use serde_json::{Map, Value};

use super::Parser;
use super::SchemaKeywords;
use crate::diagnostics::Code;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Reads the keyword if it composes. Returns the value if not.
    pub(super) fn parse_composition(
        &mut self,
        keywords: &mut SchemaKeywords,
        key: &str,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Value> {
        match key {
            "allOf" => keywords.all_of = self.parse_all_of(value, at),
            "oneOf" => keywords.one_of = self.parse_subschemas(keywords, value, at),
            "anyOf" => keywords.any_of = self.parse_subschemas(keywords, value, at),
            "not" if !value.is_null() => {
                keywords.not = Some(Box::new(self.parse_schema(value, at)))
            }
            "if" | "then" | "else" | "dependentSchemas" | "$dynamicRef" => {
                let message = format!("`{key}` is not supported; it is ignored");
                self.report(Code::UnsupportedKeyword, at, message);
            }
            _ => return Some(value),
        }
        None
    }

    fn parse_all_of(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<ReferenceOr<Schema>> {
        let items = self.read_list(value, at).into_iter().enumerate();
        items
            // `true` accepts every value.
            .filter(|(_, item)| !matches!(item, Value::Bool(true) | Value::Null))
            .map(|(i, item)| self.parse_schema(item, &at.index(i)))
            .collect()
    }

    /// Parses the subschemas of a union. A subschema `null` makes the union nullable instead.
    fn parse_subschemas(
        &mut self,
        keywords: &mut SchemaKeywords,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Vec<ReferenceOr<Schema>> {
        let items = self.read_list(value, at);
        let listed = !items.is_empty();
        if !listed {
            self.report(
                Code::EmptyOneOf,
                at,
                "the list of subschemas is empty; it is ignored",
            );
        }
        let mut branches = Vec::with_capacity(items.len());
        for (i, item) in items.into_iter().enumerate() {
            let here = at.index(i);
            if item.is_null() {
                let then = "it is read as `type: null`";
                self.report_wrong_type(&here, "a schema", &item, then);
            }
            if item.is_null() || is_null(&item) {
                keywords.null = true;
                continue;
            }
            if i != branches.len() {
                let kept = at.index(branches.len()).pointer();
                self.moves.push((kept, here.pointer()));
            }
            branches.push(self.parse_schema(item, &here));
        }
        keywords.null_union |= listed && branches.is_empty();
        branches
    }
}

/// Whether `null` is the only value of a schema.
fn is_null(schema: &Value) -> bool {
    let Value::Object(map) = schema else {
        return false;
    };
    is_null_type(map)
        || map.get("const").is_some_and(Value::is_null)
        || map
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

fn is_null_type(map: &Map<String, Value>) -> bool {
    match map.get("type") {
        Some(Value::String(word)) => word == "null",
        Some(Value::Array(words)) => words.len() == 1 && words.iter().all(|w| w == "null"),
        _ => false,
    }
}
