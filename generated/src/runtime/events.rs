//! Streams of events: server-sent events, and JSON texts that follow each other.
//!
//! An [`EventStream`] is what a call returns whose answer has no end in sight. This module
//! owns the formats, the meaning of an API's events, and the way back to a stream that broke
//! off; what moves the bytes is below it.

mod data;
mod event_rule;
mod format;
mod reader;
mod records;
mod resume;
mod sse;

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use self::data::Data;
pub use self::event_rule::{EventHandling, EventRule};
use self::reader::EventReader;
pub use self::resume::EventForm;
pub(crate) use self::resume::{EventOptions, Reading};
use crate::runtime::codec::{self, BodyExpectation, Decode, DecodeError, Reader, Writer};
use crate::runtime::error::Error;
use crate::runtime::flat_value::JsonText;
use crate::runtime::request::Request;
use crate::runtime::response::{FromResponse, Incoming, Response};

/// The events of an answer, as they come.
///
/// It is a [`Stream`], and [`next`](Self::next) needs no other crate. An event that cannot be
/// read is an error after which the stream goes on; every other error is the last item.
/// Dropping the stream ends the call.
#[must_use = "a stream does nothing until its events are asked for"]
pub struct EventStream<T> {
    reader: Box<EventReader>,
    item: PhantomData<fn() -> T>,
}

impl<T: FromEvent> EventStream<T> {
    /// Waits for the next event; `None` is the end.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the answer is no stream by its media type; [`Error::Stream`] when an
    /// event says that something went wrong or cannot be read, and when the stream ends within one;
    /// [`Error::Connect`] when the connection breaks.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        // The item is made when it is there: each value that it is wrapped in would move it.
        match poll_fn(|context| self.reader.poll_event(context)).await {
            Some(Ok(())) => Some(self.item()),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        }
    }

    /// The item that the last event is.
    #[inline]
    fn item(&self) -> Result<T, Error> {
        let reader = &*self.reader;
        let object;
        let (payload, plain) = match reader.data() {
            Some(data) => (data, reader.has_plain_text()),
            None => {
                object = reader.object();
                (object.as_slice(), false)
            }
        };
        match T::from_event(reader.event(), payload, plain) {
            Ok(item) => Ok(item),
            Err(error) => Err(reader.unreadable(error)),
        }
    }
}

impl<T> EventStream<T> {
    /// The answer without its body, for its status, headers and request id.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.reader.head
    }

    /// The event that the last item was read from, for its name and id.
    #[must_use]
    pub fn last_event(&self) -> &Event {
        self.reader.event()
    }

    /// Reads the events from here on as another type, such as [`Event`].
    pub fn cast<U: FromEvent>(self) -> EventStream<U> {
        EventStream {
            reader: self.reader,
            item: PhantomData,
        }
    }
}

impl<T: FromEvent> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = ready!(self.reader.poll_event(context));
        Poll::Ready(event.map(|event| event.and_then(|()| self.item())))
    }
}

impl<T> FromResponse for EventStream<T> {
    const ACCEPT: &'static str = "text/event-stream";
    const LIVE: bool = true;

    fn from_response(response: Response) -> Result<Self, Error> {
        Self::from_incoming(Incoming::whole(response))
    }

    fn from_incoming(incoming: Incoming) -> Result<Self, Error> {
        Ok(Self {
            reader: Box::new(EventReader::new(incoming)),
            item: PhantomData,
        })
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("response", self.response())
            .finish_non_exhaustive()
    }
}

/// What callers can change about a call whose answer is a stream of events.
impl<T> Request<'_, EventStream<T>> {
    /// Makes the call again where the stream breaks off or ends without an end marker, for the
    /// events after the last one that came.
    ///
    /// The limit is for reconnections in a row, without an event between them; one that fails is
    /// followed by the next. The wait before each is the one that the server asks for, from a tenth
    /// of a second to a minute. Without the id of an event it is not known where to go on: such a
    /// stream is taken up only before its first item, and one of JSON texts never.
    pub fn reconnect(mut self, limit: u32) -> Self {
        self.parts_mut().events.reconnects = limit;
        self
    }

    /// Limits the size of each event, in place of the client's limit for whole answers.
    pub fn max_event_bytes(mut self, limit: usize) -> Self {
        self.parts_mut().events.max_bytes = Some(limit);
        self
    }

    /// Limits how long the stream may be silent, in place of ten minutes. All that the server sends
    /// counts, comments included; with [`Duration::MAX`] there is no limit.
    ///
    /// A stream that is silent for longer ends with [`TimeoutError::Idle`], or is
    /// [resumed](Self::reconnect).
    ///
    /// [`TimeoutError::Idle`]: crate::runtime::TimeoutError::Idle
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.parts_mut().idle = Some(limit);
        self
    }

    /// Says what of an event a value is read from.
    pub fn event_form(mut self, form: EventForm) -> Self {
        self.parts_mut().events.form = form;
        self
    }

    /// Says that the data of events of these names is text, whatever that of others is.
    pub fn event_texts(mut self, names: &'static [&'static str]) -> Self {
        self.parts_mut().events.texts = names;
        self
    }
}

