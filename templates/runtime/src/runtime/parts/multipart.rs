//! Multipart bodies, as `multipart/form-data` defines them
//! ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)).

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::{RequestParts, encoded};
use crate::runtime::body::Body;
use crate::runtime::codec::Encode;
use crate::runtime::error::BuildError;
use crate::runtime::flatten::Flat;
use crate::runtime::{header, random};

/// A file to upload: its bytes, and what the server is told of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    bytes: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Upload {
    /// A file of these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            file_name: None,
            content_type: None,
        }
    }

    /// Sets the file's name; it is the name of the field unless set.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type; it is `application/octet-stream` unless set.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl<T: Into<Bytes>> From<T> for Upload {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// Files of one field: one, several, or none.
pub trait Uploads {
    /// Gives each file to `each`.
    fn each(&self, each: &mut dyn FnMut(&Upload));
}

impl Uploads for Upload {
    fn each(&self, each: &mut dyn FnMut(&Upload)) {
        each(self);
    }
}

impl<T: Uploads> Uploads for Option<T> {
    fn each(&self, each: &mut dyn FnMut(&Upload)) {
        self.iter().for_each(|uploads| uploads.each(each));
    }
}

impl<T: Uploads> Uploads for Vec<T> {
    fn each(&self, each: &mut dyn FnMut(&Upload)) {
        self.iter().for_each(|uploads| uploads.each(each));
    }
}

/// A multipart body being put together.
pub struct Multipart {
    boundary: String,
    body: Vec<u8>,
    failure: Option<BuildError>,
}

impl Multipart {
    /// Adds a value: a scalar as text, an array as a part for each of its items, an object as JSON. One that is
    /// absent or null is left out.
    pub fn part(&mut self, name: &str, value: &dyn Encode) -> &mut Self {
        if let Some(flat) = Flat::of(value) {
            self.flat(name, &flat, &encoded(value));
        }
        self
    }

    /// Adds the files of a field.
    pub fn file(&mut self, name: &str, uploads: &dyn Uploads) -> &mut Self {
        uploads.each(&mut |upload| {
            let file_name = upload.file_name.as_deref().unwrap_or(name);
            let media_type = upload
                .content_type
                .as_deref()
                .unwrap_or("application/octet-stream");
            match header::value(&CONTENT_TYPE, media_type) {
                Ok(_) => self.write(name, Some(file_name), Some(media_type), &upload.bytes),
                Err(error) => self.failure = Some(error),
            }
        });
        self
    }

    fn flat(&mut self, name: &str, flat: &Flat, json: &[u8]) {
        match flat {
            Flat::Null => {}
            Flat::Scalar(text) => self.write(name, None, None, text.as_bytes()),
            Flat::List(items) if items.iter().all(|item| matches!(item, Flat::Scalar(_))) => {
                for item in items {
                    self.flat(name, item, b"");
                }
            }
            Flat::List(_) | Flat::Object(_) => {
                self.write(name, None, Some("application/json"), json);
            }
        }
    }

    fn write(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        media_type: Option<&str>,
        bytes: &[u8],
    ) {
        let mut head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
            self.boundary,
            quoted(name)
        );
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(media_type) = media_type {
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(b"\r\n\r\n");
        self.body.extend_from_slice(bytes);
        self.body.extend_from_slice(b"\r\n");
    }
}

/// A name between quotes, escaped as browsers do it
/// ([HTML, multipart form data](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data)).
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl RequestParts {
    /// Makes a multipart body of the parts that `parts` adds.
    pub fn multipart_with(&mut self, parts: impl FnOnce(&mut Multipart)) -> &mut Self {
        let mut multipart = Multipart {
            boundary: format!("form-{}", random::uuid()),
            body: Vec::new(),
            failure: None,
        };
        parts(&mut multipart);
        if let Some(failure) = multipart.failure {
            self.fail(failure);
        }
        let end = format!("--{}--\r\n", multipart.boundary);
        multipart.body.extend_from_slice(end.as_bytes());
        self.body = Body::from(multipart.body);
        let media_type = format!("multipart/form-data; boundary={}", multipart.boundary);
        self.content_type = HeaderValue::try_from(media_type).ok();
        self
    }

    /// Makes a multipart body of the members of a value.
    pub fn multipart(&mut self, value: &dyn Encode) -> &mut Self {
        let json = encoded(value);
        match serde_json::from_slice(&json) {
            Ok(serde_json::Value::Object(members)) => self.multipart_with(|parts| {
                for (name, value) in &members {
                    parts.part(name, value);
                }
            }),
            _ => {
                self.fail(BuildError::new("only an object can be sent as parts"));
                self
            }
        }
    }
}
