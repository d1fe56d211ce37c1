//! Keys that are read and have no effect. Each is a warning, so that nobody relies on it.

use serde_json::Value;

use super::At;
use super::keys::{KEYS, KeyEffect, KeyRow};
use super::reader::Reader;
use crate::diagnostics::Code;
use crate::source::Pointer;

impl Reader<'_> {
    /// Warns of each such key whose value differs from the default.
    pub(super) fn without_effect(&mut self, root: &Value) {
        let rows = KEYS.iter();
        for row in rows.filter(|row| row.effect == KeyEffect::Unsupported) {
            let mut found = Vec::new();
            find(root, &Pointer::root(), &key_path(row), &mut found);
            for At {
                value: key,
                pointer,
            } in found
            {
                let message = format!("`{key}` is not supported and has no effect");
                self.warn(Code::UnsupportedConfigKey, &pointer, message);
            }
        }
    }
}

/// The path of a key: `*` is any name, and `**` any number of nested resources.
fn key_path(row: &KeyRow) -> Vec<&'static str> {
    let parents = row.parent.split('.').filter(|name| !name.is_empty());
    let mut path: Vec<&str> = Vec::new();
    for name in parents.chain([row.key]) {
        let is_resource = name == "*" && path == ["resources"];
        path.push(if is_resource { "**" } else { name });
    }
    path
}

/// Collects the keys at a path whose values differ from the default.
fn find(value: &Value, at: &Pointer, pattern: &[&str], found: &mut Vec<At<String>>) {
    let Some(map) = value.as_object() else {
        return;
    };
    match pattern {
        ["**", rest @ ..] => {
            for (name, resource) in map {
                let here = at.child(name);
                find(resource, &here, rest, found);
                if let Some(below) = resource.get("subresources") {
                    find(below, &here.child("subresources"), pattern, found);
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
                .is_some_and(|value| differs_from_default(key, value))
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

/// Whether a value differs from the default of its key.
fn differs_from_default(key: &str, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value != (key == "positional_params"),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}
