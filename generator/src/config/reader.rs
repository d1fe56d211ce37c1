//! Lenient reading of a tree of values, with the position of each.

use serde_json::{Map, Value};

use super::At;
use super::keys::list_rows;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::text;
use crate::source::{NumberLexemes, Pointer};

/// Reads values and reports invalid ones.
pub(super) struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    /// The numbers as the file spells them.
    lexemes: NumberLexemes<'a>,
}

/// The keys of a mapping that were not read yet.
pub(super) struct Fields {
    pub(super) at: Pointer,
    map: Map<String, Value>,
}

impl Fields {
    /// Takes a value with its position, unless it is absent or null.
    pub(super) fn take(&mut self, key: &str) -> Option<At<Value>> {
        let value = self.map.shift_remove(key).filter(|v| !v.is_null())?;
        Some(At::new(value, self.at.child(key)))
    }

    /// Takes the remaining values, in order.
    pub(super) fn drain(self) -> impl Iterator<Item = (String, At<Value>)> {
        let at = self.at;
        self.map.into_iter().map(move |(key, value)| {
            let child = at.child(&key);
            (key, At::new(value, child))
        })
    }
}

impl<'a> Reader<'a> {
    pub(super) const fn new(diagnostics: &'a mut Diagnostics, lexemes: NumberLexemes<'a>) -> Self {
        Self {
            diagnostics,
            lexemes,
        }
    }

    pub(super) const fn diagnostics(&mut self) -> &mut Diagnostics {
        self.diagnostics
    }

    pub(super) fn error(&mut self, code: Code, at: &Pointer, message: String, help: &str) {
        let error = Diagnostic::new(code, at.clone(), message);
        self.diagnostics.push(error.help(help).in_config());
    }

    pub(super) fn warn(&mut self, code: Code, at: &Pointer, message: String) {
        let warning = Diagnostic::new(code, at.clone(), message);
        self.diagnostics.push(warning.on_key().in_config());
    }

    fn wrong_type(&mut self, at: &Pointer, wanted: &str, found: &Value) {
        let found = match found {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "a mapping",
        };
        let message = format!("expected {wanted}, found {found}");
        self.error(
            Code::WrongConfigType,
            at,
            message,
            "see the format of `sdk.yaml`",
        );
    }

    /// Reads a mapping, whose keys are read one by one.
    pub(super) fn fields(&mut self, node: At<Value>) -> Option<Fields> {
        match node.value {
            Value::Object(map) => Some(Fields {
                at: node.pointer,
                map,
            }),
            other => {
                self.wrong_type(&node.pointer, "a mapping", &other);
                None
            }
        }
    }

    /// Reads a mapping with arbitrary keys. The default is empty.
    pub(super) fn entries(&mut self, node: Option<At<Value>>) -> Vec<(String, At<Value>)> {
        let fields = node.and_then(|node| self.fields(node));
        fields
            .map(|fields| fields.drain().collect())
            .unwrap_or_default()
    }

    /// Reads a list. A single value is a list of one.
    pub(super) fn list(&mut self, node: Option<At<Value>>) -> Vec<At<Value>> {
        let Some(node) = node else {
            return Vec::new();
        };
        match node.value {
            Value::Array(items) => {
                let each = items.into_iter().enumerate();
                each.map(|(i, item)| At::new(item, node.pointer.index(i)))
                    .collect()
            }
            other => vec![At::new(other, node.pointer)],
        }
    }

    /// Reads a string. Numbers keep their spelling, and booleans become `true` or `false`.
    pub(super) fn text(&mut self, node: Option<At<Value>>) -> Option<At<String>> {
        let node = node?;
        let text = match node.value {
            Value::String(text) => text,
            Value::Number(number) => self.lexemes.lexeme_at(&node.pointer, &number),
            Value::Bool(value) => value.to_string(),
            other => {
                self.wrong_type(&node.pointer, "a string", &other);
                return None;
            }
        };
        Some(At::new(text, node.pointer))
    }

    /// Reads a string without its position.
    pub(super) fn plain(&mut self, node: Option<At<Value>>) -> Option<String> {
        self.text(node).map(|text| text.value)
    }

    /// Reads a list of strings.
    pub(super) fn texts(&mut self, node: Option<At<Value>>) -> Vec<At<String>> {
        let items = self.list(node).into_iter();
        items.filter_map(|item| self.text(Some(item))).collect()
    }

    /// Reads a boolean. The default is `false`.
    pub(super) fn flag(&mut self, node: Option<At<Value>>) -> bool {
        match node {
            None => false,
            Some(At {
                value: Value::Bool(value),
                ..
            }) => value,
            Some(node) => {
                self.wrong_type(&node.pointer, "a boolean", &node.value);
                false
            }
        }
    }

    /// Reads an integer that is not negative.
    pub(super) fn count(&mut self, node: Option<At<Value>>) -> Option<At<u64>> {
        let node = node?;
        match node.value.as_u64() {
            Some(count) => Some(At::new(count, node.pointer)),
            None => {
                self.wrong_type(&node.pointer, "a whole number", &node.value);
                None
            }
        }
    }

    /// Reads a message, in one language or in several that include Rust.
    pub(super) fn localized(&mut self, node: Option<At<Value>>) -> Option<String> {
        match node? {
            At {
                value: Value::Bool(deprecated),
                ..
            } => deprecated.then(String::new),
            At {
                value: Value::Object(mut map),
                pointer,
            } => {
                let ours = map.remove("rust").or_else(|| map.remove("default"))?;
                self.plain(Some(At::new(ours, pointer)))
            }
            other => self.plain(Some(other)),
        }
    }

    /// Reads one of a list of words.
    pub(super) fn word<T: Copy>(
        &mut self,
        node: Option<At<Value>>,
        words: &[(&str, T)],
    ) -> Option<At<T>> {
        let text = self.text(node)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(At::new(*value, text.pointer));
        }
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let message = format!("`{}` is not an allowed value", text.value);
        let help = format!("use one of {}", known.join(", "));
        self.error(Code::InvalidConfigValue, &text.pointer, message, &help);
        None
    }

    /// Warns of the remaining keys of a mapping that the table of keys does not contain. `parent`
    /// is the mapping in that table.
    pub(super) fn finish(&mut self, fields: Fields, parent: &str) {
        let known: Vec<&str> = list_rows(parent).map(|row| row.key).collect();
        for (key, node) in fields.drain() {
            if !known.contains(&key.as_str()) && !key.starts_with("x-") {
                self.unknown_key(&key, &node.pointer, &known);
            }
        }
    }

    fn unknown_key(&mut self, key: &str, at: &Pointer, known: &[&str]) {
        let help = match text::find_similar_word(key, known) {
            Some(close) => format!("did you mean `{close}`? Otherwise remove it"),
            None => "remove it, or start its name with `x-`".to_owned(),
        };
        let message = format!("the key `{key}` is unknown");
        let diagnostic = Diagnostic::new(Code::UnknownConfigKey, at.clone(), message);
        self.diagnostics
            .push(diagnostic.help(help).on_key().in_config());
    }
}
