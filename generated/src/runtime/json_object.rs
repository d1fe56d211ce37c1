//! Puts members into a JSON object that is text already.
//!
//! The text is our own writer's, so this only has to find where its members start and
//! end; their bytes are kept as they are, down to the spelling of a number.

use std::ops::Range;

/// Adds `name` with a value in JSON form to an object, in place of a member of that name.
///
/// `None` if the text is not an object. The name is plain text.
#[inline]
pub(crate) fn set_member(object: &[u8], name: &str, value: &[u8]) -> Option<Vec<u8>> {
    let name = serde_json::to_vec(name).ok()?;
    let mut merged = vec![b'{'];
    for member in members(object)? {
        let bytes = object.get(member)?;
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

/// Adds `name` with a value in JSON form to an object; `None` if there is a member of that name.
#[inline]
pub(crate) fn add_member(object: &[u8], name: &str, value: &[u8]) -> Option<Vec<u8>> {
    let mut keys = members(object)?
        .into_iter()
        .map(|at| key_of(object.get(at)?));
    let is_there = keys.any(|key| key.as_deref() == Some(name));
    (!is_there).then(|| set_member(object, name, value))?
}

/// The unescaped key of a member, `"key":value`.
#[inline]
fn key_of(member: &[u8]) -> Option<String> {
    serde_json::Deserializer::from_slice(member)
        .into_iter::<String>()
        .next()?
        .ok()
}

/// Where the members of an object are.
#[inline]
fn members(object: &[u8]) -> Option<Vec<Range<usize>>> {
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
