//! Event streams: server-sent events, and sequences of JSON texts.
//!
//! Calls with a streaming response return an [`EventStream`]. This module implements the formats,
//! the rules for an API's events, and reconnection. The transport moves the bytes.

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
pub(crate) use self::resume::{EventOptions, StreamSettings};
use crate::runtime::codec::{self, BodyExpectation, Decode, DecodeError, Reader, Writer};
use crate::runtime::error::Error;
use crate::runtime::flat_value::JsonText;
use crate::runtime::request::Request;
use crate::runtime::response::{FromResponse, Incoming, Response};

/// The events of a streaming response, in order of arrival.
///
/// Implements [`Stream`]; [`next`](Self::next) works without another crate. If an event cannot be
/// decoded, the stream yields an error and continues. Every other error ends the stream. Dropping
/// the stream cancels the call.
#[must_use = "streams do nothing unless polled"]
pub struct EventStream<T> {
    reader: Box<EventReader>,
    item: PhantomData<fn() -> T>,
}

impl<T: FromEvent> EventStream<T> {
    /// Waits for the next event. Returns `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// - [`Error::Decode`] if the response's media type is not that of a stream.
    /// - [`Error::Stream`] if an event reports an error, cannot be decoded, or is truncated.
    /// - [`Error::Connect`] if the connection is lost.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        // The item is decoded only once its event is complete. Wrapping it in more types would move
        // it each time.
        match poll_fn(|context| self.reader.poll_event(context)).await {
            Some(Ok(())) => Some(self.item()),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        }
    }

    /// Decodes the last event as an item.
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
    /// Returns the response without its body: its status, headers and request ID.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.reader.head
    }

    /// Returns the event of the last item, with its name and ID.
    #[must_use]
    pub fn last_event(&self) -> &Event {
        self.reader.event()
    }

    /// Decodes the following events as another type, such as [`Event`].
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

/// Options for calls that return an event stream.
impl<T> Request<'_, EventStream<T>> {
    /// Reconnects if the stream is interrupted, or if it ends without an end marker.
    ///
    /// The new call requests the events after the last one received. `limit` is the number of
    /// consecutive reconnections without an event in between; a failed reconnection counts. The
    /// server can set the delay before each reconnection, between 0.1 and 60 seconds.
    ///
    /// Resuming requires an event ID. Without one, a stream reconnects only before its first item,
    /// and only if the call is idempotent. Streams of JSON texts never reconnect.
    pub fn reconnect(mut self, limit: u32) -> Self {
        self.parts_mut().events.reconnects = limit;
        self
    }

    /// Sets the maximum size of an event in bytes. It replaces the client's limit for response
    /// bodies.
    pub fn max_event_bytes(mut self, limit: usize) -> Self {
        self.parts_mut().events.max_bytes = Some(limit);
        self
    }

    /// Sets the maximum time without data from the server. The default is ten minutes.
    ///
    /// All data counts, including comments. [`Duration::MAX`] disables the limit. After the
    /// timeout, the stream ends with [`TimeoutError::Idle`], or [reconnects](Self::reconnect).
    ///
    /// [`TimeoutError::Idle`]: crate::runtime::TimeoutError::Idle
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.parts_mut().idle = Some(limit);
        self
    }

    /// Sets the part of an event that a value is decoded from.
    #[doc(hidden)]
    pub fn event_form(mut self, form: EventForm) -> Self {
        self.parts_mut().events.form = form;
        self
    }

    /// Declares that events with these names have text data.
    #[doc(hidden)]
    pub fn event_texts(mut self, names: &'static [&'static str]) -> Self {
        self.parts_mut().events.texts = names;
        self
    }

    /// Declares that the IDs of events are numbers in the objects of their fields.
    #[doc(hidden)]
    pub fn numeric_event_ids(mut self) -> Self {
        self.parts_mut().events.numeric_ids = true;
        self
    }

    /// Declares the data after the last item.
    #[doc(hidden)]
    pub fn event_terminator(mut self, data: &'static str) -> Self {
        self.parts_mut().events.terminator = Some(data);
        self
    }
}

/// An event as received.
///
/// For JSON lines, an event is a line and has neither a name nor an ID.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Event {
    name: String,
    id: String,
    retry: Option<Duration>,
    data: Data,
}

impl Event {
    /// Returns the event's name (`event`), if it has one.
    #[must_use]
    #[inline]
    pub fn name(&self) -> Option<&str> {
        (!self.name.is_empty()).then_some(self.name.as_str())
    }

    /// Returns the ID of the event, or of the last event before it that had one.
    #[must_use]
    #[inline]
    pub fn id(&self) -> Option<&str> {
        (!self.id.is_empty()).then_some(self.id.as_str())
    }

    /// Returns the reconnection delay that this event sets (`retry`).
    #[must_use]
    #[inline]
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Returns the data as received.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        self.data.bytes()
    }

    /// Returns the data as text. Invalid UTF-8 is replaced.
    #[must_use]
    #[inline]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes())
    }

    /// Decodes the data as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the data is not JSON of type `T`.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        codec::from_slice(self.bytes())
    }

    /// Encodes the event as a JSON object of its fields. The data stays a field, even if it is such
    /// an object itself.
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
        if let Some(name) = self.name() {
            writer.member("event", name);
        }
        match self.id() {
            Some(id) if options.numeric_ids && is_number(id) => {
                writer.member("id", &JsonText::new(id.to_owned()));
            }
            Some(id) => writer.member("id", id),
            None => {}
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
    /// Omits the data.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name())
            .field("id", &self.id())
            .field("data_len", &self.data.len())
            .finish()
    }
}

/// A type that an event can be decoded as: every type that implements [`Decode`], and [`Event`].
pub trait FromEvent: Sized {
    /// Decodes the value from the event's payload. `plain` means that a string payload has no
    /// quotes.
    ///
    /// # Errors
    ///
    /// Returns an error if the payload is not JSON of this type.
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

/// Whether a text is a JSON number. It can be longer than any numeric type.
#[inline]
fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && Reader::new(text.as_bytes()).is_one_value()
}

/// Encodes text as a JSON string.
#[inline]
fn quoted(text: &[u8]) -> Vec<u8> {
    codec::to_vec(&String::from_utf8_lossy(text).into_owned())
}

/// Byte order mark that a stream may start with.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// An error returned for an event that exceeds the size limit.
#[derive(Debug)]
struct TooLong;

/// Returns the end of the first line of a text.
#[inline]
fn line_end(text: &[u8]) -> Option<usize> {
    // Every second line of server-sent events is empty.
    if let Some(b'\n' | b'\r') = text.first() {
        return Some(0);
    }
    memchr::memchr2(b'\n', b'\r', text)
}
