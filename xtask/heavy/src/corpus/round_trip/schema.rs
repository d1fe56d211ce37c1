//! Translates schemas of OpenAPI 3.0, as the compiler loads them, to JSON Schema.
//!
//! The target is Draft 7. Like OpenAPI 3.0, it ignores the siblings of a `$ref`, and unlike earlier
//! drafts it can express everything that the loader keeps.

use std::collections::HashMap;

use sdkwright::load::internal_extensions;
use serde_json::{Map, Value, json};

/// The schemas of a document, as JSON Schema.
pub(super) struct Schemas<'a> {
    /// The components, by name. References are indices into this list.
    places: HashMap<&'a str, usize>,
    /// The patterns that are valid regular expressions.
    patterns: HashMap<String, bool>,
}

/// The properties of a JSON object.
type Object = Map<String, Value>;

/// Keywords that mean the same in both.
const KEPT: &[&str] = &[
    "enum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "required",
    "type",
    "uniqueItems",
];

impl<'a> Schemas<'a> {
    /// Builds a schema of an object whose properties are named for indices. Each property must be
    /// valid by the schema with that index.
    pub(super) fn document(document: &'a Value, wanted: &[&Value]) -> Value {
        let components = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let components: Vec<_> = components.into_iter().flatten().collect();
        let mut schemas = Self {
            places: components
                .iter()
                .enumerate()
                .map(|(index, (name, _))| (name.as_str(), index))
                .collect(),
            patterns: HashMap::new(),
        };
        let definitions: Object = components
            .iter()
            .enumerate()
            .map(|(index, (_, schema))| (index.to_string(), schemas.schema(schema)))
            .collect();
        let properties: Object = wanted
            .iter()
            .enumerate()
            .map(|(index, schema)| (index.to_string(), schemas.schema(schema)))
            .collect();
        json!({ "properties": properties, "definitions": definitions })
    }

    fn schema(&mut self, schema: &Value) -> Value {
        let Some(schema) = schema.as_object() else {
            return schema.clone();
        };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.reference(reference);
        }
        let mut out: Object = KEPT
            .iter()
            .filter_map(|&key| Some((key.to_owned(), schema.get(key)?.clone())))
            .collect();
        self.nested(schema, &mut out);
        self.extended(schema, &mut out);
        convert_bound(schema, &mut out, "minimum", "exclusiveMinimum");
        convert_bound(schema, &mut out, "maximum", "exclusiveMaximum");
        width(schema, &mut out);
        if let Some(Value::String(pattern)) = schema.get("pattern")
            && self.is_pattern(pattern)
        {
            out.insert("pattern".to_owned(), pattern.as_str().into());
        }
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            return json!({ "anyOf": [{ "type": "null" }, out] });
        }
        out.into()
    }

    fn reference(&self, reference: &str) -> Value {
        let name = reference
            .strip_prefix("#/components/schemas/")
            .unwrap_or_default()
            .replace("~1", "/")
            .replace("~0", "~");
        // The loader leaves no reference to nowhere.
        match self.places.get(name.as_str()) {
            Some(index) => json!({ "$ref": format!("#/definitions/{index}") }),
            None => json!({}),
        }
    }

    /// The keywords that hold schemas.
    fn nested(&mut self, schema: &Object, out: &mut Object) {
        for key in ["items", "additionalProperties", "not"] {
            if let Some(value) = schema.get(key) {
                out.insert(key.to_owned(), self.schema(value));
            }
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            if let Some(list) = schema.get(key).and_then(Value::as_array) {
                out.insert(key.to_owned(), self.list(list));
            }
        }
        if let Some(map) = schema.get("properties").and_then(Value::as_object) {
            out.insert("properties".to_owned(), self.map(map));
        }
    }

    /// Translates the keywords of later versions that the loader keeps.
    fn extended(&mut self, schema: &Object, out: &mut Object) {
        if let Some(value) = schema.get(internal_extensions::CONST) {
            out.insert("const".to_owned(), value.clone());
        }
        if let Some(list) = schema
            .get(internal_extensions::PREFIX_ITEMS)
            .and_then(Value::as_array)
        {
            if let Some(rest) = out.remove("items") {
                out.insert("additionalItems".to_owned(), rest);
            }
            out.insert("items".to_owned(), self.list(list));
        }
        if let Some(map) = schema
            .get(internal_extensions::PATTERN_PROPERTIES)
            .and_then(Value::as_object)
        {
            let known: Object = map
                .iter()
                .filter(|(pattern, _)| self.is_pattern(pattern))
                .map(|(pattern, schema)| (pattern.clone(), schema.clone()))
                .collect();
            out.insert("patternProperties".to_owned(), self.map(&known));
        }
        if let Some(names) = schema.get(internal_extensions::PROPERTY_NAMES) {
            out.insert("propertyNames".to_owned(), self.schema(names));
        }
        if schema.get(internal_extensions::NEVER) == Some(&Value::Bool(true)) {
            out.insert("not".to_owned(), json!({}));
        }
        if schema.get(internal_extensions::NULL) == Some(&Value::Bool(true)) {
            out.insert("type".to_owned(), "null".into());
        }
    }

    fn list(&mut self, schemas: &[Value]) -> Value {
        schemas.iter().map(|schema| self.schema(schema)).collect()
    }

    fn map(&mut self, schemas: &Object) -> Value {
        schemas
            .iter()
            .map(|(name, schema)| (name.clone(), self.schema(schema)))
            .collect::<Object>()
            .into()
    }

    /// Whether a pattern is a regular expression: one that is not would make
    /// all schemas of the document useless.
    fn is_pattern(&mut self, pattern: &str) -> bool {
        if let Some(&known) = self.patterns.get(pattern) {
            return known;
        }
        let known = super::validator(&json!({ "pattern": pattern })).is_ok();
        self.patterns.insert(pattern.to_owned(), known);
        known
    }
}

