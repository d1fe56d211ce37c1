//! The format of server-sent events, read as the
//! [standard](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream)
//! says, from chunks that may end anywhere.
//!
//! Nothing here knows what an event means. A line that is whole in a chunk is not copied, and
//! neither is the data of an event that has one line of it.

use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;

use super::{BYTE_ORDER_MARK, Event, TooLong, line_end};

/// Reads events from the text of a stream.
#[derive(Debug)]
pub(super) struct Sse {
    /// The event that is being read, and once it is complete, the event.
    pub(super) event: Event,
    /// The wait before a reconnection that the server asked for last.
    pub(super) retry: Option<Duration>,
    limit: usize,
    /// How much of the chunk was read.
    read: usize,
    /// The start of a line whose end did not come yet.
    partial: Vec<u8>,
    /// The id of the event that is being read, if it has one of its own.
    id: Option<String>,
    has_data: bool,
    complete: bool,
    started: bool,
    /// Whether a line was one of events.
    has_fields: bool,
    /// The first lines, as long as none is one of events.
    strange: Vec<u8>,
    /// The last line ended with a carriage return, to which a line feed may belong.
    after_return: bool,
}

impl Sse {
    /// A reader of events that are no longer than the limit.
    #[inline]
    pub(super) fn new(limit: usize) -> Self {
        Self {
            event: Event::default(),
            retry: None,
            limit,
            read: 0,
            partial: Vec::new(),
            id: None,
            has_data: false,
            complete: false,
            started: false,
            has_fields: false,
            strange: Vec::new(),
            after_return: false,
        }
    }

    /// Starts a new stream; the last id stays.
    #[inline]
    pub(super) fn restart(&mut self) {
        let id = std::mem::take(&mut self.event.id);
        *self = Self {
            retry: self.retry,
            ..Self::new(self.limit)
        };
        self.event.id = id;
    }

