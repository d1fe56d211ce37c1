//! JSON texts that follow each other: one a line, as in `application/jsonl`, or each after a
//! record separator, as in `application/json-seq`
//! ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).

use bytes::Bytes;

use super::{BYTE_ORDER_MARK, Event, TooLong, line_end};
use crate::runtime::codec::Reader;

/// The byte that starts a text of `application/json-seq`.
const RECORD_SEPARATOR: u8 = 0x1E;

/// What stands between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// The end of a line.
    Line,
    /// A record separator.
    Record,
}

/// Reads JSON texts; a text is the data of an event without a name.
#[derive(Debug)]
pub(super) struct Records {
    /// The text that is being read, and once it is complete, the text.
    pub(super) event: Event,
    separator: Separator,
    limit: usize,
    /// How much of the chunk was read.
    read: usize,
    complete: bool,
    started: bool,
    /// Whether the answer may be one text of many lines.
    doubtful: bool,
}

impl Records {
    /// A reader of texts that are no longer than the limit.
    #[inline]
    pub(super) fn new(separator: Separator, limit: usize) -> Self {
        Self {
            event: Event::default(),
            separator,
            limit,
            read: 0,
            complete: false,
            started: false,
            doubtful: false,
        }
    }

    /// The same of an answer that may be one text of many lines, which its first line tells.
    #[inline]
    pub(super) fn doubtful(mut self) -> Self {
        self.doubtful = true;
        self
    }

    /// Whether the first text, which has just come, is none by itself.
    #[inline]
    pub(super) fn is_one_text(&mut self) -> bool {
        if !self.doubtful {
            return false;
        }
        self.doubtful = false;
        !Reader::new(self.event.bytes()).is_one_value()
    }

    /// All that came, once the first text did.
    #[inline]
    pub(super) fn whole(&self) -> Event {
        let mut all = self.event.clone();
        let end = self.read.saturating_sub(1);
        let rest = self.event.data.chunk().get(end..);
        all.data.push(rest.unwrap_or_default());
        all
    }

    /// Goes on with another chunk, once all of the one before was read.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        self.clear();
        self.event.data.refill(chunk);
        self.read = 0;
    }

    /// Reads up to the end of the next text; whether there is one.
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

    /// Ends the stream; whether there is one more text, which needs no separator after it.
    #[inline]
    pub(super) fn finish(&mut self) -> bool {
        self.clear();
        self.has_text()
    }

    /// Where the first text ends.
    #[inline]
    fn end(&self, input: &[u8]) -> Option<usize> {
        match self.separator {
            Separator::Line => line_end(input),
            Separator::Record => memchr::memchr(RECORD_SEPARATOR, input),
        }
    }

    /// Whether there is more than space; space alone is dropped.
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
