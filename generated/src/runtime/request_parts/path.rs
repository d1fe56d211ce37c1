//! Path parameters.

use std::borrow::Cow;
use std::fmt;

use crate::runtime::codec::Encode;
use crate::runtime::path::{self, PathStyle};
use crate::runtime::request_parts::RequestParts;

impl RequestParts {
    /// Returns the path template. Paths that a caller wrote, which may contain IDs, are not
    /// templates.
    #[inline]
    pub(crate) fn described_path(&self) -> Option<&'static str> {
        match self.template {
            Cow::Borrowed(template) => Some(template),
            Cow::Owned(_) => None,
        }
    }

    #[inline]
    pub(crate) fn set_path(&mut self, name: &'static str, value: &dyn fmt::Display) {
        self.values.push((name, path::encode(&value.to_string())));
    }

    #[inline]
    pub(crate) fn set_path_value(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: PathStyle,
    ) {
        self.values
            .push((name, path::encode_value(name, value, style)));
    }
}
