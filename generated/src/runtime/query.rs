//! From values to the query of a URL, and to the bodies of forms.
//!
//! Keys and values are percent-encoded down to the unreserved characters, a space as
//! `%20`. An absent value and an empty array are left out; an explicit null is sent
//! as a key without a value; null items of an array are dropped.

mod style;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::runtime::error::BuildError;
use crate::runtime::flat_value::{Flat, ambiguous};

pub use self::style::QueryStyle;
use self::style::{Items, Members, Nested};

/// All but the unreserved characters.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// All but the unreserved characters and those reserved ones that mean nothing within the value of
/// a query: not `#`, which would end it, nor `&` and `+`, which servers read as the next parameter
/// and a space.
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

/// The same without the comma, where it stands between values.
const LISTED: &AsciiSet = &RESERVED.add(b',');

/// Which characters of a value are percent-encoded. Names always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// All but the unreserved ones.
    All,
    /// OpenAPI's `allowReserved`: the reserved ones stay as they are.
    AllowReserved,
}

impl Escape {
    #[inline]
    fn value(self, text: &str) -> String {
        self.with(text, RESERVED)
    }

    /// One of several values that a separator joins.
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

/// One `name=value` of a query.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The name of the parameter that it belongs to, by which a later one replaces it.
    pub(crate) name: String,
    /// The text that is sent; with an empty one nothing is, and neither are others of its name.
    pub(crate) text: String,
}

/// A text as it stands in a query.
#[inline]
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// A pair of plain texts.
#[inline]
pub(crate) fn pair(name: &str, value: &str) -> Pair {
    escaped(name, value, Escape::All)
}

/// A parameter that is left out.
#[inline]
pub(crate) fn omitted_pair(name: &str) -> Pair {
    Pair {
        name: name.to_owned(),
        text: String::new(),
    }
}

/// A pair of plain texts, of which the value is escaped like this.
#[inline]
pub(crate) fn escaped(name: &str, value: &str, escape: Escape) -> Pair {
    Pair {
        name: name.to_owned(),
        text: format!("{}={}", encode(name), escape.value(value)),
    }
}

/// A value that is the query, without a name.
#[inline]
pub(crate) fn unencoded_pair(name: &str, value: &str, escape: Escape) -> Pair {
    Pair {
        name: name.to_owned(),
        text: escape.value(value),
    }
}

/// A value as the text of a form, which a text is already. Nothing of null, and of lists, whose
/// items have no names.
#[inline]
pub(crate) fn form(value: &Flat) -> Result<Option<String>, BuildError> {
    match value {
        Flat::Object(members) => {
            let mut pairs = Vec::new();
            write_members(members, QueryStyle::FormMember, Escape::All, &mut pairs)?;
            let texts = pairs.iter().map(|pair| pair.text.as_str());
            let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            Ok(Some(texts.join("&")))
        }
        Flat::Text(text) | Flat::Literal(text) => Ok(Some(text.clone())),
        Flat::Null | Flat::List(_) => Ok(None),
    }
}

/// The pairs of a query that is written out already.
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

/// Writes one parameter as the pairs of a style.
///
/// # Errors
///
/// Fails if another value would be written alike.
#[inline]
pub(crate) fn write(
    name: &str,
    value: &Flat,
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
        (QueryStyle::FormExplode, Flat::Object(members)) => {
            return write_members(members, style, escape, pairs);
        }
        (
            QueryStyle::Form
            | QueryStyle::SpaceDelimited
            | QueryStyle::PipeDelimited
            | QueryStyle::TabDelimited,
            Flat::Object(members),
        ) => {
            target.joined(&encode(name), members);
        }
        _ => target.value(encode(name), value)?,
    }
    Ok(())
}

/// Writes the members of an object as parameters of their own.
#[inline]
fn write_members(
    members: &[(String, Flat)],
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

/// Where the pairs of one parameter go.
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

    /// Writes a value under a key that is encoded already.
    #[inline]
    fn value(&mut self, key: String, value: &Flat) -> Result<(), BuildError> {
        match value {
            Flat::Null => self.push(&key, ""),
            Flat::Text(text) | Flat::Literal(text) => self.push(&key, &self.escape.value(text)),
            Flat::List(items) => self.items(&key, items)?,
            Flat::Object(_) if self.style.nested() == Nested::Json => self.json(&key, value),
            Flat::Object(members) if members.is_empty() => {}
            Flat::Object(members) => {
                for (name, value) in members {
                    let key = self.member(&key, name)?;
                    self.value(key, value)?;
                }
            }
        }
        Ok(())
    }

    /// The key of a member of the object that has a key.
    #[inline]
    fn member(&self, key: &str, name: &str) -> Result<String, BuildError> {
        let (separators, key): (&[char], _) = match self.style.members() {
            Members::Brackets => (&['[', ']'], format!("{key}%5B{}%5D", encode(name))),
            Members::Dots => (&['.', '[', ']'], format!("{key}.{}", encode(name))),
        };
        match name.chars().find(|c| separators.contains(c)) {
            Some(separator) => Err(ambiguous(self.group, separator)),
            None => Ok(key),
        }
    }

    /// Writes the JSON text of a value that has parts.
    #[inline]
    fn json(&mut self, key: &str, value: &Flat) {
        if let Some(text) = value.text() {
            self.push(key, &self.escape.value(&text));
        }
    }

    #[inline]
    fn items(&mut self, key: &str, items: &[Flat]) -> Result<(), BuildError> {
        let items = items.iter().filter(|item| **item != Flat::Null);
        let are_scalars = items.clone().all(|item| item.scalar().is_some());
        let is_json = self.style.nested() == Nested::Json;
        let key_of: fn(&str, usize) -> String = match self.style.items() {
            Items::Joined(separator) if are_scalars || is_json => {
                let texts = items.filter_map(Flat::text);
                let texts: Vec<String> = texts.map(|text| self.escape.item(&text)).collect();
                if !texts.is_empty() {
                    self.push(key, &texts.join(separator));
                }
                return Ok(());
            }
            Items::Repeated if is_json => {
                for item in items {
                    match item.scalar() {
                        Some(text) => self.push(key, &self.escape.value(text)),
                        None => self.json(key, item),
                    }
                }
                return Ok(());
            }
            Items::Repeated if are_scalars => |key, _| key.to_owned(),
            Items::Brackets if are_scalars => |key, _| format!("{key}%5B%5D"),
            _ => |key, index| format!("{key}%5B{index}%5D"),
        };
        for (index, item) in items.enumerate() {
            self.value(key_of(key, index), item)?;
        }
        Ok(())
    }

    /// Writes an object as one key and its names and values in turn.
    #[inline]
    fn joined(&mut self, key: &str, members: &[(String, Flat)]) {
        let Items::Joined(separator) = self.style.items() else {
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
