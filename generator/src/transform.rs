//! Transforms: the changes of `openapi.transforms` to a description, before it is loaded.
//!
//! Each one names its targets by JSONPath. A target that does not exist is an error: the
//! description has changed, and the transform with it.

mod json_path;
mod location;

use serde_json::Value;

use self::json_path::JsonPath;
use self::location::{Location, append, get, get_mut, insert, merge, remove};
use crate::config::{At, Transform};
use crate::diagnostics::{Code, Diagnostic};

/// Applies transforms in their order. Returns a diagnostic for each that fails. A failed transform
/// changes nothing.
pub(crate) fn apply(transforms: &[At<Transform>], document: &mut Value) -> Vec<Diagnostic> {
    let failures = transforms.iter().filter_map(|transform| {
        let error = apply_one(&transform.value, document).err()?;
        let message = format!("The transform `{}` fails: {error}.", transform.command);
        let failure = Diagnostic::new(Code::TransformFailed, transform.pointer.clone(), message);
        let help = "Correct its arguments, or remove it if the description no longer needs it.";
        Some(failure.help(help).in_config())
    });
    failures.collect()
}

fn apply_one(transform: &Transform, document: &mut Value) -> Result<(), String> {
    let args = &transform.args;
    match transform.command.as_str() {
        "update" | "replaceValue" => {
            let value = argument(args, &["value"])?;
            let is_template = args.get("template") == Some(&Value::Bool(true));
            if paths(args, "target")?.iter().all(JsonPath::selects_names) {
                return rename_each(args, value, is_template, document);
            }
            edit_each(args, "target", document, &mut |old| {
                let new = if is_template {
                    fill_template(value, old)?
                } else {
                    value.clone()
                };
                *old = new;
                Ok(())
            })
        }
        "merge" | "mergeObject" => {
            let object = argument(args, &["object", "value"])?;
            edit_each(args, "target", document, &mut |old| {
                merge(old, object);
                Ok(())
            })
        }
        "append" => append_to_each(args, document),
        "remove" => remove_each(args, document),
        "copy" => copy(args, document, false),
        "move" => copy(args, document, true),
        other => Err(format!("`{other}` is not a command")),
    }
}

fn argument<'v>(args: &'v Value, names: &[&str]) -> Result<&'v Value, String> {
    let mut found = names.iter().filter_map(|name| args.get(name));
    let first = names.first().copied().unwrap_or_default();
    found.next().ok_or_else(|| format!("it has no `{first}`"))
}

/// Returns the paths under a name of the arguments: one, or a list.
fn paths(args: &Value, name: &str) -> Result<Vec<JsonPath>, String> {
    let texts = match argument(args, &[name])? {
        Value::String(text) => vec![text.as_str()],
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect()
        }
        Value::Object(target) if target.contains_key("matches_schema") => {
            return Err(
                "`matches_schema` is not supported; select the schemas by a JSONPath".to_owned(),
            );
        }
        _ => {
            return Err(format!(
                "its `{name}` is neither a JSONPath nor a list of them"
            ));
        }
    };
    texts.into_iter().map(JsonPath::parse).collect()
}

/// Returns the existing locations that the paths under a name select.
fn select_locations(args: &Value, name: &str, document: &Value) -> Result<Vec<Location>, String> {
    let mut all = Vec::new();
    for path in paths(args, name)? {
        if path.selects_names() {
            return Err(format!(
                "`{path}` selects names, which only `update` changes"
            ));
        }
        all.extend(find_some(&path, document)?);
    }
    Ok(all)
}

fn find_some(path: &JsonPath, document: &Value) -> Result<Vec<Location>, String> {
    let found = path.find(document);
    match found.is_empty() {
        true => Err(format!("nothing is at `{path}`")),
        false => Ok(found),
    }
}

