//! The layout of sample code: statements as rustfmt writes them.
//!
//! A value that rustfmt would break within a statement is bound to a name first. The remaining
//! statements have a simple layout: a line, or one argument or method call per line.

use std::collections::HashSet;

/// rustfmt's `max_width`.
const MAX_WIDTH: usize = 100;
/// rustfmt's `fn_call_width`, `array_width` and `chain_width`.
const MAX_LIST_WIDTH: usize = 60;
/// rustfmt's `short_array_element_width_threshold`.
const MAX_SHORT_WIDTH: usize = 10;
/// The indentation of a statement in a function.
const INDENT: &str = "    ";

/// An expression of a sample.
#[derive(Debug, Clone)]
pub(in crate::render) enum SampleCode {
    /// A literal, a name, or other code that is not divided.
    Atom(String),
    /// A call, an array or a tuple: `open`, the items, `close`.
    List {
        open: String,
        items: Vec<SampleItem>,
        close: &'static str,
    },
    /// A value with method calls. Each call is an atom, such as `.await?`, or a list.
    Chain(Box<SampleCode>, Vec<SampleCode>),
}

/// An item of a list, and the name that it has if it is bound.
#[derive(Debug, Clone)]
pub(in crate::render) struct SampleItem {
    pub(in crate::render) name: String,
    pub(in crate::render) code: SampleCode,
}

impl SampleCode {
    pub(in crate::render) fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    /// Adds an operator before the code.
    pub(in crate::render) fn prefixed(self, operator: &str) -> Self {
        match self {
            Self::Atom(text) => Self::Atom(format!("{operator}{text}")),
            Self::List { open, items, close } => Self::List {
                open: format!("{operator}{open}"),
                items,
                close,
            },
            Self::Chain(root, calls) => Self::Chain(Box::new(root.prefixed(operator)), calls),
        }
    }

    pub(in crate::render) fn call(open: String, items: Vec<SampleItem>) -> Self {
        Self::List {
            open,
            items,
            close: ")",
        }
    }

    /// Returns the code on one line.
    fn flat(&self) -> String {
        match self {
            Self::Atom(text) => text.clone(),
            Self::List { open, items, close } => format!("{open}{}{close}", join_flat(items)),
            Self::Chain(root, calls) => {
                let calls: String = calls.iter().map(Self::flat).collect();
                root.flat() + &calls
            }
        }
    }

    /// Whether rustfmt leaves the code on one line, if the line is long enough.
    fn has_short_lists(&self) -> bool {
        match self {
            Self::Atom(text) => !text.contains('\n'),
            // rustfmt limits the width of several items, and of items that it can break.
            Self::List { items, .. } => match items.as_slice() {
                [only] if only.code.is_plain() => true,
                items => {
                    width(&join_flat(items)) <= MAX_LIST_WIDTH
                        && items.iter().all(|item| item.code.has_short_lists())
                }
            },
            Self::Chain(root, calls) => {
                // rustfmt counts the final `?` twice.
                let flat = self.flat();
                let is_tried = usize::from(flat.ends_with('?'));
                (calls.len() < 2 || width(&flat) + is_tried <= MAX_LIST_WIDTH)
                    && root.has_short_lists()
                    && calls.iter().all(Self::has_short_lists)
            }
        }
    }

    fn fits(&self, max: usize) -> bool {
        self.has_short_lists() && width(&self.flat()) <= max
    }

    /// Whether the code is a literal or a path, which rustfmt never breaks.
    fn is_plain(&self) -> bool {
        let Self::Atom(text) = self else { return false };
        let is_path_char = |c: char| c.is_alphanumeric() || "_:.-#".contains(c);
        text.chars().all(is_path_char) || syn::parse_str::<syn::LitStr>(text).is_ok()
    }

    /// Changes the items of the outermost lists.
    fn map_items(self, change: &mut impl FnMut(SampleItem) -> SampleItem) -> Self {
        match self {
            Self::Atom(_) => self,
            Self::List { open, items, close } => Self::List {
                open,
                items: items.into_iter().map(change).collect(),
                close,
            },
            Self::Chain(root, calls) => {
                let root = Box::new(root.map_items(change));
                let calls = calls.into_iter().map(|call| call.map_items(change));
                Self::Chain(root, calls.collect())
            }
        }
    }

    /// Returns the code with an item or a method call per line, if it does not fit on one line.
    fn broken(&self, indent: &str, max: usize) -> String {
        match self {
            Self::Atom(text) => text.clone(),
            Self::List { .. } if self.fits(max) => self.flat(),
            Self::List { open, items, close } => {
                let items: Vec<String> = items.iter().map(|item| item.code.flat()).collect();
                let lines = item_lines(&items, &format!("{indent}{INDENT}"));
                format!("{open}\n{lines}{indent}{close}")
            }
            Self::Chain(root, calls) => {
                let root = root.broken(indent, max);
                // The calls stand below the closing parenthesis of a root of several lines.
                let deeper = if root.contains('\n') { "" } else { INDENT };
                let indent = format!("{indent}{deeper}");
                let max = MAX_WIDTH.saturating_sub(indent.len());
                let calls = calls.iter().map(|call| call.broken(&indent, max));
                let calls: String = calls.map(|call| format!("\n{indent}{call}")).collect();
                root + &calls
            }
        }
    }
}

