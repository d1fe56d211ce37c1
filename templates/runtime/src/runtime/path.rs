//! Expansion of path templates.
//!
//! A value stays in its segment, and different values result in different paths. Only the value of
//! `{+name}` keeps its slashes, so that it can have several segments ([RFC 6570, section
//! 3.2.3](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.3)). Characters reserved by RFC 3986 are percent-encoded. Empty values are rejected. So are segments
//! that a URL parser would resolve: `.`, `..`, and their encoded spellings.

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use crate::runtime::codec::{Encode, Writer};
use crate::runtime::error::BuildError;
use crate::runtime::flat_value::FlatValue;

/// All characters except the unreserved ones, `:` and `@`, which are not delimiters of any style.
///
/// RFC 6570 encodes these two as well. Other delimiters could be mistaken for separators between
/// parts, and some servers truncate a segment at `;`.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'@');

/// The same set with the dot, for styles in which it separates parts.
const DOTTED: &AsciiSet = &VALUE.add(b'.');

/// Characters that are not allowed in a URL. `%` is allowed, because literal text is already
/// encoded.
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

/// The serialization of an array or object in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PathStyle {
    /// `a,b` and `k,1,l,2`.
    #[default]
    Simple,
    /// `a,b` and `k=1,l=2`.
    SimpleExplode,
    /// `.a,b` and `.k,1,l,2`.
    Label,
    /// `.a.b` and `.k=1.l=2`.
    LabelExplode,
    /// `;name=a,b` and `;name=k,1,l,2`.
    Matrix,
    /// `;name=a;name=b` and `;k=1;l=2`.
    MatrixExplode,
    /// JSON.
    Json,
    /// `a%20b`: `collectionFormat: ssv` of OpenAPI 2.0.
    SpaceDelimited,
    /// `a%09b`: `collectionFormat: tsv` of OpenAPI 2.0.
    TabDelimited,
    /// `a%7Cb`: `collectionFormat: pipes` of OpenAPI 2.0.
    PipeDelimited,
}

impl PathStyle {
    /// Returns the separator of items if it is not a comma, unencoded and encoded.
    const fn delimiter(self) -> Option<(char, &'static str)> {
        match self {
            Self::SpaceDelimited => Some((' ', "%20")),
            Self::TabDelimited => Some(('\t', "%09")),
            Self::PipeDelimited => Some(('|', "%7C")),
            _ => None,
        }
    }
}

/// Encodes text for a path.
#[inline]
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}

/// Encodes a value of any type for a path. An absent value is empty.
#[inline]
pub(crate) fn encode_value(name: &str, value: &dyn Encode, style: PathStyle) -> String {
    let Some(flat) = FlatValue::from_value(value) else {
        return String::new();
    };
    if let Some((delimiter, encoded)) = style.delimiter() {
        // An ambiguous value is rejected in the same way as an empty one.
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
            if !matches!(flat, FlatValue::Object(_)) {
                parts
                    .iter_mut()
                    .for_each(|part| part.insert_str(0, &format!("{name}=")));
            }
            format!(";{}", parts.join(";"))
        }
    }
}

/// Expands the placeholders (`{name}` and `{+name}`) of a template. `values` and `defaults` are encoded, and
/// `defaults` applies to names without a value.
#[inline]
pub(crate) fn expand(
    template: &str,
    values: &[(&'static str, String)],
    defaults: &[(&'static str, String)],
) -> Result<String, BuildError> {
    let mut path = String::with_capacity(template.len() + 48);
    if !template.starts_with('/') {
        path.push('/');
    }
    let mut rest = template;
    while let Some((literal, (name, after))) = next_placeholder(rest) {
        path.extend(utf8_percent_encode(literal, LITERAL));
        let segments = name.strip_prefix('+');
        let value = value_of(segments.unwrap_or(name), values, defaults)?;
        // A percent sign in a value is encoded, so this is a slash.
        let value = match segments {
            Some(_) => Cow::Owned(value.replace("%2F", "/")),
            None => Cow::Borrowed(value),
        };
        if path.ends_with('/') && (after.is_empty() || after.starts_with('/')) {
            path.push_str(&value);
        } else {
            // The segment contains other text, as in `{id}:cancel`.
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

/// Splits a template before and after the `?` of its query. A placeholder such as `{id?}` is not a
/// query.
#[inline]
pub(crate) fn split_query(template: &str) -> (&str, &str) {
    let mut marks = template.match_indices('?');
    let query = marks.find_map(|(at, mark)| {
        let (path, query) = template.split_at_checked(at)?;
        let is_open = path.rfind('{') > path.rfind('}');
        let is_closed = query.split(['/', '{']).next()?.contains('}');
        (!(is_open && is_closed)).then_some((path, query.strip_prefix(mark)?))
    });
    query.unwrap_or((template, ""))
}

/// Expands the placeholders in the query of a template. Other braces are literal text, as in a
/// query that a caller wrote.
#[inline]
pub(crate) fn fill_query<'q>(
    query: &'q str,
    values: &[(&'static str, String)],
    defaults: &[(&'static str, String)],
) -> Cow<'q, str> {
    let mut filled = Cow::Borrowed(query);
    if !query.contains('{') {
        return filled;
    }
    // Encoded values never contain braces.
    for (name, value) in values.iter().chain(defaults) {
        let placeholder = format!("{{{name}}}");
        if filled.contains(&placeholder) {
            filled = Cow::Owned(filled.replace(&placeholder, value));
        }
    }
    filled
}

/// Returns the text before the next placeholder, its name, and the text after it.
#[inline]
fn next_placeholder(text: &str) -> Option<(&str, (&str, &str))> {
    let (literal, rest) = text.split_once('{')?;
    Some((literal, rest.split_once('}')?))
}

#[inline]
fn value_of<'v>(
    name: &str,
    values: &'v [(&'static str, String)],
    defaults: &'v [(&'static str, String)],
) -> Result<&'v str, BuildError> {
    match defaults
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

/// Returns `true` if a URL parser would treat a segment as `.` or `..`, including `%2e`.
#[inline]
fn is_dots(segment: &str) -> bool {
    let mut decoded = percent_decode_str(segment);
    let is_dot = |byte: Option<u8>| byte == Some(b'.');
    is_dot(decoded.next())
        && decoded
            .next()
            .is_none_or(|byte| byte == b'.' && decoded.next().is_none())
}
