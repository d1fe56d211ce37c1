//! Values of the wrong type, converted to the expected type.

use serde_json::{Map, Number, Value};

use super::Parser;
use crate::diagnostics::Code;
use crate::source::PointerPath;

/// Returns the type of a value in words.
pub(super) fn describe_type(value: &Value) -> &'static str {
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
    /// Reports a value of the wrong type.
    pub(super) fn report_wrong_type(
        &mut self,
        at: &PointerPath<'_>,
        wanted: &str,
        found: &Value,
        then: &str,
    ) {
        let found = describe_type(found);
        self.report(
            Code::WrongType,
            at,
            format!("expected {wanted}, found {found}; {then}"),
        );
    }

    /// Returns a mapping. `null` is an empty mapping, without a warning.
    pub(super) fn read_object(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Map<String, Value>> {
        match value {
            Value::Object(map) => Some(map),
            Value::Null => None,
            other => {
                self.report_wrong_type(at, "a mapping", &other, "it is ignored");
                None
            }
        }
    }

    /// Returns a string. Other scalars are converted.
    pub(super) fn read_string(&mut self, value: Value, at: &PointerPath<'_>) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            Value::Null => None,
            Value::Number(number) => {
                let text = self.spell_number(&number, at);
                let then = format!("it is read as `{text}`");
                self.report_wrong_type(at, "a string", &Value::Number(number), &then);
                Some(text)
            }
            Value::Bool(value) => {
                let then = format!("it is read as `{value}`");
                self.report_wrong_type(at, "a string", &Value::Bool(value), &then);
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
                self.report_wrong_type(at, "a string", &other, "it is ignored");
                None
            }
        }
    }

    /// Returns a number as the document spells it.
    pub(super) fn spell_number(&self, number: &Number, at: &PointerPath<'_>) -> String {
        self.lexemes.lexeme_at(&at.pointer(), number)
    }

    /// Returns a boolean.
    pub(super) fn read_flag(&mut self, value: Value, at: &PointerPath<'_>) -> Option<bool> {
        let converted = match &value {
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
        let then = converted.map_or_else(
            || "it is ignored".to_owned(),
            |converted| format!("it is read as `{converted}`"),
        );
        self.report_wrong_type(at, "a boolean", &value, &then);
        converted
    }

    /// Returns a number.
    pub(super) fn read_number(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Number> {
        let converted = match value {
            Value::Number(number) => return Some(number),
            Value::Null => return None,
            // The reader's replacement for numbers that exceed the range of a double.
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
        let then = if converted.is_some() {
            "it is read as one"
        } else {
            "it is ignored"
        };
        self.report_wrong_type(at, "a number", &value, then);
        converted
    }

    /// Returns a number of items: an integer that is not negative.
    pub(super) fn read_count(&mut self, value: Value, at: &PointerPath<'_>) -> Option<usize> {
        let number = self.read_number(value, at)?;
        let whole = number
            .as_u64()
            .or_else(|| number.as_f64().and_then(to_whole_u64));
        let count = whole.and_then(|n| usize::try_from(n).ok());
        if count.is_none() {
            let message = format!("`{number}` is not a whole number; it is ignored");
            self.report(Code::InvalidCount, at, message);
        }
        count
    }

    /// Returns a list. Any other value becomes a list of one element.
    pub(super) fn read_list(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<Value> {
        match value {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            other => {
                self.report_wrong_type(at, "a list", &other, "it is read as the only item");
                vec![other]
            }
        }
    }

    /// Returns a list of strings.
    pub(super) fn read_strings(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<String> {
        let items = self.read_list(value, at).into_iter().enumerate();
        items
            .filter_map(|(i, item)| self.read_string(item, &at.index(i)))
            .collect()
    }
}

/// Returns the boolean that a word means. YAML 1.1 has more such words.
pub(super) fn parse_bool_word(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Whether a text is a number that exceeds the range of a double: `1e400`, or the reader's
/// replacement for it.
fn is_infinite(text: &str) -> bool {
    text.ends_with(".inf") || text.parse::<f64>().is_ok_and(f64::is_infinite)
}

/// Returns a float without a fraction as an integer.
pub(super) fn to_whole_u64(value: f64) -> Option<u64> {
    (value.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&value))
        .then_some(value as u64)
}
