//! From a path template and its values to the path that is sent.
//!
//! A value can never change which path is meant, nor be taken for another value: what RFC 3986
//! reserves is percent-encoded, and an empty value or a segment that a URL parser would
//! resolve (`.`, `..`, and their encoded spellings) is refused.

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use crate::runtime::codec::{Encode, Writer};
use crate::runtime::error::BuildError;
use crate::runtime::flat_value::Flat;

/// All but the unreserved characters, `:` and `@`: those are no delimiters of a style.
///
/// RFC 6570 encodes the others too. Where a value has parts they would look like the characters
/// between parts, and there are servers that cut a segment off at a `;`.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'@');

/// The same and the dot, where it stands between parts.
const DOTTED: &AsciiSet = &VALUE.add(b'.');

/// What cannot stand in a URL as it is. A `%` can: the text around values is encoded already.
pub(crate) const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// How an array or object is written in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PathStyle {
    /// `a,b` and `k,1,l,2`
    #[default]
    Simple,
    /// `a,b` and `k=1,l=2`
    SimpleExplode,
    /// `.a,b` and `.k,1,l,2`
    Label,
    /// `.a.b` and `.k=1.l=2`
    LabelExplode,
    /// `;name=a,b` and `;name=k,1,l,2`
    Matrix,
    /// `;name=a;name=b` and `;k=1;l=2`
    MatrixExplode,
    /// As JSON
    Json,
    /// `a%20b`: `collectionFormat: ssv` of OpenAPI 2.0
    SpaceDelimited,
    /// `a%09b`: `collectionFormat: tsv` of OpenAPI 2.0
    TabDelimited,
    /// `a%7Cb`: `collectionFormat: pipes` of OpenAPI 2.0
    PipeDelimited,
}

impl PathStyle {
    /// What joins the items, where that is not a comma: as it is, and encoded.
    const fn delimiter(self) -> Option<(char, &'static str)> {
        match self {
            Self::SpaceDelimited => Some((' ', "%20")),
            Self::TabDelimited => Some(('\t', "%09")),
            Self::PipeDelimited => Some(('|', "%7C")),
            _ => None,
        }
    }
}

/// A value as it stands in a path.
#[inline]
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}

/// A value of any type as it stands in a path; empty if there is none.
#[inline]
pub(crate) fn encode_value(name: &str, value: &dyn Encode, style: PathStyle) -> String {
    let Some(flat) = Flat::from_value(value) else {
        return String::new();
    };
    if let Some((delimiter, encoded)) = style.delimiter() {
        // What would be another list is refused, as an empty value is.
        let is_clear = flat.check_items(name, delimiter).is_ok();
        let parts = flat.parts(",", &encode).filter(|_| is_clear);
        return parts.map(|parts| parts.join(encoded)).unwrap_or_default();
    }
    let member = match style {
        PathStyle::Json => {
            let mut writer = Writer::new();
            value.encode(&mut writer);
            return encode(&String::from_utf8_lossy(&writer.into_vec()));
        }
        PathStyle::Simple | PathStyle::Label | PathStyle::Matrix => ",",
        PathStyle::SimpleExplode | PathStyle::LabelExplode | PathStyle::MatrixExplode => "=",
        PathStyle::SpaceDelimited | PathStyle::TabDelimited | PathStyle::PipeDelimited => ",",
    };
    let is_dotted = style == PathStyle::LabelExplode && flat.scalar().is_none();
    let encode_part = |text: &str| match is_dotted {
        true => utf8_percent_encode(text, DOTTED).to_string(),
        false => encode(text),
    };
    let Some(mut parts) = flat.parts(member, &encode_part) else {
        return String::new();
    };
    let name = encode(name);
    match style {
        PathStyle::Simple
        | PathStyle::SimpleExplode
        | PathStyle::Json
        | PathStyle::SpaceDelimited
        | PathStyle::TabDelimited
        | PathStyle::PipeDelimited => parts.join(","),
        PathStyle::Label => format!(".{}", parts.join(",")),
        PathStyle::LabelExplode => format!(".{}", parts.join(".")),
        PathStyle::Matrix => format!(";{name}={}", parts.join(",")),
        PathStyle::MatrixExplode => {
            if !matches!(flat, Flat::Object(_)) {
                parts
                    .iter_mut()
                    .for_each(|part| part.insert_str(0, &format!("{name}=")));
            }
            format!(";{}", parts.join(";"))
        }
    }
}

/// Puts encoded values into a template, whose placeholders look like `{name}`; those of `usual`
/// where there are no others.
#[inline]
pub(crate) fn expand(
    template: &str,
    values: &[(&'static str, String)],
    usual: &[(&'static str, String)],
) -> Result<String, BuildError> {
    let mut path = String::with_capacity(template.len() + 48);
    if !template.starts_with('/') {
        path.push('/');
    }
    let mut rest = template;
    while let Some((literal, (name, after))) = next_placeholder(rest) {
        path.extend(utf8_percent_encode(literal, LITERAL));
        let value = value_of(name, values, usual)?;
        if path.ends_with('/') && (after.is_empty() || after.starts_with('/')) {
            path.push_str(value);
        } else {
            // Something else is in the segment, as in `{id}:cancel`.
            path.push_str(&value.replace(':', "%3A").replace('@', "%40"));
        }
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, LITERAL));
    match path.split('/').find(|segment| is_dots(segment)) {
        Some(_) => Err(BuildError::new(format!(
            "a segment of the path `{template}` would be `.` or `..`"
        ))),
        None => Ok(path),
    }
}

/// Puts encoded values into the query that a template has. Braces around anything else are text, as
/// in a query that a caller wrote.
#[inline]
pub(crate) fn fill_query<'q>(
    query: &'q str,
    values: &[(&'static str, String)],
    usual: &[(&'static str, String)],
) -> Cow<'q, str> {
    let mut filled = Cow::Borrowed(query);
    if !query.contains('{') {
        return filled;
    }
    // None of the values has braces: they are encoded.
    for (name, value) in values.iter().chain(usual) {
        let placeholder = format!("{{{name}}}");
        if filled.contains(&placeholder) {
            filled = Cow::Owned(filled.replace(&placeholder, value));
        }
    }
    filled
}

/// The text before the next placeholder, its name, and the text after it.
#[inline]
fn next_placeholder(text: &str) -> Option<(&str, (&str, &str))> {
    let (literal, rest) = text.split_once('{')?;
    Some((literal, rest.split_once('}')?))
}

#[inline]
fn value_of<'v>(
    name: &str,
    values: &'v [(&'static str, String)],
    usual: &'v [(&'static str, String)],
) -> Result<&'v str, BuildError> {
    match usual
        .iter()
        .chain(values)
        .rev()
        .find(|(known, _)| *known == name)
    {
        Some((_, value)) if value.is_empty() => Err(BuildError::new(format!(
            "the path parameter `{name}` is empty"
        ))),
        Some((_, value)) => Ok(value),
        None => Err(BuildError::new(format!(
            "the path parameter `{name}` is missing"
        ))),
    }
}

/// Whether a URL parser would take a segment for `.` or `..`, which it also finds in `%2e`.
#[inline]
fn is_dots(segment: &str) -> bool {
    let mut decoded = percent_decode_str(segment);
    let is_dot = |byte: Option<u8>| byte == Some(b'.');
    is_dot(decoded.next())
        && decoded
            .next()
            .is_none_or(|byte| byte == b'.' && decoded.next().is_none())
}
