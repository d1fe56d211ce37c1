//! Successful responses that cannot be decoded.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::envelope;
use crate::runtime::codec::DecodeError;
use crate::runtime::response::Response;

/// A response with a success status that could not be decoded.
///
/// The server has processed the call, so it is never retried. The response is kept.
pub struct ResponseError {
    response: Response,
    request_id: Option<String>,
    reason: Reason,
}

/// The problem with a body.
#[derive(Debug)]
pub(crate) enum Reason {
    /// The body is not JSON of the expected type.
    Decode(DecodeError),
    /// The body exceeds the client's limit in bytes. The start of it is kept.
    TooLong(usize),
    /// The body has this media type, which is not that of an event stream.
    NoStream(String),
}

impl ResponseError {
    pub(crate) fn new(response: Response, reason: Reason) -> Self {
        let request_id = envelope::request_id(&response).map(str::to_owned);
        Self {
            response,
            request_id,
            reason,
        }
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Returns the request ID from the server, for use in support requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the body as received, up to the client's limit.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        self.response.bytes()
    }

    /// Returns the body as text. Invalid UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.response.text()
    }

    /// Returns the decoding error, with the location in the body.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.reason {
            Reason::Decode(error) => Some(error),
            Reason::TooLong(_) | Reason::NoStream(_) => None,
        }
    }

    /// Returns `true` for a page of HTML, such as that of a proxy, by its media type or its start.
    fn is_html(&self) -> bool {
        let media_type = self.response.media_type();
        let start = self.bytes().trim_ascii_start();
        let starts_with = |tag: &[u8]| {
            let start = start.get(..tag.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(tag))
        };
        media_type.is_some_and(|kind| kind == "text/html" || kind == "application/xhtml+xml")
            || starts_with(b"<!doctype html")
            || starts_with(b"<html")
    }

    /// Returns the number of retries that were made before this response.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.response.retries()
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response ({}", self.status())?;
        if let Some(id) = self.request_id() {
            write!(f, ", request {id}")?;
        }
        match &self.reason {
            Reason::Decode(_) if self.bytes().is_empty() => match self.response.media_type() {
                Some(media_type) => write!(f, ") has an empty body of type `{media_type}`"),
                None => f.write_str(") has an empty body"),
            },
            Reason::Decode(_) if self.is_html() => {
                let media_type = self.response.media_type();
                let media_type = media_type.as_deref().unwrap_or("no media type");
                write!(f, ") is HTML (`{media_type}`): {}", Start(&self.text()))
            }
            Reason::Decode(error) => write!(f, ") could not be decoded: {error}"),
            Reason::TooLong(limit) => write!(f, ") exceeds the limit of {limit} bytes"),
            Reason::NoStream(kind) => match kind.as_str() {
                "" | "text/plain" | "text/event-stream" => f.write_str(") does not contain events"),
                kind => write!(f, ") is `{kind}` instead of an event stream"),
            },
        }
    }
}

/// The start of a text on one line.
struct Start<'a>(&'a str);

impl fmt::Display for Start<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_CHARS: usize = 80;

        let words: Vec<&str> = self.0.split_whitespace().collect();
        let line = words.join(" ").replace(char::is_control, " ");
        match line.char_indices().nth(MAX_CHARS) {
            Some((end, _)) => write!(f, "{}…", line.get(..end).unwrap_or_default()),
            None => f.write_str(&line),
        }
    }
}

impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseError")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("reason", &self.reason)
            .field("body_len", &self.bytes().len())
            .finish()
    }
}

impl StdError for ResponseError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        None
    }
}
