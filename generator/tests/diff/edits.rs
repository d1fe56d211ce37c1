//! Single edits of a fixture document, and what each of them is expected to be.

use serde_json::{Map, Value};

/// An edit, with its expected codes and verdicts.
#[derive(Clone)]
pub(crate) struct Edit {
    pub(crate) name: String,
    /// Whether it is an edit of `events.yaml`, and not of `shop.yaml`.
    pub(crate) is_of_events: bool,
    spec: Map<String, Value>,
}

/// A fixture document with its configuration.
#[derive(Clone)]
pub(crate) struct Input {
    pub(crate) document: Value,
    pub(crate) config: Value,
}

const SHOP: &str = include_str!("shop.yaml");
const SDK: &str = include_str!("shop.sdk.yaml");
const EDITS: &str = include_str!("edits.yaml");
const EVENTS: &str = include_str!("events.yaml");
const EVENTS_SDK: &str = include_str!("events.sdk.yaml");
const EDITS_OF_EVENTS: &str = include_str!("edits_of_events.yaml");

impl Input {
    /// A document with structs, enums, parameters and methods.
    pub(crate) fn shop() -> Self {
        Self {
            document: serde_yaml::from_str(SHOP).expect("a document"),
            config: serde_yaml::from_str(SDK).expect("a configuration"),
        }
    }

    /// A document with webhooks, streams, unions and aliases.
    pub(crate) fn events() -> Self {
        Self {
            document: serde_yaml::from_str(EVENTS).expect("a document"),
            config: serde_yaml::from_str(EVENTS_SDK).expect("a configuration"),
        }
    }
}

impl Edit {
    /// All edits.
    pub(crate) fn all() -> Vec<Self> {
        let read = |text: &str, is_of_events: bool| {
            let list: Vec<Map<String, Value>> =
                serde_yaml::from_str(text).expect("a list of edits");
            let edits = list.into_iter().map(move |spec| Self {
                name: spec["edit"].as_str().expect("a name").to_owned(),
                is_of_events,
                spec,
            });
            edits.collect::<Vec<_>>()
        };
        [read(EDITS, false), read(EDITS_OF_EVENTS, true)].concat()
    }

    /// The codes of the changes, sorted.
    #[allow(dead_code, reason = "one of the tests needs verdicts only")]
    pub(crate) fn codes(&self) -> Vec<String> {
        let mut codes = self.texts("codes");
        codes.sort_unstable();
        codes
    }

    /// The effect on code, on old programs, and on new programs.
    pub(crate) fn verdict(&self) -> &str {
        self.spec["verdict"].as_str().expect("a verdict")
    }

    /// Whether it adds aliases to the configuration.
    #[allow(dead_code, reason = "one of the tests compiles nothing")]
    pub(crate) fn has_aliases(&self) -> bool {
        let mut entries = self.entries("config").into_iter();
        entries.any(|(key, _)| key == "aliases")
    }

    /// Makes the edit.
    pub(crate) fn apply(&self, input: &Input) -> Input {
        let mut input = input.clone();
        let document = &mut input.document;
        for (from, to) in self.moves() {
            let value = remove(document, &from);
            set(document, &to, value);
        }
        for pointer in self.texts("remove").iter().rev() {
            remove(document, pointer);
        }
        for (pointer, value) in self.entries("set") {
            set(document, &pointer, value);
        }
        for (pointer, value) in self.entries("add") {
            let list = document.pointer_mut(&pointer).expect("a list");
            list.as_array_mut().expect("a list").push(value);
        }
        if let Some(pointer) = self.spec.get("reorder").and_then(Value::as_str) {
            let value = remove(document, pointer);
            set(document, pointer, value);
        }
        if let Some(pointer) = self.spec.get("reorder-first").and_then(Value::as_str) {
            let value = remove(document, pointer);
            let (list, _) = parent(document, pointer);
            list.as_array_mut().expect("a list").insert(0, value);
        }
        for (from, to) in self.entries("replace") {
            let text = document.to_string();
            let to = to.as_str().expect("a text");
            *document = serde_json::from_str(&text.replace(&from, to)).expect("a document");
        }
        for (key, value) in self.entries("config") {
            input.config[key] = value;
        }
        input
    }

    fn texts(&self, key: &str) -> Vec<String> {
        match self.spec.get(key) {
            None => Vec::new(),
            Some(Value::String(text)) => vec![text.clone()],
            Some(list) => serde_json::from_value(list.clone()).expect("a list of texts"),
        }
    }

    fn moves(&self) -> Vec<(String, String)> {
        match self.texts("move").as_slice() {
            [from, to] => vec![(from.clone(), to.clone())],
            _ => Vec::new(),
        }
    }

    fn entries(&self, key: &str) -> Vec<(String, Value)> {
        let map = self.spec.get(key).and_then(Value::as_object).cloned();
        map.unwrap_or_default().into_iter().collect()
    }
}

/// The value that holds another, and the last segment of its pointer.
fn parent<'d>(document: &'d mut Value, pointer: &str) -> (&'d mut Value, String) {
    let (parent, last) = pointer.rsplit_once('/').expect("a pointer");
    let last = last.replace("~1", "/").replace("~0", "~");
    let parent = document.pointer_mut(parent);
    (
        parent.unwrap_or_else(|| panic!("nothing at {pointer}")),
        last,
    )
}

fn remove(document: &mut Value, pointer: &str) -> Value {
    let (parent, last) = parent(document, pointer);
    match parent {
        Value::Array(list) => list.remove(last.parse().expect("an index")),
        Value::Object(map) => map.shift_remove(&last).expect("a member"),
        other => panic!("{other} has no members"),
    }
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = parent(document, pointer);
    match parent {
        Value::Array(list) => list[last.parse::<usize>().expect("an index")] = value,
        Value::Object(map) => {
            map.insert(last, value);
        }
        other => panic!("{other} has no members"),
    }
}
