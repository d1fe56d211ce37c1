//! `type`: the words for it, right and wrong.

use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use crate::diagnostics::Code;
use crate::source::PointerPath;

/// A type of JSON, `null` apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BasicType {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
}

impl BasicType {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
        }
    }

    pub(super) const fn is_scalar(self) -> bool {
        !matches!(self, Self::Object | Self::Array)
    }

    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "string" => Self::String,
            "number" => Self::Number,
            "integer" => Self::Integer,
            "boolean" => Self::Boolean,
            "object" => Self::Object,
            "array" => Self::Array,
            _ => return None,
        })
    }

    /// The type of a value.
    pub(super) fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::Boolean),
            Value::Number(n) if n.is_f64() => Some(Self::Number),
            Value::Number(_) => Some(Self::Integer),
            Value::String(_) => Some(Self::String),
            Value::Array(_) => Some(Self::Array),
            Value::Object(_) => Some(Self::Object),
        }
    }
}

/// Words that other languages have for types, with the format they imply.
fn foreign_type(word: &str) -> Option<(Option<BasicType>, Option<&'static str>)> {
    let basic = |basic, format| Some((Some(basic), format));
    match word.trim().to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "char" | "varchar" | "enum" | "url" | "email" => {
            basic(BasicType::String, None)
        }
        "uuid" | "guid" => basic(BasicType::String, Some("uuid")),
        "date" => basic(BasicType::String, Some("date")),
        "datetime" | "date-time" | "timestamp" => basic(BasicType::String, Some("date-time")),
        "byte" | "base64" => basic(BasicType::String, Some("byte")),
        "file" | "binary" | "bytes" => basic(BasicType::String, Some("binary")),
        "integer" | "int" => basic(BasicType::Integer, None),
        "int32" | "short" => basic(BasicType::Integer, Some("int32")),
        "int64" | "long" | "bigint" => basic(BasicType::Integer, Some("int64")),
        "number" | "numeric" | "decimal" => basic(BasicType::Number, None),
        "float" => basic(BasicType::Number, Some("float")),
        "double" => basic(BasicType::Number, Some("double")),
        "boolean" | "bool" => basic(BasicType::Boolean, None),
        "object" | "map" | "dict" | "dictionary" | "hash" | "json" => {
            basic(BasicType::Object, None)
        }
        "array" | "list" => basic(BasicType::Array, None),
        "any" | "mixed" | "" => Some((None, None)),
        _ => None,
    }
}

impl Parser<'_> {
    pub(super) fn types(&mut self, draft: &mut SchemaKeywords, value: Value, at: &PointerPath<'_>) {
        let nullable = std::mem::take(&mut draft.null);
        match value {
            Value::String(word) => self.type_word(draft, &word, at),
            Value::Array(words) => {
                for (i, word) in words.into_iter().enumerate() {
                    match word {
                        Value::String(word) => self.type_word(draft, &word, &at.index(i)),
                        Value::Null => draft.null = true,
                        other => self.wrong_type(&at.index(i), "a type", &other, "it is ignored"),
                    }
                }
            }
            Value::Null => {}
            other => self.wrong_type(at, "a type", &other, "it is ignored"),
        }
        draft.only_null = draft.null && draft.types.is_empty();
        draft.null |= nullable;
    }

    fn type_word(&mut self, draft: &mut SchemaKeywords, word: &str, at: &PointerPath<'_>) {
        if word == "null" {
            draft.null = true;
        } else if let Some(basic) = BasicType::from_word(word) {
            add(draft, basic);
        } else if word == "file" && self.version.is_swagger() {
            add(draft, BasicType::String);
            draft.format = Some("binary".to_owned());
        } else {
            self.odd_type(draft, word, at);
        }
    }

    fn odd_type(&mut self, draft: &mut SchemaKeywords, word: &str, at: &PointerPath<'_>) {
        // `string,null` and `string|integer`.
        if word.contains([',', '|']) && word.split([',', '|']).all(is_type) {
            let message = format!("`{word}` is read as a list of types");
            self.report(Code::InvalidType, at, message);
            for word in word.split([',', '|']) {
                self.type_word(draft, word.trim(), at);
            }
            return;
        }
        let Some((basic, format)) = foreign_type(word) else {
            let message = format!("`{word}` is not a type; it is ignored");
            self.report(Code::InvalidType, at, message);
            return;
        };
        let read_as = basic.map_or("any type", BasicType::as_str);
        let message = format!("`{word}` is not a type; it is read as `{read_as}`");
        self.report(Code::InvalidType, at, message);
        if let Some(basic) = basic {
            add(draft, basic);
        }
        if let (None, Some(format)) = (&draft.format, format) {
            draft.format = Some(format.to_owned());
        }
    }
}

fn is_type(word: &str) -> bool {
    let word = word.trim();
    word == "null" || BasicType::from_word(word).is_some()
}

fn add(draft: &mut SchemaKeywords, basic: BasicType) {
    if !draft.types.contains(&basic) {
        draft.types.push(basic);
    }
}
