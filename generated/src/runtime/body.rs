//! The bodies of requests and of answers.
//!
//! A request's body is bytes in memory, so that a retry can send it again; the
//! type is closed, so that other kinds can follow. An answer's body comes in
//! chunks, and is never collected without a limit.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame, SizeHint};

use crate::runtime::transport::TransportError;

/// The body of a request.
#[derive(Clone, Default)]
pub struct Body(Option<Bytes>);

impl Body {
    /// A request without a body.
    #[must_use]
    pub fn empty() -> Self {
        Self(None)
    }

    /// Whether the request has no body, which differs from one of no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The bytes, if the body is held in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        self.0.as_ref()
    }

    /// The bytes of the body; none for a request without one.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0.unwrap_or_default()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Some(bytes.into()))
    }
}

impl fmt::Debug for Body {
    /// Tells the length only: bodies carry secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            None => f.write_str("Body(none)"),
        }
    }
}

type DynBody = dyn http_body::Body<Data = Bytes, Error = TransportError> + Send;

/// The body of an answer, read chunk by chunk.
pub struct ResponseBody(Pin<Box<DynBody>>);

impl ResponseBody {
    /// Wraps any body.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = TransportError> + Send + 'static,
    {
        Self(Box::pin(body))
    }

    /// Waits for the next chunk; `None` is the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// The number of bytes to come, when the server announced it.
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
        Self::new(Whole(Some(bytes.into())))
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}

/// A body that is already here.
struct Whole(Option<Bytes>);

impl http_body::Body for Whole {
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

/// Why a body could not be collected.
#[derive(Debug)]
pub(crate) enum Cut {
    /// There is more than the limit.
    TooLong,
    /// The connection broke.
    Broken(TransportError),
}

/// Collects a body of at most `limit` bytes into `into`, which keeps what came before a failure.
pub(crate) async fn collect(
    mut body: ResponseBody,
    limit: usize,
    into: &mut Collected,
) -> Result<(), Cut> {
    if body.announced_len().is_some_and(|len| len > limit as u64) {
        return Err(Cut::TooLong);
    }
    while let Some(chunk) = body.chunk().await {
        let chunk = chunk.map_err(Cut::Broken)?;
        if chunk.len() > limit.saturating_sub(into.len()) {
            return Err(Cut::TooLong);
        }
        into.push(chunk);
    }
    Ok(())
}

/// Bytes that grow; a body of one chunk is not copied.
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

    /// What came so far.
    pub(crate) fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() {
            self.first
        } else {
            self.rest.freeze()
        }
    }
}