/// Renames the properties that paths with `~` select. They keep their positions.
fn rename_each(
    args: &Value,
    value: &Value,
    is_template: bool,
    document: &mut Value,
) -> Result<(), String> {
    let mut edited = document.clone();
    let mut locations = Vec::new();
    for path in paths(args, "target")? {
        locations.extend(find_some(&path, document)?);
    }
    // Rename the innermost first, so that the outer locations stay valid.
    locations.sort_by_key(|location| std::cmp::Reverse(location.len()));
    for location in locations {
        let Some((old, parent)) = location.split_last() else {
            return Err("the document has no name".to_owned());
        };
        let new = if is_template {
            fill_template(value, &Value::String(old.clone()))?
        } else {
            value.clone()
        };
        let (Some(new), Some(Value::Object(members))) =
            (new.as_str(), get_mut(&mut edited, parent))
        else {
            return Err("a name is a text, of a property of an object".to_owned());
        };
        if new != old && members.contains_key(new) {
            return Err(format!("`{new}` exists already"));
        }
        let renamed = std::mem::take(members).into_iter();
        let rename = |(name, value)| match name == *old {
            true => (new.to_owned(), value),
            false => (name, value),
        };
        *members = renamed.map(rename).collect();
    }
    *document = edited;
    Ok(())
}

fn edit_each(
    args: &Value,
    name: &str,
    document: &mut Value,
    edit: &mut dyn FnMut(&mut Value) -> Result<(), String>,
) -> Result<(), String> {
    let mut edited = document.clone();
    for location in select_locations(args, name, document)? {
        if let Some(value) = get_mut(&mut edited, &location) {
            edit(value)?;
        }
    }
    *document = edited;
    Ok(())
}

/// Replaces `{{value}}` in the texts of a template by the old value.
fn fill_template(template: &Value, old: &Value) -> Result<Value, String> {
    const PLACEHOLDER: &str = "{{value}}";

    let Some(text) = template.as_str() else {
        return Err("a template is a text".to_owned());
    };
    let old = match old {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => old.to_string(),
        _ => return Err("a template replaces a text, a number or a boolean".to_owned()),
    };
    Ok(Value::String(text.replace(PLACEHOLDER, &old)))
}

/// Adds to lists and objects, and creates a property that does not exist.
fn append_to_each(args: &Value, document: &mut Value) -> Result<(), String> {
    let value = argument(args, &["value", "object"])?;
    let mut edited = document.clone();
    for path in paths(args, "target")? {
        let mut found = path.find(document);
        if found.is_empty() {
            found = path.find_missing(document);
        }
        if found.is_empty() {
            return Err(format!("nothing is at `{path}`"));
        }
        for location in found {
            append(&mut edited, &location, value)?;
        }
    }
    *document = edited;
    Ok(())
}

fn remove_each(args: &Value, document: &mut Value) -> Result<(), String> {
    let locations = select_locations(args, "target", document)?;
    let keys = match args.get("keys") {
        None => Vec::new(),
        Some(Value::Array(keys)) => keys.iter().filter_map(Value::as_str).collect(),
        Some(_) => return Err("its `keys` are not a list".to_owned()),
    };
    // Remove the last elements of a list first, so that the others keep their indices.
    for location in locations.iter().rev() {
        if keys.is_empty() {
            remove(document, location);
        } else if let Some(Value::Object(members)) = get_mut(document, location) {
            members.retain(|key, _| !keys.contains(&key.as_str()));
        }
    }
    Ok(())
}

