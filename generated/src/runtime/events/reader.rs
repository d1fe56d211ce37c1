//! Reads a stream to its end, by way of as many answers as it takes.
//!
//! Nothing here knows the type of the items, so that it is compiled once.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::event_rule::{EventHandling, handling};
use super::format::{self, Format};
use super::resume::{EventForm, Reading};
use super::{Event, TooLong};
use crate::runtime::clock::{Sleep, sleep};
use crate::runtime::codec::DecodeError;
use crate::runtime::error::{Error, StreamError, StreamReason, TimeoutError};
use crate::runtime::response::{Incoming, LiveBody, Response};
use crate::runtime::transport::BoxFuture;

/// How long a stream may be silent unless the call says otherwise.
const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(600);

/// How long an answer that is no stream is read, however slowly it comes.
const NON_STREAM_READ_LIMIT: Duration = Duration::from_secs(1);

/// The events of a call.
#[derive(Debug)]
pub(super) struct EventReader {
    /// The answer without its body; after a reconnection, the latest.
    pub(super) head: Response,
    reading: Reading,
    format: Format,
    limit: usize,
    source: ByteSource,
    /// How much longer an answer is read that is no stream, for the error that says so.
    non_stream_timer: Option<Pin<Box<Sleep>>>,
}

/// Where the next bytes come from.
enum ByteSource {
    /// From the body of an answer.
    Body(Box<LiveBody>),
    /// From the answer to a call that is about to be made again.
    Waiting(Pin<Box<Sleep>>, Box<LiveBody>),
    /// From the answer to a call that is being made again.
    Calling(BoxFuture<'static, Result<Incoming, Error>>, Box<LiveBody>),
    /// From nowhere.
    Ended,
}

impl EventReader {
    #[inline]
    pub(super) fn new(incoming: Incoming) -> Self {
        let (head, mut rest) = incoming.into_parts();
        let reading = std::mem::take(&mut rest.reading);
        let limit = reading.options.max_bytes.unwrap_or(rest.limit);
        rest.limit_silence(reading.idle.unwrap_or(DEFAULT_IDLE_TIMEOUT));
        Self {
            format: Format::from_response(&head, reading.accept, limit),
            head,
            reading,
            limit,
            source: ByteSource::Body(Box::new(rest)),
            non_stream_timer: None,
        }
    }

    /// The event that was read last.
    #[inline]
    pub(super) fn event(&self) -> &Event {
        match &self.format {
            Format::Sse(sse) => &sse.event,
            Format::Records(records) => &records.event,
            Format::Other(all) => all,
        }
    }

    /// The data of the event, if that is what a value is read from.
    #[inline]
    pub(super) fn data(&self) -> Option<&[u8]> {
        match (&self.format, self.reading.options.form) {
            (Format::Sse(sse), EventForm::Data) => Some(sse.event.bytes()),
            (Format::Sse(_), _) => None,
            (Format::Records(records), _) => Some(records.event.bytes()),
            (Format::Other(all), _) => Some(all.bytes()),
        }
    }

    /// The event as the object that a value is read from.
    #[inline]
    pub(super) fn object(&self) -> Vec<u8> {
        self.event().object(&self.reading.options)
    }

    /// Whether texts stand in the stream as they are.
    #[inline]
    pub(super) fn has_plain_text(&self) -> bool {
        matches!(self.format, Format::Sse(_))
    }

    /// Waits for the next event that is an item of the stream.
    #[inline]
    pub(super) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<(), Error>>> {
        if let ByteSource::Ended = self.source {
            return Poll::Ready(None);
        }
        loop {
            match self.format.next(self.limit) {
                Ok(true) => match self.take_event() {
                    Some(EventHandling::Yield) => return Poll::Ready(Some(Ok(()))),
                    Some(EventHandling::Error) => return self.fail(StreamReason::Event),
                    Some(EventHandling::Done) => return self.done(context),
                    None => continue,
                },
                Ok(false) => {}
                Err(TooLong) => return self.fail(StreamReason::TooLong(self.limit)),
            }
            if let Format::Sse(sse) = &mut self.format
                && sse.is_strange()
                && let Some(text) = sse.no_events()
            {
                self.format = Format::no_stream(&text);
                return self.fail(StreamReason::Truncated);
            }
            if let Format::Other(_) = self.format {
                let non_stream_timer = self
                    .non_stream_timer
                    .get_or_insert_with(|| Box::pin(sleep(NON_STREAM_READ_LIMIT)));
                if non_stream_timer.as_mut().poll(context).is_ready() {
                    return self.fail(StreamReason::Truncated);
                }
            }
            match ready!(self.poll_chunk(context)) {
                Some(Ok(chunk)) => self.format.refill(chunk),
                Some(Err(error)) if is_resumable(&error) && self.prepare_resume() => {}
                Some(Err(error)) => return self.end(Some(Err(error))),
                None => match self.close() {
                    StreamEnd::Item => return self.end(Some(Ok(()))),
                    StreamEnd::Error => return self.fail(StreamReason::Event),
                    StreamEnd::Done => return self.end(None),
                    StreamEnd::BodyReadError => return self.fail(StreamReason::Truncated),
                    StreamEnd::Again => {}
                },
            }
        }
    }

    /// The error of an event that is not what it should be. The stream goes on after it.
    #[inline]
    pub(super) fn unreadable(&self, error: DecodeError) -> Error {
        let names_error = serde_json::from_slice::<serde_json::Value>(self.event().bytes())
            .is_ok_and(|data| data.get("error").is_some_and(|error| !error.is_null()));
        let reason = match names_error {
            true => StreamReason::Event,
            false => StreamReason::Decode(error),
        };
        self.error(reason)
    }

