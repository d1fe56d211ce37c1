//! Conversion of values to the texts of paths, queries, headers and forms.
//!
//! Every value that can be a body can also be a parameter. This module converts its JSON, so that
//! generated types need no code for it.

use crate::runtime::codec::{self, Decode, DecodeError, Encode, JsonKind, Reader, Writer};
use crate::runtime::error::BuildError;

/// A JSON value that is split into parts.
#[derive(Debug, PartialEq)]
pub(crate) enum FlatValue {
    /// Null.
    Null,
    /// A string.
    Text(String),
    /// A number or a boolean, as spelled.
    Literal(String),
    /// An array.
    List(Vec<FlatValue>),
    /// An object. Properties keep their order.
    Object(Vec<(String, FlatValue)>),
}

impl FlatValue {
    /// Splits a value. Returns `None` if it is absent.
    #[inline]
    pub(crate) fn from_value(value: &dyn Encode) -> Option<Self> {
        if value.is_absent() {
            return None;
        }
        let mut writer = Writer::new();
        value.encode(&mut writer);
        Some(Self::from_json(&writer.into_vec()))
    }

    /// Splits a JSON text, with a fast path for scalars.
    #[inline]
    pub(crate) fn from_json(json: &[u8]) -> Self {
        let text = match json {
            [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => Some(inner),
            [b't' | b'f' | b'-' | b'0'..=b'9', ..] => Some(json),
            _ => None,
        };
        match (json, text.map(std::str::from_utf8)) {
            ([b'"', ..], Some(Ok(text))) => Self::Text(text.to_owned()),
            (_, Some(Ok(text))) => Self::Literal(text.to_owned()),
            _ => codec::from_slice(json).unwrap_or(Self::Null),
        }
    }

    /// Returns the text of a scalar.
    #[inline]
    pub(crate) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Literal(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Returns the value as one text: a scalar as is, and other values as parts joined by commas.
    /// This is OpenAPI's `simple` style without percent-encoding.
    ///
    /// Returns `None` for null, and if there are no parts.
    ///
    /// # Errors
    ///
    /// Returns an error if a part contains a separator.
    #[inline]
    pub(crate) fn simple(
        &self,
        name: &str,
        name_separator: &str,
    ) -> Result<Option<String>, BuildError> {
        self.check_items(name, ',')?;
        if let (Self::Object(properties), '=') =
            (self, name_separator.chars().next().unwrap_or(','))
        {
            let mut names = properties.iter().map(|(name, _)| name);
            if names.any(|name| name.contains('=')) {
                return Err(ambiguous(name, '='));
            }
        }
        let parts = self.parts(name_separator, &str::to_owned);
        Ok(parts.map(|parts| parts.join(",")))
    }

    /// Returns the parts of a value, joined by `separator`. Returns `None` for null, and if there
    /// are no parts.
    ///
    /// # Errors
    ///
    /// Returns an error if a part contains the separator.
    #[inline]
    pub(crate) fn joined(&self, name: &str, separator: char) -> Result<Option<String>, BuildError> {
        self.check_items(name, separator)?;
        let parts = self.parts(",", &str::to_owned);
        Ok(parts.map(|parts| parts.join(separator.encode_utf8(&mut [0; 4]))))
    }

    /// Checks that no item and no property name contains the separator, for styles that cannot
    /// escape it. Otherwise two different values would have the same text.
    #[inline]
    pub(crate) fn check_items(&self, name: &str, separator: char) -> Result<(), BuildError> {
        let has_one = |item: &Self| item.text().is_some_and(|text| text.contains(separator));
        let is_ambiguous = match self {
            Self::Null | Self::Text(_) | Self::Literal(_) => false,
            Self::List(items) => items.iter().any(has_one),
            Self::Object(properties) => properties
                .iter()
                .any(|(name, value)| name.contains(separator) || has_one(value)),
        };
        match is_ambiguous {
            true => Err(ambiguous(name, separator)),
            false => Ok(()),
        }
    }

    /// Returns the parts of a value, each after `encode`: the items of an array, or the names and
    /// values of an object. `name_separator` joins a name and its value, if they are not joined by a comma.
    #[inline]
    pub(crate) fn parts(
        &self,
        name_separator: &str,
        encode: &dyn Fn(&str) -> String,
    ) -> Option<Vec<String>> {
        let parts: Vec<String> = match self {
            Self::Null => return None,
            Self::Text(text) | Self::Literal(text) => vec![encode(text)],
            Self::List(items) => items
                .iter()
                .filter_map(Self::text)
                .map(|text| encode(&text))
                .collect(),
            Self::Object(properties) => properties
                .iter()
                .filter_map(|(name, value)| {
                    Some(format!(
                        "{}{name_separator}{}",
                        encode(name),
                        encode(&value.text()?)
                    ))
                })
                .collect(),
        };
        (!parts.is_empty()).then_some(parts)
    }

    /// Returns a part as text. Nested arrays and objects become JSON. Returns `None` for null.
    #[inline]
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Text(text) | Self::Literal(text) => Some(text.clone()),
            Self::List(_) | Self::Object(_) => {
                Some(String::from_utf8_lossy(&codec::to_vec(self)).into_owned())
            }
        }
    }
}

/// Creates the error for a part that contains its separator.
#[inline]
pub(crate) fn ambiguous(name: &str, separator: char) -> BuildError {
    BuildError::new(format!(
        "a part of `{}` contains `{separator}`, which separates its parts in the request",
        name.escape_debug()
    ))
}

impl Encode for FlatValue {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Null => w.null(),
            Self::Text(text) => w.str(text),
            Self::Literal(text) => w.json(text),
            Self::List(items) => items.encode(w),
            Self::Object(properties) => {
                w.begin_object();
                for (name, value) in properties {
                    w.member(name, value);
                }
                w.end_object();
            }
        }
    }
}

/// Numbers keep their spelling.
impl Decode for FlatValue {
    #[inline]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match r.kind()? {
            JsonKind::Null => r.null().map(|_| Self::Null)?,
            JsonKind::Bool => Self::Literal(r.bool()?.to_string()),
            JsonKind::Number => Self::Literal(r.raw()?.text().into_owned()),
            JsonKind::String => Self::Text(r.str()?.to_owned()),
            JsonKind::Array => Self::List(Vec::decode(r)?),
            JsonKind::Object => {
                let mut properties: Vec<(String, Self)> = Vec::new();
                r.begin_object()?;
                while let Some(name) = r.key()? {
                    let value = Self::decode(r)?;
                    // Of duplicate properties the last one wins, as in the codec.
                    match properties.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, known)) => *known = value,
                        None => properties.push((name, value)),
                    }
                }
                Self::Object(properties)
            }
        })
    }
}

/// Returns the properties of an object with their JSON text. Returns `None` for other values.
#[inline]
pub(crate) fn properties(json: &[u8]) -> Option<Vec<(String, JsonText)>> {
    let properties: Members = codec::from_slice(json).ok()?;
    Some(properties.0)
}

/// A value that is already JSON text.
pub(crate) struct JsonText(String);

impl JsonText {
    pub(crate) fn new(json: String) -> Self {
        Self(json)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Encode for JsonText {
    fn encode(&self, w: &mut Writer) {
        w.json(&self.0);
    }
}

struct Members(Vec<(String, JsonText)>);

impl Decode for Members {
    #[inline]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut properties: Vec<(String, JsonText)> = Vec::new();
        r.begin_object()?;
        while let Some(name) = r.key()? {
            let value = JsonText(r.raw()?.text().into_owned());
            match properties.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = value,
                None => properties.push((name, value)),
            }
        }
        Ok(Self(properties))
    }
}
