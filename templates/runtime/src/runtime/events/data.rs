//! The data of an event, which stays where it came.
//!
//! Most events lie whole in a chunk, and are read there. What came in pieces is put together.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

/// The data of an event, and the chunk that it was found in.
///
/// It is a part of the chunk or a copy, and never some of both.
#[derive(Default)]
pub(super) struct Data {
    chunk: Bytes,
    lent: Range<usize>,
    copied: Vec<u8>,
}

impl Data {
    /// All of it.
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

    /// Leaves out what the data may start with.
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

    /// The chunk that is being read.
    #[inline]
    pub(super) fn chunk(&self) -> &[u8] {
        &self.chunk
    }

    /// Goes on with another chunk; what there is stays.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        self.keep();
        self.chunk = chunk;
    }

    /// Adds a part of the chunk.
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

    /// Adds what is not in the chunk.
    #[inline]
    pub(super) fn push(&mut self, part: &[u8]) {
        self.keep();
        self.copied.extend_from_slice(part);
    }

    /// Copies what lies in the chunk.
    #[inline]
    fn keep(&mut self) {
        let lent = std::mem::take(&mut self.lent);
        let lent = self.chunk.get(lent).unwrap_or_default();
        self.copied.extend_from_slice(lent);
    }
}

impl Clone for Data {
    /// A copy holds on to no chunk, which is much larger than the data.
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
    /// Leaves out the data.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}
