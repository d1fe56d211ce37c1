//! The answer that succeeded and cannot be read.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::envelope;
use crate::runtime::codec::DecodeError;
use crate::runtime::response::Response;

/// An answer with a good status whose body is not what this SDK expects.
///
/// The call was carried out, so it is never repeated; the answer is kept.
pub struct ResponseError {
    response: Response,
    request_id: Option<String>,
    reason: Reason,
}

/// What is wrong with the body.
#[derive(Debug)]
pub(crate) enum Reason {
    /// It is not JSON of the expected form.
    Decode(DecodeError),
    /// It is longer than the client's limit; what came before it is kept.
    TooLong(usize),
    /// It is of this media type, and no stream of events.
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

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The id that the server gave the call, to quote in a report.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The body as it came, up to the client's limit.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        self.response.bytes()
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.response.text()
    }

    /// Where the body differs from the expected form, and how.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.reason {
            Reason::Decode(error) => Some(error),
            Reason::TooLong(_) | Reason::NoStream(_) => None,
        }
    }

    /// How often the call was repeated before this answer came.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.response.retries()
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer ({}", self.status())?;
        if let Some(id) = self.request_id() {
            write!(f, ", request {id}")?;
        }
        match &self.reason {
            Reason::Decode(_) if self.bytes().is_empty() => f.write_str(") has no body"),
            Reason::Decode(error) => write!(f, ") cannot be read: {error}"),
            Reason::TooLong(limit) => write!(f, ") is longer than the limit of {limit} bytes"),
            Reason::NoStream(kind) => match kind.as_str() {
                "" | "text/plain" | "text/event-stream" => f.write_str(") has no events in it"),
                kind => write!(f, ") is `{kind}`, and no stream of events"),
            },
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
