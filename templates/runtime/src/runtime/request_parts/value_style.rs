//! Serialization of arrays and objects in headers and cookies.

use crate::runtime::codec::Encode;
use crate::runtime::error::BuildError;
use crate::runtime::flat_value::FlatValue;
use crate::runtime::query;

/// The serialization of an array or object in a header or a cookie, if its parts are not joined by
/// commas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueStyle {
    /// In a header, `k=1,l=2`. In cookies, `name=a; name=b` and `k=1; l=2`.
    Exploded,
    /// JSON.
    Json,
    /// A form: `k=1&l=2`.
    Pairs,
    /// `a b`: `collectionFormat: ssv` of OpenAPI 2.0.
    SpaceDelimited,
    /// Parts separated by tabs: `collectionFormat: tsv` of OpenAPI 2.0.
    TabDelimited,
    /// `a|b`: `collectionFormat: pipes` of OpenAPI 2.0.
    PipeDelimited,
}

/// Returns the header text of a value. Returns `None` for an absent value and null. Arrays are
/// joined by commas.
///
/// # Errors
///
/// Returns an error if a different value would have the same text.
#[inline]
pub(super) fn header_text(
    name: &str,
    value: &dyn Encode,
    style: Option<ValueStyle>,
) -> Result<Option<String>, BuildError> {
    match (style, FlatValue::from_value(value)) {
        (_, None | Some(FlatValue::Null)) => Ok(None),
        (None, Some(flat)) => flat.simple(name, ","),
        (Some(ValueStyle::Exploded), Some(flat)) => flat.simple(name, "="),
        (Some(ValueStyle::Json), _) => Ok(Some(ascii_json(value))),
        (Some(ValueStyle::Pairs), Some(flat)) => query::form(&flat),
        (Some(ValueStyle::SpaceDelimited), Some(flat)) => flat.joined(name, ' '),
        (Some(ValueStyle::TabDelimited), Some(flat)) => flat.joined(name, '\t'),
        (Some(ValueStyle::PipeDelimited), Some(flat)) => flat.joined(name, '|'),
    }
}

/// Returns the JSON of a value in ASCII, with escapes for other characters.
#[inline]
pub(super) fn ascii_json(value: &dyn Encode) -> String {
    let json = super::body::encoded(value);
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
