//! Reads a stream to its end, by way of as many answers as it takes.
//!
//! Nothing here knows the type of the items, so that it is compiled once.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::records::{Records, Separator};
use super::resume::{EventForm, Reading};
use super::rules::{EventHandling, handling};
use super::silence::{self, Silence};
use super::sse::Sse;
use super::{Event, TooLong};
use crate::runtime::clock::{Sleep, sleep};
use crate::runtime::codec::DecodeError;
use crate::runtime::error::{Error, StreamError, StreamReason, TimeoutError};
use crate::runtime::response::{Incoming, Response, Rest};
use crate::runtime::transport::BoxFuture;

/// The events of a call.
#[derive(Debug)]
pub(super) struct Feed {
    /// The answer without its body; after a reconnection, the latest.
    pub(super) head: Response,
    reading: Reading,
    format: Format,
    limit: usize,
    silence: Silence,
    source: Source,
}

#[derive(Debug)]
enum Format {
    Sse(Sse),
    Records(Records),
}

/// Where the next bytes come from.
enum Source {
    /// From the body of an answer.
    Body(Box<Rest>),
    /// From the answer to a call that is about to be made again.
    Waiting(Pin<Box<Sleep>>, Box<Rest>),
    /// From the answer to a call that is being made again.
    Calling(BoxFuture<'static, Result<Incoming, Error>>),
    /// From nowhere.
    Ended,
}

impl Feed {
    pub(super) fn new(incoming: Incoming) -> Self {
        let (head, mut rest) = incoming.into_parts();
        let reading = std::mem::take(&mut rest.reading);
        let limit = reading.options.max_bytes.unwrap_or(rest.limit);
        Self {
            format: Format::of(&head, reading.accept, limit),
            head,
            silence: Silence::new(reading.options.idle.unwrap_or(silence::LONGEST)),
            reading,
            limit,
            source: Source::Body(Box::new(rest)),
        }
    }

    /// The event that was read last.
    pub(super) fn event(&self) -> &Event {
        match &self.format {
            Format::Sse(sse) => &sse.event,
            Format::Records(records) => &records.event,
        }
    }

    /// The data of the event, if that is what a value is read from.
    #[inline]
    pub(super) fn data(&self) -> Option<&[u8]> {
        match (&self.format, self.reading.options.form) {
            (Format::Sse(sse), EventForm::Data) => Some(sse.event.bytes()),
            (Format::Sse(_), _) => None,
            (Format::Records(records), _) => Some(records.event.bytes()),
        }
    }

    /// The event as the object that a value is read from.
    pub(super) fn object(&self) -> Cow<'_, [u8]> {
        self.event().object(self.reading.options.form)
    }

    /// Whether texts stand in the stream as they are.
    pub(super) fn has_plain_text(&self) -> bool {
        matches!(self.format, Format::Sse(_))
    }

