//! Request and response bodies.
//!
//! A request body is either bytes in memory or pieces that are read while they are sent. It can be
//! sent again on a retry, unless a piece can be read only once. A response body arrives in chunks.
//! It is never collected without a limit.

#[cfg(any(feature = "reqwest", feature = "tower"))]
mod mapped;
mod stream;

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame, SizeHint};

use self::stream::OpenBody;
pub(crate) use self::stream::{Content, OnceStream};
use crate::runtime::progress::Hook;
use crate::runtime::transport::TransportError;

/// A request body.
///
/// Transports send it as an [`http_body::Body`], or take the bytes if it is [in
/// memory](Self::as_bytes). Clones of a body that is being sent share the unsent remainder.
#[derive(Clone, Default)]
pub struct Body(BodyKind);

#[derive(Clone, Default)]
enum BodyKind {
    #[default]
    None,
    Bytes(Bytes),
    /// Pieces, before the body is opened.
    Pieces(Arc<[Content]>),
    Open(Arc<Mutex<OpenBody>>),
}

impl Body {
    /// Creates the body of a request without content.
    #[must_use]
    pub fn empty() -> Self {
        Self(BodyKind::None)
    }

    /// Returns `true` if the request has no content. Zero bytes of content are different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self.0, BodyKind::None)
    }

    /// Returns the bytes if the body is in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            BodyKind::Bytes(bytes) => Some(bytes),
            BodyKind::None | BodyKind::Pieces(_) | BodyKind::Open(_) => None,
        }
    }

    /// Returns the bytes of a body in memory, and no bytes for other bodies.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        match self.0 {
            BodyKind::Bytes(bytes) => bytes,
            BodyKind::None | BodyKind::Pieces(_) | BodyKind::Open(_) => Bytes::new(),
        }
    }

    /// Collects any body into memory.
    ///
    /// # Errors
    ///
    /// Returns an error if a file or a reader fails.
    pub async fn collect(mut self) -> io::Result<Bytes> {
        let mut collected = Collected::default();
        while let Some(chunk) = poll_fn(|context| self.poll_bytes(context)).await {
            collected.push(chunk?);
        }
        Ok(collected.into_bytes())
    }

    /// Creates a body from pieces.
    pub(crate) fn pieces(pieces: Vec<Content>) -> Self {
        match <[Content; 1]>::try_from(pieces) {
            Ok([Content::Bytes(bytes)]) => Self(BodyKind::Bytes(bytes)),
            Ok(one) => Self(BodyKind::Pieces(one.into())),
            Err(pieces) => Self(BodyKind::Pieces(pieces.into())),
        }
    }

    /// Returns the pieces, if the body has not been opened yet.
    pub(crate) fn to_pieces(&self) -> Option<Vec<Content>> {
        match &self.0 {
            BodyKind::Bytes(bytes) => Some(vec![Content::Bytes(bytes.clone())]),
            BodyKind::Pieces(pieces) => Some(pieces.to_vec()),
            BodyKind::None | BodyKind::Open(_) => None,
        }
    }

    /// Returns `true` if the body can be sent again.
    pub(crate) fn is_replayable(&self) -> bool {
        match &self.0 {
            BodyKind::None | BodyKind::Bytes(_) => true,
            BodyKind::Pieces(pieces) => pieces.iter().all(Content::is_replayable),
            BodyKind::Open(_) => false,
        }
    }

    /// Opens the body for one attempt.
    pub(crate) async fn open(&self, hook: Option<&Hook>) -> io::Result<Self> {
        let opened = match (&self.0, hook) {
            (BodyKind::Pieces(pieces), hook) => OpenBody::open(pieces, hook.cloned()).await?,
            (BodyKind::Bytes(bytes), Some(hook)) => {
                OpenBody::open(&[Content::Bytes(bytes.clone())], Some(hook.clone())).await?
            }
            (BodyKind::None | BodyKind::Bytes(_) | BodyKind::Open(_), _) => return Ok(self.clone()),
        };
        Ok(Self(BodyKind::Open(Arc::new(Mutex::new(opened)))))
    }

    /// Returns the error that occurred while the body was read.
    pub(crate) fn take_failure(&self) -> Option<io::Error> {
        match &self.0 {
            BodyKind::Open(opened) => lock(opened).take_failure(),
            _ => None,
        }
    }

    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        match &self.0 {
            BodyKind::None => Poll::Ready(None),
            BodyKind::Bytes(bytes) => {
                let bytes = bytes.clone();
                self.0 = BodyKind::None;
                Poll::Ready(Some(Ok(bytes)))
            }
            BodyKind::Open(opened) => lock(opened).poll_chunk(context),
            BodyKind::Pieces(_) => {
                let message = "this body has not been opened";
                Poll::Ready(Some(Err(io::Error::other(message))))
            }
        }
    }
}

