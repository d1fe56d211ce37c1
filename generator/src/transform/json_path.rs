//! JSONPath (RFC 9535), as far as transforms use it: names, indices, slices, wildcards, descendants,
//! filters, and of JSONPath-Plus the parent `^` and the property names `~`.

mod filter;
mod literal;
mod parser;

use std::fmt;

use serde_json::Value;

use self::filter::Filter;
use self::parser::parse_step;
use super::location::{Location, get};

/// A parsed path.
#[derive(Debug, Clone)]
pub(super) struct JsonPath {
    text: String,
    steps: Vec<Step>,
    /// Whether it selects the names of properties, and not their values: `~` at the end.
    selects_names: bool,
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
    /// `start:end`, of the elements of a list. Negative positions count from the end.
    Slice(Option<i64>, Option<i64>),
    /// `?(…)`.
    Filter(Filter),
    /// `^`: the parent.
    Parent,
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
        let selects_names = rest.ends_with('~');
        rest = rest.strip_suffix('~').unwrap_or(rest);
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = parse_step(rest).map_err(|reason| invalid(&reason))?;
            steps.push(step);
            rest = after;
        }
        Ok(Self {
            text: text.to_owned(),
            steps,
            selects_names,
        })
    }

    /// Whether it selects the names of properties, and not their values.
    pub(super) const fn selects_names(&self) -> bool {
        self.selects_names
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
        if matches!(self.selector, Selector::Parent) {
            if let Some((_, parent)) = at.split_last()
                && !into.iter().any(|found| found == parent)
            {
                into.push(parent.to_vec());
            }
            return;
        }
        let length = value.as_array().map(Vec::len);
        for (name, child) in list_children(value) {
            let mut location = at.clone();
            location.push(name.clone());
            if self.selector.is_match(&name, child, length) {
                into.push(location.clone());
            }
            if self.is_deep {
                self.select(child, &location, into);
            }
        }
    }
}

impl Selector {
    /// Whether a child is selected. `length` is that of the list that it is an element of.
    fn is_match(&self, name: &str, value: &Value, length: Option<usize>) -> bool {
        match self {
            Self::Names(names) => names
                .iter()
                .any(|known| known == name || is_index_from_end(known, name, length)),
            Self::Any => true,
            Self::Slice(start, end) => {
                let index = name.parse::<i64>().ok();
                let length = length.and_then(|length| i64::try_from(length).ok());
                index.zip(length).is_some_and(|(index, length)| {
                    let from_start = |at: i64| if at < 0 { at + length } else { at };
                    index >= from_start(start.unwrap_or_default())
                        && index < end.map_or(length, from_start)
                })
            }
            Self::Filter(filter) => filter.is_match(name, value),
            Self::Parent => false,
        }
    }
}

/// Whether `-1` is the last index of a list, and so on.
fn is_index_from_end(known: &str, name: &str, length: Option<usize>) -> bool {
    let back = known
        .strip_prefix('-')
        .and_then(|back| back.parse::<usize>().ok());
    let index = back
        .zip(length)
        .and_then(|(back, length)| length.checked_sub(back));
    index.is_some_and(|index| index.to_string() == name)
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
            ("$.list[-1]", vec!["list 1"]),
            ("$.list[:1]", vec!["list 0"]),
            ("$.list[-1:]", vec!["list 1"]),
            ("$.list[?(@ > 1)]", vec!["list 1"]),
            (
                "$..parameters[?(@.in == 'query' && !(@.name == 'y'))]",
                vec!["paths /a/{id} get parameters 0"],
            ),
            (
                "$..parameters[?(@.in == 'body' || @.in == 'path')]",
                vec!["paths /a/{id} get parameters 1"],
            ),
            ("$.paths[?(@property == '/a/{id}')]", vec!["paths /a/{id}"]),
            ("$.paths[?(@property.match(/^.a/))]", vec!["paths /a/{id}"]),
            (
                "$..parameters[?(@.in =~ /^(query||path)$/ && search(@.name, '[xz]'))]",
                vec!["paths /a/{id} get parameters 0"],
            ),
            ("$..[?(@.name == 'y')]^^", vec!["paths /a/{id} get"]),
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
            "$.a[?(@.x =~ 1)]",
            "$.a[?(@.x == 1 && )]",
            "$.a[?(@parent.x)]",
            "$..",
            "$.a[(@.length-1)]",
        ] {
            assert!(JsonPath::parse(path).is_err(), "{path}");
        }
    }
}
