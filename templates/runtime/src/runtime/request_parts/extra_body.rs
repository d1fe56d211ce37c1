//! Additional properties in a body that has already been built.

use http::header::CONTENT_TYPE;

use super::RequestParts;
use super::body::encoded;
use crate::runtime::codec::Encode;
use crate::runtime::error::BuildError;
use crate::runtime::json_object;

/// The structure of a body, according to its content type.
enum BodyStructure<'k> {
    Json,
    Form,
    /// Parts, separated by this boundary.
    Parts(&'k str),
    None,
}

impl<'k> BodyStructure<'k> {
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
    /// Sets a property of the body. In a JSON object or a form, it replaces an existing one. In a
    /// multipart body, it adds a part.
    #[inline]
    pub(crate) fn set_property(&mut self, name: &str, value: &dyn Encode) {
        let kind = self.kind();
        let is_set = match BodyStructure::from_content_type(&kind) {
            BodyStructure::Form => self.set_form_property(name, value),
            BodyStructure::Parts(boundary) => self.add_part(boundary, name, value),
            BodyStructure::Json | BodyStructure::None => self.set_json_property(name, value),
        };
        if !is_set {
            let name = name.escape_debug();
            self.fail(BuildError::new(format!(
                "`{name}` cannot be added to a body that is not a JSON object or a form"
            )));
        }
    }

    /// Adds a property to a JSON object, unless it already exists. Other bodies are not changed.
    #[inline]
    pub(crate) fn add_property(&mut self, name: &str, json: &[u8]) {
        if let BodyStructure::Json = BodyStructure::from_content_type(&self.kind())
            && let Some(body) = self.body.as_bytes()
            && let Some(body) = json_object::add_property(body, name, json)
        {
            self.body = body.into();
        }
    }

    /// Returns the boundary of a multipart body.
    #[inline]
    pub(super) fn boundary(&self) -> Option<String> {
        match BodyStructure::from_content_type(&self.kind()) {
            BodyStructure::Parts(boundary) => Some(boundary.to_owned()),
            _ => None,
        }
    }

    #[inline]
    fn set_json_property(&mut self, name: &str, value: &dyn Encode) -> bool {
        let value = encoded(value);
        if self.body.is_empty() {
            let body = json_object::set_property(b"{}", name, &value);
            self.set_body(body.unwrap_or_default().into(), "application/json");
            return true;
        }
        let body = self.body.as_bytes();
        let body = body.and_then(|body| json_object::set_property(body, name, &value));
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