fn lock(opened: &Mutex<OpenBody>) -> MutexGuard<'_, OpenBody> {
    opened.lock().unwrap_or_else(PoisonError::into_inner)
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let chunk = ready!(self.poll_bytes(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        let len = match &self.0 {
            BodyKind::None => Some(0),
            BodyKind::Bytes(bytes) => Some(bytes.len() as u64),
            BodyKind::Open(opened) => lock(opened).left(),
            BodyKind::Pieces(_) => None,
        };
        len.map(SizeHint::with_exact).unwrap_or_default()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(BodyKind::Bytes(bytes.into()))
    }
}

impl fmt::Debug for Body {
    /// Formats only the length, because bodies may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            BodyKind::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            BodyKind::None => f.write_str("Body(none)"),
            BodyKind::Pieces(_) | BodyKind::Open(_) => f.write_str("Body(streamed)"),
        }
    }
}

type DynBody = dyn http_body::Body<Data = Bytes, Error = TransportError> + Send;

/// A response body, read in chunks.
pub struct ResponseBody(Pin<Box<DynBody>>);

impl ResponseBody {
    /// Wraps a body.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = TransportError> + Send + 'static,
    {
        Self(Box::pin(body))
    }

    /// Waits for the next chunk. Returns `None` at the end of the body.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Returns the number of remaining bytes, if the server announced it.
    #[must_use]
    pub fn announced_len(&self) -> Option<u64> {
        self.0.size_hint().exact()
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let frame = match self.0.as_mut().poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(frame))) => frame,
            };
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        Self::new(WholeBody(Some(bytes.into())))
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}

impl http_body::Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.0.as_mut().poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// A body in memory.
struct WholeBody(Option<Bytes>);

impl http_body::Body for WholeBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// An error returned if a body could not be collected.
#[derive(Debug)]
pub(crate) enum BodyReadError {
    /// The body exceeds the limit.
    TooLong,
    /// The connection was lost.
    Broken(TransportError),
}

/// Collects a body of at most `limit` bytes into `into`. After a failure, `into` holds the bytes
/// received so far.
pub(crate) async fn collect(
    mut body: ResponseBody,
    limit: usize,
    into: &mut Collected,
) -> Result<(), BodyReadError> {
    if body.announced_len().is_some_and(|len| len > limit as u64) {
        return Err(BodyReadError::TooLong);
    }
    while let Some(chunk) = body.chunk().await {
        let chunk = chunk.map_err(BodyReadError::Broken)?;
        if chunk.len() > limit.saturating_sub(into.len()) {
            return Err(BodyReadError::TooLong);
        }
        into.push(chunk);
    }
    Ok(())
}

/// A growing buffer. A body of one chunk is not copied.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    first: Bytes,
    rest: BytesMut,
}

impl Collected {
    fn len(&self) -> usize {
        self.first.len().max(self.rest.len())
    }

    fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
        } else {
            if self.rest.is_empty() {
                self.rest.extend_from_slice(&self.first);
            }
            self.rest.extend_from_slice(&chunk);
        }
    }

    /// Returns the bytes received so far.
    pub(crate) fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() {
            self.first
        } else {
            self.rest.freeze()
        }
    }
}
