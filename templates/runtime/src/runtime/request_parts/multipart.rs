//! Multipart bodies, as defined for `multipart/form-data` ([RFC
//! 7578](https://www.rfc-editor.org/rfc/rfc7578)).

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;

use super::body::encoded;
use super::value_style::header_text;
use super::{RequestParts, ValueStyle};
use crate::runtime::body::{Body, Content};
use crate::runtime::codec::Encode;
use crate::runtime::error::BuildError;
use crate::runtime::flat_value::{self, FlatValue};
use crate::runtime::query::{self, Escape, QueryStyle};
use crate::runtime::upload::Uploads;
use crate::runtime::{header, random};

/// Maximum number of bytes of a file that are copied into the body.
const MAX_COPIED_BYTES: usize = 64 << 10;

/// A multipart body that is being built.
pub struct Multipart {
    boundary: String,
    /// Completed pieces: bytes in memory, and contents that are not in memory.
    pieces: Vec<Content>,
    /// Bytes after the last piece.
    body: Vec<u8>,
    /// Headers of the next parts.
    headers: Vec<(HeaderName, HeaderValue)>,
    failure: Option<BuildError>,
}

impl Multipart {
    /// Creates a body that continues after the given pieces.
    #[inline]
    fn new(boundary: String, pieces: Vec<Content>) -> Self {
        Self {
            boundary,
            pieces,
            body: Vec::new(),
            headers: Vec::new(),
            failure: None,
        }
    }

    /// Adds a value: a scalar as text, an array as a part for each item, and an object as JSON. An
    /// absent value and null are omitted.
    #[inline]
    pub fn part(&mut self, name: &str, value: &dyn Encode) -> &mut Self {
        if let Some(flat) = FlatValue::from_value(value) {
            self.flat(name, &flat, &encoded(value));
        }
        self.end()
    }

    /// Adds a header to the parts of the next field. An absent value and null are omitted. Arrays
    /// are joined by commas.
    #[inline]
    pub fn header(&mut self, name: &str, value: &dyn Encode) -> &mut Self {
        self.add_header(name, header_text(name, value, None))
    }

    /// Adds a header in the given style to the parts of the next field. An absent value and null
    /// are omitted.
    #[inline]
    pub fn header_as(&mut self, name: &str, value: &dyn Encode, style: ValueStyle) -> &mut Self {
        self.add_header(name, header_text(name, value, Some(style)))
    }

    #[inline]
    fn add_header(&mut self, name: &str, value: Result<Option<String>, BuildError>) -> &mut Self {
        match value {
            Ok(value) => {
                let header = self.checked(name, value);
                self.headers.extend(header);
            }
            Err(error) => self.fail(error),
        }
        self
    }

