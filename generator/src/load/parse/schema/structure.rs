//! Keywords that say what a value is made of.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use crate::diagnostics::Code;
use crate::load::keys;
use crate::source::Pointer;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Takes the keyword if it is about structure; gives the value back if not.
    pub(super) fn structure(
        &mut self,
        keywords: &mut SchemaKeywords,
        key: &str,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Value> {
        match key {
            "$ref" => match value {
                Value::String(reference) => keywords.reference = Some(reference),
                other => self.wrong_type(at, "a reference", &other, "it is ignored"),
            },
            // The schema that it stands in, before 3.1 had `$dynamicRef`.
            "$recursiveRef" => keywords.reference = enclosing(&at.pointer()),
            "type" => self.types(keywords, value, at),
            "format" => keywords.format = self.format(value, at),
            "properties" => self.properties(keywords, value, at),
            "required" => self.required(keywords, value, at),
            "items" => self.items(keywords, value, at),
            "additionalItems" | "unevaluatedItems" => self.more_items(keywords, value, at),
            "enum" => keywords.enumeration = self.enumeration(value, at),
            "const" => keywords.constant = Some(value),
            "additionalProperties" => keywords.additional = self.additional(value, at),
            // The same, but it sees through `allOf`.
            "unevaluatedProperties" if keywords.additional.is_none() && value.is_object() => {
                keywords.additional = self.additional(value, at);
            }
            "patternProperties" => {
                let schemas = self.members(value, at, |r, v, at| Some(r.schema(v, at)));
                keywords.has_patterns = !schemas.is_empty();
                keep(keywords, keys::PATTERN_PROPERTIES, &schemas);
            }
            "propertyNames" => {
                let schema = self.schema(value, at);
                keep(keywords, keys::PROPERTY_NAMES, &schema);
            }
            "prefixItems" => self.tuple(keywords, value, at),
            "contentEncoding" => match self.text(value, at).as_deref() {
                Some("base64" | "base64url" | "base32" | "base16" | "quoted-printable") => {
                    keywords.format.get_or_insert_with(|| "byte".to_owned());
                }
                Some("binary") => {
                    keywords.format.get_or_insert_with(|| "binary".to_owned());
                }
                _ => {}
            },
            "contentMediaType" => {
                if let Some(kind) = self.text(value, at) {
                    keep(keywords, keys::CONTENT_MEDIA_TYPE, &kind);
                }
            }
            _ => return Some(value),
        }
        None
    }

    fn properties(&mut self, keywords: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        let map = match value {
            Value::Array(_) => {
                self.wrong_type(at, "a mapping", &value, "it is ignored");
                return;
            }
            other => self.object(other, at).unwrap_or_default(),
        };
        let mut properties = IndexMap::with_capacity(map.len());
        for (name, mut value) in map {
            let here = at.key(&name);
            if self.is_required_itself(&mut value, &here) && !keywords.required.contains(&name) {
                keywords.required.push(name.clone());
            }
            let schema = boxed(self.schema(value, &here));
            properties.insert(name, schema);
        }
        keywords.properties = properties;
    }

    /// Takes `required: true` off a property, which its object should list.
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

    fn required(&mut self, keywords: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        match value {
            Value::Array(_) => {
                for name in self.texts(value, at) {
                    if !keywords.required.contains(&name) {
                        keywords.required.push(name);
                    }
                }
            }
            Value::Null => {}
            Value::Bool(_) => self.wrong_type(at, "a list of names", &value, "it is ignored"),
            Value::String(name) => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a list of names, found a string; it is read as a list of one name",
                );
                keywords.required.push(name);
            }
            other => self.wrong_type(at, "a list of names", &other, "it is ignored"),
        }
    }

    fn items(&mut self, keywords: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        match value {
            Value::Array(mut schemas) if schemas.len() == 1 => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a schema, found a list; its only entry is used",
                );
                let schema = schemas.pop().unwrap_or_default();
                keywords.items = Some(boxed(self.schema(schema, &at.index(0))));
            }
            // A tuple, before `prefixItems` was its name.
            Value::Array(schemas) if !schemas.is_empty() => {
                self.tuple(keywords, Value::Array(schemas), at);
            }
            Value::Array(_) => {}
            // Nothing after the tuple.
            Value::Bool(false) => keywords.closed = true,
            Value::Null => {}
            other => keywords.items = Some(boxed(self.schema(other, at))),
        }
    }

    fn more_items(&mut self, keywords: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        match value {
            Value::Bool(false) => keywords.closed = true,
            Value::Bool(true) | Value::Object(_) => {
                keywords.additional_items = Some(boxed(self.schema(value, at)));
            }
            _ => {}
        }
    }

    fn tuple(&mut self, keywords: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        let items = self.list(value, at).into_iter().enumerate();
        let schemas: Vec<_> = items
            .map(|(i, item)| self.schema(item, &at.index(i)))
            .collect();
        keywords.places = schemas.len();
        keep(keywords, keys::PREFIX_ITEMS, &schemas);
    }

    fn additional(&mut self, value: Value, at: &PointerPath<'_>) -> Option<AdditionalProperties> {
        match value {
            Value::Null => None,
            Value::Object(map) if map.is_empty() => Some(AdditionalProperties::Any(true)),
            Value::Object(_) => {
                let schema = self.schema(value, at);
                Some(AdditionalProperties::Schema(Box::new(schema)))
            }
            other => self.flag(other, at).map(AdditionalProperties::Any),
        }
    }
}

/// The reference to the component that a place is in.
fn enclosing(at: &Pointer) -> Option<String> {
    let rest = at.as_str().strip_prefix("/components/schemas/")?;
    let name = rest.split('/').next()?;
    Some(format!("#/components/schemas/{name}"))
}

/// Keeps what `openapiv3` has no room for in an extension.
fn keep<T: serde::Serialize>(keywords: &mut SchemaKeywords, key: &str, what: &T) {
    // Schemas that were just built are JSON: only a map with keys that are not
    // strings would not be.
    if let Ok(value) = serde_json::to_value(what) {
        keywords.data.extensions.insert(key.to_owned(), value);
    }
}

pub(super) fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}