/// A bound: that it is exclusive is a flag in OpenAPI 3.0.
fn convert_bound(schema: &Object, out: &mut Object, inclusive: &str, exclusive: &str) {
    let Some(value) = schema.get(inclusive) else {
        return;
    };
    let key = if schema.get(exclusive) == Some(&Value::Bool(true)) {
        exclusive
    } else {
        inclusive
    };
    out.insert(key.to_owned(), value.clone());
}

/// The range that the format of an integer means, which JSON Schema knows
/// nothing of.
fn width(schema: &Object, out: &mut Object) {
    let range = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => json!({ "minimum": i32::MIN, "maximum": i32::MAX }),
        Some("int64") => json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
        _ => return,
    };
    match out.get_mut("allOf").and_then(Value::as_array_mut) {
        Some(list) => list.push(range),
        None => {
            out.insert("allOf".to_owned(), json!([range]));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Schemas;

    fn is_valid(schema: Value, value: Value) -> bool {
        let document = json!({ "components": { "schemas": { "A/B": schema } } });
        let wanted = json!({ "$ref": "#/components/schemas/A~1B" });
        let schema = Schemas::document(&document, &[&wanted]);
        let validator = super::super::validator(&schema).expect("a schema");
        validator.is_valid(&json!({ "0": value }))
    }

    #[test]
    fn null_is_a_value_where_the_schema_is_nullable() {
        let schema = json!({ "type": "string", "enum": ["a"], "nullable": true });
        assert!(is_valid(schema.clone(), json!(null)));
        assert!(is_valid(schema.clone(), json!("a")));
        assert!(!is_valid(schema, json!("b")));
    }

    #[test]
    fn exclusive_bounds_are_flags() {
        let schema = json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true });
        assert!(is_valid(schema.clone(), json!(1.5)));
        assert!(!is_valid(schema, json!(1)));
    }

    #[test]
    fn formats_bound_integers() {
        let schema = json!({ "type": "integer", "format": "int32" });
        assert!(is_valid(schema.clone(), json!(7)));
        assert!(!is_valid(schema, json!(3_000_000_000_u32)));
    }

    #[test]
    fn schemas_can_be_recursive() {
        let list = json!({
            "type": "object",
            "required": ["value"],
            "properties": {
                "value": { "type": "integer" },
                "next": { "$ref": "#/components/schemas/A~1B" },
            },
        });
        assert!(is_valid(
            list.clone(),
            json!({ "value": 1, "next": { "value": 2 } })
        ));
        assert!(!is_valid(list, json!({ "value": 1, "next": {} })));
    }

    #[test]
    fn an_invalid_pattern_is_omitted() {
        let schema = json!({ "type": "string", "pattern": "(" });
        assert!(is_valid(schema, json!("anything")));
    }
}
