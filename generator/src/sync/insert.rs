//! Insertion of entries into the text of a configuration.

use crate::init::yaml::{Entry, Node, make_entry, write_entry};
use crate::source::yaml_edit::{InsertionPoint, find_insertion};

/// Inserts entries into the mapping at a path, whose missing keys are added. `None`: something at
/// the path is not a mapping.
pub(crate) fn insert_entries(text: &str, path: &[String], entries: Vec<Entry>) -> Option<String> {
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
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
            text.insert_str(at, &lines);
        }
        InsertionPoint::Flow { at, has_others } => {
            let separator = if has_others { ", " } else { "" };
            text.insert_str(at, &format!("{separator}{}", flow_entries(&entries)));
        }
    }
    Some(text)
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
        Node::Scalar(scalar) if scalar.starts_with('"') => scalar.clone(),
        Node::Scalar(scalar) => serde_json::Value::from(scalar.as_str()).to_string(),
        Node::List(items) => {
            let items: Vec<String> = items.iter().map(flow_value).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Map(entries) => format!("{{{}}}", flow_entries(entries)),
    }
}
