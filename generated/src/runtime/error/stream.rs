//! The event that ends a stream before its time, or cannot be read.

use std::error::Error as StdError;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::envelope::{self, Envelope};
use crate::runtime::codec::DecodeError;
use crate::runtime::events::Event;
use crate::runtime::response::Response;

/// A stream of events that went wrong after its call had succeeded.
pub struct StreamError {
    head: Response,
    event: Event,
    reason: StreamReason,
    found: Envelope,
}

/// What is wrong with the stream.
#[derive(Debug)]
pub(crate) enum StreamReason {
    /// The event says that something went wrong.
    Event,
    /// The event is not JSON of the expected form.
    Decode(DecodeError),
    /// The event is longer than the limit.
    TooLong(usize),
    /// The stream ends within the event.
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

    /// The status of the answer, which is a good one.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// The id that the server gave the call, to quote in a report.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.found.request_id.as_deref()
    }

    /// The event; of one that is not whole, what came of it.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// Whether the server sent the event to say that something went wrong.
    #[must_use]
    pub fn is_sent_by_server(&self) -> bool {
        matches!(self.reason, StreamReason::Event)
    }

    /// Whether the stream ended within an event.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        matches!(self.reason, StreamReason::Truncated)
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

    /// Where the event differs from the expected form, and how.
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
                f.write_str("the stream ended with an error")?;
                let text = self.event.text();
                match self.message().unwrap_or(text.trim()) {
                    "" => {}
                    message => write!(f, ": {}", super::api::Shown(message))?,
                }
            }
            StreamReason::Decode(error) => {
                write!(f, "an event of the stream cannot be read: {error}")?;
            }
            StreamReason::TooLong(limit) => {
                let text = "an event of the stream is longer than the limit of";
                write!(f, "{text} {limit} bytes")?;
            }
            StreamReason::Truncated => f.write_str("the stream ended within an event")?,
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
