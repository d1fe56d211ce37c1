//! Successful responses whose body is still being received.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;

use super::Response;
use super::idle_timer::IdleTimer;
use crate::runtime::body::ResponseBody;
use crate::runtime::clock::{Instant, Sleep, sleep_until};
use crate::runtime::error::{ConnectError, Error, TimeoutError};
use crate::runtime::events::StreamSettings;
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// A successful response: its head, and the rest of the body unless it has been collected.
///
/// [`FromResponse::from_incoming`](super::FromResponse::from_incoming) converts it into a value. It
/// has no methods for callers.
#[derive(Debug)]
pub struct Incoming {
    pub(crate) response: Response,
    pub(crate) rest: Option<Box<LiveBody>>,
}

impl Incoming {
    /// Creates a response with its complete body.
    pub(crate) fn whole(response: Response) -> Self {
        let rest = None;
        Self { response, rest }
    }

    /// Creates a response whose body is still being received.
    pub(crate) fn live(response: Response, rest: LiveBody) -> Self {
        let rest = Some(Box::new(rest));
        Self { response, rest }
    }

    /// Sets how the events of a streaming response are read.
    pub(crate) fn read_as(mut self, reading: Option<StreamSettings>) -> Self {
        if let (Some(rest), Some(reading)) = (&mut self.rest, reading) {
            rest.reading = reading;
        }
        self
    }

    /// Returns the head and the body, whether or not the body has been collected.
    pub(crate) fn into_parts(self) -> (Response, LiveBody) {
        let mut head = self.response;
        let rest = match self.rest {
            Some(rest) => *rest,
            None => {
                let body = std::mem::take(&mut head.body);
                LiveBody::new(
                    ResponseBody::from(body),
                    None,
                    head.retries,
                    usize::MAX,
                    Duration::MAX,
                )
            }
        };
        (head, rest)
    }
}

/// The unread rest of a response, with the state for reading it.
#[derive(Debug)]
pub(crate) struct LiveBody {
    body: ResponseBody,
    deadline: Option<Deadline>,
    silence: IdleTimer,
    /// Number of retries that were made.
    retries: u32,
    /// URL of the request.
    uri: Uri,
    /// Client's limit for the bytes in memory.
    pub(crate) limit: usize,
    /// Settings for reading events.
    pub(crate) reading: StreamSettings,
}

/// The deadline of the whole call.
#[derive(Debug)]
struct Deadline {
    at: Instant,
    timer: Pin<Box<Sleep>>,
}

impl LiveBody {
    /// Creates a body. `silence` is the maximum time without data.
    pub(crate) fn new(
        body: ResponseBody,
        deadline: Option<Instant>,
        retries: u32,
        limit: usize,
        silence: Duration,
    ) -> Self {
        Self {
            body,
            deadline: deadline.map(|at| Deadline {
                at,
                timer: Box::pin(sleep_until(at)),
            }),
            silence: IdleTimer::new(silence),
            retries,
            uri: Uri::default(),
            limit,
            reading: StreamSettings::default(),
        }
    }

    /// Records the URL of the request, for errors.
    pub(crate) fn with_uri(mut self, uri: Uri) -> Self {
        self.uri = uri;
        self
    }

    /// Returns the number of remaining bytes, if the server announced it.
    pub(crate) fn announced_len(&self) -> Option<u64> {
        self.body.announced_len()
    }

    /// Sets the maximum time without data.
    pub(crate) fn limit_silence(&mut self, limit: Duration) {
        self.silence = IdleTimer::new(limit);
    }

    /// Stops reading the body.
    pub(crate) fn close(&mut self) {
        self.body = ResponseBody::from(Bytes::new());
    }

    /// Returns the deadline of the call.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.deadline.as_ref().map(|deadline| deadline.at)
    }

    /// Polls for the next chunk. Returns `None` at the end of the body.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        if let Poll::Ready(chunk) = self.body.poll_chunk(context) {
            self.silence.reset();
            return Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| self.reset(error))));
        }
        if self.poll_deadline(context).is_ready() {
            return Poll::Ready(Some(Err(self.deadline_passed())));
        }
        ready!(self.silence.poll(context));
        self.silence.reset();
        let limit = self.silence.limit;
        Poll::Ready(Some(Err(TimeoutError::Idle { limit }.into())))
    }

    /// Polls the deadline. It is ready once the deadline has passed.
    pub(crate) fn poll_deadline(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match &mut self.deadline {
            Some(deadline) => deadline.timer.as_mut().poll(context),
            None => Poll::Pending,
        }
    }

    pub(crate) fn deadline_passed(&self) -> Error {
        let retries = self.retries;
        TimeoutError::Deadline { retries }.into()
    }

    fn reset(&self, error: TransportError) -> Error {
        let retries = self.retries;
        if error.kind() == TransportErrorKind::Timeout {
            let limit = None;
            return TimeoutError::Attempt { limit, retries }.into();
        }
        ConnectError::new(
            "the connection was lost before the response was complete",
            Some(error),
            retries,
        )
        .with_host(&self.uri)
        .into()
    }
}
