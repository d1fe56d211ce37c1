//! Code as text: calls and lists in a fixed layout, which is that of the formatter.
//!
//! Most lines of a crate are the codecs of its types. They contain only the names of fields, so they are
//! written directly. To parse and format them would be a quarter of the cost of generating a crate.

use proc_macro2::Literal;

/// The longest line that the formatter leaves in one piece.
const MAX_LINE_WIDTH: usize = 89;

/// The spaces of a level of indentation.
const INDENT: usize = 4;

/// An expression or a statement.
#[derive(Debug, Clone)]
pub(super) enum Code {
    /// A text that is never broken.
    Atom(String),
    /// Items between delimiters, on one line if it is short enough, or else one line per item.
    List {
        /// The text before the items.
        open: String,
        /// The items.
        items: Vec<Code>,
        /// The text after the items.
        close: String,
        /// Whether the delimiters are braces.
        is_braced: bool,
    },
}

impl Code {
    /// Returns a text that is never broken.
    pub(super) fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    /// Returns a list in parentheses or brackets, which are part of `open` and `close`.
    pub(super) fn list(
        open: impl Into<String>,
        items: impl IntoIterator<Item = Self>,
        close: impl Into<String>,
    ) -> Self {
        Self::List {
            open: open.into(),
            items: items.into_iter().collect(),
            close: close.into(),
            is_braced: false,
        }
    }

    /// Returns a list in braces, which are part of `open` and `close`.
    pub(super) fn braced(
        open: impl Into<String>,
        items: impl IntoIterator<Item = Self>,
        close: impl Into<String>,
    ) -> Self {
        Self::List {
            open: open.into(),
            items: items.into_iter().collect(),
            close: close.into(),
            is_braced: true,
        }
    }

    /// Writes the code as one or several lines at a level of indentation.
    pub(super) fn write_line(&self, level: usize, out: &mut String) {
        self.write_with("", level, out);
    }

    fn write_with(&self, end: &str, level: usize, out: &mut String) {
        push_indent(level, out);
        let is_short = level * INDENT + self.width() + end.len() <= MAX_LINE_WIDTH;
        if is_short && !self.has_lines() {
            self.write_flat(out);
        } else {
            self.write_broken(level, out);
        }
        out.push_str(end);
        out.push('\n');
    }

    /// Whether it always has several lines. A struct has one line per field, so that a new field changes
    /// one line.
    fn has_lines(&self) -> bool {
        match self {
            Self::Atom(text) => text.contains('\n'),
            Self::List { is_braced, .. } => *is_braced,
        }
    }

    fn width(&self) -> usize {
        match self {
            Self::Atom(text) => text.chars().count(),
            Self::List {
                open, items, close, ..
            } => {
                let separators = 2 * items.len().saturating_sub(1);
                let items: usize = items.iter().map(Self::width).sum();
                open.chars().count() + items + separators + close.chars().count()
            }
        }
    }

    fn write_flat(&self, out: &mut String) {
        match self {
            Self::Atom(text) => out.push_str(text),
            Self::List {
                open, items, close, ..
            } => {
                out.push_str(open);
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    item.write_flat(out);
                }
                out.push_str(close);
            }
        }
    }

    fn write_broken(&self, level: usize, out: &mut String) {
        match self {
            Self::List {
                open, items, close, ..
            } if !items.is_empty() => {
                out.push_str(open);
                out.push('\n');
                for item in items {
                    item.write_with(",", level + 1, out);
                }
                push_indent(level, out);
                out.push_str(close);
            }
            Self::Atom(text) => {
                let (first, others) = text.split_once('\n').unwrap_or((text, ""));
                out.push_str(first);
                for line in others.lines() {
                    out.push('\n');
                    push_indent(level, out);
                    out.push_str(line);
                }
            }
            Self::List { .. } => self.write_flat(out),
        }
    }
}

fn push_indent(level: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', level * INDENT));
}

/// Returns a Rust string literal.
pub(super) fn string_literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Returns a call as a statement in a function. The lines of raw strings are not indented.
pub(super) fn call_statement(function: &str, arguments: &[String]) -> String {
    let flat = format!("    {function}({});\n", arguments.join(", "));
    if flat.chars().count() <= MAX_LINE_WIDTH + 1 && flat.lines().count() == 1 {
        return flat;
    }
    let mut text = format!("    {function}(\n");
    for argument in arguments {
        text.push_str(&format!("        {argument},\n"));
    }
    text + "    );\n"
}

/// Returns the call of a macro that takes the name of a type.
pub(super) fn macro_call(path: &str, name: &str) -> String {
    let call = format!("{path}!({name});");
    if call.chars().count() <= MAX_LINE_WIDTH {
        return call + "\n";
    }
    format!("{path}!(\n    {name}\n);\n")
}

/// Returns a `use` declaration of these names, with as many names per line as fit.
pub(super) fn use_declaration(path: &str, names: &[String]) -> String {
    use_declaration_within(MAX_LINE_WIDTH, path, names)
}

/// Returns a `use` declaration with lines of at most this width.
pub(super) fn use_declaration_within(max_width: usize, path: &str, names: &[String]) -> String {
    let flat = match names {
        [] => return String::new(),
        [only] => return format!("use {path}::{only};\n"),
        names => format!("use {path}::{{{}}};", names.join(", ")),
    };
    if flat.chars().count() <= max_width {
        return flat + "\n";
    }
    let mut text = format!("use {path}::{{\n");
    let mut line = String::new();
    for name in names {
        let width = INDENT + line.chars().count() + 1 + name.chars().count() + 1;
        if !line.is_empty() && width > max_width {
            text.push_str(&format!("    {line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(name);
        line.push(',');
    }
    text.push_str(&format!("    {line}\n}};\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::{Code, use_declaration};

    fn write_code(code: &Code, level: usize) -> String {
        let mut out = String::new();
        code.write_line(level, &mut out);
        out
    }

    #[test]
    fn short_lists_stay_on_a_line() {
        let code = Code::list("f(", [Code::atom("a"), Code::atom("b")], ");");
        assert_eq!(write_code(&code, 1), "    f(a, b);\n");
        let code = Code::braced("Ok(Self {", [Code::atom("a")], "})");
        assert_eq!(write_code(&code, 0), "Ok(Self {\n    a,\n})\n");
        assert_eq!(write_code(&Code::list("&[", [], "]"), 0), "&[]\n");
    }

    #[test]
    fn long_lists_have_a_line_for_each_item() {
        let inner = Code::list(
            "&[",
            [Code::atom("x".repeat(50)), Code::atom("y".repeat(50))],
            "]",
        );
        let code = Code::list("f(", [inner, Code::atom("z")], ");");
        let (x, y) = ("x".repeat(50), "y".repeat(50));
        let lines = format!("f(\n    &[\n        {x},\n        {y},\n    ],\n    z,\n);\n");
        assert_eq!(write_code(&code, 0), lines);
    }

    #[test]
    fn declarations_fill_their_lines() {
        let names: Vec<String> = (0..20).map(|n| format!("Name{n:02}")).collect();
        let text = use_declaration("crate::types", &names);
        assert!(text.lines().all(|line| line.len() <= 89), "{text}");
        assert_eq!(text.lines().count(), 4, "{text}");
    }
}
