//! Reads a stream to its end, by way of as many answers as it takes.
//!
//! Nothing here knows the type of the items, so that it is compiled once.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::format::{self, Format};
use super::resume::{EventForm, Reading};
use super::rules::{EventHandling, handling};
use super::{Event, TooLong};
use crate::runtime::clock::{Sleep, sleep};
use crate::runtime::codec::DecodeError;
use crate::runtime::error::{Error, StreamError, StreamReason, TimeoutError};
use crate::runtime::response::{Incoming, Response, Rest};
use crate::runtime::transport::BoxFuture;

/// How long a stream may be silent unless the call says otherwise.
const LONGEST_SILENCE: Duration = Duration::from_secs(600);

/// How long an answer that is no stream is read, however slowly it comes.
const PATIENCE: Duration = Duration::from_secs(1);

/// The events of a call.
#[derive(Debug)]
pub(super) struct Feed {
    /// The answer without its body; after a reconnection, the latest.
    pub(super) head: Response,
    reading: Reading,
    format: Format,
    limit: usize,
    source: Source,
    /// How much longer an answer is read that is no stream, for the error that says so.
    patience: Option<Pin<Box<Sleep>>>,
}

/// Where the next bytes come from.
enum Source {
    /// From the body of an answer.
    Body(Box<Rest>),
    /// From the answer to a call that is about to be made again.
    Waiting(Pin<Box<Sleep>>, Box<Rest>),
    /// From the answer to a call that is being made again.
    Calling(BoxFuture<'static, Result<Incoming, Error>>, Box<Rest>),
    /// From nowhere.
    Ended,
}

impl Feed {
    #[inline]
    pub(super) fn new(incoming: Incoming) -> Self {
        let (head, mut rest) = incoming.into_parts();
        let reading = std::mem::take(&mut rest.reading);
        let limit = reading.options.max_bytes.unwrap_or(rest.limit);
        rest.limit_silence(reading.idle.unwrap_or(LONGEST_SILENCE));
        Self {
            format: Format::of(&head, reading.accept, limit),
            head,
            reading,
            limit,
            source: Source::Body(Box::new(rest)),
            patience: None,
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
        if let Source::Ended = self.source {
            return Poll::Ready(None);
        }
        loop {
            match self.format.next(self.limit) {
                Ok(true) => match self.judge() {
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
                let patience = self
                    .patience
                    .get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
                if patience.as_mut().poll(context).is_ready() {
                    return self.fail(StreamReason::Truncated);
                }
            }
            match ready!(self.poll_chunk(context)) {
                Some(Ok(chunk)) => self.format.refill(chunk),
                Some(Err(error)) if may_pass(&error) && self.again() => {}
                Some(Err(error)) => return self.end(Some(Err(error))),
                None => match self.close() {
                    Close::Item => return self.end(Some(Ok(()))),
                    Close::Error => return self.fail(StreamReason::Event),
                    Close::Done => return self.end(None),
                    Close::Cut => return self.fail(StreamReason::Truncated),
                    Close::Again => {}
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
    fn judge(&mut self) -> Option<EventHandling> {
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
                Source::Body(rest) => return rest.poll_chunk(context),
                Source::Waiting(timer, rest) => {
                    if timer.as_mut().poll(context).is_pending() {
                        ready!(rest.poll_deadline(context));
                        return Poll::Ready(Some(Err(rest.deadline_passed())));
                    }
                    self.call();
                }
                Source::Calling(call, _) => match ready!(call.as_mut().poll(context)) {
                    Ok(incoming) => self.reopen(incoming),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                Source::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Makes the call again, after the wait for it.
    #[inline]
    fn call(&mut self) {
        let source = std::mem::replace(&mut self.source, Source::Ended);
        if let (Source::Waiting(_, rest), Some(resume)) = (source, &self.reading.resume) {
            let call = resume.call(&self.event().id, rest.deadline());
            self.source = Source::Calling(call, rest);
        }
    }

    /// Goes on with another answer. One without content says that there is no more to come.
    #[inline]
    fn reopen(&mut self, incoming: Incoming) {
        let (head, mut rest) = incoming.into_parts();
        if head.status == StatusCode::NO_CONTENT {
            self.reading.resume = None;
            self.source = Source::Ended;
            return;
        }
        if let other @ Format::Other(_) = Format::of(&head, self.reading.accept, self.limit) {
            self.format = other;
        }
        self.head = head;
        rest.limit_silence(self.reading.idle.unwrap_or(LONGEST_SILENCE));
        self.source = Source::Body(Box::new(rest));
    }

    /// Prepares to make the call again, if it may be.
    #[inline]
    fn again(&mut self) -> bool {
        let Some(wait) = self.wait() else {
            return false;
        };
        let source = std::mem::replace(&mut self.source, Source::Ended);
        let (Source::Body(mut rest) | Source::Calling(_, mut rest)) = source else {
            return false;
        };
        rest.close();
        if let Format::Sse(sse) = &mut self.format {
            sse.restart();
        }
        self.source = Source::Waiting(Box::pin(sleep(wait)), rest);
        true
    }

    /// JSON texts have no ids, so that it is not known where to go on.
    #[inline]
    fn wait(&mut self) -> Option<Duration> {
        let Format::Sse(sse) = &self.format else {
            return None;
        };
        let resume = self.reading.resume.as_mut()?;
        resume.wait(&sse.event.id, sse.retry)
    }

    #[inline]
    fn close(&mut self) -> Close {
        let (left, texts) = match &mut self.format {
            Format::Sse(sse) => {
                let left = sse.finish();
                if let Some(text) = sse.no_events() {
                    self.format = Format::no_stream(&text);
                    return Close::Cut;
                }
                (left, false)
            }
            Format::Records(records) => (records.finish(), true),
            Format::Other(_) => return Close::Cut,
        };
        let handling = if left { self.handling() } else { None };
        match handling {
            Some(EventHandling::Done) => Close::Done,
            Some(EventHandling::Yield) if texts => Close::Item,
            Some(EventHandling::Error) if texts => Close::Error,
            _ if self.again() => Close::Again,
            _ if left && !texts => Close::Cut,
            _ => Close::Done,
        }
    }

    /// Ends the stream at its end marker. The rest of the answer is most likely here, and
    /// without it the connection can serve other calls.
    #[inline]
    fn done(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        if let Source::Body(rest) = &mut self.source {
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
        self.source = Source::Ended;
        self.reading.resume = None;
        Poll::Ready(last)
    }
}

/// Whether the call may be answered where it is made again after this error.
#[inline]
fn may_pass(error: &Error) -> bool {
    let is_over = matches!(error, Error::Timeout(TimeoutError::Deadline { .. }));
    error.is_retryable() && !is_over
}

/// What the end of an answer means.
enum Close {
    /// There is one more item.
    Item,
    /// What came last is an error.
    Error,
    /// The stream is over.
    Done,
    /// An event was cut off.
    Cut,
    /// The call is made again.
    Again,
}

impl fmt::Debug for Source {
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
