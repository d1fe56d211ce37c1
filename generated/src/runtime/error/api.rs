//! Responses with an error status.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::envelope::{self, Envelope};
use crate::runtime::api::Api;
use crate::runtime::codec::{self, Decode, DecodeError};
use crate::runtime::response::Response;

/// Maximum length of the part of the body that `Display` shows.
const MAX_SHOWN_CHARS: usize = 300;

/// A response with an error status.
///
/// The body is always kept. [`bytes`](Self::bytes) and [`text`](Self::text) return it as received,
/// and [`decode`](Self::decode) decodes it.
pub struct ApiError {
    response: Response,
    found: Envelope,
}

impl ApiError {
    pub(crate) fn new(response: Response, api: &Api) -> Self {
        let found = envelope::read_envelope(&response, api.error_message);
        Self { response, found }
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
        self.found.request_id.as_deref()
    }

    /// Returns the server's error code. A numeric code is returned as text.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.found.code.as_deref()
    }

    /// Returns the server's error message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.found.message.as_deref()
    }

    /// Returns the body as received.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        self.response.bytes()
    }

    /// Returns the body as text. Invalid UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.response.text()
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON of type `T`.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        codec::from_slice(self.response.json())
    }

    /// Decodes the body if the response has the given status. Returns `None` if it has another
    /// status, or if the body is not of type `T`.
    ///
    /// The documentation of each method lists the statuses and their types.
    #[must_use]
    pub fn body_of<T: Decode>(&self, status: u16) -> Option<T> {
        (self.status() == status).then(|| self.decode().ok())?
    }

    /// Returns the number of retries that were made.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.response.retries()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status())?;
        match self.message() {
            Some(message) => write!(f, ": {}", Truncated(message))?,
            None => match self.text().trim() {
                "" => {}
                text => write!(f, ": {}", Truncated(text))?,
            },
        }
        match (self.code(), self.request_id()) {
            (Some(code), Some(id)) => {
                write!(f, " (code {}, request {})", Truncated(code), Truncated(id))
            }
            (Some(code), None) => write!(f, " (code {})", Truncated(code)),
            (None, Some(id)) => write!(f, " (request {})", Truncated(id)),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status())
            .field("code", &self.code())
            .field("message", &self.message())
            .field("request_id", &self.request_id())
            .field("retries", &self.retries())
            .field("body_len", &self.bytes().len())
            .finish()
    }
}

impl std::error::Error for ApiError {}

/// A server's text on one line, truncated if it is long.
pub(super) struct Truncated<'a>(pub(super) &'a str);

impl fmt::Display for Truncated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        for (index, character) in self.0.chars().enumerate() {
            if index == MAX_SHOWN_CHARS {
                return f.write_char('…');
            }
            f.write_char(if character.is_control() {
                ' '
            } else {
                character
            })?;
        }
        Ok(())
    }
}
