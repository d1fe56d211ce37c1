//! Keywords that describe the structure of a value.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::Pointer;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Reads the keyword if it describes structure. Returns the value if not.
    pub(super) fn parse_structure(
        &mut self,
        keywords: &mut SchemaKeywords,
        key: &str,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Value> {
        match key {
            "$ref" => match value {
                Value::String(reference) => keywords.reference = Some(reference),
                other => self.report_wrong_type(at, "a reference", &other, "it is ignored"),
            },
            // `$recursiveRef` (2019-09) refers to the enclosing schema.
            "$recursiveRef" => keywords.reference = find_enclosing_component(&at.pointer()),
            "type" => self.parse_types(keywords, value, at),
            "format" => keywords.format = self.parse_format(value, at),
            "properties" => self.parse_properties(keywords, value, at),
            "required" => self.parse_required(keywords, value, at),
            "items" => self.parse_items(keywords, value, at),
            "additionalItems" | "unevaluatedItems" => {
                self.parse_items_after_tuple(keywords, value, at)
            }
            "enum" => keywords.enumeration = self.parse_enumeration(value, at),
            "const" => keywords.constant = Some(value),
            "additionalProperties" => {
                keywords.additional = self.parse_additional_properties(value, at)
            }
            // As above; `allOf` is transparent to it.
            "unevaluatedProperties" if keywords.additional.is_none() && value.is_object() => {
                keywords.additional = self.parse_additional_properties(value, at);
            }
            "patternProperties" => {
                let schemas = self.parse_map(value, at, |r, v, at| Some(r.parse_schema(v, at)));
                keywords.has_patterns = !schemas.is_empty();
                keep(keywords, internal_extensions::PATTERN_PROPERTIES, &schemas);
            }
            "propertyNames" => {
                let schema = self.parse_schema(value, at);
                keep(keywords, internal_extensions::PROPERTY_NAMES, &schema);
            }
            "prefixItems" => self.parse_tuple(keywords, value, at),
            "contentEncoding" => self.parse_content_encoding(keywords, value, at),
            "contentMediaType" => self.parse_content_media_type(keywords, value, at),
            _ => return Some(value),
        }
        None
    }

    fn parse_properties(
        &mut self,
        keywords: &mut SchemaKeywords,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        let map = match value {
            Value::Array(_) => {
                self.report_wrong_type(at, "a mapping", &value, "it is ignored");
                return;
            }
            other => self.read_object(other, at).unwrap_or_default(),
        };
        let mut properties = IndexMap::with_capacity(map.len());
        for (name, mut value) in map {
            let here = at.key(&name);
            if self.is_required_itself(&mut value, &here) && !keywords.required.contains(&name) {
                keywords.required.push(name.clone());
            }
            let schema = box_schema(self.parse_schema(value, &here));
            properties.insert(name, schema);
        }
        keywords.properties = properties;
    }

    /// Removes `required: true` from a property. Its object should list it.
    fn is_required_itself(&mut self, property: &mut Value, at: &PointerPath<'_>) -> bool {
        let Value::Object(map) = property else {
            return false;
        };
        let required = match map.get("required") {
            Some(Value::Bool(required)) => *required,
            Some(Value::String(text)) if text == "true" || text == "false" => text == "true",
            _ => return false,
        };
        map.remove("required");
        if required {
            let message = "`required` is a list of the object; the property is added to it";
            self.report(Code::MisplacedRequired, &at.key("required"), message);
        }
        required
    }

    fn parse_required(
        &mut self,
        keywords: &mut SchemaKeywords,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        match value {
            Value::Array(_) => {
                for name in self.read_strings(value, at) {
                    if !keywords.required.contains(&name) {
                        keywords.required.push(name);
                    }
                }
            }
            Value::Null => {}
            Value::Bool(_) => {
                self.report_wrong_type(at, "a list of names", &value, "it is ignored")
            }
            Value::String(name) => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a list of names, found a string; it is read as a list of one name",
                );
                keywords.required.push(name);
            }
            other => self.report_wrong_type(at, "a list of names", &other, "it is ignored"),
        }
    }

    fn parse_items(&mut self, keywords: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        match value {
            Value::Array(mut schemas) if schemas.len() == 1 => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a schema, found a list; its only entry is used",
                );
                let schema = schemas.pop().unwrap_or_default();
                keywords.items = Some(box_schema(self.parse_schema(schema, &at.index(0))));
            }
            // A tuple in the drafts before `prefixItems`.
            Value::Array(schemas) if !schemas.is_empty() => {
                self.parse_tuple(keywords, Value::Array(schemas), at);
            }
            Value::Array(_) => {}
            // The tuple has no further items.
            Value::Bool(false) => keywords.closed = true,
            Value::Null => {}
            other => keywords.items = Some(box_schema(self.parse_schema(other, at))),
        }
    }

    fn parse_items_after_tuple(
        &mut self,
        keywords: &mut SchemaKeywords,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        match value {
            Value::Bool(false) => keywords.closed = true,
            Value::Bool(true) | Value::Object(_) => {
                keywords.additional_items = Some(box_schema(self.parse_schema(value, at)));
            }
            _ => {}
        }
    }

    fn parse_tuple(&mut self, keywords: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        let items = self.read_list(value, at).into_iter().enumerate();
        let schemas: Vec<_> = items
            .map(|(i, item)| self.parse_schema(item, &at.index(i)))
            .collect();
        keywords.places = schemas.len();
        keep(keywords, internal_extensions::PREFIX_ITEMS, &schemas);
    }

    fn parse_additional_properties(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<AdditionalProperties> {
        match value {
            Value::Null => None,
            Value::Object(map) if map.is_empty() => Some(AdditionalProperties::Any(true)),
            Value::Object(_) => {
                let schema = self.parse_schema(value, at);
                Some(AdditionalProperties::Schema(Box::new(schema)))
            }
            other => self.read_flag(other, at).map(AdditionalProperties::Any),
        }
    }
}

/// Returns the reference to the component that contains a position.
fn find_enclosing_component(at: &Pointer) -> Option<String> {
    let rest = at.as_str().strip_prefix("/components/schemas/")?;
    let name = rest.split('/').next()?;
    Some(format!("#/components/schemas/{name}"))
}

/// Stores a value that `openapiv3` cannot express in an extension.
pub(super) fn keep<T: serde::Serialize>(keywords: &mut SchemaKeywords, key: &str, what: &T) {
    // Serialization fails only for map keys that are not strings, which schemas do not have.
    if let Ok(value) = serde_json::to_value(what) {
        keywords.data.extensions.insert(key.to_owned(), value);
    }
}

pub(super) fn box_schema(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}
