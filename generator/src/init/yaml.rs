//! YAML in block style, with comments.

use std::fmt::Write as _;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// A string.
    Text(String),
    /// A scalar that is written as it is: a number, a boolean, or a quoted string.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// A comment above the key.
    pub(crate) comment: Option<String>,
    /// The key.
    pub(crate) key: String,
    /// The value.
    pub(crate) value: Node,
}

/// An entry without a comment.
pub(crate) fn make_entry(key: impl Into<String>, value: Node) -> Entry {
    Entry {
        comment: None,
        key: key.into(),
        value,
    }
}

impl Entry {
    /// Adds a comment.
    pub(crate) fn comment(mut self, comment: Option<String>) -> Self {
        self.comment = comment;
        self
    }
}

impl Node {
    /// A string.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A number or a boolean.
    pub(crate) fn plain(value: impl ToString) -> Self {
        Self::Plain(value.to_string())
    }
}

/// Number of spaces of an indent.
const INDENT: usize = 2;

/// Writes an entry, `indent` spaces from the left.
pub(crate) fn write_entry(text: &mut String, entry: &Entry, indent: usize) {
    for line in entry.comment.iter().flat_map(|comment| comment.lines()) {
        let _ = writeln!(text, "{:indent$}# {line}", "");
    }
    let _ = write!(text, "{:indent$}{}:", "", quote(&entry.key));
    write_value(text, &entry.value, indent);
}

/// Writes a value after its key.
fn write_value(text: &mut String, value: &Node, indent: usize) {
    match value {
        Node::Text(string) => {
            let _ = writeln!(text, " {}", quote(string));
        }
        Node::Plain(scalar) => {
            let _ = writeln!(text, " {scalar}");
        }
        Node::List(items) if items.is_empty() => text.push_str(" []\n"),
        Node::Map(entries) if entries.is_empty() => text.push_str(" {}\n"),
        Node::Map(entries) => {
            text.push('\n');
            for entry in entries {
                write_entry(text, entry, indent + INDENT);
            }
        }
        Node::List(items) => {
            text.push('\n');
            for item in items {
                write_item(text, item, indent + INDENT);
            }
        }
    }
}

/// Writes an item of a list: a mapping begins behind the dash.
pub(crate) fn write_item(text: &mut String, item: &Node, indent: usize) {
    match item {
        Node::Map(entries) if !entries.is_empty() => {
            let mut inner = String::new();
            for entry in entries {
                write_entry(&mut inner, entry, indent + INDENT);
            }
            let _ = write!(text, "{:indent$}- {}", "", inner.trim_start());
        }
        other => {
            let _ = write!(text, "{:indent$}-", "");
            write_value(text, other, indent);
        }
    }
}

/// Quotes a string where YAML would read it as something else.
pub(crate) fn quote(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_usual = |c: char| c.is_ascii_alphanumeric() || "_$/{}.- ".contains(c);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$');
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    if begins && text.chars().all(is_usual) && !text.ends_with(' ') && !is_word {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() || is_special(c) => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether YAML reads a character as a line break, or not at all.
const fn is_special(c: char) -> bool {
    matches!(
        c,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{Node, make_entry, quote, write_entry};

    #[test]
    fn strings_round_trip() {
        for text in [
            "",
            "a",
            "no",
            "12",
            "1.0",
            "a: b",
            "- a",
            "#x",
            "a #b",
            "{a}",
            "a\u{2028}b\u{7}\"\\",
            "get /a/{b}",
            "~",
            "é",
            "x ",
            "*a",
            "&a",
            "!a",
            "null",
            "a\nb",
            "😀",
        ] {
            let read: String = serde_yaml::from_str(&quote(text)).expect(text);
            assert_eq!(read, text);
        }
    }

    #[test]
    fn lists_of_mappings_begin_after_the_dash() {
        let item = Node::Map(vec![
            make_entry("name", Node::text("cursor")),
            make_entry(
                "request",
                Node::Map(vec![make_entry("after", Node::Map(Vec::new()))]),
            ),
        ]);
        let mut text = String::new();
        write_entry(
            &mut text,
            &make_entry("pagination", Node::List(vec![item])),
            0,
        );
        let wanted = "pagination:\n  - name: cursor\n    request:\n      after: {}\n";
        assert_eq!(text, wanted);
    }
}
