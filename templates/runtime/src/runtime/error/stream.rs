//! Errors in an event stream.

use std::error::Error as StdError;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::envelope::{self, Envelope};
use crate::runtime::codec::DecodeError;
use crate::runtime::events::Event;
use crate::runtime::response::Response;

/// An error in an event stream, after the call itself succeeded.
pub struct StreamError {
    head: Response,
    event: Event,
    reason: StreamReason,
    found: Envelope,
}

/// The problem with a stream.
#[derive(Debug)]
pub(crate) enum StreamReason {
    /// The event reports an error.
    Event,
    /// The event is not JSON of the expected type.
    Decode(DecodeError),
    /// The event exceeds the limit in bytes.
    TooLong(usize),
    /// The stream ended within the event.
    Truncated,
}

impl StreamError {
    pub(crate) fn new(
        head: Response,
        event: Event,
        reason: StreamReason,
        message: Option<&'static str>,
    ) -> Self {
        let mut response = head.clone();
        if let StreamReason::Event = reason {
            response.body = event.bytes().to_vec().into();
        }
        Self {
            found: envelope::read_envelope(&response, message),
            head,
            event,
            reason,
        }
    }

    /// Returns the status of the response, which is a success status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// Returns the request ID from the server, for use in support requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.found.request_id.as_deref()
    }

    /// Returns the number of retries that were made before the response.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.head.retries()
    }

    /// Returns the event. A truncated event holds the data received so far.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// Returns `true` if the server reported an error with this event.
    #[must_use]
    pub fn is_sent_by_server(&self) -> bool {
        matches!(self.reason, StreamReason::Event)
    }

    /// Returns `true` if the stream ended within an event.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        matches!(self.reason, StreamReason::Truncated)
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

    /// Returns the decoding error, with the location in the event.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.reason {
            StreamReason::Decode(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            StreamReason::Event => {
                f.write_str("the event stream ended with an error")?;
                let text = self.event.text();
                match self.message().unwrap_or(text.trim()) {
                    "" => {}
                    message => write!(f, ": {}", super::api::Truncated(message))?,
                }
            }
            StreamReason::Decode(error) => {
                write!(f, "an event could not be decoded: {error}")?;
            }
            StreamReason::TooLong(limit) => {
                let text = "an event exceeds the limit of";
                write!(f, "{text} {limit} bytes")?;
            }
            StreamReason::Truncated => f.write_str("the event stream ended within an event")?,
        }
        match (self.code(), self.request_id()) {
            (Some(code), Some(id)) => write!(f, " (code {code}, request {id})"),
            (Some(code), None) => write!(f, " (code {code})"),
            (None, Some(id)) => write!(f, " (request {id})"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamError")
            .field("reason", &self.reason)
            .field("event", &self.event)
            .field("code", &self.code())
            .field("message", &self.message())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

impl StdError for StreamError {}
