//! The schema of a server-sent event, as OpenAPI 3.2 writes it: an object of `event`, `data`, `id`
//! and `retry`, whose data is a text that holds JSON of a schema of its own.
//!
//! What users want is that JSON, so its schema takes the place of the text's.

use serde_json::Value;

/// A schema of events in which data that is JSON has the schema of the JSON.
///
/// Of an event that is declared by itself this is the whole schema: its name and id say nothing
/// of its type.
pub(super) fn of_json(schema: Value) -> Value {
    if let Some(content) = content(&schema) {
        return content.clone();
    }
    let mut schema = schema;
    for keyword in ["oneOf", "anyOf"] {
        let alternatives = schema.get_mut(keyword).and_then(Value::as_array_mut);
        for alternative in alternatives.into_iter().flatten() {
            let Some(content) = content(alternative).cloned() else {
                continue;
            };
            if let Some(data) = alternative.pointer_mut("/properties/data") {
                *data = content;
            }
        }
    }
    schema
}

/// The schema of the JSON that the data of an event holds.
fn content(schema: &Value) -> Option<&Value> {
    let data = schema.pointer("/properties/data")?;
    let media_type = data.get("contentMediaType").and_then(Value::as_str);
    let json = media_type.is_none_or(|kind| kind.contains("json"));
    data.get("contentSchema").filter(|_| json)
}
