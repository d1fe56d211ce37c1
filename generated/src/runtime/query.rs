//! Serialization of values to URL queries and form bodies.
//!
//! All characters of names and values except the unreserved ones are percent-encoded; a space
//! becomes `%20`. Absent values and empty arrays are omitted. An explicit null is sent as a name
//! without a value. Null items of an array are dropped.

mod style;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::runtime::error::BuildError;
use crate::runtime::flat_value::{FlatValue, ambiguous};

pub use self::style::QueryStyle;
use self::style::{ArrayStyle, NestedStyle, PropertyStyle};

/// All characters except the unreserved ones.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// All characters except the unreserved ones, and the reserved ones that are allowed in a query
/// value.
///
/// `#` is encoded because it would end the query. `&` and `+` are encoded because servers read them
/// as a separator and a space.
const RESERVED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same set with the comma, for styles in which it separates values.
const LISTED: &AsciiSet = &RESERVED.add(b',');

/// The characters of a value that are percent-encoded. In names, all are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// All characters except the unreserved ones.
    All,
    /// OpenAPI's `allowReserved`: reserved characters are not encoded.
    AllowReserved,
}

impl Escape {
    #[inline]
    fn value(self, text: &str) -> String {
        self.with(text, RESERVED)
    }

    /// Encodes one of several values that a separator joins.
    #[inline]
    fn item(self, text: &str) -> String {
        self.with(text, LISTED)
    }

    #[inline]
    fn with(self, text: &str, allowing: &'static AsciiSet) -> String {
        match self {
            Self::All => encode(text),
            Self::AllowReserved => utf8_percent_encode(text, allowing).to_string(),
        }
    }
}

/// One `name=value` pair of a query.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// Name of the parameter that the pair belongs to. A later parameter of this name replaces the
    /// pair.
    pub(crate) name: String,
    /// Encoded text. If it is empty, the parameter is removed.
    pub(crate) text: String,
}

/// Encodes text for a query.
#[inline]
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Creates a pair from plain text.
#[inline]
pub(crate) fn pair(name: &str, value: &str) -> Pair {
    escaped(name, value, Escape::All)
}

/// Creates a pair that removes a parameter.
#[inline]
pub(crate) fn omitted_pair(name: &str) -> Pair {
    Pair {
        name: name.to_owned(),
        text: String::new(),
    }
}

/// Creates a pair from plain text, with the given escaping of the value.
#[inline]
pub(crate) fn escaped(name: &str, value: &str, escape: Escape) -> Pair {
    Pair {
        name: name.to_owned(),
        text: format!("{}={}", encode(name), escape.value(value)),
    }
}

/// Creates a value that is the whole query, without a name.
#[inline]
pub(crate) fn unencoded_pair(name: &str, value: &str, escape: Escape) -> Pair {
    Pair {
        name: name.to_owned(),
        text: escape.value(value),
    }
}

/// Encodes a value as the text of a form. A string is used as is. Returns `None` for null, and for
/// arrays, whose items have no names.
#[inline]
pub(crate) fn form(value: &FlatValue) -> Result<Option<String>, BuildError> {
    match value {
        FlatValue::Object(members) => {
            let mut pairs = Vec::new();
            write_properties(members, QueryStyle::FormMember, Escape::All, &mut pairs)?;
            let texts = pairs.iter().map(|pair| pair.text.as_str());
            let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            Ok(Some(texts.join("&")))
        }
        FlatValue::Text(text) | FlatValue::Literal(text) => Ok(Some(text.clone())),
        FlatValue::Null | FlatValue::List(_) => Ok(None),
    }
}

/// Splits an encoded query into pairs.
#[inline]
pub(crate) fn literal(query: &str) -> impl Iterator<Item = Pair> {
    query
        .split('&')
        .filter(|text| !text.is_empty())
        .map(|text| {
            let name = text.split('=').next().unwrap_or(text);
            Pair {
                name: percent_decode_str(name).decode_utf8_lossy().into_owned(),
                text: utf8_percent_encode(text, crate::runtime::path::LITERAL).to_string(),
            }
        })
}

/// Serializes a parameter in a style, as pairs.
///
/// # Errors
///
/// Returns an error if a different value would have the same serialization.
#[inline]
pub(crate) fn write(
    name: &str,
    value: &FlatValue,
    style: QueryStyle,
    escape: Escape,
    pairs: &mut Vec<Pair>,
) -> Result<(), BuildError> {
    if let Some(separator) = style.separator() {
        value.check_items(name, separator)?;
    }
    let mut target = QueryTarget {
        group: name,
        style,
        escape,
        pairs,
    };
    match (style, value) {
        (QueryStyle::FormExplode, FlatValue::Object(members)) => {
            return write_properties(members, style, escape, pairs);
        }
        (
            QueryStyle::Form
            | QueryStyle::SpaceDelimited
            | QueryStyle::PipeDelimited
            | QueryStyle::TabDelimited,
            FlatValue::Object(members),
        ) => {
            target.joined(&encode(name), members);
        }
        _ => target.value(encode(name), value)?,
    }
    Ok(())
}

