//! JSON texts that follow each other: one a line, as in `application/jsonl`, or each after a
//! record separator, as in `application/json-seq`
//! ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).

use super::{Event, TooLong, split_at_line_end};

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
    complete: bool,
}

impl Records {
    /// A reader of texts that are no longer than the limit.
    pub(super) fn new(separator: Separator, limit: usize) -> Self {
        Self {
            event: Event::default(),
            separator,
            limit,
            complete: false,
        }
    }

    /// Reads up to the end of the next text; whether there is one.
    pub(super) fn next(&mut self, input: &mut &[u8]) -> Result<bool, TooLong> {
        self.clear();
        while !input.is_empty() {
            let (part, rest) = match self.split(input) {
                Some((part, rest)) => (part, Some(rest)),
                None => (*input, None),
            };
            if self.event.data.len().saturating_add(part.len()) > self.limit {
                return Err(TooLong);
            }
            self.event.data.extend_from_slice(part);
            *input = rest.unwrap_or_default();
            if rest.is_some() && self.has_text() {
                self.complete = true;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Ends the stream; whether there is one more text, which needs no separator after it.
    pub(super) fn finish(&mut self) -> bool {
        self.clear();
        self.has_text()
    }

    fn split<'i>(&self, input: &'i [u8]) -> Option<(&'i [u8], &'i [u8])> {
        match self.separator {
            Separator::Line => split_at_line_end(input).map(|(part, _, rest)| (part, rest)),
            Separator::Record => {
                let at = input.iter().position(|byte| *byte == RECORD_SEPARATOR)?;
                let (part, rest) = input.split_at(at);
                Some((part, rest.split_first().map_or(&[], |(_, rest)| rest)))
            }
        }
    }

    /// Whether there is more than space; space alone is dropped.
    fn has_text(&mut self) -> bool {
        let text = !self.event.data.trim_ascii().is_empty();
        if !text {
            self.event.data.clear();
        }
        text
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.complete) {
            self.event.data.clear();
        }
    }
}