/// Copies the value at `from` to each location of `to`. A move also removes the original.
fn copy(args: &Value, document: &mut Value, moves: bool) -> Result<(), String> {
    let from = match select_locations(args, "from", document)?.as_slice() {
        [only] => only.clone(),
        _ => return Err("its `from` is several values".to_owned()),
    };
    let value = get(document, &from).cloned().unwrap_or_default();
    let mut edited = document.clone();
    if moves {
        remove(&mut edited, &from);
    }
    for path in paths(args, "to")? {
        let mut found = path.find(&edited);
        if found.is_empty() {
            found = path.find_missing(&edited);
        }
        if found.is_empty() {
            return Err(format!("nothing is at `{path}`"));
        }
        for location in found {
            insert(&mut edited, &location, value.clone())?;
        }
    }
    *document = edited;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::apply;
    use crate::config::{At, Transform};
    use crate::source::Pointer;

    /// Returns the transformed document, or the errors.
    fn transform_or_errors(document: Value, transforms: Value) -> Result<Value, Vec<String>> {
        let transforms: Vec<At<Transform>> = transforms
            .as_array()
            .into_iter()
            .flatten()
            .map(|transform| {
                let command = transform["command"].as_str();
                let transform = Transform {
                    command: command.unwrap_or_default().to_owned(),
                    reason: None,
                    args: transform.clone(),
                };
                At::new(transform, Pointer::root())
            })
            .collect();
        let mut document = document;
        let errors = apply(&transforms, &mut document);
        if errors.is_empty() {
            return Ok(document);
        }
        Err(errors.into_iter().map(|error| error.message).collect())
    }

    #[test]
    fn each_command_changes_its_targets() {
        let document = json!({"a": {"x": 1, "y": [1, 2]}, "b": {"x": "two"}, "c": {}});
        let cases = [
            (
                json!({"command": "update", "target": "$.a.x", "value": 3}),
                json!({"a": {"x": 3, "y": [1, 2]}, "b": {"x": "two"}, "c": {}}),
            ),
            (
                json!({"command": "update", "target": "$.b.x", "value": "/v1{{value}}", "template": true}),
                json!({"a": {"x": 1, "y": [1, 2]}, "b": {"x": "/v1two"}, "c": {}}),
            ),
            (
                json!({"command": "append", "target": "$.a.y", "value": [3]}),
                json!({"a": {"x": 1, "y": [1, 2, 3]}, "b": {"x": "two"}, "c": {}}),
            ),
            (
                json!({"command": "append", "target": ["$.c.new", "$.c"], "value": {"z": 1}}),
                json!({"a": {"x": 1, "y": [1, 2]}, "b": {"x": "two"}, "c": {"new": {"z": 1}, "z": 1}}),
            ),
            (
                json!({"command": "merge", "target": "$.a", "object": {"y": null, "z": {"w": 1}}}),
                json!({"a": {"x": 1, "y": null, "z": {"w": 1}}, "b": {"x": "two"}, "c": {}}),
            ),
            (
                json!({"command": "remove", "target": ["$.a.y[0]", "$.c"]}),
                json!({"a": {"x": 1, "y": [2]}, "b": {"x": "two"}}),
            ),
            (
                json!({"command": "remove", "target": "$.*", "keys": ["x"]}),
                json!({"a": {"y": [1, 2]}, "b": {}, "c": {}}),
            ),
            (
                json!({"command": "copy", "from": "$.a.x", "to": "$.c.x"}),
                json!({"a": {"x": 1, "y": [1, 2]}, "b": {"x": "two"}, "c": {"x": 1}}),
            ),
            (
                json!({"command": "move", "from": "$.b", "to": "$.c.b"}),
                json!({"a": {"x": 1, "y": [1, 2]}, "c": {"b": {"x": "two"}}}),
            ),
            (
                json!({"command": "update", "target": "$[?(@property.match(/^[ab]$/))]~", "value": "{{value}}s", "template": true}),
                json!({"as": {"x": 1, "y": [1, 2]}, "bs": {"x": "two"}, "c": {}}),
            ),
            (
                json!({"command": "remove", "target": "$[?(@.x =~ /TWO/i)]"}),
                json!({"a": {"x": 1, "y": [1, 2]}, "c": {}}),
            ),
        ];
        for (transform, expected) in cases {
            let result = transform_or_errors(document.clone(), json!([transform.clone()]));
            assert_eq!(result, Ok(expected), "{transform}");
        }
    }

    #[test]
    fn a_failed_transform_is_reported_and_changes_nothing() {
        let document = json!({"a": {"x": 1}});
        let cases = [
            (
                json!({"command": "remove", "target": "$.b"}),
                "nothing is at `$.b`",
            ),
            (
                json!({"command": "append", "target": "$.a", "value": {"x": 2}}),
                "`x` exists already",
            ),
            (
                json!({"command": "update", "target": "$.a.x"}),
                "it has no `value`",
            ),
            (
                json!({"command": "turn", "target": "$.a"}),
                "`turn` is not a command",
            ),
            (
                json!({"command": "update", "target": "$.a[", "value": 1}),
                "`$.a[` is not a JSONPath: `]` is missing",
            ),
            (
                json!({"command": "remove", "target": "$.a~"}),
                "`$.a~` selects names, which only `update` changes",
            ),
            (
                json!({"command": "remove", "target": {"matches_schema": {}}}),
                "`matches_schema` is not supported; select the schemas by a JSONPath",
            ),
        ];
        for (transform, reason) in cases {
            let command = transform["command"].as_str().unwrap_or_default();
            let message = format!("The transform `{command}` fails: {reason}.");
            let result = transform_or_errors(document.clone(), json!([transform.clone()]));
            assert_eq!(result, Err(vec![message]), "{transform}");
        }
    }
}