/// Serializes the properties of an object as separate parameters.
#[inline]
fn write_properties(
    members: &[(String, FlatValue)],
    style: QueryStyle,
    escape: Escape,
    pairs: &mut Vec<Pair>,
) -> Result<(), BuildError> {
    members.iter().try_for_each(|(name, value)| {
        let mut target = QueryTarget {
            group: name,
            style,
            escape,
            pairs,
        };
        target.value(encode(name), value)
    })
}

/// The destination of a parameter's pairs.
struct QueryTarget<'t> {
    group: &'t str,
    style: QueryStyle,
    escape: Escape,
    pairs: &'t mut Vec<Pair>,
}

impl QueryTarget<'_> {
    #[inline]
    fn push(&mut self, key: &str, value: &str) {
        self.pairs.push(Pair {
            name: self.group.to_owned(),
            text: format!("{key}={value}"),
        });
    }

    /// Serializes a value under an encoded key.
    #[inline]
    fn value(&mut self, key: String, value: &FlatValue) -> Result<(), BuildError> {
        match value {
            FlatValue::Null => self.push(&key, ""),
            FlatValue::Text(text) | FlatValue::Literal(text) => {
                self.push(&key, &self.escape.value(text))
            }
            FlatValue::List(items) => self.items(&key, items)?,
            FlatValue::Object(_) if self.style.nested() == NestedStyle::Json => {
                self.json(&key, value)
            }
            FlatValue::Object(members) if members.is_empty() => {}
            FlatValue::Object(members) => {
                for (name, value) in members {
                    let key = self.member(&key, name)?;
                    self.value(key, value)?;
                }
            }
        }
        Ok(())
    }

    /// Returns the key of an object's property.
    #[inline]
    fn member(&self, key: &str, name: &str) -> Result<String, BuildError> {
        let (separators, key): (&[char], _) = match self.style.members() {
            PropertyStyle::Brackets => (&['[', ']'], format!("{key}%5B{}%5D", encode(name))),
            PropertyStyle::Dots => (&['.', '[', ']'], format!("{key}.{}", encode(name))),
        };
        match name.chars().find(|c| separators.contains(c)) {
            Some(separator) => Err(ambiguous(self.group, separator)),
            None => Ok(key),
        }
    }

    /// Serializes an array or object as JSON text.
    #[inline]
    fn json(&mut self, key: &str, value: &FlatValue) {
        if let Some(text) = value.text() {
            self.push(key, &self.escape.value(&text));
        }
    }

    #[inline]
    fn items(&mut self, key: &str, items: &[FlatValue]) -> Result<(), BuildError> {
        let items = items.iter().filter(|item| **item != FlatValue::Null);
        let are_scalars = items.clone().all(|item| item.scalar().is_some());
        let is_json = self.style.nested() == NestedStyle::Json;
        let key_of: fn(&str, usize) -> String = match self.style.items() {
            ArrayStyle::Joined(separator) if are_scalars || is_json => {
                let texts = items.filter_map(FlatValue::text);
                let texts: Vec<String> = texts.map(|text| self.escape.item(&text)).collect();
                if !texts.is_empty() {
                    self.push(key, &texts.join(separator));
                }
                return Ok(());
            }
            ArrayStyle::Repeated if is_json => {
                for item in items {
                    match item.scalar() {
                        Some(text) => self.push(key, &self.escape.value(text)),
                        None => self.json(key, item),
                    }
                }
                return Ok(());
            }
            ArrayStyle::Repeated if are_scalars => |key, _| key.to_owned(),
            ArrayStyle::Brackets if are_scalars => |key, _| format!("{key}%5B%5D"),
            _ => |key, index| format!("{key}%5B{index}%5D"),
        };
        for (index, item) in items.enumerate() {
            self.value(key_of(key, index), item)?;
        }
        Ok(())
    }

    /// Serializes an object as one key with alternating names and values.
    #[inline]
    fn joined(&mut self, key: &str, members: &[(String, FlatValue)]) {
        let ArrayStyle::Joined(separator) = self.style.items() else {
            return;
        };
        let texts: Vec<String> = members
            .iter()
            .filter_map(|(name, value)| Some([encode(name), self.escape.item(&value.text()?)]))
            .flatten()
            .collect();
        if !texts.is_empty() {
            self.push(key, &texts.join(separator));
        }
    }
}
