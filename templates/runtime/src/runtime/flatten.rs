//! From the JSON form of a value to the texts that paths, queries, headers and
//! forms are made of.
//!
//! Any value that can be a body can be a parameter too, and this is the one place
//! that takes it apart; no type carries code for it.

use serde_json::Value;

use crate::runtime::codec::{Encode, Writer};

/// A value taken apart.
#[derive(Debug, PartialEq)]
pub(crate) enum Flat {
    /// A null.
    Null,
    /// A text, number or boolean, as its text.
    Scalar(String),
    /// An array.
    List(Vec<Flat>),
    /// An object, in the order of its members.
    Object(Vec<(String, Flat)>),
}

impl Flat {
    /// Takes a value apart; one that is absent gives nothing.
    #[inline]
    pub(crate) fn of(value: &dyn Encode) -> Option<Self> {
        if value.is_absent() {
            return None;
        }
        let mut writer = Writer::new();
        value.encode(&mut writer);
        Some(Self::of_json(&writer.into_vec()))
    }

    /// Takes JSON text apart, with a short way for scalars.
    #[inline]
    pub(crate) fn of_json(json: &[u8]) -> Self {
        let text = match json {
            [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => Some(inner),
            [b't' | b'f' | b'-' | b'0'..=b'9', ..] => Some(json),
            _ => None,
        };
        match text.map(std::str::from_utf8) {
            Some(Ok(text)) => Self::Scalar(text.to_owned()),
            _ => serde_json::from_slice(json).map_or(Self::Null, Self::of_value),
        }
    }

    /// Takes JSON apart.
    #[inline]
    pub(crate) fn of_value(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Scalar(value.to_string()),
            Value::Number(value) => Self::Scalar(value.to_string()),
            Value::String(value) => Self::Scalar(value),
            Value::Array(items) => Self::List(items.into_iter().map(Self::of_value).collect()),
            Value::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name, Self::of_value(value)))
                    .collect(),
            ),
        }
    }

    /// The value as one text: a scalar's own, and of anything else the parts with commas,
    /// as the `simple` style of OpenAPI writes them. `None` for null and for no parts.
    #[inline]
    pub(crate) fn simple(&self, member: &str) -> Option<String> {
        self.parts(member, &str::to_owned)
            .map(|parts| parts.join(","))
    }

    /// The parts of a value, each after `encode`: an array's items, or an object's names and
    /// values, which `member` joins if it is not a comma.
    #[inline]
    pub(crate) fn parts(
        &self,
        member: &str,
        encode: &dyn Fn(&str) -> String,
    ) -> Option<Vec<String>> {
        let parts: Vec<String> = match self {
            Self::Null => return None,
            Self::Scalar(text) => vec![encode(text)],
            Self::List(items) => items
                .iter()
                .filter_map(Self::text)
                .map(|text| encode(&text))
                .collect(),
            Self::Object(members) => members
                .iter()
                .filter_map(|(name, value)| {
                    Some(format!(
                        "{}{member}{}",
                        encode(name),
                        encode(&value.text()?)
                    ))
                })
                .collect(),
        };
        (!parts.is_empty()).then_some(parts)
    }

    /// A part as one text; what is nested deeper is joined with commas. `None` for null.
    #[inline]
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Scalar(text) => Some(text.clone()),
            deeper => deeper.simple(","),
        }
    }
}
