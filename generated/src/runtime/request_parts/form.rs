//! Forms, as `application/x-www-form-urlencoded` has them: the pairs of a query as a body.

use super::{RequestParts, encoded};
use crate::runtime::codec::{Encode, Writer};
use crate::runtime::error::BuildError;
use crate::runtime::flat_value::{self, Flat};
use crate::runtime::query::{self, Escape, Pair, QueryStyle};

impl RequestParts {
    /// Makes the members of a value a form and the body, with arrays repeated and
    /// objects as JSON.
    #[inline]
    pub fn form(&mut self, value: &dyn Encode) -> &mut Self {
        self.form_styled(value, &[], &[])
    }

    /// Makes the members of a value a form and the body: some of them in `styles` of their own, some
    /// with `reserved` characters as they are.
    #[inline]
    pub fn form_styled(
        &mut self,
        value: &dyn Encode,
        styles: &[(&str, QueryStyle)],
        reserved: &[&str],
    ) -> &mut Self {
        self.form_of(&encoded(value), styles, reserved)
    }

    /// Makes a form of the members that `members` writes the body, with arrays repeated and
    /// objects as JSON.
    pub fn form_with(&mut self, members: impl FnOnce(&mut Writer)) -> &mut Self {
        self.form_styled_with(&[], &[], members)
    }

    /// Makes a form of the members that `members` writes the body: some of them in `styles` of their
    /// own, some with `reserved` characters as they are.
    pub fn form_styled_with(
        &mut self,
        styles: &[(&str, QueryStyle)],
        reserved: &[&str],
        members: impl FnOnce(&mut Writer),
    ) -> &mut Self {
        self.json_with(members);
        let json = self.body.as_bytes().cloned().unwrap_or_default();
        self.form_of(&json, styles, reserved)
    }

    /// Sets a member of the form that the body is; whether it is one that can be changed.
    #[inline]
    pub(super) fn set_form_member(&mut self, name: &str, value: &dyn Encode) -> bool {
        let Some(form) = self.body.as_bytes() else {
            return false;
        };
        let form = String::from_utf8_lossy(form).into_owned();
        let mut pairs: Vec<_> = query::literal(&form)
            .filter(|pair| pair.name != name)
            .collect();
        if let Some(value) = Flat::from_value(value) {
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
        if let Some(members) = flat_value::members(json) {
            for (name, value) in members {
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
                        let value = Flat::from_json(value.as_str().as_bytes());
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