/// One event as it came.
///
/// Of JSON lines it is a line, without a name or an id.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Event {
    name: String,
    id: String,
    retry: Option<Duration>,
    data: Data,
}

impl Event {
    /// The name, `event`, if it has one.
    #[must_use]
    #[inline]
    pub fn name(&self) -> Option<&str> {
        (!self.name.is_empty()).then_some(self.name.as_str())
    }

    /// The id, or that of the last event before it that had one.
    #[must_use]
    #[inline]
    pub fn id(&self) -> Option<&str> {
        (!self.id.is_empty()).then_some(self.id.as_str())
    }

    /// The wait before a reconnection, `retry`, that the server asks for in this event.
    #[must_use]
    #[inline]
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// The data as it came.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        self.data.bytes()
    }

    /// The data as text; bytes that are not UTF-8 are replaced.
    #[must_use]
    #[inline]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes())
    }

    /// Reads the data as a type.
    ///
    /// # Errors
    ///
    /// Fails when the data is not JSON of that form.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        codec::from_slice(self.bytes())
    }

    /// The event as a JSON object of its fields, of which data that looks like such an object is
    /// still the data.
    #[inline]
    fn object(&self, options: &EventOptions) -> Vec<u8> {
        let may_be_json =
            options.form == EventForm::ObjectOfJson && !options.texts.contains(&self.name.as_str());
        let text = self.text();
        let is_json = may_be_json && Reader::new(text.as_bytes()).is_one_value();
        let mut writer = Writer::new();
        writer.begin_object();
        match is_json {
            true => writer.member("data", &JsonText::new(text.trim().to_owned())),
            false => writer.member("data", &*text),
        }
        for (name, value) in [("event", self.name()), ("id", self.id())] {
            if let Some(value) = value {
                writer.member(name, value);
            }
        }
        if let Some(retry) = self.retry {
            let milliseconds = u64::try_from(retry.as_millis()).unwrap_or(u64::MAX);
            writer.member("retry", &milliseconds);
        }
        writer.end_object();
        writer.into_vec()
    }
}

impl fmt::Debug for Event {
    /// Leaves out the data.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name())
            .field("id", &self.id())
            .field("data_len", &self.data.len())
            .finish()
    }
}

/// A value that an event can be read as: every type that has [`Decode`], and [`Event`] itself.
pub trait FromEvent: Sized {
    /// Reads the value from what stands for it in the event; `plain` if a text stands there
    /// without quotes.
    ///
    /// # Errors
    ///
    /// Fails when it is not JSON of the expected form.
    fn from_event(event: &Event, payload: &[u8], plain: bool) -> Result<Self, DecodeError>;
}

impl<T: Decode> FromEvent for T {
    #[inline]
    fn from_event(_: &Event, payload: &[u8], plain: bool) -> Result<Self, DecodeError> {
        match T::RESPONSE_BODY {
            BodyExpectation::Ignored => codec::from_slice(b"null"),
            BodyExpectation::Text | BodyExpectation::MaybeText if plain => {
                codec::from_slice(&quoted(payload))
            }
            _ => codec::from_slice(payload),
        }
    }
}

impl FromEvent for Event {
    #[inline]
    fn from_event(event: &Event, _: &[u8], _: bool) -> Result<Self, DecodeError> {
        Ok(event.clone())
    }
}

/// A text in JSON's form.
#[inline]
fn quoted(text: &[u8]) -> Vec<u8> {
    codec::to_vec(&String::from_utf8_lossy(text).into_owned())
}

/// What a stream may start with.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Says that an event is longer than the limit.
#[derive(Debug)]
struct TooLong;

/// Where the first line of a text ends.
#[inline]
fn line_end(text: &[u8]) -> Option<usize> {
    // Every second line of server-sent events is empty.
    if let Some(b'\n' | b'\r') = text.first() {
        return Some(0);
    }
    memchr::memchr2(b'\n', b'\r', text)
}
