//! Locations in a document, and the changes of the values there.

use serde_json::Value;

/// A location in a document: names and indices from the root.
pub(super) type Location = Vec<String>;

/// Returns the value at a location.
pub(super) fn get<'v>(document: &'v Value, location: &[String]) -> Option<&'v Value> {
    let mut names = location.iter();
    names.try_fold(document, |value, name| match value {
        Value::Object(members) => members.get(name),
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Returns the value at a location, mutably.
pub(super) fn get_mut<'v>(document: &'v mut Value, location: &[String]) -> Option<&'v mut Value> {
    let mut names = location.iter();
    names.try_fold(document, |value, name| match value {
        Value::Object(members) => members.get_mut(name),
        Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Merges an object into a value, property by property.
pub(super) fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// Adds to the list or the object at a location, or creates a property there.
pub(super) fn append(
    document: &mut Value,
    location: &[String],
    value: &Value,
) -> Result<(), String> {
    match (get_mut(document, location), value) {
        (Some(Value::Array(items)), Value::Array(more)) => items.extend(more.iter().cloned()),
        (Some(Value::Array(items)), value) => items.push(value.clone()),
        (Some(Value::Object(members)), Value::Object(more)) => {
            for (key, value) in more {
                if members.insert(key.clone(), value.clone()).is_some() {
                    return Err(format!("`{key}` exists already"));
                }
            }
        }
        (Some(_), _) => return Err("its target exists already".to_owned()),
        (None, value) => insert(document, location, value.clone())?,
    }
    Ok(())
}

/// Sets a property whose object exists.
pub(super) fn insert(
    document: &mut Value,
    location: &[String],
    value: Value,
) -> Result<(), String> {
    let parent = location
        .split_last()
        .and_then(|(name, parent)| Some((name, get_mut(document, parent)?)));
    match parent {
        Some((name, Value::Object(members))) => {
            members.insert(name.clone(), value);
            Ok(())
        }
        _ => Err("its target is not a property of an object".to_owned()),
    }
}

/// Removes the property or the element at a location, and returns it.
pub(super) fn remove(document: &mut Value, location: &[String]) -> Option<Value> {
    let (name, parent) = location.split_last()?;
    match get_mut(document, parent)? {
        Value::Object(members) => members.shift_remove(name),
        Value::Array(items) => {
            let index = name.parse().ok().filter(|index| *index < items.len())?;
            Some(items.remove(index))
        }
        _ => None,
    }
}
