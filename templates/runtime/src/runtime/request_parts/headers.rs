//! Header and cookie parameters.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::RequestParts;
use super::value_style::{ValueStyle, ascii_json, header_text};
use crate::runtime::codec::Encode;
use crate::runtime::flat_value::FlatValue;
use crate::runtime::{header, query};

impl RequestParts {
    /// Adds a header. An absent value and null are omitted. Arrays are joined by commas.
    #[inline]
    pub fn header(&mut self, name: &'static str, value: &dyn Encode) -> &mut Self {
        if let Some(text) = self.checked(header_text(name, value, None)).flatten() {
            self.set_header(name, &text);
        }
        self
    }

    /// Adds a header in the given style. An absent value and null are omitted.
    #[inline]
    pub fn header_as(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: ValueStyle,
    ) -> &mut Self {
        let text = header_text(name, value, Some(style));
        if let Some(text) = self.checked(text).flatten() {
            self.set_header(name, &text);
        }
        self
    }

    /// Adds a cookie. An absent value and null are omitted. Arrays are joined by commas.
    #[inline]
    pub fn cookie(&mut self, name: &'static str, value: &dyn Encode) -> &mut Self {
        let text = FlatValue::from_value(value).map(|flat| flat.simple(name, ","));
        if let Some(text) = text.and_then(|text| self.checked(text).flatten()) {
            self.cookies.push(cookie(name, &text));
        }
        self
    }

    /// Adds a cookie in the given style, which may result in several cookies. An absent value and
    /// null are omitted.
    #[inline]
    pub fn cookie_as(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: ValueStyle,
    ) -> &mut Self {
        match (style, FlatValue::from_value(value)) {
            (_, None | Some(FlatValue::Null)) => {}
            (ValueStyle::Json, Some(_)) => self.cookies.push(cookie(name, &ascii_json(value))),
            (ValueStyle::Pairs, Some(flat)) => {
                let form = self.checked(query::form(&flat)).flatten();
                self.cookies.extend(form.map(|form| cookie(name, &form)));
            }
            (
                ValueStyle::SpaceDelimited | ValueStyle::TabDelimited | ValueStyle::PipeDelimited,
                Some(_),
            ) => {
                let text = self
                    .checked(header_text(name, value, Some(style)))
                    .flatten();
                self.cookies.extend(text.map(|text| cookie(name, &text)));
            }
            (ValueStyle::Exploded, Some(FlatValue::List(items))) => {
                let texts = items.iter().filter_map(FlatValue::text);
                self.cookies.extend(texts.map(|text| cookie(name, &text)));
            }
            (ValueStyle::Exploded, Some(FlatValue::Object(members))) => {
                let texts = members.iter();
                let texts = texts.filter_map(|(name, value)| Some((name, value.text()?)));
                self.cookies
                    .extend(texts.map(|(name, text)| cookie(name, &text)));
            }
            (ValueStyle::Exploded, Some(FlatValue::Text(text) | FlatValue::Literal(text))) => {
                self.cookies.push(cookie(name, &text));
            }
        }
        self
    }

    #[inline]
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        let checked = header::name(name).and_then(|name| Ok((header::value(&name, value)?, name)));
        match checked {
            Ok((value, name)) => {
                self.removed.retain(|removed| *removed != name);
                self.headers.insert(name, value);
            }
            Err(error) => self.fail(error),
        }
    }

    #[inline]
    pub(crate) fn remove_header(&mut self, name: &str) {
        match header::name(name) {
            Ok(name) => {
                self.headers.remove(&name);
                self.removed.push(name);
            }
            Err(error) => self.fail(error),
        }
    }
}

/// Characters that are not allowed in cookie values. `%` is not encoded, because tokens are often
/// already percent-encoded.
const COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// Returns a cookie for the `Cookie` header.
#[inline]
pub(crate) fn cookie(name: &str, value: &str) -> String {
    format!("{name}={}", utf8_percent_encode(value, COOKIE))
}
