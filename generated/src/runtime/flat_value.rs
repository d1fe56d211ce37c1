//! From the JSON form of a value to the texts that paths, queries, headers and
//! forms are made of.
//!
//! Any value that can be a body can be a parameter too, and this is the one place
//! that takes it apart; no type carries code for it.

use crate::runtime::codec::{self, Decode, DecodeError, Encode, JsonKind, Reader, Writer};
use crate::runtime::error::BuildError;

/// A value taken apart.
#[derive(Debug, PartialEq)]
pub(crate) enum Flat {
    /// A null.
    Null,
    /// A text.
    Text(String),
    /// A number or boolean, as it is spelled.
    Literal(String),
    /// An array.
    List(Vec<Flat>),
    /// An object, in the order of its members.
    Object(Vec<(String, Flat)>),
}

impl Flat {
    /// Takes a value apart; one that is absent gives nothing.
    #[inline]
    pub(crate) fn from_value(value: &dyn Encode) -> Option<Self> {
        if value.is_absent() {
            return None;
        }
        let mut writer = Writer::new();
        value.encode(&mut writer);
        Some(Self::from_json(&writer.into_vec()))
    }

    /// Takes JSON text apart, with a short way for scalars.
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

    /// The text of a scalar.
    #[inline]
    pub(crate) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Literal(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The value as one text: a scalar's own, and of anything else the parts with commas,
    /// as the `simple` style of OpenAPI writes them where nothing is percent-encoded. `None` for null
    /// and for no parts.
    ///
    /// # Errors
    ///
    /// Fails if a part has a character that separates parts.
    #[inline]
    pub(crate) fn simple(&self, name: &str, member: &str) -> Result<Option<String>, BuildError> {
        self.check_items(name, ',')?;
        if let (Self::Object(members), '=') = (self, member.chars().next().unwrap_or(',')) {
            let mut names = members.iter().map(|(name, _)| name);
            if names.any(|name| name.contains('=')) {
                return Err(ambiguous(name, '='));
            }
        }
        let parts = self.parts(member, &str::to_owned);
        Ok(parts.map(|parts| parts.join(",")))
    }

    /// The parts of a value as one text, with another separator between them than a comma. `None` for
    /// null and for no parts.
    ///
    /// # Errors
    ///
    /// Fails if a part has the separator.
    #[inline]
    pub(crate) fn joined(&self, name: &str, separator: char) -> Result<Option<String>, BuildError> {
        self.check_items(name, separator)?;
        let parts = self.parts(",", &str::to_owned);
        Ok(parts.map(|parts| parts.join(separator.encode_utf8(&mut [0; 4]))))
    }

    /// Checks that no item, and no name of a member, has the character that separates them, where it
    /// is not escaped: two values would be the same text.
    #[inline]
    pub(crate) fn check_items(&self, name: &str, separator: char) -> Result<(), BuildError> {
        let has_one = |item: &Self| item.text().is_some_and(|text| text.contains(separator));
        let is_ambiguous = match self {
            Self::Null | Self::Text(_) | Self::Literal(_) => false,
            Self::List(items) => items.iter().any(has_one),
            Self::Object(members) => members
                .iter()
                .any(|(name, value)| name.contains(separator) || has_one(value)),
        };
        match is_ambiguous {
            true => Err(ambiguous(name, separator)),
            false => Ok(()),
        }
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
            Self::Text(text) | Self::Literal(text) => vec![encode(text)],
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

    /// A part as one text: what is nested deeper is JSON. `None` for null.
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

/// The error that a character separates parts and is in one.
#[inline]
pub(crate) fn ambiguous(name: &str, separator: char) -> BuildError {
    BuildError::new(format!(
        "a part of `{}` contains `{separator}`, which separates its parts where it is sent",
        name.escape_debug()
    ))
}

impl Encode for Flat {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Null => w.null(),
            Self::Text(text) => w.str(text),
            Self::Literal(text) => w.json(text),
            Self::List(items) => items.encode(w),
            Self::Object(members) => {
                w.begin_object();
                for (name, value) in members {
                    w.member(name, value);
                }
                w.end_object();
            }
        }
    }
}

/// A number keeps the digits that it was written with.
impl Decode for Flat {
    #[inline]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match r.kind()? {
            JsonKind::Null => r.null().map(|_| Self::Null)?,
            JsonKind::Bool => Self::Literal(r.bool()?.to_string()),
            JsonKind::Number => Self::Literal(r.raw()?.text().into_owned()),
            JsonKind::String => Self::Text(r.str()?.to_owned()),
            JsonKind::Array => Self::List(Vec::decode(r)?),
            JsonKind::Object => {
                let mut members: Vec<(String, Self)> = Vec::new();
                r.begin_object()?;
                while let Some(name) = r.key()? {
                    let value = Self::decode(r)?;
                    // Of two members of one name the last counts, as everywhere.
                    match members.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, known)) => *known = value,
                        None => members.push((name, value)),
                    }
                }
                Self::Object(members)
            }
        })
    }
}

/// The members of an object, each with the JSON text of its value; `None` of anything else.
#[inline]
pub(crate) fn members(json: &[u8]) -> Option<Vec<(String, JsonText)>> {
    let members: Members = codec::from_slice(json).ok()?;
    Some(members.0)
}

/// A value that is JSON already.
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
        let mut members: Vec<(String, JsonText)> = Vec::new();
        r.begin_object()?;
        while let Some(name) = r.key()? {
            let value = JsonText(r.raw()?.text().into_owned());
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = value,
                None => members.push((name, value)),
            }
        }
        Ok(Self(members))
    }
}
