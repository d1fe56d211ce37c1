//! The data of an event, which borrows from the received chunk if possible.
//!
//! Most events are contained in one chunk and are read in place. Other events are copied into one
//! buffer.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

/// The data of an event, and the chunk that is being read.
///
/// The data is either a range of the chunk or a copy, never a mix of both.
#[derive(Default)]
pub(super) struct Data {
    chunk: Bytes,
    lent: Range<usize>,
    copied: Vec<u8>,
}

impl Data {
    /// Returns the data.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        match self.copied.is_empty() {
            true => self.chunk.get(self.lent.clone()).unwrap_or_default(),
            false => &self.copied,
        }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.bytes().len()
    }

    #[inline]
    pub(super) fn clear(&mut self) {
        self.lent = 0..0;
        self.copied.clear();
    }

    /// Removes a prefix from the data.
    #[inline]
    pub(super) fn strip(&mut self, start: &[u8]) {
        if !self.bytes().starts_with(start) {
            return;
        }
        match self.copied.is_empty() {
            true => self.lent.start += start.len(),
            false => drop(self.copied.drain(..start.len())),
        }
    }

    /// Returns the chunk that is being read.
    #[inline]
    pub(super) fn chunk(&self) -> &[u8] {
        &self.chunk
    }

    /// Continues with another chunk, and preserves the data.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        self.keep();
        self.chunk = chunk;
    }

    /// Appends a range of the chunk.
    #[inline]
    pub(super) fn lend(&mut self, part: Range<usize>) {
        if self.copied.is_empty() && self.lent.is_empty() {
            self.lent = part;
            return;
        }
        self.keep();
        let part = self.chunk.get(part).unwrap_or_default();
        self.copied.extend_from_slice(part);
    }

    /// Appends bytes from outside the chunk.
    #[inline]
    pub(super) fn push(&mut self, part: &[u8]) {
        self.keep();
        self.copied.extend_from_slice(part);
    }

    /// Copies the data out of the chunk.
    #[inline]
    fn keep(&mut self) {
        let lent = std::mem::take(&mut self.lent);
        let lent = self.chunk.get(lent).unwrap_or_default();
        self.copied.extend_from_slice(lent);
    }
}

impl Clone for Data {
    /// A copy does not retain the chunk, which is much larger than the data.
    #[inline]
    fn clone(&self) -> Self {
        Self {
            copied: self.bytes().to_vec(),
            ..Self::default()
        }
    }
}

impl PartialEq for Data {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Data {}

impl fmt::Debug for Data {
    /// Omits the data.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}
