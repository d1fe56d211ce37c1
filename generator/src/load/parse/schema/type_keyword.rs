//! `type`: JSON types, and repairs of other names.

use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use crate::diagnostics::Code;
use crate::load::non_null_type::NonNullType;
use crate::source::PointerPath;

/// Returns the type that a name of another language means, and the format that it implies.
fn foreign_type(word: &str) -> Option<(Option<NonNullType>, Option<&'static str>)> {
    let read_as = |json_type, format| Some((Some(json_type), format));
    match word.trim().to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "char" | "varchar" | "enum" | "url" | "email" => {
            read_as(NonNullType::String, None)
        }
        "uuid" | "guid" => read_as(NonNullType::String, Some("uuid")),
        "date" => read_as(NonNullType::String, Some("date")),
        "datetime" | "date-time" | "timestamp" => read_as(NonNullType::String, Some("date-time")),
        "byte" | "base64" => read_as(NonNullType::String, Some("byte")),
        "file" | "binary" | "bytes" => read_as(NonNullType::String, Some("binary")),
        "integer" | "int" => read_as(NonNullType::Integer, None),
        "int32" | "short" => read_as(NonNullType::Integer, Some("int32")),
        "int64" | "long" | "bigint" => read_as(NonNullType::Integer, Some("int64")),
        "number" | "numeric" | "decimal" => read_as(NonNullType::Number, None),
        "float" => read_as(NonNullType::Number, Some("float")),
        "double" => read_as(NonNullType::Number, Some("double")),
        "boolean" | "bool" => read_as(NonNullType::Boolean, None),
        "object" | "map" | "dict" | "dictionary" | "hash" | "json" => {
            read_as(NonNullType::Object, None)
        }
        "array" | "list" => read_as(NonNullType::Array, None),
        "any" | "mixed" | "" => Some((None, None)),
        _ => None,
    }
}

impl Parser<'_> {
    pub(super) fn parse_types(
        &mut self,
        keywords: &mut SchemaKeywords,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        let nullable = std::mem::take(&mut keywords.null);
        match value {
            Value::String(word) => self.parse_type_name(keywords, &word, at),
            Value::Array(words) => {
                for (i, word) in words.into_iter().enumerate() {
                    match word {
                        Value::String(word) => self.parse_type_name(keywords, &word, &at.index(i)),
                        Value::Null => keywords.null = true,
                        other => {
                            self.report_wrong_type(&at.index(i), "a type", &other, "it is ignored")
                        }
                    }
                }
            }
            Value::Null => {}
            other => self.report_wrong_type(at, "a type", &other, "it is ignored"),
        }
        keywords.only_null = keywords.null && keywords.types.is_empty();
        keywords.null |= nullable;
    }

    fn parse_type_name(&mut self, keywords: &mut SchemaKeywords, word: &str, at: &PointerPath<'_>) {
        if word == "null" {
            keywords.null = true;
        } else if let Some(json_type) = NonNullType::from_name(word) {
            add(keywords, json_type);
        } else if word == "file" && self.version.is_swagger() {
            add(keywords, NonNullType::String);
            keywords.format = Some("binary".to_owned());
        } else {
            self.repair_type(keywords, word, at);
        }
    }

    fn repair_type(&mut self, keywords: &mut SchemaKeywords, word: &str, at: &PointerPath<'_>) {
        // `string,null` and `string|integer`.
        if word.contains([',', '|']) && word.split([',', '|']).all(is_type) {
            let message = format!("`{word}` is read as a list of types");
            self.report(Code::InvalidType, at, message);
            for word in word.split([',', '|']) {
                self.parse_type_name(keywords, word.trim(), at);
            }
            return;
        }
        let Some((json_type, format)) = foreign_type(word) else {
            let message = format!("`{word}` is not a type; it is ignored");
            self.report(Code::InvalidType, at, message);
            return;
        };
        let read_as = json_type.map_or("any type", NonNullType::as_str);
        let message = format!("`{word}` is not a type; it is read as `{read_as}`");
        self.report(Code::InvalidType, at, message);
        if let Some(json_type) = json_type {
            add(keywords, json_type);
        }
        if let (None, Some(format)) = (&keywords.format, format) {
            keywords.format = Some(format.to_owned());
        }
    }
}

fn is_type(word: &str) -> bool {
    let word = word.trim();
    word == "null" || NonNullType::from_name(word).is_some()
}

fn add(keywords: &mut SchemaKeywords, json_type: NonNullType) {
    if !keywords.types.contains(&json_type) {
        keywords.types.push(json_type);
    }
}
