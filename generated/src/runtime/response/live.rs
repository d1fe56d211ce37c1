//! Good answers whose body is still to come.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::Response;
use super::idle_timer::IdleTimer;
use crate::runtime::body::ResponseBody;
use crate::runtime::clock::{Instant, Sleep, sleep_until};
use crate::runtime::error::{ConnectError, Error, TimeoutError};
use crate::runtime::events::Reading;
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// A good answer: its head, and the rest of it if that was not collected.
///
/// It is what [`FromResponse::from_incoming`](super::FromResponse::from_incoming) makes
/// a value of; it has nothing that callers need.
#[derive(Debug)]
pub struct Incoming {
    pub(crate) response: Response,
    pub(crate) rest: Option<Box<LiveBody>>,
}

impl Incoming {
    /// An answer with its whole body.
    pub(crate) fn whole(response: Response) -> Self {
        let rest = None;
        Self { response, rest }
    }

    /// An answer whose body is still to come.
    pub(crate) fn live(response: Response, rest: LiveBody) -> Self {
        let rest = Some(Box::new(rest));
        Self { response, rest }
    }

    /// Says how the events of a live answer are read.
    pub(crate) fn read_as(mut self, reading: Option<Reading>) -> Self {
        if let (Some(rest), Some(reading)) = (&mut self.rest, reading) {
            rest.reading = reading;
        }
        self
    }

    /// The head, and the body whether it is here already or not.
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

/// What is still to come of an answer, and what is to be known while it comes.
#[derive(Debug)]
pub(crate) struct LiveBody {
    body: ResponseBody,
    deadline: Option<Deadline>,
    silence: IdleTimer,
    /// How often the call was repeated.
    retries: u32,
    /// The client's limit for what is held in memory at once.
    pub(crate) limit: usize,
    /// How its events are read.
    pub(crate) reading: Reading,
}

/// The end of the time that the call may take as a whole.
#[derive(Debug)]
struct Deadline {
    at: Instant,
    timer: Pin<Box<Sleep>>,
}

impl LiveBody {
    /// `silence` is how long the body may be silent.
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
            limit,
            reading: Reading::default(),
        }
    }

    /// The number of bytes to come, when the server announced it.
    pub(crate) fn announced_len(&self) -> Option<u64> {
        self.body.announced_len()
    }

    /// Says how long the body may be silent.
    pub(crate) fn limit_silence(&mut self, limit: Duration) {
        self.silence = IdleTimer::new(limit);
    }

    /// Gives the body up.
    pub(crate) fn close(&mut self) {
        self.body = ResponseBody::from(Bytes::new());
    }

    /// When the call has to be over.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.deadline.as_ref().map(|deadline| deadline.at)
    }

    /// The next chunk; `None` is the end.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        if let Poll::Ready(chunk) = self.body.poll_chunk(context) {
            self.silence.broken();
            return Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| self.broken(error))));
        }
        if self.poll_deadline(context).is_ready() {
            return Poll::Ready(Some(Err(self.deadline_passed())));
        }
        ready!(self.silence.poll(context));
        self.silence.broken();
        let limit = self.silence.limit;
        Poll::Ready(Some(Err(TimeoutError::Idle { limit }.into())))
    }

    /// Whether the call may take no longer.
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

    fn broken(&self, error: TransportError) -> Error {
        let retries = self.retries;
        if error.kind() == TransportErrorKind::Timeout {
            let limit = None;
            return TimeoutError::Attempt { limit, retries }.into();
        }
        ConnectError::new("the answer broke off", Some(error), retries).into()
    }
}
