//! Insertion of entries into the text of a configuration.

use crate::init::yaml::{Entry, Node, make_entry, write_entry, write_item};
use crate::source::yaml_edit::{InsertionPoint, find_insertion, find_item_insertion};

/// Inserts entries into the mapping at a path, whose missing keys are added. `None`: something at
/// the path is not a mapping.
pub(crate) fn insert_entries(text: &str, path: &[String], entries: Vec<Entry>) -> Option<String> {
    let mut text = end_last_line(text);
    let (depth, point) = find_insertion(&text, path)?;
    let missing = path.get(depth..)?.iter().rev();
    let entries = missing.fold(entries, |entries, key| {
        vec![make_entry(key, Node::Map(entries))]
    });
    match point {
        InsertionPoint::Block { at, indent } => {
            let mut lines = String::new();
            for entry in &entries {
                write_entry(&mut lines, entry, indent);
            }
            insert_lines(&mut text, at, lines);
        }
        InsertionPoint::Flow { at, has_others } => {
            let separator = if has_others { ", " } else { "" };
            text.insert_str(at, &format!("{separator}{}", flow_entries(&entries)));
        }
    }
    Some(text)
}

/// Adds an item to the list at a path. Returns `None` if the list is missing.
pub(crate) fn insert_item(text: &str, path: &[String], item: &Node) -> Option<String> {
    let mut text = end_last_line(text);
    match find_item_insertion(&text, path)? {
        InsertionPoint::Block { at, indent } => {
            let mut lines = String::new();
            write_item(&mut lines, item, indent);
            insert_lines(&mut text, at, lines);
        }
        InsertionPoint::Flow { at, has_others } => {
            let separator = if has_others { ", " } else { "" };
            text.insert_str(at, &format!("{separator}{}", flow_value(item)));
        }
    }
    Some(text)
}

/// The line break of Windows.
const CRLF: &str = "\r\n";

/// Ends the last line of a text, as the others end.
fn end_last_line(text: &str) -> String {
    let mut ended = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        ended.push_str(if text.contains(CRLF) { CRLF } else { "\n" });
    }
    ended
}

/// Inserts lines, which end as the others of the text.
fn insert_lines(text: &mut String, at: usize, lines: String) {
    let lines = match text.contains(CRLF) {
        true => lines.replace('\n', CRLF),
        false => lines,
    };
    text.insert_str(at, &lines);
}

/// Writes entries in braces. Keys and strings are quoted, as in JSON.
fn flow_entries(entries: &[Entry]) -> String {
    let entries = entries.iter().map(|entry| {
        let key = serde_json::Value::from(entry.key.as_str());
        format!("{key}: {}", flow_value(&entry.value))
    });
    entries.collect::<Vec<_>>().join(", ")
}

fn flow_value(value: &Node) -> String {
    match value {
        Node::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Node::Plain(scalar) => scalar.clone(),
        Node::List(items) => {
            let items: Vec<String> = items.iter().map(flow_value).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Map(entries) => format!("{{{}}}", flow_entries(entries)),
    }
}

#[cfg(test)]
mod tests {
    use super::insert_entries;
    use crate::init::yaml::{Node, make_entry};

    #[test]
    fn scalars_keep_their_types_in_braces() {
        let entry = Node::Map(vec![
            make_entry("required", Node::plain(false)),
            make_entry("max_retries", Node::plain(2)),
            make_entry("read_env", Node::text("A_KEY")),
            make_entry("default", Node::text("false")),
            make_entry(
                "paths",
                Node::List(vec![Node::text("/a/{b}"), Node::text("\"")]),
            ),
        ]);
        let path = ["opts".to_owned()];
        let text = insert_entries(
            "opts: {x: {type: string}}\n",
            &path,
            vec![make_entry("y", entry)],
        );
        let text = text.expect("the path is a mapping");
        let found: serde_json::Value = serde_yaml::from_str(&text).expect("valid YAML");
        let expected = serde_json::json!({
            "x": { "type": "string" },
            "y": {
                "required": false,
                "max_retries": 2,
                "read_env": "A_KEY",
                "default": "false",
                "paths": ["/a/{b}", "\""],
            },
        });
        assert_eq!(found["opts"], expected, "{text}");
    }
}
