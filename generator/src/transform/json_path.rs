//! JSONPath (RFC 9535), as far as transforms use it: names, indices, wildcards, descendants, and
//! filters that compare one property.

use std::fmt;

use serde_json::Value;

/// A location in a document: names and indices from the root.
pub(super) type Location = Vec<String>;

/// A parsed path.
#[derive(Debug, Clone)]
pub(super) struct JsonPath {
    text: String,
    steps: Vec<Step>,
}

/// A segment of a path.
#[derive(Debug, Clone)]
struct Step {
    /// Whether the selector applies to all descendants: `..`.
    is_deep: bool,
    selector: Selector,
}

#[derive(Debug, Clone)]
enum Selector {
    /// Any of these names or indices.
    Names(Vec<String>),
    /// `*`.
    Any,
    /// `?(@.property == value)`, or `?(@.property)` without a value.
    Filter {
        property: Vec<String>,
        comparison: Option<(bool, Value)>,
    },
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl JsonPath {
    /// Parses a path.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let invalid = |reason: &str| format!("`{text}` is not a JSONPath: {reason}");
        let mut rest = text
            .trim()
            .strip_prefix('$')
            .ok_or_else(|| invalid("it does not begin with `$`"))?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = parse_step(rest).map_err(|reason| invalid(&reason))?;
            steps.push(step);
            rest = after;
        }
        Ok(Self {
            text: text.to_owned(),
            steps,
        })
    }

    /// Finds the locations that exist, in the order of the document.
    pub(super) fn find(&self, document: &Value) -> Vec<Location> {
        find_all(&self.steps, document)
    }

    /// Finds the locations of properties that do not exist yet, in objects that do.
    pub(super) fn find_missing(&self, document: &Value) -> Vec<Location> {
        let Some((last, parents)) = self.steps.split_last() else {
            return Vec::new();
        };
        let Selector::Names(names) = &last.selector else {
            return Vec::new();
        };
        let parents = find_all(parents, document).into_iter();
        let parents = parents.filter(|_| !last.is_deep);
        let parents = parents.filter(|parent| get(document, parent).is_some_and(Value::is_object));
        let below = |parent: &Location, name: &String| {
            [parent.as_slice(), std::slice::from_ref(name)].concat()
        };
        parents
            .flat_map(|parent| names.iter().map(move |name| below(&parent, name)))
            .collect()
    }
}

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

fn find_all(steps: &[Step], document: &Value) -> Vec<Location> {
    let mut found: Vec<Location> = vec![Vec::new()];
    for step in steps {
        let mut next = Vec::new();
        for location in &found {
            if let Some(value) = get(document, location) {
                step.select(value, location, &mut next);
            }
        }
        found = next;
    }
    found
}

impl Step {
    fn select(&self, value: &Value, at: &Location, into: &mut Vec<Location>) {
        for (name, child) in list_children(value) {
            let mut location = at.clone();
            location.push(name.clone());
            if self.selector.is_match(&name, child) {
                into.push(location.clone());
            }
            if self.is_deep {
                self.select(child, &location, into);
            }
        }
    }
}

impl Selector {
    fn is_match(&self, name: &str, value: &Value) -> bool {
        match self {
            Self::Names(names) => names.iter().any(|known| known == name),
            Self::Any => true,
            Self::Filter {
                property,
                comparison,
            } => match (get(value, property), comparison) {
                (found, Some((is_equal, expected))) => (found == Some(expected)) == *is_equal,
                (found, None) => found.is_some(),
            },
        }
    }
}

/// Returns the properties of an object or the elements of a list, by name.
fn list_children(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), value))
            .collect(),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, value)| (index.to_string(), value))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Parses the first segment of a path. Returns it with the rest.
fn parse_step(text: &str) -> Result<(Step, &str), String> {
    let (is_deep, rest) = match text.strip_prefix("..") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if let Some(inside) = rest.strip_prefix('[') {
        let (selector, rest) = parse_brackets(inside)?;
        return Ok((Step { is_deep, selector }, rest));
    }
    let rest = match (is_deep, rest.strip_prefix('.')) {
        (true, _) => rest,
        (false, Some(rest)) => rest,
        (false, None) => return Err(format!("`.` or `[` is missing before `{rest}`")),
    };
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let selector = match name {
        "" => return Err("a name is missing".to_owned()),
        "*" => Selector::Any,
        name if name.contains(|c: char| c.is_whitespace() || "<>=!()&|~^@".contains(c)) => {
            return Err(format!("`{name}` is not a name"));
        }
        name => Selector::Names(vec![name.to_owned()]),
    };
    Ok((Step { is_deep, selector }, after))
}

