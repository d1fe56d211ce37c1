//! The answer with a failing status.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::envelope::{self, Envelope};
use crate::runtime::api::Api;
use crate::runtime::codec::{self, Decode, DecodeError};
use crate::runtime::response::Response;

/// The longest part of a body that `Display` shows.
const SHOWN: usize = 300;

/// An answer with a failing status.
///
/// Whatever the body is, it is kept: [`bytes`](Self::bytes) and [`text`](Self::text)
/// show it as it came, and [`decode`](Self::decode) reads it as a type.
pub struct ApiError {
    response: Response,
    found: Envelope,
}

impl ApiError {
    pub(crate) fn new(response: Response, api: &Api) -> Self {
        let found = envelope::read_envelope(&response, api.error_message);
        Self { response, found }
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
        self.found.request_id.as_deref()
    }

    /// The server's code for what went wrong; a number is given as its text.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.found.code.as_deref()
    }

    /// The server's sentence about what went wrong.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.found.message.as_deref()
    }

    /// The body as it came.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        self.response.bytes()
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.response.text()
    }

    /// Reads the body as a type.
    ///
    /// # Errors
    ///
    /// Fails when the body is not JSON of that form.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        codec::from_slice(self.response.json())
    }

    /// Reads the body as a type, if the answer has this status and its body that form.
    ///
    /// The documentation of a method names the statuses and their types.
    #[must_use]
    pub fn body_of<T: Decode>(&self, status: u16) -> Option<T> {
        (self.status() == status).then(|| self.decode().ok())?
    }

    /// How often the call was repeated before it was given up.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.response.retries()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status())?;
        match self.message() {
            Some(message) => write!(f, ": {}", Shown(message))?,
            None => match self.text().trim() {
                "" => {}
                text => write!(f, ": {}", Shown(text))?,
            },
        }
        match (self.code(), self.request_id()) {
            (Some(code), Some(id)) => write!(f, " (code {}, request {})", Shown(code), Shown(id)),
            (Some(code), None) => write!(f, " (code {})", Shown(code)),
            (None, Some(id)) => write!(f, " (request {})", Shown(id)),
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

/// A server's text on one line, cut where it gets long.
pub(super) struct Shown<'a>(pub(super) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        for (index, character) in self.0.chars().enumerate() {
            if index == SHOWN {
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