    /// Goes on with another chunk, once all of the one before was read.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        if self.complete {
            self.clear();
        }
        self.event.data.refill(chunk);
        self.read = 0;
    }

    /// Reads up to the end of the next event; whether there is one.
    #[inline]
    pub(super) fn next(&mut self) -> Result<bool, TooLong> {
        if self.complete {
            self.clear();
        }
        loop {
            let rest = self.event.data.chunk().get(self.read..).unwrap_or_default();
            let Some(first) = rest.first() else {
                return Ok(false);
            };
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                self.read += 1;
                continue;
            }
            let Some(len) = line_end(rest) else {
                self.fits(rest.len())?;
                self.partial.extend_from_slice(rest);
                self.read += rest.len();
                return Ok(false);
            };
            if self.is_simple(rest, len) {
                let start = value_start(rest, DATA.len() - 1);
                return self.simple(self.read + start..self.read + len);
            }
            self.after_return = rest.get(len) == Some(&b'\r');
            let line = self.read..self.read + len;
            self.read = line.end + 1;
            if self.whole_line(line)? {
                return Ok(true);
            }
        }
    }

    /// Whether a line is all the data of an event, and the last of it. Most events are such, and so
    /// need not be put together.
    #[inline]
    fn is_simple(&self, rest: &[u8], len: usize) -> bool {
        rest.starts_with(DATA)
            && rest.get(len..).is_some_and(|end| end.starts_with(b"\n\n"))
            && self.partial.is_empty()
            && !self.has_data
    }

    /// Takes in the data of such an event.
    #[inline]
    fn simple(&mut self, data: Range<usize>) -> Result<bool, TooLong> {
        self.fits(data.len())?;
        self.started = true;
        self.has_fields = true;
        self.has_data = true;
        self.read = data.end + 2;
        self.event.data.lend(data);
        Ok(self.end_of_event())
    }

    /// Ends the stream; whether an event was cut off, which is then the current one.
    #[inline]
    pub(super) fn finish(&mut self) -> bool {
        if self.complete {
            self.clear();
        }
        let rest = std::mem::take(&mut self.partial);
        let begun = !rest.is_empty() && !rest.starts_with(b":");
        // What is cut off is read only so that an end marker is recognised.
        if begun && self.line(0..rest.len(), Some(&rest)).is_err() {
            return true;
        }
        begun || self.has_data
    }

    /// Whether so much came without a line of events that none is to be expected.
    #[inline]
    pub(super) fn is_strange(&self) -> bool {
        self.strange.len() >= STRANGE && !self.has_fields
    }

    /// What the text starts with, if none of its lines is one of events.
    #[inline]
    pub(super) fn no_events(&mut self) -> Option<Vec<u8>> {
        let is_strange = !self.has_fields && !self.strange.is_empty();
        is_strange.then(|| std::mem::take(&mut self.strange))
    }

    /// Takes in a line that ends in the chunk; whether it completes an event.
    #[inline]
    fn whole_line(&mut self, line: Range<usize>) -> Result<bool, TooLong> {
        if self.partial.is_empty() {
            return self.line(line, None);
        }
        self.fits(line.len())?;
        let mut whole = std::mem::take(&mut self.partial);
        let end = self.event.data.chunk().get(line).unwrap_or_default();
        whole.extend_from_slice(end);
        let complete = self.line(0..whole.len(), Some(&whole));
        whole.clear();
        self.partial = whole;
        complete
    }

    /// Takes in a line of the chunk, or one that was put together; whether it completes an event.
    #[inline]
    fn line(&mut self, line: Range<usize>, held: Option<&[u8]>) -> Result<bool, TooLong> {
        if line.is_empty() {
            self.started = true;
            return Ok(self.end_of_event());
        }
        let event = &mut self.event;
        let text = held.unwrap_or(event.data.chunk());
        let text = text.get(line.clone()).unwrap_or_default();
        let first = !std::mem::replace(&mut self.started, true);
        let mark = match first && text.starts_with(BYTE_ORDER_MARK) {
            true => BYTE_ORDER_MARK.len(),
            false => 0,
        };
        let (field, start) = Field::parse(text.get(mark..).unwrap_or_default());
        let start = mark + start;
        let value = text.get(start..).unwrap_or_default();
        match field {
            Field::Other if self.has_fields || text.starts_with(b":") => {}
            Field::Other => {
                let left = STRANGE.saturating_sub(self.strange.len());
                self.strange.extend(text.iter().chain(b"\n").take(left));
            }
            _ => self.has_fields = true,
        }
        match field {
            Field::Data => self.data(line.start + start..line.end, held)?,
            Field::Event => set(&mut event.name, value),
            Field::Id if !value.contains(&0) => set(self.id.get_or_insert_default(), value),
            Field::Retry => {
                event.retry = milliseconds(value).or(event.retry);
                self.retry = event.retry.or(self.retry);
            }
            Field::Empty => return Ok(self.end_of_event()),
            Field::Id | Field::Other => {}
        }
        Ok(false)
    }

    /// Several lines of data have line feeds between them.
    #[inline]
    fn data(&mut self, value: Range<usize>, held: Option<&[u8]>) -> Result<(), TooLong> {
        self.fits(value.len())?;
        let data = &mut self.event.data;
        if std::mem::replace(&mut self.has_data, true) {
            data.push(b"\n");
        }
        match held {
            None => data.lend(value),
            Some(line) => data.push(line.get(value).unwrap_or_default()),
        }
        Ok(())
    }

    /// An event without data is none, though its id counts.
    #[inline]
    fn end_of_event(&mut self) -> bool {
        if let Some(id) = self.id.take() {
            self.event.id = id;
        }
        if !self.has_data {
            self.clear();
            return false;
        }
        self.complete = true;
        true
    }

    #[inline]
    fn clear(&mut self) {
        self.event.name.clear();
        self.event.data.clear();
        self.event.retry = None;
        self.has_data = false;
        self.complete = false;
    }

    /// Whether that much more can be held.
    #[inline]
    fn fits(&self, more: usize) -> Result<(), TooLong> {
        let held = self.partial.len().saturating_add(self.event.data.len());
        if held.saturating_add(more) > self.limit {
            return Err(TooLong);
        }
        Ok(())
    }
}

/// As much is kept of a text that has no events.
const STRANGE: usize = 4096;

/// How a line of data starts.
const DATA: &[u8] = b"data:";

/// What a line says something about.
enum Field {
    Data,
    Event,
    Id,
    Retry,
    /// It is one of those to pass over, or a comment.
    Other,
    /// The line has nothing but a byte order mark.
    Empty,
}

impl Field {
    /// The field of a line, and where its value starts.
    #[inline]
    fn parse(line: &[u8]) -> (Self, usize) {
        let colon = memchr::memchr(b':', line).unwrap_or(line.len());
        let field = match line.get(..colon).unwrap_or_default() {
            b"data" => Self::Data,
            b"event" => Self::Event,
            b"id" => Self::Id,
            b"retry" => Self::Retry,
            b"" if line.is_empty() => Self::Empty,
            _ => Self::Other,
        };
        (field, value_start(line, colon))
    }
}

/// Where the value starts that follows a colon: a space before it does not count.
#[inline]
fn value_start(line: &[u8], colon: usize) -> usize {
    let start = match line.get(colon + 1) {
        Some(b' ') => colon + 2,
        _ => colon + 1,
    };
    start.min(line.len())
}

/// Sets a text; bytes that are not UTF-8 are replaced.
#[inline]
fn set(text: &mut String, value: &[u8]) {
    text.clear();
    text.push_str(&String::from_utf8_lossy(value));
}

/// A number of milliseconds in ASCII digits.
#[inline]
fn milliseconds(value: &[u8]) -> Option<Duration> {
    let digits = value.iter().all(u8::is_ascii_digit);
    let number = std::str::from_utf8(value).ok().filter(|_| digits)?;
    number.parse().ok().map(Duration::from_millis)
}