/// Parses the content of brackets. Returns it with the text after them.
fn parse_brackets(text: &str) -> Result<(Selector, &str), String> {
    let end = closing_bracket(text).ok_or("`]` is missing")?;
    let (inside, rest) = text.split_at(end);
    let rest = rest.get(1..).unwrap_or_default();
    let inside = inside.trim();
    if inside == "*" {
        return Ok((Selector::Any, rest));
    }
    if let Some(filter) = inside.strip_prefix('?') {
        return Ok((parse_filter(filter)?, rest));
    }
    let names = split_outside_quotes(inside);
    let names: Result<Vec<String>, String> = names
        .into_iter()
        .map(|name| {
            let name = name.trim();
            match unquote_string(name) {
                Some(name) => Ok(name),
                None if !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()) => {
                    Ok(name.to_owned())
                }
                None => Err(format!("`{name}` is neither a quoted name nor an index")),
            }
        })
        .collect();
    Ok((Selector::Names(names?), rest))
}

/// Parses a filter: `(@.a.b == 'c')`, `@.a != 1` or `@.a`.
fn parse_filter(text: &str) -> Result<Selector, String> {
    let text = text.trim();
    let inside = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let text = inside.unwrap_or(text).trim();
    let unsupported = || format!("the filter `{text}` is not supported");
    if text.contains("&&") || text.contains("||") {
        return Err(unsupported());
    }
    let operators = [("===", true), ("!==", false), ("==", true), ("!=", false)];
    let found = operators.iter().find_map(|(operator, is_equal)| {
        let (property, value) = text.split_once(operator)?;
        Some((property, Some((*is_equal, value))))
    });
    let (property, comparison) = found.unwrap_or((text, None));
    let property = property.trim().strip_prefix('@').ok_or_else(unsupported)?;
    let mut names = Vec::new();
    let mut rest = property;
    while !rest.is_empty() {
        let (step, after) = parse_step(rest)?;
        match step.selector {
            Selector::Names(mut list) if list.len() == 1 && !step.is_deep => {
                names.append(&mut list)
            }
            _ => return Err(unsupported()),
        }
        rest = after;
    }
    let comparison = comparison.map(|(is_equal, value)| {
        let value = value.trim();
        let value = match unquote_string(value) {
            Some(text) => Value::String(text),
            None => serde_json::from_str(value).map_err(|_| unsupported())?,
        };
        Ok::<_, String>((is_equal, value))
    });
    Ok(Selector::Filter {
        property: names,
        comparison: comparison.transpose()?,
    })
}

/// Returns the index of the closing bracket, outside of quotes and of nested brackets.
fn closing_bracket(text: &str) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') if depth == 0 => return Some(index),
            (None, ']') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

fn split_outside_quotes(text: &str) -> Vec<&str> {
    let mut quote = None;
    text.split(|c: char| match quote {
        Some(open) => {
            if c == open {
                quote = None;
            }
            false
        }
        None => {
            if c == '\'' || c == '"' {
                quote = Some(c);
            }
            c == ','
        }
    })
    .collect()
}

fn unquote_string(text: &str) -> Option<String> {
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    let inside = quoted('\'').or_else(|| quoted('"'))?;
    Some(inside.replace("\\'", "'").replace("\\\"", "\""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::JsonPath;

    #[test]
    fn paths_select_locations() {
        let document = json!({
            "paths": {"/a/{id}": {"get": {"parameters": [{"name": "x", "in": "query"}, {"name": "y", "in": "path"}]}}},
            "list": [1, 2],
        });
        let cases = [
            ("$", vec![""]),
            ("$.list[1]", vec!["list 1"]),
            ("$.list[*]", vec!["list 0", "list 1"]),
            ("$.paths['/a/{id}'].get", vec!["paths /a/{id} get"]),
            ("$[\"list\", 'paths']", vec!["paths", "list"]),
            (
                "$..name",
                vec![
                    "paths /a/{id} get parameters 0 name",
                    "paths /a/{id} get parameters 1 name",
                ],
            ),
            (
                "$..parameters[?(@.name == 'y')]",
                vec!["paths /a/{id} get parameters 1"],
            ),
            (
                "$..parameters[?(@.in != 'path')].name",
                vec!["paths /a/{id} get parameters 0 name"],
            ),
            ("$..[?(@.get)]", vec!["paths /a/{id}"]),
            ("$.list[2]", vec![]),
        ];
        for (path, expected) in cases {
            let found = JsonPath::parse(path).map(|path| path.find(&document));
            let found = found.map(|found| found.iter().map(|at| at.join(" ")).collect::<Vec<_>>());
            assert_eq!(
                found,
                Ok(expected.iter().map(|at| (*at).to_owned()).collect()),
                "{path}"
            );
        }
    }

    #[test]
    fn unsupported_paths_are_reported() {
        for path in [
            "a",
            "$.a[",
            "$.a[b]",
            "$.a[?(@.x > 1)]",
            "$.a[?(@.x == 1 && @.y)]",
            "$..",
            "$.a[(@.length-1)]",
        ] {
            assert!(JsonPath::parse(path).is_err(), "{path}");
        }
    }
}
