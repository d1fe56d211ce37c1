//! Sequences of JSON texts: one per line, as in `application/jsonl`, or each after a record
//! separator, as in `application/json-seq` ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).

use bytes::Bytes;

use super::{BYTE_ORDER_MARK, Event, TooLong, line_end};
use crate::runtime::codec::Reader;

/// Byte that starts a text in `application/json-seq`.
const RECORD_SEPARATOR: u8 = 0x1E;

/// Separator between texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// The end of a line.
    Line,
    /// A record separator.
    Record,
}

/// Reads JSON texts. Each text becomes the data of an event without a name.
#[derive(Debug)]
pub(super) struct Records {
    /// The text that is being read, or the complete text.
    pub(super) event: Event,
    separator: Separator,
    limit: usize,
    /// Number of bytes of the chunk that have been read.
    read: usize,
    complete: bool,
    started: bool,
    /// Whether the response may be a single text of several lines.
    may_be_single_text: bool,
}

impl Records {
    /// Creates a reader with a limit for the size of a text.
    #[inline]
    pub(super) fn new(separator: Separator, limit: usize) -> Self {
        Self {
            event: Event::default(),
            separator,
            limit,
            read: 0,
            complete: false,
            started: false,
            may_be_single_text: false,
        }
    }

    /// Allows the response to be a single text of several lines. The first line decides.
    #[inline]
    pub(super) fn allow_single_text(mut self) -> Self {
        self.may_be_single_text = true;
        self
    }

    /// Returns `true` if the first line is not a complete text. Called after the first line.
    #[inline]
    pub(super) fn is_one_text(&mut self) -> bool {
        if !self.may_be_single_text {
            return false;
        }
        self.may_be_single_text = false;
        !Reader::new(self.event.bytes()).is_one_value()
    }

    /// Returns all data received so far. Called after the first line.
    #[inline]
    pub(super) fn whole(&self) -> Event {
        let mut all = self.event.clone();
        let end = self.read.saturating_sub(1);
        let rest = self.event.data.chunk().get(end..);
        all.data.push(rest.unwrap_or_default());
        all
    }

    /// Continues with another chunk, after the previous one has been read.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        self.clear();
        self.event.data.refill(chunk);
        self.read = 0;
    }

    /// Reads up to the end of the next text. Returns `true` if a text is complete.
    #[inline]
    pub(super) fn next(&mut self) -> Result<bool, TooLong> {
        self.clear();
        loop {
            let chunk = self.event.data.chunk();
            let Some(rest) = chunk.get(self.read..).filter(|rest| !rest.is_empty()) else {
                return Ok(false);
            };
            let end = self.end(rest);
            let part = self.read..end.map_or(chunk.len(), |end| self.read + end);
            if self.event.data.len().saturating_add(part.len()) > self.limit {
                return Err(TooLong);
            }
            self.read = part.end + usize::from(end.is_some());
            self.event.data.lend(part);
            if end.is_some() && self.has_text() {
                self.complete = true;
                return Ok(true);
            }
        }
    }

    /// Ends the stream. Returns `true` if a last text without a separator remains.
    #[inline]
    pub(super) fn finish(&mut self) -> bool {
        self.clear();
        self.has_text()
    }

    /// Returns the end of the first text.
    #[inline]
    fn end(&self, input: &[u8]) -> Option<usize> {
        match self.separator {
            Separator::Line => line_end(input),
            Separator::Record => memchr::memchr(RECORD_SEPARATOR, input),
        }
    }

    /// Returns `true` if the data is not only whitespace. Whitespace alone is dropped.
    #[inline]
    fn has_text(&mut self) -> bool {
        if !std::mem::replace(&mut self.started, true) {
            self.event.data.strip(BYTE_ORDER_MARK);
        }
        let text = !self.event.bytes().trim_ascii().is_empty();
        if !text {
            self.event.data.clear();
        }
        text
    }

    #[inline]
    fn clear(&mut self) {
        if std::mem::take(&mut self.complete) {
            self.event.data.clear();
        }
    }
}
