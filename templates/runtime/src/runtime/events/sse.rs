//! The format of server-sent events, read as the
//! [standard](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream)
//! says, from chunks that may end anywhere.
//!
//! Nothing here knows what an event means. A line that is whole in a chunk is not copied but for
//! its data.

use std::time::Duration;

use super::{Event, TooLong, split_at_line_end};

/// Reads events from the text of a stream.
#[derive(Debug)]
pub(super) struct Sse {
    /// The event that is being read, and once it is complete, the event.
    pub(super) event: Event,
    /// The wait before a reconnection that the server asked for last.
    pub(super) retry: Option<Duration>,
    limit: usize,
    /// The start of a line whose end did not come yet.
    partial: Vec<u8>,
    /// The id of the event that is being read, if it has one of its own.
    id: Option<String>,
    has_data: bool,
    complete: bool,
    started: bool,
    /// The last line ended with a carriage return, to which a line feed may belong.
    after_return: bool,
}

impl Sse {
    /// A reader of events that are no longer than the limit.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            event: Event::default(),
            retry: None,
            limit,
            partial: Vec::new(),
            id: None,
            has_data: false,
            complete: false,
            started: false,
            after_return: false,
        }
    }

    /// Starts a new stream; the last id stays.
    pub(super) fn restart(&mut self) {
        let id = std::mem::take(&mut self.event.id);
        *self = Self {
            retry: self.retry,
            ..Self::new(self.limit)
        };
        self.event.id = id;
    }

    /// Reads up to the end of the next event; whether there is one.
    pub(super) fn next(&mut self, input: &mut &[u8]) -> Result<bool, TooLong> {
        if self.complete {
            self.clear();
        }
        while !input.is_empty() {
            if std::mem::take(&mut self.after_return)
                && let Some(rest) = input.strip_prefix(b"\n")
            {
                *input = rest;
                continue;
            }
            let Some((line, end, rest)) = split_at_line_end(input) else {
                self.keep(input)?;
                *input = &[];
                break;
            };
            self.after_return = end == b'\r';
            *input = rest;
            if self.whole_line(line)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Ends the stream; whether an event was cut off, which is then the current one.
    pub(super) fn finish(&mut self) -> bool {
        if self.complete {
            self.clear();
        }
        let rest = std::mem::take(&mut self.partial);
        let begun = !rest.is_empty() && !rest.starts_with(b":");
        // What is cut off is read only so that an end marker is recognised.
        if begun && self.line(&rest).is_err() {
            return true;
        }
        self.event.end_data();
        begun || self.has_data
    }

    fn whole_line(&mut self, line: &[u8]) -> Result<bool, TooLong> {
        if self.partial.is_empty() {
            return self.line(line);
        }
        self.keep(line)?;
        let mut whole = std::mem::take(&mut self.partial);
        let complete = self.line(&whole);
        whole.clear();
        self.partial = whole;
        complete
    }

    /// Takes a line in; whether it completes an event.
    fn line(&mut self, line: &[u8]) -> Result<bool, TooLong> {
        let line = match std::mem::replace(&mut self.started, true) {
            false => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line),
            true => line,
        };
        if line.is_empty() {
            return Ok(self.end_of_event());
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (field, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => self.data(value)?,
            b"event" => set(&mut self.event.name, value),
            b"id" if !value.contains(&0) => set(self.id.get_or_insert_default(), value),
            b"retry" => self.retry = milliseconds(value).or(self.retry),
            _ => {}
        }
        Ok(false)
    }

    fn data(&mut self, value: &[u8]) -> Result<(), TooLong> {
        self.fits(value.len())?;
        self.has_data = true;
        self.event.data.extend_from_slice(value);
        self.event.data.push(b'\n');
        Ok(())
    }

    /// An event without data is none, though its id counts.
    fn end_of_event(&mut self) -> bool {
        if let Some(id) = self.id.take() {
            self.event.id = id;
        }
        if !self.has_data {
            self.clear();
            return false;
        }
        self.event.end_data();
        self.complete = true;
        true
    }

    fn clear(&mut self) {
        self.event.name.clear();
        self.event.data.clear();
        self.has_data = false;
        self.complete = false;
    }

    fn keep(&mut self, part: &[u8]) -> Result<(), TooLong> {
        self.fits(part.len())?;
        self.partial.extend_from_slice(part);
        Ok(())
    }

    /// Whether that much more can be held.
    fn fits(&self, more: usize) -> Result<(), TooLong> {
        let held = self.partial.len().saturating_add(self.event.data.len());
        if held.saturating_add(more) > self.limit {
            return Err(TooLong);
        }
        Ok(())
    }
}

/// Sets a text; bytes that are not UTF-8 are replaced.
fn set(text: &mut String, value: &[u8]) {
    text.clear();
    text.push_str(&String::from_utf8_lossy(value));
}

/// A number of milliseconds in ASCII digits.
fn milliseconds(value: &[u8]) -> Option<Duration> {
    let digits = value.iter().all(u8::is_ascii_digit);
    let number = std::str::from_utf8(value).ok().filter(|_| digits)?;
    number.parse().ok().map(Duration::from_millis)
}
