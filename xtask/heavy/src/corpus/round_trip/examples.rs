//! The examples of a document, each with the type that it should be of.

use sdkwright::load::internal_extensions;
use sdkwright::pipeline::TypePath;
use sdkwright::plan::TypedObject;
use serde_json::{Map, Value};

/// A value that the document shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Example {
    /// Pointer of the example.
    pub(super) pointer: String,
    /// Index of its type in the list of types.
    pub(super) of: usize,
    /// The value.
    pub(super) value: Value,
    /// Whether it is put together from the examples of its parts.
    pub(super) composed: bool,
}

/// Finds the examples of these schemas. A schema without an example gets one that is assembled from
/// those of its properties.
pub(super) fn collect(document: &Value, types: &[TypePath]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (of, ty) in types.iter().enumerate() {
        let at = ty.pointer.as_str();
        let Some(node) = document.pointer(at) else {
            continue;
        };
        let before = examples.len();
        let mut push = |below: String, value: &Value| {
            examples.push(Example {
                pointer: format!("{at}{below}"),
                of,
                value: value.clone(),
                composed: false,
            });
        };
        if let Some(value) = node.get("example") {
            push("/example".to_owned(), value);
        }
        match ty.object {
            TypedObject::Schema => push_schema_examples(node, push),
            TypedObject::MediaType => push_media_type_examples(document, node, push),
        }
        let is_own = ty.path.contains("crate::types::") && node.get("$ref").is_none();
        if ty.object == TypedObject::Schema && is_own && examples.len() == before {
            examples.extend(assemble_parts(document, node, at, of));
        }
    }
    examples
}

fn push_schema_examples(node: &Value, mut push: impl FnMut(String, &Value)) {
    let list = node
        .get(internal_extensions::EXAMPLES)
        .and_then(Value::as_array);
    for (index, value) in list.into_iter().flatten().enumerate() {
        push(format!("/examples/{index}"), value);
    }
}

fn push_media_type_examples(document: &Value, node: &Value, mut push: impl FnMut(String, &Value)) {
    let named = node.get("examples").and_then(Value::as_object);
    for (name, example) in named.into_iter().flatten() {
        let name = name.replace('~', "~0").replace('/', "~1");
        if let Some(value) = resolve(document, example).and_then(|example| example.get("value")) {
            push(format!("/examples/{name}/value"), value);
        }
    }
}

/// Follows a reference, or returns the value itself.
fn resolve<'a>(document: &'a Value, node: &'a Value) -> Option<&'a Value> {
    match node.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.strip_prefix('#')?),
        None => Some(node),
    }
}

fn assemble_parts(document: &Value, node: &Value, at: &str, of: usize) -> Option<Example> {
    let mut composer = Composer {
        document,
        left: MOST,
    };
    let value = composer.compose(node, 0)?;
    value.is_object().then(|| Example {
        pointer: at.to_owned(),
        of,
        value,
        composed: true,
    })
}

/// As many schemas are visited for one value.
const MOST: usize = 2_000;

/// Maximum depth of an assembled example.
const MAX_EXAMPLE_DEPTH: usize = 6;

/// Puts a value together from the examples of its parts.
struct Composer<'a> {
    document: &'a Value,
    left: usize,
}

impl Composer<'_> {
    fn compose(&mut self, node: &Value, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        if depth > MAX_EXAMPLE_DEPTH {
            return None;
        }
        let node = resolve(self.document, node)?;
        let shown = node
            .get("example")
            .or_else(|| node.get(internal_extensions::EXAMPLES)?.get(0))
            .or_else(|| node.get(internal_extensions::CONST))
            .or_else(|| single_value(node.get("enum")?));
        if let Some(value) = shown {
            return Some(value.clone());
        }
        let alternatives = node.get("oneOf").or_else(|| node.get("anyOf"));
        if let Some(Value::Array(list)) = alternatives {
            return list.iter().find_map(|one| self.compose(one, depth + 1));
        }
        if let Some(items) = node.get("items") {
            return Some(Value::Array(vec![self.compose(items, depth + 1)?]));
        }
        self.members(node, depth)
    }

    /// An object of the properties that have something to show.
    fn members(&mut self, node: &Value, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        if let Some(Value::Array(parts)) = node.get("allOf") {
            for part in parts {
                match self.compose(part, depth + 1) {
                    Some(Value::Object(more)) => members.extend(more),
                    Some(other) => return Some(other),
                    None => {}
                }
            }
        }
        if let Some(Value::Object(properties)) = node.get("properties") {
            for (name, property) in properties {
                if let Some(value) = self.compose(property, depth + 1) {
                    members.insert(name.clone(), value);
                }
            }
        }
        (!members.is_empty()).then_some(Value::Object(members))
    }
}

/// The only value of a list.
fn single_value(list: &Value) -> Option<&Value> {
    match list.as_array()?.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}
