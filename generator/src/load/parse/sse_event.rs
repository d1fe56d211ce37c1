//! The schema of a server-sent event in OpenAPI 3.2: an object of `event`, `data`, `id` and
//! `retry`. `data` is a string that contains JSON with a schema of its own.
//!
//! Users want that JSON, so its schema replaces the schema of the string.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::load::growth_limit::GrowthBudget;

/// Prefix of references to schemas.
const SCHEMAS: &str = "#/components/schemas/";

/// The components that schemas of events refer to.
#[derive(Debug, Default)]
pub(super) struct StreamEvents {
    /// The schemas by name.
    schemas: HashMap<String, Value>,
    /// Number of bytes that inlined references may still add. Otherwise a thousand streams could
    /// copy the same component a thousand times.
    budget: GrowthBudget,
}

impl StreamEvents {
    /// Collects the components of a document.
    pub(super) fn collect(root: &Map<String, Value>) -> Self {
        let mut events = Self {
            budget: GrowthBudget::for_text(0),
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
            items.extend(subschemas(schema));
            let Some(name) =
                component_name(schema).filter(|name| !events.schemas.contains_key(*name))
            else {
                continue;
            };
            if let Some(found) = schemas.get(name) {
                events.schemas.insert(name.to_owned(), found.clone());
                items.push(found);
            }
        }
        events
    }

    /// Returns the schema of events, with the schema of the JSON instead of its text.
    ///
    /// For an event that is not one of several, this is the schema of the JSON alone: its name and
    /// id do not select a type.
    pub(super) fn replace_data_schema(&mut self, schema: Value) -> Value {
        let whole = self.inline_refs(&schema);
        if let Some(content) = find_json_schema(&whole) {
            return content.clone();
        }
        let inlined: Vec<Value> = subschemas(&whole).map(|it| self.inline_refs(it)).collect();
        if !inlined
            .iter()
            .any(|schema| find_json_schema(schema).is_some())
        {
            return schema;
        }
        let shared = whole.get("properties");
        if !shared.is_none_or(|shared| inlined.iter().all(|_| self.budget.spend(shared))) {
            return schema;
        }
        let variants: Vec<Value> = subschemas(&whole)
            .zip(inlined)
            .map(|(original, inlined)| {
                let is_merged = find_json_schema(&inlined).is_some() || has_properties(&whole);
                match is_merged {
                    true => merge_variant(&whole, inlined),
                    false => original.clone(),
                }
            })
            .collect();
        let mut typed = Map::new();
        // The name of an event selects the variant. A discriminator would refer to the components.
        for keyword in ["title", "description"] {
            let value = whole.get(keyword);
            typed.extend(value.map(|value| (keyword.to_owned(), value.clone())));
        }
        typed.insert("oneOf".to_owned(), variants.into());
        typed.into()
    }

    /// Returns a schema with the references of its `oneOf` and `data` inlined.
    fn inline_refs(&mut self, schema: &Value) -> Value {
        let mut inlined = schema.clone();
        while let Some((name, found)) =
            component_name(&inlined).and_then(|name| self.schemas.get_key_value(name))
            && let Value::Object(target) = found
            && !self.budget.is_spent()
            && self.budget.spend(found)
        {
            let mut target = target.clone();
            target.entry("title").or_insert_with(|| json!(name));
            if let Value::Object(siblings) = &mut inlined {
                siblings.remove("$ref");
                merge_keywords(&mut target, siblings);
            }
            inlined = target.into();
        }
        inlined
    }
}

/// Returns a subschema of events, with the properties that its parent declares for all of them.
fn merge_variant(whole: &Value, mut subschema: Value) -> Value {
    let mut all = Map::new();
    for keyword in ["type", "properties", "required"] {
        let value = whole.get(keyword);
        all.extend(value.map(|value| (keyword.to_owned(), value.clone())));
    }
    let mut all = Value::Object(all);
    if let Some(content) = find_json_schema(&subschema).cloned() {
        // The annotations of the shared `data` describe the string, not the JSON.
        for schema in [&mut all, &mut subschema] {
            if let Some(data) = schema.pointer_mut("/properties/data") {
                *data = content.clone();
            }
        }
    }
    if let (Value::Object(all), Value::Object(own)) = (&mut all, &subschema) {
        merge_keywords(all, own);
    }
    all
}

/// Merges keywords into a schema. Properties and `required` are added; other keywords are replaced.
fn merge_keywords(schema: &mut Map<String, Value>, keywords: &Map<String, Value>) {
    for (keyword, value) in keywords {
        match (schema.get_mut(keyword), value) {
            (Some(Value::Object(properties)), Value::Object(own)) if keyword == "properties" => {
                for (name, own) in own {
                    match (properties.get_mut(name), own) {
                        (Some(Value::Object(property)), Value::Object(own)) => {
                            property.extend(own.clone());
                        }
                        _ => _ = properties.insert(name.clone(), own.clone()),
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

/// Returns the name of the component that a schema refers to.
fn component_name(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

fn subschemas(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["oneOf", "anyOf"].into_iter();
    let lists = lists.filter_map(|keyword| schema.get(keyword)?.as_array());
    lists.flatten()
}

fn has_properties(schema: &Value) -> bool {
    schema.get("properties").is_some()
}

/// Returns the schema of the JSON in the data of an event.
fn find_json_schema(schema: &Value) -> Option<&Value> {
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
    fn unresolved_references_are_kept() {
        let mut events = events(&json!({
            "Ring": {"$ref": "#/components/schemas/Ring"},
            "Union": {"oneOf": [{"$ref": "#/components/schemas/Union"}, {"$ref": "#/components/schemas/None"}]},
        }));
        for name in ["Ring", "Union", "None"] {
            let schema = json!({"$ref": format!("#/components/schemas/{name}")});
            assert_eq!(events.replace_data_schema(schema.clone()), schema);
        }
    }

    #[test]
    fn copies_of_schemas_are_limited() {
        let data = json!({"contentSchema": {"enum": vec![1; 1000]}});
        let mut events = events(&json!({"Event": {"properties": {"data": data}}}));
        let schema = json!({"$ref": "#/components/schemas/Event"});
        let typed = (0..10_000).filter(|_| events.replace_data_schema(schema.clone()) != schema);
        assert!((1..1000).contains(&typed.count()));
    }
}
