//! Keys that are read and change nothing: each is a warning, so that nobody counts on it.

use serde_json::Value;

use super::At;
use super::reader::Reader;
use crate::diagnostics::Code;
use crate::source::Pointer;

/// Where such keys stand; `*` is any key, and `**` any number of resources below each other.
const PLACES: &[&[&str]] = &[
    &["custom_casings"],
    &["settings", "unwrap_response_fields"],
    &["settings", "positional_params"],
    &["settings", "disable_mock_tests"],
    &["settings", "disable_tests"],
    &["settings", "file_header"],
    &["resources", "**", "methods", "*", "unwrap_response"],
    &["resources", "**", "methods", "*", "positional_params"],
    &["resources", "**", "models", "*", "param_model"],
];

impl Reader<'_> {
    /// Warns of each of them that says something.
    pub(super) fn without_effect(&mut self, root: &Value) {
        for place in PLACES {
            let mut found = Vec::new();
            find(root, &Pointer::root(), place, &mut found);
            for At {
                value: key,
                pointer,
            } in found
            {
                let message = format!("`{key}` has no effect yet");
                self.warn(Code::UnsupportedConfigKey, &pointer, message);
            }
        }
    }
}

/// The keys at a place below a value, which say more than what would be without them.
fn find(value: &Value, at: &Pointer, place: &[&str], found: &mut Vec<At<String>>) {
    let Some(map) = value.as_object() else {
        return;
    };
    match place {
        ["**", rest @ ..] => {
            for (name, resource) in map {
                let here = at.child(name);
                find(resource, &here, rest, found);
                if let Some(below) = resource.get("subresources") {
                    find(below, &here.child("subresources"), place, found);
                }
            }
        }
        ["*", rest @ ..] => {
            for (name, value) in map {
                find(value, &at.child(name), rest, found);
            }
        }
        [key] => {
            if map
                .get(*key)
                .is_some_and(|value| says_something(key, value))
            {
                found.push(At::new((*key).to_owned(), at.child(key)));
            }
        }
        [key, rest @ ..] => {
            if let Some(value) = map.get(*key) {
                find(value, &at.child(key), rest, found);
            }
        }
        [] => {}
    }
}

/// Some values ask for what is so anyway.
fn says_something(key: &str, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value != (key == "positional_params"),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}
