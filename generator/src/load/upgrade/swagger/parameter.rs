//! Parameters: the type moves to a schema, `collectionFormat` to a style.

use serde_json::{Map, Value};

use super::Converter;
use super::body;
use crate::load::internal_extensions;
use crate::source::Pointer;

/// Properties that stay in the parameter. All others are schema keywords.
const OWN: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "$ref",
    "schema",
    "content",
    "style",
    "explode",
    "example",
    "examples",
];

impl Converter {
    /// Converts the parameters of the document. Bodies become request bodies, and others stay
    /// parameters. Form fields are kept for the operations that use them.
    pub(super) fn convert_shared_parameters(
        &mut self,
        parameters: Map<String, Value>,
        components: &mut Map<String, Value>,
    ) {
        let mut kept = Map::new();
        let mut bodies = Map::new();
        for (name, parameter) in &parameters {
            self.shared.insert(name.clone(), parameter.clone());
        }
        for (name, parameter) in parameters {
            let old = Pointer::root().child("parameters").child(&name);
            let is_reference = parameter.get("$ref").is_some();
            match read_location(self.resolve_shared(&parameter)) {
                // Operations refer to the body at the end of the chain.
                "body" if is_reference => {}
                "body" => {
                    let at = Pointer::parse("/components/requestBodies").child(&name);
                    let consumes = self.consumes.clone();
                    let body = self.convert_body(parameter, &consumes, &at, &old);
                    bodies.insert(name, body);
                }
                "formData" => {}
                _ => {
                    let at = Pointer::parse("/components/parameters").child(&name);
                    let parameter = self.convert_parameter(parameter, &at, &old);
                    kept.insert(name, parameter);
                }
            }
        }
        components.insert("parameters".to_owned(), Value::Object(kept));
        components.insert("requestBodies".to_owned(), Value::Object(bodies));
    }

    /// Converts a parameter in the path, the query or a header.
    pub(super) fn convert_parameter(
        &mut self,
        parameter: Value,
        now: &Pointer,
        old: &Pointer,
    ) -> Value {
        let Value::Object(map) = parameter else {
            return parameter;
        };
        if now != old {
            self.moves.push((now.clone(), 0, old.clone()));
        }
        if map.contains_key("$ref") || map.contains_key("schema") {
            return Value::Object(map);
        }
        self.moves.push((now.child("schema"), 0, old.clone()));
        let location = map
            .get("in")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let (mut parameter, schema, format) = split_keywords(map);
        let is_array = schema.get("type").and_then(Value::as_str) == Some("array");
        if is_array && let Some((style, explode)) = choose_style(&location, format.as_deref()) {
            self.moves
                .push((now.child("style"), 0, old.child("collectionFormat")));
            parameter.insert("style".to_owned(), Value::String(style.to_owned()));
            parameter.insert("explode".to_owned(), Value::Bool(explode));
            if let Some(format) = find_unsupported_delimiter(&location, format.as_deref()) {
                parameter.insert(
                    internal_extensions::COLLECTION_FORMAT.to_owned(),
                    Value::from(format),
                );
            }
        }
        parameter.insert("schema".to_owned(), Value::Object(schema));
        Value::Object(parameter)
    }

    /// Returns a parameter for this position, copied from the document if it is a reference.
    pub(super) fn inline_shared(&mut self, parameter: Value) -> Value {
        let mut budget = std::mem::take(&mut self.budget);
        let name = self.shared_name(&parameter);
        let shared = name.and_then(|name| self.shared.get(name));
        let copy = shared.map(|shared| budget.copy(shared));
        self.budget = budget;
        copy.unwrap_or(parameter)
    }

    /// Returns a parameter, or the target of a reference to one.
    pub(super) fn resolve_shared<'v>(&'v self, parameter: &'v Value) -> &'v Value {
        self.shared_name(parameter)
            .and_then(|name| self.shared.get(name))
            .unwrap_or(parameter)
    }

    /// Returns the name of the parameter that a chain of references leads to.
    pub(super) fn shared_name<'v>(&'v self, parameter: &Value) -> Option<&'v str> {
        let mut name = read_reference(parameter)?;
        // A chain is at most as long as the number of parameters.
        for _ in 0..=self.shared.len() {
            let (found, target) = self.shared.get_key_value(&name)?;
            match read_reference(target) {
                Some(next) => name = next,
                None => return Some(found),
            }
        }
        None
    }
}

/// Returns the name in a reference to a parameter of the document.
fn read_reference(parameter: &Value) -> Option<String> {
    let reference = Pointer::parse(parameter.get("$ref")?.as_str()?);
    let name = reference.last();
    name.filter(|_| {
        reference
            .parent()
            .is_some_and(|it| it.as_str() == "/parameters")
    })
}

/// The properties of a parameter: its own, those of its schema, and `collectionFormat`.
pub(super) fn split_keywords(
    map: Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>, Option<String>) {
    let (mut own, mut schema) = (Map::new(), Map::new());
    let mut format = None;
    for (key, value) in map {
        match key.as_str() {
            "collectionFormat" => format = super::into_text(value),
            "x-example" => {
                own.insert("example".to_owned(), value);
            }
            "x-nullable" => {
                schema.insert(key, value);
            }
            _ if OWN.contains(&key.as_str()) || key.starts_with("x-") => {
                own.insert(key, value);
            }
            _ => {
                schema.insert(key, value);
            }
        }
    }
    (own, schema, format)
}

/// Returns the array format if 3.0 has no style for it at this location.
pub(super) fn find_unsupported_delimiter<'f>(
    location: &str,
    format: Option<&'f str>,
) -> Option<&'f str> {
    let format = format?;
    let is_query = matches!(location, "query" | "formData");
    let is_own = match format {
        "tsv" => true,
        "ssv" | "pipes" => !is_query,
        _ => false,
    };
    is_own.then_some(format)
}

/// Sets `style` and `explode` for an array of 2.0. A known format without a style in 3.0 is kept in
/// an extension ([`internal_extensions::COLLECTION_FORMAT`]). An unknown format is kept as it is, so that parsing
/// reports it.
pub(super) fn choose_style<'f>(location: &str, format: Option<&'f str>) -> Option<(&'f str, bool)> {
    let format = format.unwrap_or("csv");
    if location != "query" && location != "formData" {
        // `simple`, the only style of this location.
        let is_simple =
            format == "csv" || find_unsupported_delimiter(location, Some(format)).is_some();
        return if is_simple {
            (format != "csv").then_some(("simple", false))
        } else {
            Some((format, false))
        };
    }
    Some(match format {
        "multi" => ("form", true),
        "csv" | "tsv" => ("form", false),
        "ssv" => ("spaceDelimited", false),
        "pipes" => ("pipeDelimited", false),
        other => (other, false),
    })
}

pub(super) fn read_location(parameter: &Value) -> &str {
    parameter
        .get("in")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// Whether a parameter is the body or a form field.
pub(super) fn is_body(parameter: &Value) -> bool {
    matches!(read_location(parameter), "body" | "formData")
}

/// Whether a form field is a file.
pub(super) fn is_file(parameter: &Value) -> bool {
    body::is_file(Some(parameter))
}
