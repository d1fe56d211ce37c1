//! Changes to a YAML or JSON text that leave the rest of it as it stands.
//!
//! A text is parsed for the positions of its mappings. Entries are inserted behind the last one of a
//! mapping, with its indentation. Comments, order and formatting stay.

mod nodes;
mod removal;

use std::ops::Range;

use nodes::{Node, NodeContent, last_byte, parse};
pub(crate) use removal::remove_entry;

/// The position for new entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InsertionPoint {
    /// On lines of their own before this byte, indented by this number of spaces. `None` of the
    /// entries is there yet: the value is empty.
    Block { at: usize, indent: usize },
    /// In braces, before this byte.
    Flow {
        at: usize,
        /// Whether there are entries before them.
        has_others: bool,
    },
}

/// Returns how many keys of a path a text has, and where entries of the last of them are inserted.
/// `None`: the text cannot be read, or the value there is not a mapping.
pub(crate) fn find_insertion(text: &str, path: &[String]) -> Option<(usize, InsertionPoint)> {
    let Some(root) = parse(text) else {
        let (at, indent) = (text.len(), 0);
        return is_blank(text).then_some((0, InsertionPoint::Block { at, indent }));
    };
    let mut node = &root;
    let mut depth = 0;
    let mut parent_column = None;
    for segment in path {
        let NodeContent::Map { entries, .. } = &node.content else {
            break;
        };
        let Some(pair) = entries.iter().find(|pair| pair.key == *segment) else {
            break;
        };
        parent_column = Some(column(text, pair.key_range.start));
        node = &pair.value;
        depth += 1;
    }
    let point = match &node.content {
        NodeContent::Map {
            is_flow: true,
            entries,
        } => InsertionPoint::Flow {
            at: text.get(..node.range.end)?.rfind('}')?,
            has_others: !entries.is_empty(),
        },
        NodeContent::Map { entries, .. } => InsertionPoint::Block {
            at: line_end(text, last_byte(text, node)),
            indent: column(text, entries.first()?.key_range.start),
        },
        NodeContent::Scalar(value) if is_null(value) => InsertionPoint::Block {
            at: line_end(text, node.range.start.max(1) - 1),
            indent: parent_column.map_or(0, |column| column + INDENT),
        },
        _ => return None,
    };
    Some((depth, point))
}

/// Whether a text has only comments.
fn is_blank(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#'))
}

/// Returns where an item is added to the list at a path, or `None` if the list is missing.
pub(crate) fn find_item_insertion(text: &str, path: &[String]) -> Option<InsertionPoint> {
    let root = parse(text)?;
    let list = find_value(&root, path)?;
    match &list.content {
        NodeContent::List {
            is_flow: true,
            first,
        } => Some(InsertionPoint::Flow {
            at: text.get(..list.range.end)?.rfind(']')?,
            has_others: first.is_some(),
        }),
        NodeContent::List { first, .. } => Some(InsertionPoint::Block {
            at: line_end(text, last_byte(text, list)),
            indent: dash_column(text, (*first)?)?,
        }),
        _ => None,
    }
}

/// Returns the value at a path.
fn find_value<'n>(root: &'n Node, path: &[String]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, segment| {
        let NodeContent::Map { entries, .. } = &node.content else {
            return None;
        };
        let pair = entries.iter().find(|pair| pair.key == *segment)?;
        Some(&pair.value)
    })
}

/// Returns the range of the text value at a path, in bytes, with its quotes. `None`: there is none.
pub(crate) fn find_scalar(text: &str, path: &[String]) -> Option<Range<usize>> {
    let root = parse(text)?;
    let node = find_value(&root, path)?;
    match &node.content {
        NodeContent::Scalar(value) if !is_null(value) => {
            let start = node.range.start;
            let length = scalar_length(text.get(node.range.clone())?);
            Some(start..start + length)
        }
        _ => None,
    }
}

/// Returns the length of a value at the start of a text. The parser counts a comment behind a quoted
/// value as part of it.
fn scalar_length(text: &str) -> usize {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = text.find(" #").unwrap_or(text.len());
        return text.get(..end).map_or(end, |value| value.trim_end().len());
    };
    let mut is_escaped = false;
    let mut chars = text.char_indices().skip(1);
    let end = chars.find(|(_, c)| {
        let is_end = *c == quote && !is_escaped;
        is_escaped = *c == '\\' && quote == '"' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |(index, _)| index + 1)
}

/// Number of spaces of a new indent.
const INDENT: usize = 2;

fn is_null(value: &str) -> bool {
    matches!(value, "" | "~" | "null")
}

/// Returns the column of a byte: the number of characters before it on its line.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars().count()
}

