//! The JSON Schema of `sdk.yaml`, from the table of keys.

use serde_json::{Map, Value, json};

use super::keys::{KeyEffect, KeyRow, list_rows};

/// Mappings whose entries are in a list, or are a single entry in place of the list.
const LISTS: [&str; 3] = ["pagination", "streaming.on_event", "openapi.transforms"];

/// The entries of a mapping that are resources, which are nested.
const RESOURCE: &str = "resources.*";

/// Renders the JSON Schema of the configuration.
///
/// It describes which keys there are. Whether a value is valid depends on other values and on the
/// document, so the generator decides that.
#[must_use]
pub fn render_json_schema() -> String {
    let mut schema = describe_mapping("");
    if let Value::Object(members) = &mut schema {
        members.insert(
            "$schema".to_owned(),
            json!("http://json-schema.org/draft-07/schema#"),
        );
        members.insert("title".to_owned(), json!("The configuration of sdkwright"));
        members.insert(
            "definitions".to_owned(),
            json!({ "resource": describe_mapping(RESOURCE) }),
        );
    }
    format!("{schema:#}\n")
}

/// Describes the mapping at a path of the table. Its keys do not restrict other values, such as the
/// text in place of a model.
fn describe_mapping(path: &str) -> Value {
    let mut properties = Map::new();
    for row in list_rows(path) {
        properties.insert(row.key.to_owned(), describe_key(path, row));
    }
    let entry = format!("{path}.*");
    let has_entries = !path.is_empty() && list_rows(&entry).next().is_some();
    let others = match has_entries {
        true => describe_entry(&entry),
        // The keys of other generators' targets are theirs.
        false => Value::Bool(properties.is_empty()),
    };
    json!({
        "properties": properties,
        "patternProperties": { "^x-": true },
        "additionalProperties": others,
    })
}

fn describe_key(path: &str, row: &KeyRow) -> Value {
    let key_path = match path {
        "" => row.key.to_owned(),
        path => format!("{path}.{}", row.key),
    };
    let entry = format!("{path}.*");
    let mut schema = if key_path == format!("{RESOURCE}.subresources") {
        json!({ "additionalProperties": describe_entry(RESOURCE) })
    } else if LISTS.contains(&key_path.as_str()) {
        allow_list(describe_mapping(&format!("{key_path}.*")))
    } else if key_path == "targets" {
        json!({ "properties": { "rust": describe_mapping("targets.rust") } })
    } else if !path.is_empty() && path != RESOURCE && list_rows(&entry).next().is_some() {
        // A named entry of a mapping whose entries are alike.
        if path == "resources" {
            json!({})
        } else {
            describe_entry(&entry)
        }
    } else if has_keys(&key_path) {
        describe_mapping(&key_path)
    } else {
        json!({})
    };
    if let Value::Object(members) = &mut schema {
        let note = match row.effect {
            KeyEffect::Read => row.about.to_owned(),
            KeyEffect::None => format!("No effect in Rust. {}", row.about),
            KeyEffect::Unsupported => format!("Not supported. {}", row.about),
        };
        if !note.is_empty() {
            members.insert("description".to_owned(), json!(note.trim()));
        }
    }
    schema
}

/// Describes an entry of a mapping with arbitrary keys, or several such entries.
fn describe_entry(path: &str) -> Value {
    match path {
        RESOURCE => json!({ "$ref": "#/definitions/resource" }),
        path => allow_list(describe_mapping(path)),
    }
}

fn allow_list(entry: Value) -> Value {
    json!({ "anyOf": [
        { "type": "array", "items": entry.clone() },
        { "allOf": [{ "not": { "type": "array" } }, entry] },
    ] })
}

fn has_keys(path: &str) -> bool {
    list_rows(path).next().is_some() || list_rows(&format!("{path}.*")).next().is_some()
}
