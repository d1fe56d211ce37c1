//! Query parameters.

use std::fmt;

use super::body::encoded;
use crate::runtime::codec::Encode;
use crate::runtime::flat_value::FlatValue;
use crate::runtime::query::{self, Escape, QueryStyle};
use crate::runtime::request_parts::RequestParts;

impl RequestParts {
    /// Adds a query parameter. An absent value is omitted.
    #[inline]
    pub fn query(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: QueryStyle,
    ) -> &mut Self {
        self.write_query(name, value, style, Escape::All)
    }

    /// Adds a query parameter in which reserved characters, such as `/` and `:`, are not encoded.
    /// An absent value is omitted.
    #[inline]
    pub fn query_allow_reserved(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: QueryStyle,
    ) -> &mut Self {
        self.write_query(name, value, style, Escape::AllowReserved)
    }

    #[inline]
    fn write_query(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: QueryStyle,
        escape: Escape,
    ) -> &mut Self {
        match (FlatValue::from_value(value), style) {
            (None, _) => {}
            (Some(FlatValue::Text(text) | FlatValue::Literal(text)), QueryStyle::Whole) => {
                self.query.push(query::unencoded_pair(name, &text, escape));
            }
            (Some(flat), QueryStyle::Pairs) => {
                let form = self.checked(query::form(&flat)).flatten();
                self.query
                    .extend(form.map(|form| query::escaped(name, &form, escape)));
            }
            (Some(_), QueryStyle::Json | QueryStyle::Whole) => {
                let json = encoded(value);
                let text = String::from_utf8_lossy(&json);
                self.query.push(match style {
                    QueryStyle::Json => query::escaped(name, &text, escape),
                    _ => query::unencoded_pair(name, &text, escape),
                });
            }
            (Some(flat), _) => {
                let written = query::write(name, &flat, style, escape, &mut self.query);
                self.checked(written);
            }
        }
        self
    }

    #[inline]
    pub(crate) fn set_query(&mut self, name: &str, value: &dyn fmt::Display) {
        self.query.retain(|pair| pair.name != name);
        self.query.push(query::pair(name, &value.to_string()));
    }

    #[inline]
    pub(crate) fn remove_query(&mut self, name: &str) {
        self.query.retain(|pair| pair.name != name);
        self.query.push(query::omitted_pair(name));
    }
}