/// Returns the column of the dash before an item.
fn dash_column(text: &str, item: usize) -> Option<usize> {
    let mut lines = text.get(..line_end(text, item))?.lines().rev();
    lines.find_map(|line| {
        let entry = line.trim_start_matches(' ');
        entry.starts_with('-').then(|| line.len() - entry.len())
    })
}

/// Returns the byte behind the line that has a byte.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use super::{InsertionPoint, find_insertion, find_item_insertion, find_scalar};

    fn path(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    /// Inserts a line at a path that exists.
    fn insert(text: &str, keys: &[&str]) -> String {
        let (depth, point) = find_insertion(text, &path(keys)).expect(text);
        assert_eq!(depth, keys.len(), "{text}");
        let mut text = text.to_owned();
        match point {
            InsertionPoint::Block { at, indent } => {
                text.insert_str(at, &format!("{:indent$}new: 1\n", ""));
            }
            InsertionPoint::Flow { at, has_others } => {
                text.insert_str(at, if has_others { ", new: 1" } else { "new: 1" });
            }
        }
        text
    }

    #[test]
    fn entries_are_inserted_after_the_last_one() {
        for (text, after) in [
            (
                "a:\n  b: 1 # c\n# d\ne: 2\n",
                "a:\n  b: 1 # c\n  new: 1\n# d\ne: 2\n",
            ),
            (
                "a:\n    b:\n      c: |\n        x\n\n\ne: 2\n",
                "a:\n    b:\n      c: |\n        x\n    new: 1\n\n\ne: 2\n",
            ),
            (
                "a:\n  b:\n  - 1\n  - x: 2\n# end\n",
                "a:\n  b:\n  - 1\n  - x: 2\n  new: 1\n# end\n",
            ),
            ("a:\n  b: [1,\n   2]\n", "a:\n  b: [1,\n   2]\n  new: 1\n"),
            ("é: ü\na: {b: 1}\n", "é: ü\na: {b: 1, new: 1}\n"),
            ("a: {}\n", "a: {new: 1}\n"),
            ("a:\ne: 2\n", "a:\n  new: 1\ne: 2\n"),
            ("a:  # none\ne: 2\n", "a:  # none\n  new: 1\ne: 2\n"),
            ("a:\n  b:\n  # c\n", "a:\n  b:\n  new: 1\n  # c\n"),
        ] {
            assert_eq!(insert(text, &["a"]), after);
        }
    }

    #[test]
    fn items_are_added_after_the_last_one() {
        for (text, after) in [
            (
                "a:\n  - b: 1\n    c: 2 # d\n# e\n",
                "a:\n  - b: 1\n    c: 2 # d\n  - new\n# e\n",
            ),
            ("a:\n- b\n\ne: 2\n", "a:\n- b\n- new\n\ne: 2\n"),
            ("a:\n -\n  b: -1\n", "a:\n -\n  b: -1\n - new\n"),
            ("a: [b]\n", "a: [b, new]\n"),
            ("a: []\n", "a: [new]\n"),
        ] {
            let point = find_item_insertion(text, &path(&["a"])).expect(text);
            let mut text = text.to_owned();
            match point {
                InsertionPoint::Block { at, indent } => {
                    text.insert_str(at, &format!("{:indent$}- new\n", ""));
                }
                InsertionPoint::Flow { at, has_others } => {
                    text.insert_str(at, if has_others { ", new" } else { "new" });
                }
            }
            assert_eq!(text, after);
        }
        for text in ["a: {b: 1}\n", "a:\n", "b: [1]\n"] {
            assert_eq!(find_item_insertion(text, &path(&["a"])), None, "{text}");
        }
    }

    #[test]
    fn a_value_is_found_with_its_quotes() {
        for (text, value) in [
            ("a: { b: 1.0.0 } # c\n", Some("1.0.0")),
            ("a:\n  b: '1.0.0' # c\n", Some("'1.0.0'")),
            ("{\"a\": {\"b\": \"1.0.0\"}}", Some("\"1.0.0\"")),
            ("a:\n  b: 1.0.0 # c\n  d: 1\n", Some("1.0.0")),
            ("a:\n  b:\n", None),
            ("a: { c: 1 }\n", None),
        ] {
            let range = find_scalar(text, &path(&["a", "b"]));
            assert_eq!(range.map(|range| &text[range]), value, "{text}");
        }
    }

    #[test]
    fn nothing_is_inserted_into_scalars_and_aliases() {
        for text in ["a: 1\n", "x: &x {}\na: *x\n", "a: [1]\n", "a: {"] {
            assert_eq!(find_insertion(text, &path(&["a", "b"])), None, "{text}");
        }
    }
}
