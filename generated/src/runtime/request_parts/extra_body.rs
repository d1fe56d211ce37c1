//! Members that are added to a body which is put together already.

use http::header::CONTENT_TYPE;

use super::{RequestParts, encoded};
use crate::runtime::codec::Encode;
use crate::runtime::error::BuildError;
use crate::runtime::json_object;

/// What a body is made of, as its content type says.
enum Members<'k> {
    Json,
    Form,
    /// Parts, between which this boundary stands.
    Parts(&'k str),
    None,
}

impl<'k> Members<'k> {
    #[inline]
    fn from_content_type(content_type: &'k str) -> Self {
        let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        match essence.trim() {
            "application/x-www-form-urlencoded" => Self::Form,
            "application/json" => Self::Json,
            essence if essence.ends_with("+json") => Self::Json,
            essence if essence.starts_with("multipart/") => {
                let boundary = parameters.trim().strip_prefix("boundary=");
                boundary.map_or(Self::None, Self::Parts)
            }
            _ => Self::None,
        }
    }
}

impl RequestParts {
    /// Sets a member of the body: of a JSON object or a form in place of one that is there; to a
    /// multipart body a part is added.
    #[inline]
    pub(crate) fn set_member(&mut self, name: &str, value: &dyn Encode) {
        let kind = self.kind();
        let is_set = match Members::from_content_type(&kind) {
            Members::Form => self.set_form_member(name, value),
            Members::Parts(boundary) => self.add_part(boundary, name, value),
            Members::Json | Members::None => self.set_json_member(name, value),
        };
        if !is_set {
            let name = name.escape_debug();
            self.fail(BuildError::new(format!(
                "`{name}` cannot be added to a body that is not a JSON object or a form"
            )));
        }
    }

    /// Adds a member to a JSON object that has none of this name. No other body has members.
    #[inline]
    pub(crate) fn add_member(&mut self, name: &str, json: &[u8]) {
        if let Members::Json = Members::from_content_type(&self.kind())
            && let Some(body) = self.body.as_bytes()
            && let Some(body) = json_object::add_member(body, name, json)
        {
            self.body = body.into();
        }
    }

    /// What stands between the parts of the body, if it has parts.
    #[inline]
    pub(super) fn boundary(&self) -> Option<String> {
        match Members::from_content_type(&self.kind()) {
            Members::Parts(boundary) => Some(boundary.to_owned()),
            _ => None,
        }
    }

    #[inline]
    fn set_json_member(&mut self, name: &str, value: &dyn Encode) -> bool {
        let value = encoded(value);
        if self.body.is_empty() {
            let body = json_object::set_member(b"{}", name, &value);
            self.set_body(body.unwrap_or_default().into(), "application/json");
            return true;
        }
        let body = self.body.as_bytes();
        let body = body.and_then(|body| json_object::set_member(body, name, &value));
        body.map(|body| self.body = body.into()).is_some()
    }

    #[inline]
    fn kind(&self) -> String {
        let kind = self.content_type.as_ref();
        let kind = kind.or_else(|| self.headers.get(CONTENT_TYPE));
        let kind = kind.and_then(|kind| kind.to_str().ok());
        kind.unwrap_or_default().to_owned()
    }
}
