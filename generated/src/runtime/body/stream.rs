//! Bodies of requests that are not held in memory.
//!
//! A body is a list of pieces. It is opened for each attempt: files are opened anew, what can be
//! read only once is taken, and the lengths of all pieces are added up where they are known.

use std::collections::VecDeque;
use std::fmt;
use std::io;
#[cfg(feature = "fs")]
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::progress::{Hook, Meter};

/// How much of what is in memory goes out at a time.
const CHUNK: usize = 64 << 10;

/// Chunks that come from somewhere.
pub(crate) type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// Where bytes of a body come from.
#[derive(Clone)]
pub(crate) enum Content {
    /// From memory.
    Bytes(Bytes),
    /// From a file.
    #[cfg(feature = "fs")]
    Path(Arc<Path>),
    /// From a stream.
    Once(Once),
}

/// A stream, which can be read once.
#[derive(Clone)]
pub(crate) struct Once {
    stream: Arc<Mutex<Option<ByteStream>>>,
    /// The number of its bytes, where it is known.
    pub(crate) len: Option<u64>,
}

impl Once {
    pub(crate) fn new(stream: ByteStream) -> Self {
        Self {
            stream: Arc::new(Mutex::new(Some(stream))),
            len: None,
        }
    }

    fn take(&self) -> io::Result<ByteStream> {
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let used = || io::Error::other("this upload was sent already, and can be read only once");
        stream.take().ok_or_else(used)
    }
}

impl Content {
    /// Whether it can be sent again.
    pub(crate) fn is_replayable(&self) -> bool {
        !matches!(self, Self::Once(_))
    }

    async fn open(&self) -> io::Result<Piece> {
        Ok(match self {
            Self::Bytes(bytes) => Piece::Bytes(bytes.clone()),
            #[cfg(feature = "fs")]
            Self::Path(path) => {
                let file = tokio::fs::File::open(path).await?;
                let len = file.metadata().await?.len();
                let stream = Box::pin(crate::runtime::upload::Chunks::new(file));
                Piece::Stream(stream, Some(len))
            }
            Self::Once(once) => Piece::Stream(once.take()?, once.len),
        })
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            #[cfg(feature = "fs")]
            (Self::Path(a), Self::Path(b)) => a == b,
            (Self::Once(a), Self::Once(b)) => Arc::ptr_eq(&a.stream, &b.stream),
            _ => false,
        }
    }
}

impl fmt::Debug for Content {
    /// Leaves out the bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            #[cfg(feature = "fs")]
            Self::Path(path) => path.fmt(f),
            Self::Once(_) => f.write_str("a stream"),
        }
    }
}

/// A body that is being sent.
pub(crate) struct Opened {
    pieces: VecDeque<Piece>,
    /// The bytes that are still to be sent, where their number is known.
    left: Option<u64>,
    meter: Meter,
    failure: Option<io::Error>,
}

/// A part of a body that is being sent, with the number of its bytes where it is known.
enum Piece {
    Bytes(Bytes),
    Stream(ByteStream, Option<u64>),
}

impl Piece {
    fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream(_, len) => *len,
        }
    }

    /// The next bytes of it; `None` is its end.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Bytes(bytes) => {
                let chunk = bytes.split_to(bytes.len().min(CHUNK));
                Poll::Ready(Some(Ok(chunk)))
            }
            Self::Stream(_, Some(0)) => Poll::Ready(None),
            Self::Stream(stream, left) => {
                let chunk = ready!(stream.as_mut().poll_next(context));
                Poll::Ready(exactly(chunk, left))
            }
        }
    }
}

/// Holds a chunk against the number of bytes that are left.
fn exactly(chunk: Option<io::Result<Bytes>>, left: &mut Option<u64>) -> Option<io::Result<Bytes>> {
    let Some(left) = left else { return chunk };
    match chunk {
        None => {
            let message = format!("the upload ended {left} bytes before its length");
            Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, message)))
        }
        Some(Ok(mut bytes)) => {
            bytes.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left = left.saturating_sub(bytes.len() as u64);
            Some(Ok(bytes))
        }
        error => error,
    }
}

impl Opened {
    /// Opens the pieces of a body.
    pub(crate) async fn open(contents: &[Content], hook: Option<Hook>) -> io::Result<Self> {
        let mut pieces = VecDeque::with_capacity(contents.len());
        for content in contents {
            pieces.push_back(content.open().await?);
        }
        let left = pieces
            .iter()
            .try_fold(0_u64, |sum, piece| sum.checked_add(piece.len()?));
        Ok(Self {
            pieces,
            left,
            meter: Meter::new(left).told_to(hook),
            failure: None,
        })
    }

    /// The bytes that are still to be sent, where their number is known.
    pub(crate) fn left(&self) -> Option<u64> {
        self.left
    }

    /// Why the body could not be read.
    pub(crate) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// The next bytes; `None` is the end.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        while let Some(piece) = self.pieces.front_mut() {
            match ready!(piece.poll_chunk(context)) {
                None => drop(self.pieces.pop_front()),
                Some(Ok(bytes)) => {
                    self.left = self
                        .left
                        .map(|left| left.saturating_sub(bytes.len() as u64));
                    self.meter.add(bytes.len());
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(Err(error)) => {
                    // The transport gets a copy: the caller of the SDK is told the error itself.
                    let copy = io::Error::new(error.kind(), "the body cannot be read");
                    self.failure = Some(error);
                    self.pieces.clear();
                    return Poll::Ready(Some(Err(copy)));
                }
            }
        }
        Poll::Ready(None)
    }
}