    /// Waits for the next event that is an item of the stream.
    pub(super) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<(), Error>>> {
        if let Source::Ended = self.source {
            return Poll::Ready(None);
        }
        loop {
            match self.format.next() {
                Ok(true) => match self.judge() {
                    Some(EventHandling::Yield) => return Poll::Ready(Some(Ok(()))),
                    Some(EventHandling::Error) => return self.fail(StreamReason::Event),
                    Some(EventHandling::Done) => return self.done(context),
                    None => continue,
                },
                Ok(false) => {}
                Err(TooLong) => return self.fail(StreamReason::TooLong(self.limit)),
            }
            match ready!(self.poll_chunk(context)) {
                Some(Ok(chunk)) => self.format.refill(chunk),
                Some(Err(error)) => match self.again() {
                    true => {}
                    false => return self.end(Some(Err(error))),
                },
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
        if let Some(resume) = &mut self.reading.resume {
            resume.event_came();
        }
        self.handling()
    }

    #[inline]
    fn handling(&self) -> Option<EventHandling> {
        handling(self.reading.rules, self.event())
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            match &mut self.source {
                Source::Body(rest) => {
                    if let Poll::Ready(chunk) = rest.poll_chunk(context) {
                        self.silence.broken();
                        return Poll::Ready(chunk);
                    }
                    ready!(self.silence.poll(context));
                    self.silence.broken();
                    let limit = self.silence.limit;
                    return Poll::Ready(Some(Err(TimeoutError::Idle { limit }.into())));
                }
                Source::Waiting(timer, rest) => {
                    if timer.as_mut().poll(context).is_pending() {
                        ready!(rest.poll_deadline(context));
                        return Poll::Ready(Some(Err(rest.deadline_passed())));
                    }
                    let deadline = rest.deadline();
                    let last_id = self.event().id.clone();
                    self.source = match &self.reading.resume {
                        Some(resume) => Source::Calling(resume.call(&last_id, deadline)),
                        None => Source::Ended,
                    };
                }
                Source::Calling(call) => {
                    let answer = ready!(call.as_mut().poll(context));
                    self.source = Source::Ended;
                    match answer {
                        Ok(incoming) => self.reopen(incoming),
                        Err(error) => {
                            self.reading.resume = None;
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                }
                Source::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Goes on with another answer. One without content says that there is no more to come.
    fn reopen(&mut self, incoming: Incoming) {
        let (head, rest) = incoming.into_parts();
        if head.status == StatusCode::NO_CONTENT {
            self.reading.resume = None;
            return;
        }
        self.head = head;
        self.source = Source::Body(Box::new(rest));
    }

    /// Prepares to make the call again, if it may be.
    fn again(&mut self) -> bool {
        let asked = match &self.format {
            Format::Sse(sse) => sse.retry,
            Format::Records(_) => None,
        };
        let Source::Body(_) = &self.source else {
            return false;
        };
        let Some(wait) = self.wait(asked) else {
            return false;
        };
        let Source::Body(rest) = std::mem::replace(&mut self.source, Source::Ended) else {
            return false;
        };
        if let Format::Sse(sse) = &mut self.format {
            sse.restart();
        }
        self.source = Source::Waiting(Box::pin(sleep(wait)), rest);
        true
    }

    /// JSON texts have no ids, so that it is not known where to go on.
    fn wait(&mut self, asked: Option<Duration>) -> Option<Duration> {
        match self.format {
            Format::Sse(_) => self.reading.resume.as_mut()?.wait(asked),
            Format::Records(_) => None,
        }
    }

    fn close(&mut self) -> Close {
        let (left, texts) = match &mut self.format {
            Format::Sse(sse) => (sse.finish(), false),
            Format::Records(records) => (records.finish(), true),
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
    fn done(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        if let Source::Body(rest) = &mut self.source {
            drop(rest.poll_chunk(context));
        }
        self.end(None)
    }

    fn fail(&mut self, reason: StreamReason) -> Poll<Option<Result<(), Error>>> {
        let error = self.error(reason);
        self.end(Some(Err(error)))
    }

    fn error(&self, reason: StreamReason) -> Error {
        let message = self.reading.error_message;
        StreamError::new(self.head.clone(), self.event().clone(), reason, message).into()
    }

    fn end(&mut self, last: Option<Result<(), Error>>) -> Poll<Option<Result<(), Error>>> {
        self.source = Source::Ended;
        self.reading.resume = None;
        Poll::Ready(last)
    }
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

impl Format {
    /// The format that an answer says it has, or else the one that was asked for.
    fn of(head: &Response, accept: &str, limit: usize) -> Self {
        let said = head
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(|kind| {
                kind.split(';')
                    .next()
                    .unwrap_or(kind)
                    .trim()
                    .to_ascii_lowercase()
            });
        let known = said.as_deref().and_then(|kind| Self::named(kind, limit));
        known
            .or_else(|| Self::named(accept, limit))
            .unwrap_or_else(|| Self::Sse(Sse::new(limit)))
    }

    /// Reads up to the end of the next event; whether there is one.
    fn next(&mut self) -> Result<bool, TooLong> {
        match self {
            Self::Sse(sse) => sse.next(),
            Self::Records(records) => records.next(),
        }
    }

    /// Goes on with another chunk, once all of the one before was read.
    fn refill(&mut self, chunk: Bytes) {
        match self {
            Self::Sse(sse) => sse.refill(chunk),
            Self::Records(records) => records.refill(chunk),
        }
    }

    fn named(kind: &str, limit: usize) -> Option<Self> {
        let separator = match kind {
            "text/event-stream" => return Some(Self::Sse(Sse::new(limit))),
            "application/json-seq" => Separator::Record,
            "application/jsonl"
            | "application/jsonlines"
            | "application/json-lines"
            | "application/x-jsonl"
            | "application/x-jsonlines"
            | "application/ndjson"
            | "application/x-ndjson"
            | "application/stream+json"
            | "application/json" => Separator::Line,
            kind if kind.ends_with("+json-seq") => Separator::Record,
            _ => return None,
        };
        Some(Self::Records(Records::new(separator, limit)))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Body(_) => "Body",
            Self::Waiting(..) => "Waiting",
            Self::Calling(_) => "Calling",
            Self::Ended => "Ended",
        })
    }
}
