//! Reads a stream to its end, across reconnections.
//!
//! The reader is independent of the item type, so it is compiled only once.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::event_rule::{EventHandling, handling};
use super::format::{self, Format};
use super::resume::{EventForm, StreamSettings};
use super::{Event, TooLong};
use crate::runtime::clock::{Sleep, sleep};
use crate::runtime::codec::DecodeError;
use crate::runtime::error::{Error, StreamError, StreamReason, TimeoutError};
use crate::runtime::response::{Incoming, LiveBody, Response};
use crate::runtime::transport::BoxFuture;

/// Default time without data after which a stream ends.
const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(600);

/// Maximum time for reading the body of a response that is not a stream.
const NON_STREAM_READ_LIMIT: Duration = Duration::from_secs(1);

/// The events of a call.
#[derive(Debug)]
pub(super) struct EventReader {
    /// The response without its body. After a reconnection, the latest response.
    pub(super) head: Response,
    reading: StreamSettings,
    format: Format,
    limit: usize,
    source: ByteSource,
    /// Remaining time for reading a response that is not a stream. Its body is part of the error.
    non_stream_timer: Option<Pin<Box<Sleep>>>,
}

/// Source of the next bytes.
enum ByteSource {
    /// The body of a response.
    Body(Box<LiveBody>),
    /// A response whose call will be repeated after a delay.
    Waiting(Pin<Box<Sleep>>, Box<LiveBody>),
    /// A response whose call is being repeated.
    Calling(BoxFuture<'static, Result<Incoming, Error>>, Box<LiveBody>),
    /// The end of the stream.
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

    /// Returns the last event.
    #[inline]
    pub(super) fn event(&self) -> &Event {
        match &self.format {
            Format::Sse(sse) => &sse.event,
            Format::Records(records) => &records.event,
            Format::Other(all) => all,
        }
    }

    /// Returns the data of the event, if values are decoded from the data.
    #[inline]
    pub(super) fn data(&self) -> Option<&[u8]> {
        match (&self.format, self.reading.options.form) {
            (Format::Sse(sse), EventForm::Data) => Some(sse.event.bytes()),
            (Format::Sse(_), _) => None,
            (Format::Records(records), _) => Some(records.event.bytes()),
            (Format::Other(all), _) => Some(all.bytes()),
        }
    }

    /// Returns the event as a JSON object, from which values are decoded.
    #[inline]
    pub(super) fn object(&self) -> Vec<u8> {
        self.event().object(&self.reading.options)
    }

    /// Returns `true` if strings appear in the stream without quotes.
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
                && sse.is_unrecognized()
                && let Some(text) = sse.take_unrecognized()
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

    /// Creates the error for an event that cannot be decoded. The stream continues after it.
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

    /// Returns the handling of the last event. An error is reported even if its data is the
    /// terminator of the call.
    #[inline]
    fn handling(&self) -> Option<EventHandling> {
        let event = self.event();
        let terminator = self.reading.options.terminator.map(str::as_bytes);
        match handling(self.reading.rules, event) {
            Some(EventHandling::Error) => Some(EventHandling::Error),
            _ if terminator == Some(event.bytes()) => Some(EventHandling::Done),
            handling => handling,
        }
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

    /// Repeats the call after a delay.
    #[inline]
    fn call(&mut self) {
        let source = std::mem::replace(&mut self.source, ByteSource::Ended);
        if let (ByteSource::Waiting(_, rest), Some(resume)) = (source, &self.reading.resume) {
            let call = resume.call(&self.event().id, rest.deadline());
            self.source = ByteSource::Calling(call, rest);
        }
    }

    /// Continues with another response. A response without content ends the stream.
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

    /// Prepares to repeat the call, if that is allowed.
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

    /// JSON texts have no IDs, so such a stream cannot be resumed.
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
                if let Some(text) = sse.take_unrecognized() {
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

    /// Ends the stream at its end marker. The rest of the response has usually arrived already.
    /// Reading it lets the connection be reused.
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
            Format::Other(all) => format::not_a_stream_error(&self.head, all, self.limit),
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

/// Returns `true` if repeating the call may succeed after this error.
#[inline]
fn is_resumable(error: &Error) -> bool {
    let is_over = matches!(error, Error::Timeout(TimeoutError::Deadline { .. }));
    error.is_retryable() && !is_over
}

/// The outcome at the end of a response.
enum StreamEnd {
    /// One more item.
    Item,
    /// The last event is an error.
    Error,
    /// The end of the stream.
    Done,
    /// A truncated event.
    BodyReadError,
    /// A repetition of the call.
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