    /// Validates a header of a part. The headers that describe the part itself cannot be set.
    #[inline]
    fn checked(&mut self, name: &str, value: Option<String>) -> Option<(HeaderName, HeaderValue)> {
        let value = value?;
        let checked = header::name(name).and_then(|name| match name {
            CONTENT_DISPOSITION | CONTENT_TYPE => Err(BuildError::new(format!(
                "the header `{name}` of a part cannot be set; it follows from the part's name and content type"
            ))),
            name => Ok((header::value(&name, &value)?, name)),
        });
        match checked {
            Ok((value, name)) => Some((name, value)),
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    #[inline]
    fn fail(&mut self, error: BuildError) {
        self.failure.get_or_insert(error);
    }

    /// Ends the parts of a field, and clears their headers.
    #[inline]
    fn end(&mut self) -> &mut Self {
        self.headers.clear();
        self
    }

    /// Adds a value with a media type: as JSON for JSON media types, and otherwise like
    /// [`part`](Self::part).
    #[inline]
    pub fn part_as(&mut self, name: &str, media_type: &str, value: &dyn Encode) -> &mut Self {
        let json = media_type.ends_with("json");
        match FlatValue::from_value(value) {
            None | Some(FlatValue::Null) => {}
            Some(FlatValue::Text(text) | FlatValue::Literal(text)) if !json => {
                self.write(name, None, Some(media_type), text.as_bytes());
            }
            Some(FlatValue::List(_)) if !json => return self.part(name, value),
            Some(_) => self.write(name, None, Some(media_type), &encoded(value)),
        }
        self.end()
    }

    /// Adds a value in a query style, with a part for each `name=value` pair and without
    /// percent-encoding. An absent value and null are omitted.
    #[inline]
    pub fn part_styled(&mut self, name: &str, value: &dyn Encode, style: QueryStyle) -> &mut Self {
        let mut pairs = Vec::new();
        if let Some(flat) = FlatValue::from_value(value).filter(|flat| *flat != FlatValue::Null) {
            // Parts are not percent-encoded, so a comma within an item would look like a separator.
            let checked = style.joins_by().map(|by| flat.check_items(name, by));
            let written = checked.unwrap_or(Ok(()));
            let written =
                written.and_then(|()| query::write(name, &flat, style, Escape::All, &mut pairs));
            if let Err(error) = written {
                self.fail(error);
            }
        }
        for pair in pairs {
            let (name, value) = pair.text.split_once('=').unwrap_or((&pair.text, ""));
            let name = percent_decode_str(name).decode_utf8_lossy();
            let value: Vec<u8> = percent_decode_str(value).collect();
            self.write(&name, None, None, &value);
        }
        self.end()
    }

    /// Adds the files of a field.
    #[inline]
    pub fn file(&mut self, name: &str, uploads: &dyn Uploads) -> &mut Self {
        self.file_as(name, "application/octet-stream", uploads)
    }

    /// Adds the files of a field. `media_type` applies unless a file has its own media type.
    #[inline]
    pub fn file_as(&mut self, name: &str, media_type: &str, uploads: &dyn Uploads) -> &mut Self {
        uploads.for_each_upload(&mut |upload| {
            let (own_name, own_type) =
                (upload.file_name.as_deref(), upload.content_type.as_deref());
            let (file_name, media_type) = match upload.is_text {
                true => (own_name, own_type),
                false => (own_name.or(Some(name)), own_type.or(Some(media_type))),
            };
            let checked = media_type.map(|kind| header::value(&CONTENT_TYPE, kind));
            if let Some(Err(error)) = checked {
                return self.fail(error);
            }
            let shared = self.headers.len();
            for (name, value) in &upload.headers {
                self.add_header(name, Ok(Some(value.clone())));
            }
            self.head(name, file_name, media_type);
            self.content(&upload.content);
            self.headers.truncate(shared);
        });
        self.end()
    }

    /// Adds the content of a file. Short content is copied, which is cheaper than a separate piece.
    #[inline]
    fn content(&mut self, content: &Content) {
        match content {
            Content::Bytes(bytes) if bytes.len() <= MAX_COPIED_BYTES => {
                self.body.extend_from_slice(bytes)
            }
            content => {
                let before = std::mem::take(&mut self.body);
                self.pieces.push(Content::Bytes(before.into()));
                self.pieces.push(content.clone());
            }
        }
        self.body.extend_from_slice(b"\r\n");
    }

    #[inline]
    fn flat(&mut self, name: &str, flat: &FlatValue, json: &[u8]) {
        match flat {
            FlatValue::Null => {}
            FlatValue::Text(text) | FlatValue::Literal(text) => {
                self.write(name, None, None, text.as_bytes());
            }
            FlatValue::List(items) if items.iter().all(|item| item.scalar().is_some()) => {
                for item in items {
                    self.flat(name, item, b"");
                }
            }
            FlatValue::List(_) | FlatValue::Object(_) => {
                self.write(name, None, Some("application/json"), json);
            }
        }
    }

    #[inline]
    fn write(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        media_type: Option<&str>,
        bytes: &[u8],
    ) {
        self.head(name, file_name, media_type);
        self.body.extend_from_slice(bytes);
        self.body.extend_from_slice(b"\r\n");
    }

    /// Starts a part.
    #[inline]
    fn head(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>) {
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
        for (name, value) in &self.headers {
            self.body
                .extend_from_slice(format!("\r\n{name}: ").as_bytes());
            self.body.extend_from_slice(value.as_bytes());
        }
        self.body.extend_from_slice(b"\r\n\r\n");
    }
}

/// Quotes a name, with the escapes that browsers use ([HTML, multipart form
/// data](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data)).
#[inline]
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl RequestParts {
    /// Sets the body to a multipart body of the parts that `parts` adds.
    pub fn multipart_with(&mut self, parts: impl FnOnce(&mut Multipart)) -> &mut Self {
        let mut multipart = Multipart::new(format!("form-{}", random::uuid()), Vec::new());
        parts(&mut multipart);
        let media_type = format!("multipart/form-data; boundary={}", multipart.boundary);
        self.content_type = HeaderValue::try_from(media_type).ok();
        self.send_parts(multipart);
        self
    }

    /// Adds a part to a multipart body. Returns `false` if the body cannot be changed.
    #[inline]
    pub(super) fn add_part(&mut self, boundary: &str, name: &str, value: &dyn Encode) -> bool {
        let Some(mut pieces) = self.body.to_pieces() else {
            return false;
        };
        let end = format!("--{boundary}--\r\n");
        let Some(Content::Bytes(last)) = pieces.pop() else {
            return false;
        };
        let Some(before) = last.strip_suffix(end.as_bytes()) else {
            return false;
        };
        let mut multipart = Multipart::new(boundary.to_owned(), pieces);
        multipart.body.extend_from_slice(before);
        multipart.part(name, value);
        self.send_parts(multipart);
        true
    }

    #[inline]
    fn send_parts(&mut self, mut multipart: Multipart) {
        if let Some(failure) = multipart.failure {
            self.fail(failure);
        }
        let end = format!("--{}--\r\n", multipart.boundary);
        multipart.body.extend_from_slice(end.as_bytes());
        multipart.pieces.push(Content::Bytes(multipart.body.into()));
        self.body = Body::pieces(multipart.pieces);
    }

    /// Sets the body to a multipart body of the value's properties.
    #[inline]
    pub fn multipart(&mut self, value: &dyn Encode) -> &mut Self {
        let json = encoded(value);
        match flat_value::properties(&json) {
            Some(members) => self.multipart_with(|parts| {
                for (name, value) in &members {
                    parts.part(name, value);
                }
            }),
            None => {
                self.fail(BuildError::new(
                    "only an object can be sent as a multipart body",
                ));
                self
            }
        }
    }
}
