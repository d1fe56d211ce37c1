//! Values of the wrong type: what they were meant to be.

use serde_json::{Map, Number, Value};

use super::Parser;
use crate::diagnostics::Code;
use crate::source::PointerPath;

/// What a value is, in words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

impl Parser<'_> {
    /// Says that a value was meant to be something else.
    pub(super) fn wrong_type(
        &mut self,
        at: &PointerPath<'_>,
        wanted: &str,
        found: &Value,
        then: &str,
    ) {
        let found = kind(found);
        self.report(
            Code::WrongType,
            at,
            format!("expected {wanted}, found {found}; {then}"),
        );
    }

    /// A mapping. `null` is an empty one, silently.
    pub(super) fn object(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Map<String, Value>> {
        match value {
            Value::Object(map) => Some(map),
            Value::Null => None,
            other => {
                self.wrong_type(at, "a mapping", &other, "it is ignored");
                None
            }
        }
    }

    /// A text. Scalars are read as what they look like.
    pub(super) fn text(&mut self, value: Value, at: &PointerPath<'_>) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            Value::Null => None,
            Value::Number(number) => {
                let text = self.spelling(&number, at);
                let then = format!("it is read as `{text}`");
                self.wrong_type(at, "a string", &Value::Number(number), &then);
                Some(text)
            }
            Value::Bool(value) => {
                let then = format!("it is read as `{value}`");
                self.wrong_type(at, "a string", &Value::Bool(value), &then);
                Some(value.to_string())
            }
            Value::Array(lines) if lines.iter().all(Value::is_string) => {
                let lines: Vec<_> = lines.iter().filter_map(Value::as_str).collect();
                self.report(
                    Code::WrongType,
                    at,
                    "expected a string, found a list; its items are joined",
                );
                Some(lines.join("\n"))
            }
            other => {
                self.wrong_type(at, "a string", &other, "it is ignored");
                None
            }
        }
    }

    /// A number as it was written.
    pub(super) fn spelling(&self, number: &Number, at: &PointerPath<'_>) -> String {
        self.lexemes.lexeme_at(&at.pointer(), number)
    }

    /// A boolean.
    pub(super) fn flag(&mut self, value: Value, at: &PointerPath<'_>) -> Option<bool> {
        let meant = match &value {
            Value::Bool(value) => return Some(*value),
            Value::Null => return None,
            Value::String(text) => parse_bool_word(text),
            Value::Number(n) => n.as_u64().and_then(|n| match n {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            }),
            _ => None,
        };
        let then = meant.map_or_else(
            || "it is ignored".to_owned(),
            |meant| format!("it is read as `{meant}`"),
        );
        self.wrong_type(at, "a boolean", &value, &then);
        meant
    }

    /// A number.
    pub(super) fn number(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Number> {
        let meant = match value {
            Value::Number(number) => return Some(number),
            Value::Null => return None,
            // What the reader makes of numbers that no double holds.
            Value::String(text) if is_infinite(text.trim()) => {
                self.report(
                    Code::WrongType,
                    at,
                    "the number is too large; it is ignored",
                );
                return None;
            }
            Value::String(ref text) => text.trim().parse::<Number>().ok(),
            _ => None,
        };
        let then = if meant.is_some() {
            "it is read as one"
        } else {
            "it is ignored"
        };
        self.wrong_type(at, "a number", &value, then);
        meant
    }

    /// A number of things: a whole number that is not negative.
    pub(super) fn count(&mut self, value: Value, at: &PointerPath<'_>) -> Option<usize> {
        let number = self.number(value, at)?;
        let whole = number
            .as_u64()
            .or_else(|| number.as_f64().and_then(whole_u64));
        let count = whole.and_then(|n| usize::try_from(n).ok());
        if count.is_none() {
            let message = format!("`{number}` is not a whole number; it is ignored");
            self.report(Code::InvalidCount, at, message);
        }
        count
    }

    /// A list. Anything else is a list of itself.
    pub(super) fn list(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<Value> {
        match value {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            other => {
                self.wrong_type(at, "a list", &other, "it is read as the only item");
                vec![other]
            }
        }
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<String> {
        let items = self.list(value, at).into_iter().enumerate();
        items
            .filter_map(|(i, item)| self.text(item, &at.index(i)))
            .collect()
    }
}

/// The boolean that a text stands for. YAML 1.1 had more words for it.
pub(super) fn parse_bool_word(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Whether a text is a number that no double holds: `1e400`, or what the reader makes of it.
fn is_infinite(text: &str) -> bool {
    text.ends_with(".inf") || text.parse::<f64>().is_ok_and(f64::is_infinite)
}

/// A float that is a whole number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the range is checked first"
)]
pub(super) fn whole_u64(value: f64) -> Option<u64> {
    (value.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&value))
        .then_some(value as u64)
}
