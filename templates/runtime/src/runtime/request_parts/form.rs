//! Form bodies (`application/x-www-form-urlencoded`), which are encoded like queries.

use super::RequestParts;
use super::body::encoded;
use crate::runtime::codec::{Encode, Writer};
use crate::runtime::error::BuildError;
use crate::runtime::flat_value::{self, FlatValue};
use crate::runtime::query::{self, Escape, Pair, QueryStyle};

impl RequestParts {
    /// Sets the body to a form of the value's properties. Arrays are repeated, and objects are
    /// JSON.
    #[inline]
    pub fn form(&mut self, value: &dyn Encode) -> &mut Self {
        self.form_styled(value, &[], &[])
    }

    /// Sets the body to a form of the value's properties. `styles` lists properties with their own
    /// style, and `reserved` those whose reserved characters are not encoded.
    #[inline]
    pub fn form_styled(
        &mut self,
        value: &dyn Encode,
        styles: &[(&str, QueryStyle)],
        reserved: &[&str],
    ) -> &mut Self {
        self.form_of(&encoded(value), styles, reserved)
    }

    /// Sets the body to a form of the properties that `properties` writes. Arrays are repeated, and
    /// objects are JSON.
    pub fn form_with(&mut self, properties: impl FnOnce(&mut Writer)) -> &mut Self {
        self.form_styled_with(&[], &[], properties)
    }

    /// Sets the body to a form of the properties that `properties` writes. `styles` lists properties
    /// with their own style, and `reserved` those whose reserved characters are not encoded.
    pub fn form_styled_with(
        &mut self,
        styles: &[(&str, QueryStyle)],
        reserved: &[&str],
        properties: impl FnOnce(&mut Writer),
    ) -> &mut Self {
        self.json_with(properties);
        let json = self.body.as_bytes().cloned().unwrap_or_default();
        self.form_of(&json, styles, reserved)
    }

    /// Sets a property of a form body. Returns `false` if the body cannot be changed.
    #[inline]
    pub(super) fn set_form_property(&mut self, name: &str, value: &dyn Encode) -> bool {
        let Some(form) = self.body.as_bytes() else {
            return false;
        };
        let form = String::from_utf8_lossy(form).into_owned();
        let mut pairs: Vec<_> = query::literal(&form)
            .filter(|pair| pair.name != name)
            .collect();
        if let Some(value) = FlatValue::from_value(value) {
            let style = QueryStyle::FormMember;
            let written = query::write(name, &value, style, Escape::All, &mut pairs);
            self.checked(written);
        }
        self.send_form(pairs);
        true
    }

    #[inline]
    fn form_of(
        &mut self,
        json: &[u8],
        styles: &[(&str, QueryStyle)],
        reserved: &[&str],
    ) -> &mut Self {
        let mut pairs = Vec::new();
        if let Some(properties) = flat_value::properties(json) {
            for (name, value) in properties {
                let own = styles.iter().find(|(styled, _)| *styled == name);
                let style = own.map_or(QueryStyle::FormMember, |(_, style)| *style);
                let escape = match reserved.contains(&name.as_str()) {
                    true => Escape::AllowReserved,
                    false => Escape::All,
                };
                match style {
                    QueryStyle::Json => {
                        pairs.push(query::escaped(&name, value.as_str(), escape));
                    }
                    style => {
                        let value = FlatValue::from_json(value.as_str().as_bytes());
                        let written = query::write(&name, &value, style, escape, &mut pairs);
                        self.checked(written);
                    }
                }
            }
        } else {
            self.fail(BuildError::new("only an object can be sent as a form"));
        }
        self.send_form(pairs)
    }

    #[inline]
    fn send_form(&mut self, pairs: Vec<Pair>) -> &mut Self {
        let form: Vec<String> = pairs.into_iter().map(|pair| pair.text).collect();
        self.set_body(form.join("&").into(), "application/x-www-form-urlencoded")
    }
}
