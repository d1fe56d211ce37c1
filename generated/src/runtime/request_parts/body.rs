//! Bodies other than forms, and their content type.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

use crate::runtime::body::Body;
use crate::runtime::codec::{Encode, Writer};
use crate::runtime::header;
use crate::runtime::request_parts::RequestParts;
use crate::runtime::upload::Upload;

impl RequestParts {
    /// Sets the body to the JSON of a value.
    #[inline]
    pub fn json(&mut self, value: &dyn Encode) -> &mut Self {
        self.set_body(encoded(value).into(), "application/json")
    }

    /// Sets the body to a JSON object with the properties that `properties` writes.
    pub fn json_with(&mut self, properties: impl FnOnce(&mut Writer)) -> &mut Self {
        let mut writer = Writer::new();
        writer.begin_object();
        properties(&mut writer);
        writer.end_object();
        self.set_body(writer.into_vec().into(), "application/json")
    }

    /// Sets the body to text.
    #[inline]
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.set_body(text.to_owned().into(), "text/plain; charset=utf-8")
    }

    /// Sets the body to bytes.
    pub fn bytes(&mut self, bytes: impl Into<Bytes>) -> &mut Self {
        self.set_body(Body::from(bytes), "application/octet-stream")
    }

    /// Sets the body to a file. `media_type` applies unless the file has its own media type.
    #[inline]
    pub fn upload(&mut self, upload: &Upload, media_type: &str) -> &mut Self {
        self.body = Body::pieces(vec![upload.content.clone()]);
        let own = upload.content_type.as_deref();
        self.content_type(own.unwrap_or(media_type))
    }

    /// Sets the content type of the body. Multipart types other than `multipart/form-data` receive
    /// the body's boundary.
    #[inline]
    pub fn content_type(&mut self, value: &str) -> &mut Self {
        let value = match self.boundary() {
            Some(boundary) if value.starts_with("multipart/") => {
                Cow::Owned(format!("{value}; boundary={boundary}"))
            }
            _ => Cow::Borrowed(value),
        };
        match header::value(&CONTENT_TYPE, &value) {
            Ok(value) => self.content_type = Some(value),
            Err(error) => self.fail(error),
        }
        self
    }

    #[inline]
    pub(crate) fn remove_body(&mut self) {
        self.body = Body::empty();
        self.content_type = None;
    }

    #[inline]
    pub(super) fn set_body(&mut self, body: Body, content_type: &'static str) -> &mut Self {
        self.body = body;
        self.content_type = Some(HeaderValue::from_static(content_type));
        self
    }
}

#[inline]
pub(super) fn encoded(value: &dyn Encode) -> Vec<u8> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.into_vec()
}