    #[inline]
    fn take_event(&mut self) -> Option<EventHandling> {
        let handling = self.handling();
        if let Some(resume) = &mut self.reading.resume {
            resume.event_came(handling == Some(EventHandling::Yield));
        }
        handling
    }

    #[inline]
    fn handling(&self) -> Option<EventHandling> {
        handling(self.reading.rules, self.event())
    }

    #[inline]
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            match &mut self.source {
                ByteSource::Body(rest) => return rest.poll_chunk(context),
                ByteSource::Waiting(timer, rest) => {
                    if timer.as_mut().poll(context).is_pending() {
                        ready!(rest.poll_deadline(context));
                        return Poll::Ready(Some(Err(rest.deadline_passed())));
                    }
                    self.call();
                }
                ByteSource::Calling(call, _) => match ready!(call.as_mut().poll(context)) {
                    Ok(incoming) => self.reopen(incoming),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                ByteSource::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Makes the call again, after the wait for it.
    #[inline]
    fn call(&mut self) {
        let source = std::mem::replace(&mut self.source, ByteSource::Ended);
        if let (ByteSource::Waiting(_, rest), Some(resume)) = (source, &self.reading.resume) {
            let call = resume.call(&self.event().id, rest.deadline());
            self.source = ByteSource::Calling(call, rest);
        }
    }

    /// Goes on with another answer. One without content says that there is no more to come.
    #[inline]
    fn reopen(&mut self, incoming: Incoming) {
        let (head, mut rest) = incoming.into_parts();
        if head.status == StatusCode::NO_CONTENT {
            self.reading.resume = None;
            self.source = ByteSource::Ended;
            return;
        }
        if let other @ Format::Other(_) =
            Format::from_response(&head, self.reading.accept, self.limit)
        {
            self.format = other;
        }
        self.head = head;
        rest.limit_silence(self.reading.idle.unwrap_or(DEFAULT_IDLE_TIMEOUT));
        self.source = ByteSource::Body(Box::new(rest));
    }

    /// Prepares to make the call again, if it may be.
    #[inline]
    fn prepare_resume(&mut self) -> bool {
        let Some(resume_delay) = self.resume_delay() else {
            return false;
        };
        let source = std::mem::replace(&mut self.source, ByteSource::Ended);
        let (ByteSource::Body(mut rest) | ByteSource::Calling(_, mut rest)) = source else {
            return false;
        };
        rest.close();
        if let Format::Sse(sse) = &mut self.format {
            sse.restart();
        }
        self.source = ByteSource::Waiting(Box::pin(sleep(resume_delay)), rest);
        true
    }

    /// JSON texts have no ids, so that it is not known where to go on.
    #[inline]
    fn resume_delay(&mut self) -> Option<Duration> {
        let Format::Sse(sse) = &self.format else {
            return None;
        };
        let resume = self.reading.resume.as_mut()?;
        resume.wait(&sse.event.id, sse.retry)
    }

    #[inline]
    fn close(&mut self) -> StreamEnd {
        let (left, texts) = match &mut self.format {
            Format::Sse(sse) => {
                let left = sse.finish();
                if let Some(text) = sse.no_events() {
                    self.format = Format::no_stream(&text);
                    return StreamEnd::BodyReadError;
                }
                (left, false)
            }
            Format::Records(records) => (records.finish(), true),
            Format::Other(_) => return StreamEnd::BodyReadError,
        };
        let handling = if left { self.handling() } else { None };
        match handling {
            Some(EventHandling::Done) => StreamEnd::Done,
            Some(EventHandling::Yield) if texts => StreamEnd::Item,
            Some(EventHandling::Error) if texts => StreamEnd::Error,
            _ if self.prepare_resume() => StreamEnd::Again,
            _ if left && !texts => StreamEnd::BodyReadError,
            _ => StreamEnd::Done,
        }
    }

    /// Ends the stream at its end marker. The rest of the answer is most likely here, and
    /// without it the connection can serve other calls.
    #[inline]
    fn done(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        if let ByteSource::Body(rest) = &mut self.source {
            drop(rest.poll_chunk(context));
        }
        self.end(None)
    }

    #[inline]
    fn fail(&mut self, reason: StreamReason) -> Poll<Option<Result<(), Error>>> {
        let error = match &self.format {
            Format::Other(all) => format::refusal(&self.head, all, self.limit),
            _ => self.error(reason),
        };
        self.end(Some(Err(error)))
    }

    #[inline]
    fn error(&self, reason: StreamReason) -> Error {
        let message = self.reading.error_message;
        StreamError::new(self.head.clone(), self.event().clone(), reason, message).into()
    }

    #[inline]
    fn end(&mut self, last: Option<Result<(), Error>>) -> Poll<Option<Result<(), Error>>> {
        self.source = ByteSource::Ended;
        self.reading.resume = None;
        Poll::Ready(last)
    }
}

/// Whether the call may be answered where it is made again after this error.
#[inline]
fn is_resumable(error: &Error) -> bool {
    let is_over = matches!(error, Error::Timeout(TimeoutError::Deadline { .. }));
    error.is_retryable() && !is_over
}

/// What the end of an answer means.
enum StreamEnd {
    /// There is one more item.
    Item,
    /// What came last is an error.
    Error,
    /// The stream is over.
    Done,
    /// An event was cut off.
    BodyReadError,
    /// The call is made again.
    Again,
}

impl fmt::Debug for ByteSource {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Body(_) => "Body",
            Self::Waiting(..) => "Waiting",
            Self::Calling(..) => "Calling",
            Self::Ended => "Ended",
        })
    }
}
