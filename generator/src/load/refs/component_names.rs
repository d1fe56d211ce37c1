//! Names for new components.

use serde_json::Value;

use super::ref_target;
use crate::source::Pointer;

/// Segments that name a container and not its content.
const CONTAINERS: &[&str] = &[
    "components",
    "schemas",
    "definitions",
    "$defs",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "examples",
    "securitySchemes",
    "securityDefinitions",
    "properties",
    "patternProperties",
    "paths",
    "content",
    "schema",
    "allOf",
];

/// Returns a name for the value at a pointer, from the significant segments of the pointer. The
/// root of a file takes `stem`, the name of the file.
pub(super) fn component_name(root: &Value, pointer: &Pointer, stem: &str) -> String {
    let segments: Vec<String> = pointer.segments().collect();
    if let Some(name) = name_parameter(root, pointer, &segments) {
        return sanitize(&name);
    }
    // A component has the same name in every file.
    if let [components, _, name] = segments.as_slice()
        && components == "components"
        && !name.is_empty()
    {
        return name.clone();
    }
    let mut parts = Vec::new();
    let mut rest = segments.as_slice();
    match rest {
        [paths, path, method, after @ ..] if paths == "paths" => {
            parts.push(operation(root, path, method));
            rest = after;
        }
        [components, _, after @ ..] if components == "components" => rest = after,
        [container, after @ ..] if CONTAINERS.contains(&container.as_str()) => rest = after,
        _ => {}
    }
    if let Some(i) = rest
        .iter()
        .rposition(|s| s == "$defs" || s == "definitions")
    {
        // A named definition needs only its own name.
        rest = rest.get(i..).unwrap_or_default();
        parts.clear();
    }
    let mut after_content = false;
    for segment in rest {
        if !after_content {
            parts.extend(name_segment(segment));
        }
        after_content = segment == "content";
    }
    let name = sanitize(&parts.join("_"));
    if name.is_empty() {
        sanitize(stem)
    } else {
        name
    }
}

/// Returns the `name` of a parameter in a list.
fn name_parameter(root: &Value, pointer: &Pointer, segments: &[String]) -> Option<String> {
    let [.., list, index] = segments else {
        return None;
    };
    let is_listed = list == "parameters" && index.parse::<usize>().is_ok();
    let parameter = ref_target::get(root, pointer).filter(|_| is_listed)?;
    Some(
        parameter
            .get("in")
            .and(parameter.get("name"))?
            .as_str()?
            .to_owned(),
    )
}

fn name_segment(segment: &str) -> Option<String> {
    match segment {
        "responses" => Some("response".to_owned()),
        "requestBody" => Some("request".to_owned()),
        "items" => Some("item".to_owned()),
        "additionalProperties" => Some("value".to_owned()),
        "oneOf" | "anyOf" => Some("option".to_owned()),
        // The successful response needs no status.
        "200" | "201" | "default" => None,
        _ if CONTAINERS.contains(&segment) => None,
        _ => Some(segment.to_owned()),
    }
}

fn operation(root: &Value, path: &str, method: &str) -> String {
    let id = ["paths", path, method, "operationId"]
        .iter()
        .try_fold(root, |value, key| ref_target::get_child(value, key))
        .and_then(Value::as_str);
    id.map_or_else(|| format!("{method}_{path}"), str::to_owned)
}

/// Removes the characters that component names cannot contain.
fn sanitize(name: &str) -> String {
    let mut clean = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
            clean.push(c);
        } else if !clean.is_empty() && !clean.ends_with('_') {
            clean.push('_');
        }
    }
    clean.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::component_name;
    use crate::source::Pointer;

    #[test]
    fn names_describe_the_component_and_not_its_position() {
        let root = json!({"paths": {"/a/{id}": {"get": {"operationId": "getA"}}}});
        for (pointer, name) in [
            (
                "/paths/~1a~1{id}/get/responses/200/content/application~1json/schema",
                "getA_response",
            ),
            (
                "/paths/~1a~1{id}/put/requestBody/content/text~1json/schema",
                "put_a_id_request",
            ),
            ("/components/schemas/Pet/properties/owner", "Pet_owner"),
            (
                "/components/schemas/Pet/properties/tags/items",
                "Pet_tags_item",
            ),
            ("/components/schemas/Pet/$defs/Tag", "Tag"),
            ("/definitions/Pet", "Pet"),
            ("/components/schemas/+1 für @", "+1 für @"),
            (
                "/components/responses/Gone/content/application~1json/schema",
                "Gone",
            ),
            ("", "stem"),
        ] {
            assert_eq!(
                component_name(&root, &Pointer::parse(pointer), "stem"),
                name,
                "{pointer}"
            );
        }
    }
}
