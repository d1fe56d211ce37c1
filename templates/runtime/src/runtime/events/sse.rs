//! Incremental parser for server-sent events, as the
//! [standard](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream)
//! defines them. Chunks may end anywhere.
//!
//! The parser does not interpret events. A line within one chunk is not copied, and neither is
//! single-line data.

use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;

use super::{BYTE_ORDER_MARK, Event, TooLong, line_end};

/// Parses events from the text of a stream.
#[derive(Debug)]
pub(super) struct Sse {
    /// The event that is being read, or the complete event.
    pub(super) event: Event,
    /// The reconnection delay that the server last requested.
    pub(super) retry: Option<Duration>,
    limit: usize,
    /// Number of bytes of the chunk that have been read.
    read: usize,
    /// Start of a line that has not ended yet.
    partial: Vec<u8>,
    /// ID of the event that is being read, if it has its own.
    id: Option<String>,
    has_data: bool,
    complete: bool,
    started: bool,
    /// Whether any line has been a field of an event.
    has_fields: bool,
    /// The first lines, until one is a field of an event.
    unrecognized: Vec<u8>,
    /// Whether the last line ended with a carriage return. A line feed may follow.
    after_return: bool,
}

impl Sse {
    /// Creates a parser with a limit for the size of an event.
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
            unrecognized: Vec::new(),
            after_return: false,
        }
    }

    /// Starts a new stream, and preserves the last ID.
    #[inline]
    pub(super) fn restart(&mut self) {
        let id = std::mem::take(&mut self.event.id);
        *self = Self {
            retry: self.retry,
            ..Self::new(self.limit)
        };
        self.event.id = id;
    }

    /// Continues with another chunk, after the previous one has been read.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        if self.complete {
            self.clear();
        }
        self.event.data.refill(chunk);
        self.read = 0;
    }

    /// Reads up to the end of the next event. Returns `true` if an event is complete.
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

    /// Returns `true` if a line is the entire data of an event and ends it. Most events are like
    /// this, and can be read without copying.
    #[inline]
    fn is_simple(&self, rest: &[u8], len: usize) -> bool {
        rest.starts_with(DATA)
            && rest.get(len..).is_some_and(|end| end.starts_with(b"\n\n"))
            && self.partial.is_empty()
            && !self.has_data
    }

    /// Processes an event that is a single line of data.
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

    /// Ends the stream. Returns `true` if the last event was truncated. It is then the current
    /// event.
    #[inline]
    pub(super) fn finish(&mut self) -> bool {
        if self.complete {
            self.clear();
        }
        let rest = std::mem::take(&mut self.partial);
        let begun = !rest.is_empty() && !rest.starts_with(b":");
        // A truncated line is parsed only to recognize an end marker.
        if begun && self.line(0..rest.len(), Some(&rest)).is_err() {
            return true;
        }
        begun || self.has_data
    }

    /// Returns `true` if the stream is unlikely to contain events, after this much text without
    /// any.
    #[inline]
    pub(super) fn is_unrecognized(&self) -> bool {
        self.unrecognized.len() >= MAX_UNRECOGNIZED_BYTES && !self.has_fields
    }

    /// Returns the start of the text, if none of its lines is a field of an event.
    #[inline]
    pub(super) fn take_unrecognized(&mut self) -> Option<Vec<u8>> {
        let is_unrecognized = !self.has_fields && !self.unrecognized.is_empty();
        is_unrecognized.then(|| std::mem::take(&mut self.unrecognized))
    }

    /// Processes a line that ends in the chunk. Returns `true` if it completes an event.
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

    /// Processes a line, from the chunk or from `held`. Returns `true` if it completes an event.
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
                let left = MAX_UNRECOGNIZED_BYTES.saturating_sub(self.unrecognized.len());
                self.unrecognized
                    .extend(text.iter().chain(b"\n").take(left));
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

    /// Several lines of data are joined by line feeds.
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

    /// An event without data is discarded, but its ID counts.
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

    /// Checks that the size limit allows this many more bytes.
    #[inline]
    fn fits(&self, more: usize) -> Result<(), TooLong> {
        let held = self.partial.len().saturating_add(self.event.data.len());
        if held.saturating_add(more) > self.limit {
            return Err(TooLong);
        }
        Ok(())
    }
}

/// Maximum number of bytes that are kept of a text without events.
const MAX_UNRECOGNIZED_BYTES: usize = 4096;

/// Prefix of a data line.
const DATA: &[u8] = b"data:";

/// The field that a line sets.
enum Field {
    Data,
    Event,
    Id,
    Retry,
    /// A comment or an unknown field, which is ignored.
    Other,
    /// A line that consists only of a byte order mark.
    Empty,
}

impl Field {
    /// Parses the field of a line, and returns the offset of its value.
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

/// Returns the offset of the value after a colon. One space before it is skipped.
#[inline]
fn value_start(line: &[u8], colon: usize) -> usize {
    let start = match line.get(colon + 1) {
        Some(b' ') => colon + 2,
        _ => colon + 1,
    };
    start.min(line.len())
}

/// Sets a text. Invalid UTF-8 is replaced.
#[inline]
fn set(text: &mut String, value: &[u8]) {
    text.clear();
    text.push_str(&String::from_utf8_lossy(value));
}

/// Parses milliseconds in ASCII digits.
#[inline]
fn milliseconds(value: &[u8]) -> Option<Duration> {
    let digits = value.iter().all(u8::is_ascii_digit);
    let number = std::str::from_utf8(value).ok().filter(|_| digits)?;
    number.parse().ok().map(Duration::from_millis)
}
