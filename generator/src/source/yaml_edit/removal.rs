//! Removal of an entry from a text, whose other lines stay.

use std::ops::Range;

use super::nodes::{Node, NodeContent, Pair, last_byte, parse};
use super::{line_end, scalar_length};

/// Removes the entry at a path of keys. A mapping whose only entry it is goes with it. `None`: the
/// text has no such entry, or would be invalid without it.
pub(crate) fn remove_entry(text: &str, path: &[String]) -> Option<String> {
    let root = parse(text)?;
    let mut node = &root;
    let mut removed = None;
    for (depth, segment) in path.iter().enumerate() {
        let NodeContent::Map { is_flow, entries } = &node.content else {
            return None;
        };
        let index = entries.iter().position(|pair| pair.key == *segment)?;
        if depth == 0 || entries.len() > 1 {
            removed = Some((*is_flow, entries, index));
        }
        node = &entries.get(index)?.value;
    }
    let (is_flow, entries, index) = removed?;
    let range = match is_flow {
        true => flow_range(text, entries, index)?,
        false => block_range(text, entries.get(index)?)?,
    };
    let mut text = text.to_owned();
    text.replace_range(range, "");
    // An anchor of the entry may be in use.
    (text.trim().is_empty() || parse(&text).is_some()).then_some(text)
}

/// Returns the lines of an entry.
fn block_range(text: &str, pair: &Pair) -> Option<Range<usize>> {
    let before = text.get(..pair.key_range.start)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let is_first = before.get(start..)?.trim().is_empty();
    let end = last_byte(text, &pair.value).max(pair.key_range.end);
    is_first.then(|| start..line_end(text, end))
}

/// Returns an entry in braces with one of its commas.
fn flow_range(text: &str, entries: &[Pair], index: usize) -> Option<Range<usize>> {
    let pair = entries.get(index)?;
    let start = pair.key_range.start;
    if let Some(next) = entries.get(index + 1) {
        return Some(start..next.key_range.start);
    }
    let end = value_end(text, &pair.value)?;
    match index.checked_sub(1).and_then(|index| entries.get(index)) {
        Some(previous) => Some(value_end(text, &previous.value)?..end),
        None => Some(start..end),
    }
}

fn value_end(text: &str, value: &Node) -> Option<usize> {
    match &value.content {
        NodeContent::Scalar(_) => {
            let length = scalar_length(text.get(value.range.clone())?);
            Some(value.range.start + length)
        }
        _ => Some(last_byte(text, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::remove_entry;

    fn remove(text: &str, path: &[&str]) -> Option<String> {
        let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        remove_entry(text, &path)
    }

    #[test]
    fn only_the_lines_of_the_entry_go() {
        for (text, path, after) in [
            (
                "a:\n  b: 1 # x\n  # c\n  c: 2\nd: 3\n",
                &["a", "b"][..],
                Some("a:\n  # c\n  c: 2\nd: 3\n"),
            ),
            (
                "a:\n  b:\n    x: |\n      1\n      2\n\n  c: 2\n",
                &["a", "b"],
                Some("a:\n\n  c: 2\n"),
            ),
            ("a:\n  c: 2\n  b: get /x", &["a", "b"], Some("a:\n  c: 2\n")),
            ("a: {b: 1, c: 2}\n", &["a", "b"], Some("a: {c: 2}\n")),
            ("a: { c: 2, b: 1 }\n", &["a", "b"], Some("a: { c: 2 }\n")),
            (
                "{\"a\": {\"c\": [2], \"b\": \"x, y\"}}",
                &["a", "b"],
                Some("{\"a\": {\"c\": [2]}}"),
            ),
            // A mapping without entries goes, too.
            (
                "a:\n  b:\n    x: 1\n  c: 2\n",
                &["a", "b", "x"],
                Some("a:\n  c: 2\n"),
            ),
            (
                "a:\n  b: { x: 1 }\nc: 2\n",
                &["a", "b", "x"],
                Some("c: 2\n"),
            ),
            ("a: { b: 1 }\n", &["a", "b"], Some("")),
            ("a:\n  b: &x 1\n  c: *x\n", &["a", "b"], None),
            ("a: 1\n", &["a", "b"], None),
            ("a:\n  c: 1\n", &["a", "b"], None),
        ] {
            assert_eq!(remove(text, path).as_deref(), after, "{text}");
        }
    }
}
