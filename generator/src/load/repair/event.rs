//! The schema of a server-sent event, as OpenAPI 3.2 writes it: an object of `event`, `data`, `id`
//! and `retry`, whose data is a text that holds JSON of a schema of its own.
//!
//! What users want is that JSON, so its schema takes the place of the text's.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Where components are that events can be.
const SCHEMAS: &str = "#/components/schemas/";

/// The components that the items of streams are, or that these are one of, by their names.
#[derive(Debug, Default)]
pub(super) struct Events(HashMap<String, Value>);

impl Events {
    /// Those of a document.
    pub(super) fn of(root: &Map<String, Value>) -> Self {
        let mut events = Self::default();
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        let Some(schemas) = schemas else {
            return events;
        };
        let mut left: Vec<&Value> = root.values().collect();
        let mut items = Vec::new();
        while let Some(value) = left.pop() {
            match value {
                Value::Array(list) => left.extend(list),
                Value::Object(map) => {
                    items.extend(map.get("itemSchema"));
                    left.extend(map.values());
                }
                _ => {}
            }
        }
        while let Some(schema) = items.pop() {
            items.extend(alternatives(schema));
            let Some(name) = name(schema).filter(|name| !events.0.contains_key(*name)) else {
                continue;
            };
            if let Some(found) = schemas.get(name) {
                events.0.insert(name.to_owned(), found.clone());
                items.push(found);
            }
        }
        events
    }

    /// A schema of events in which data that is JSON has the schema of the JSON.
    ///
    /// Of an event that is declared by itself this is the whole schema: its name and id say nothing
    /// of its type.
    pub(super) fn of_json(&self, schema: Value) -> Value {
        let whole = self.followed(&schema);
        if let Some(content) = content(&whole) {
            return content.clone();
        }
        let each: Vec<Value> = alternatives(&whole).map(|it| self.followed(it)).collect();
        if !each.iter().any(|one| content(one).is_some()) {
            return schema;
        }
        let each = alternatives(&whole).zip(each);
        let each: Vec<Value> = each
            .map(
                |(given, one)| match content(&one).is_some() || has_members(&whole) {
                    true => typed(&whole, one),
                    false => given.clone(),
                },
            )
            .collect();
        let mut typed = Map::new();
        for keyword in ["title", "description", "discriminator"] {
            let said = whole.get(keyword);
            typed.extend(said.map(|said| (keyword.to_owned(), said.clone())));
        }
        typed.insert("oneOf".to_owned(), each.into());
        typed.into()
    }

    /// A schema, with that in it which it refers to.
    fn followed(&self, schema: &Value) -> Value {
        let mut followed = schema.clone();
        // A chain of references is not longer than there are components.
        for _ in 0..=self.0.len() {
            let Some((name, target)) = name(&followed)
                .and_then(|name| self.0.get_key_value(name))
                .and_then(|(name, target)| Some((name, target.as_object()?)))
            else {
                break;
            };
            let mut target = target.clone();
            target.entry("title").or_insert_with(|| json!(name));
            if let Value::Object(beside) = &mut followed {
                beside.remove("$ref");
                laid_over(&mut target, beside);
            }
            followed = target.into();
        }
        followed
    }
}

/// An alternative as a schema of its own, of events whose members stand beside all of them.
fn typed(whole: &Value, mut alternative: Value) -> Value {
    let mut all = Map::new();
    for keyword in ["type", "properties", "required"] {
        let said = whole.get(keyword);
        all.extend(said.map(|said| (keyword.to_owned(), said.clone())));
    }
    let mut all = Value::Object(all);
    if let Some(content) = content(&alternative).cloned() {
        // What is said of the data beside the alternatives is said of the text.
        for schema in [&mut all, &mut alternative] {
            if let Some(data) = schema.pointer_mut("/properties/data") {
                *data = content.clone();
            }
        }
    }
    if let (Value::Object(all), Value::Object(own)) = (&mut all, &alternative) {
        laid_over(all, own);
    }
    all
}

/// Lays keywords over a schema: members and what is required are added to, others replaced.
fn laid_over(schema: &mut Map<String, Value>, keywords: &Map<String, Value>) {
    for (keyword, value) in keywords {
        match (schema.get_mut(keyword), value) {
            (Some(Value::Object(members)), Value::Object(own)) if keyword == "properties" => {
                for (name, own) in own {
                    match (members.get_mut(name), own) {
                        (Some(Value::Object(member)), Value::Object(own)) => {
                            member.extend(own.clone());
                        }
                        _ => _ = members.insert(name.clone(), own.clone()),
                    }
                }
            }
            (Some(Value::Array(names)), Value::Array(own)) if keyword == "required" => {
                names.extend(own.iter().cloned());
            }
            _ => _ = schema.insert(keyword.clone(), value.clone()),
        }
    }
}

/// The component that a schema refers to.
fn name(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

fn alternatives(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["oneOf", "anyOf"].into_iter();
    let lists = lists.filter_map(|keyword| schema.get(keyword)?.as_array());
    lists.flatten()
}

fn has_members(schema: &Value) -> bool {
    schema.get("properties").is_some()
}

/// The schema of the JSON that the data of an event holds.
fn content(schema: &Value) -> Option<&Value> {
    let data = schema.pointer("/properties/data")?;
    let media_type = data.get("contentMediaType").and_then(Value::as_str);
    let json = media_type.is_none_or(|kind| kind.contains("json"));
    data.get("contentSchema").filter(|_| json)
}
