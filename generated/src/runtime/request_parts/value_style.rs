//! Values in headers and cookies that are more than their text.

use crate::runtime::codec::Encode;
use crate::runtime::error::BuildError;
use crate::runtime::flat_value::Flat;
use crate::runtime::query;

/// How a value that has parts is written in a header or a cookie, where it is not as its parts
/// with commas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueStyle {
    /// In a header, `k=1,l=2`; in cookies, `name=a; name=b` and `k=1; l=2`.
    Exploded,
    /// As JSON.
    Json,
    /// As a form: `k=1&l=2`.
    Pairs,
    /// `a b`: `collectionFormat: ssv` of OpenAPI 2.0.
    SpaceDelimited,
    /// The parts with tabs between them: `collectionFormat: tsv` of OpenAPI 2.0.
    TabDelimited,
    /// `a|b`: `collectionFormat: pipes` of OpenAPI 2.0.
    PipeDelimited,
}

/// What a header says of a value; nothing of an absent one and of null. Arrays are joined by commas.
///
/// # Errors
///
/// Fails if another value would have the same text.
#[inline]
pub(super) fn header_text(
    name: &str,
    value: &dyn Encode,
    style: Option<ValueStyle>,
) -> Result<Option<String>, BuildError> {
    match (style, Flat::from_value(value)) {
        (_, None | Some(Flat::Null)) => Ok(None),
        (None, Some(flat)) => flat.simple(name, ","),
        (Some(ValueStyle::Exploded), Some(flat)) => flat.simple(name, "="),
        (Some(ValueStyle::Json), _) => Ok(Some(ascii_json(value))),
        (Some(ValueStyle::Pairs), Some(flat)) => query::form(&flat),
        (Some(ValueStyle::SpaceDelimited), Some(flat)) => flat.joined(name, ' '),
        (Some(ValueStyle::TabDelimited), Some(flat)) => flat.joined(name, '\t'),
        (Some(ValueStyle::PipeDelimited), Some(flat)) => flat.joined(name, '|'),
    }
}

/// The JSON form of a value, with escapes in place of what a header cannot hold.
#[inline]
pub(super) fn ascii_json(value: &dyn Encode) -> String {
    let json = super::encoded(value);
    let mut text = String::with_capacity(json.len());
    for c in String::from_utf8_lossy(&json).chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}