/// Returns a line for each item. Short items share lines.
fn item_lines(items: &[String], indent: &str) -> String {
    let is_short = items.iter().all(|item| width(item) <= MAX_SHORT_WIDTH);
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if is_short && width(line) + width(item) + 2 <= MAX_WIDTH => {
                line.push_str(&format!(" {item},"));
            }
            _ => lines.push(format!("{indent}{item},")),
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn join_flat(items: &[SampleItem]) -> String {
    let items: Vec<String> = items.iter().map(|item| item.code.flat()).collect();
    items.join(", ")
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// The statements of a sample, in a function.
#[derive(Debug, Default)]
pub(in crate::render) struct Statements {
    text: String,
    names: HashSet<String>,
}

impl Statements {
    /// Creates an empty body of a function, in which these names are taken.
    pub(in crate::render) fn reserving(names: &[&str]) -> Self {
        Self {
            text: String::new(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Adds a statement: `head`, the expression, `tail`.
    pub(in crate::render) fn push(&mut self, head: &str, code: SampleCode, tail: &str) {
        let max = MAX_WIDTH.saturating_sub(INDENT.len() + width(head) + width(tail));
        let code = self.shorten(code, max);
        let text = if code.fits(max) {
            code.flat()
        } else {
            code.broken(INDENT, max)
        };
        self.push_line(&format!("{head}{text}{tail}"));
    }

    /// Adds a line.
    pub(in crate::render) fn push_line(&mut self, line: &str) {
        self.text.push_str(&format!("{INDENT}{line}\n"));
    }

    /// Returns the text of the statements.
    pub(in crate::render) fn finish(self) -> String {
        self.text
    }

    /// Binds items of the code to names, the innermost ones first, until it fits.
    fn shorten(&mut self, code: SampleCode, max: usize) -> SampleCode {
        if code.fits(max) {
            return code;
        }
        let code = code.map_items(&mut |item| SampleItem {
            code: if item.code.has_short_lists() {
                item.code
            } else {
                self.shorten(item.code, MAX_LIST_WIDTH)
            },
            name: item.name,
        });
        if code.fits(max) {
            return code;
        }
        code.map_items(&mut |item| self.bind(item))
    }

    /// Binds an item to its name, unless rustfmt never breaks it.
    fn bind(&mut self, item: SampleItem) -> SampleItem {
        if item.code.is_plain() {
            return item;
        }
        let name = self.claim(&item.name);
        self.push(&format!("let {name} = "), item.code, ";");
        SampleItem {
            code: SampleCode::atom(&name),
            name,
        }
    }

    fn claim(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let free = names.find(|name| !self.names.contains(name));
        let name = free.unwrap_or_else(|| name.to_owned());
        self.names.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{SampleCode, SampleItem, Statements};

    fn item(name: &str, code: SampleCode) -> SampleItem {
        SampleItem {
            name: name.to_owned(),
            code,
        }
    }

    fn call(open: &str, name: &str, code: SampleCode) -> SampleCode {
        SampleCode::call(open.to_owned(), vec![item(name, code)])
    }

    fn statement(code: SampleCode) -> String {
        let mut statements = Statements::reserving(&["client"]);
        statements.push("let pet = ", code, ";");
        statements.finish()
    }

    #[test]
    fn short_code_stays_on_a_line() {
        let code = call("Pet::new(", "kind", SampleCode::atom("Kind::Dog"));
        assert_eq!(statement(code), "    let pet = Pet::new(Kind::Dog);\n");
    }

    #[test]
    fn innermost_long_values_are_bound_first() {
        let text = SampleCode::atom(format!("\"{}\"", "x".repeat(50)));
        let text = call("Text::new(", "text", text);
        let list = SampleCode::List {
            open: "[".to_owned(),
            items: vec![item("part", text)],
            close: "]",
        };
        let code = call("Message::new(", "parts", list);
        let x = "x".repeat(50);
        let expected =
            format!("    let part = Text::new(\"{x}\");\n    let pet = Message::new([part]);\n");
        assert_eq!(
            statement(call("Wrapper::new(", "inner", code.clone())),
            expected.replace("Message::new([part])", "Wrapper::new(Message::new([part]))",)
        );
        assert_eq!(statement(code), expected);
    }

    #[test]
    fn long_chains_have_a_call_per_line() {
        let calls = [
            "chats",
            "messages",
            "participants",
            "administrators",
            "owners",
        ];
        let mut calls: Vec<_> = calls
            .map(|name| SampleCode::atom(format!(".{name}()")))
            .into();
        calls.push(SampleCode::atom(".await?"));
        let code = SampleCode::Chain(Box::new(SampleCode::atom("client")), calls);
        assert_eq!(
            statement(code),
            "    let pet = client\n        .chats()\n        .messages()\n        .participants()\n        \
             .administrators()\n        .owners()\n        .await?;\n"
        );
    }

    #[test]
    fn names_are_distinct() {
        let long = |c: &str| SampleCode::atom(format!("f(\"{}\")", c.repeat(40)));
        let items = vec![item("client", long("a")), item("client", long("b"))];
        let text = statement(SampleCode::call("Pet::new(".to_owned(), items));
        assert!(
            text.ends_with("    let pet = Pet::new(client_2, client_3);\n"),
            "{text}"
        );
    }
}
