//! Request bodies that are not in memory.
//!
//! A body is a list of pieces. It is opened for each attempt: files are reopened, and one-time
//! streams are consumed. The length is known if the lengths of all pieces are known.

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

/// Maximum number of bytes from memory per chunk.
const CHUNK: usize = 64 << 10;

/// A stream of chunks.
pub(crate) type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// The source of a piece of a body.
#[derive(Clone)]
pub(crate) enum Content {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A file.
    #[cfg(feature = "fs")]
    Path(Arc<Path>),
    /// A stream.
    Once(OnceStream),
}

/// A stream that can be read only once.
#[derive(Clone)]
pub(crate) struct OnceStream {
    stream: Arc<Mutex<Option<ByteStream>>>,
    /// Number of bytes, if known.
    pub(crate) len: Option<u64>,
}

impl OnceStream {
    pub(crate) fn new(stream: ByteStream) -> Self {
        Self {
            stream: Arc::new(Mutex::new(Some(stream))),
            len: None,
        }
    }

    fn take(&self) -> io::Result<ByteStream> {
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let used =
            || io::Error::other("this upload has already been sent and can be read only once");
        stream.take().ok_or_else(used)
    }
}

impl Content {
    /// Returns `true` if the content can be sent again.
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
    /// Omits the bytes.
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
pub(crate) struct OpenBody {
    pieces: VecDeque<Piece>,
    /// Number of unsent bytes, if known.
    left: Option<u64>,
    meter: Meter,
    failure: Option<io::Error>,
}

/// A piece of a body that is being sent, with its length if known.
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

    /// Polls for the next chunk. Returns `None` at the end of the piece.
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
                Poll::Ready(check_length(chunk, left))
            }
        }
    }
}

/// Checks a chunk against the number of remaining bytes.
fn check_length(
    chunk: Option<io::Result<Bytes>>,
    left: &mut Option<u64>,
) -> Option<io::Result<Bytes>> {
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

impl OpenBody {
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
            meter: Meter::new(left).with_hook(hook),
            failure: None,
        })
    }

    /// Returns the number of unsent bytes, if known.
    pub(crate) fn left(&self) -> Option<u64> {
        self.left
    }

    /// Returns the error that occurred while the body was read.
    pub(crate) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Polls for the next chunk. Returns `None` at the end of the body.
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
                    // The transport receives a copy. The SDK's caller receives the original error.
                    let copy = io::Error::new(error.kind(), "the body could not be read");
                    self.failure = Some(error);
                    self.pieces.clear();
                    return Poll::Ready(Some(Err(copy)));
                }
            }
        }
        Poll::Ready(None)
    }
}
