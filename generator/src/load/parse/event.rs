//! The schema of a server-sent event, as OpenAPI 3.2 writes it: an object of `event`, `data`, `id`
//! and `retry`, whose data is a text that holds JSON of a schema of its own.
//!
//! What users want is that JSON, so its schema takes the place of the text's.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::load::budget::Budget;

/// Where components are that events can be.
const SCHEMAS: &str = "#/components/schemas/";

/// The components that the items of streams are, or that these are one of.
#[derive(Debug, Default)]
pub(super) struct StreamEvents {
    /// The schemas by their names.
    schemas: HashMap<String, Value>,
    /// What may still be put in the place of references: a component that a thousand streams refer
    /// to is there a thousand times.
    budget: Budget,
}

impl StreamEvents {
    /// Those of a document.
    pub(super) fn collect(root: &Map<String, Value>) -> Self {
        let mut events = Self {
            budget: Budget::of_text(0),
            ..Self::default()
        };
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
            let Some(name) = name(schema).filter(|name| !events.schemas.contains_key(*name)) else {
                continue;
            };
            if let Some(found) = schemas.get(name) {
                events.schemas.insert(name.to_owned(), found.clone());
                items.push(found);
            }
        }
        events
    }

    /// A schema of events in which data that is JSON has the schema of the JSON.
    ///
    /// Of an event that is declared by itself this is the whole schema: its name and id say nothing
    /// of its type.
    pub(super) fn of_json(&mut self, schema: Value) -> Value {
        let whole = self.followed(&schema);
        if let Some(content) = content(&whole) {
            return content.clone();
        }
        let each: Vec<Value> = alternatives(&whole).map(|it| self.followed(it)).collect();
        if !each.iter().any(|one| content(one).is_some()) {
            return schema;
        }
        let shared = whole.get("properties");
        if !shared.is_none_or(|shared| each.iter().all(|_| self.budget.spend(shared))) {
            return schema;
        }
        let each = alternatives(&whole).zip(each);
        let each: Vec<Value> = each
            .map(
                |(given, one)| match content(&one).is_some() || has_members(&whole) {
                    true => typed_event(&whole, one),
                    false => given.clone(),
                },
            )
            .collect();
        let mut typed = Map::new();
        // The name of an event tells them apart; a discriminator would lead to the components.
        for keyword in ["title", "description"] {
            let said = whole.get(keyword);
            typed.extend(said.map(|said| (keyword.to_owned(), said.clone())));
        }
        typed.insert("oneOf".to_owned(), each.into());
        typed.into()
    }

    /// A schema, with that in it which it refers to.
    fn followed(&mut self, schema: &Value) -> Value {
        let mut followed = schema.clone();
        while let Some((name, found)) =
            name(&followed).and_then(|name| self.schemas.get_key_value(name))
            && let Value::Object(target) = found
            && !self.budget.is_spent()
            && self.budget.spend(found)
        {
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
fn typed_event(whole: &Value, mut alternative: Value) -> Value {
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::StreamEvents;

    fn events(schemas: &Value) -> StreamEvents {
        let items = schemas.as_object().into_iter().flatten();
        let items: Vec<_> = items
            .map(
                |(name, _)| json!({"itemSchema": {"$ref": format!("#/components/schemas/{name}")}}),
            )
            .collect();
        let root = json!({"components": {"schemas": schemas}, "paths": items});
        root.as_object()
            .map(StreamEvents::collect)
            .unwrap_or_default()
    }

    #[test]
    fn references_that_lead_nowhere_are_left() {
        let mut events = events(&json!({
            "Ring": {"$ref": "#/components/schemas/Ring"},
            "Union": {"oneOf": [{"$ref": "#/components/schemas/Union"}, {"$ref": "#/components/schemas/None"}]},
        }));
        for name in ["Ring", "Union", "None"] {
            let schema = json!({"$ref": format!("#/components/schemas/{name}")});
            assert_eq!(events.of_json(schema.clone()), schema);
        }
    }

    #[test]
    fn what_is_copied_has_a_limit() {
        let data = json!({"contentSchema": {"enum": vec![1; 1000]}});
        let mut events = events(&json!({"Event": {"properties": {"data": data}}}));
        let schema = json!({"$ref": "#/components/schemas/Event"});
        let typed = (0..10_000).filter(|_| events.of_json(schema.clone()) != schema);
        assert!((1..1000).contains(&typed.count()));
    }
}
