//! Insertion of properties into the text of a JSON object.
//!
//! The text comes from our own writer, so this module only finds the boundaries of properties.
//! Their bytes are preserved, including the spelling of numbers.

use std::ops::Range;

/// Sets a property to a JSON value, and replaces an existing property.
///
/// Returns `None` if the text is not an object. The name is unescaped.
#[inline]
pub(crate) fn set_property(object: &[u8], name: &str, value: &[u8]) -> Option<Vec<u8>> {
    let name = serde_json::to_vec(name).ok()?;
    let mut merged = vec![b'{'];
    for property in properties(object)? {
        let bytes = object.get(property)?;
        if key_of(bytes)? != serde_json::from_slice::<String>(&name).ok()? {
            merged.extend_from_slice(bytes);
            merged.push(b',');
        }
    }
    merged.extend_from_slice(&name);
    merged.push(b':');
    merged.extend_from_slice(value);
    merged.push(b'}');
    Some(merged)
}

/// Adds a property with a JSON value. Returns `None` if the property already exists.
#[inline]
pub(crate) fn add_property(object: &[u8], name: &str, value: &[u8]) -> Option<Vec<u8>> {
    let mut keys = properties(object)?
        .into_iter()
        .map(|at| key_of(object.get(at)?));
    let is_there = keys.any(|key| key.as_deref() == Some(name));
    (!is_there).then(|| set_property(object, name, value))?
}

/// Returns the unescaped name of a property (`"name":value`).
#[inline]
fn key_of(property: &[u8]) -> Option<String> {
    serde_json::Deserializer::from_slice(property)
        .into_iter::<String>()
        .next()?
        .ok()
}

/// Returns the ranges of an object's properties.
#[inline]
fn properties(object: &[u8]) -> Option<Vec<Range<usize>>> {
    let (b'{', b'}') = (object.first()?, object.last()?) else {
        return None;
    };
    let end = object.len() - 1;
    let mut found = Vec::new();
    let mut start = 1;
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (index, byte) in object.iter().enumerate().take(end).skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                found.push(start..index);
                start = index + 1;
            }
            _ => {}
        }
    }
    if start < end {
        found.push(start..end);
    }
    Some(found)
}
