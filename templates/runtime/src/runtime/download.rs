//! Streaming of binary responses.
//!
//! A [`Download`] is read in chunks, or written to a writer or a file. It is never held in memory
//! as a whole, so its size is not limited.

#[cfg(feature = "fs")]
mod file;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_core::Stream;
use tokio::io::AsyncWrite;

use crate::runtime::error::Error;
use crate::runtime::progress::{Meter, Progress};
use crate::runtime::request::Request;
use crate::runtime::response::{FromResponse, Incoming, LiveBody, Response};

impl<'c> Request<'c, Bytes> {
    /// Streams the body instead of collecting it.
    #[inline]
    pub fn download(self) -> Request<'c, Download> {
        self.cast()
    }
}

impl<'c> Request<'c, ()> {
    /// Streams the body of an operation without a documented response body.
    ///
    /// Many API descriptions omit the body of file downloads.
    #[inline]
    pub fn download(self) -> Request<'c, Download> {
        self.cast()
    }
}

/// Options for downloads.
impl Request<'_, Download> {
    /// Sets the maximum time without data from the server. The default is the [timeout of an
    /// attempt](Self::timeout), and [`Duration::MAX`] disables the limit.
    ///
    /// After that time the download ends with [`TimeoutError::Idle`]. To limit the total time, use
    /// [`deadline`](Self::deadline).
    ///
    /// [`TimeoutError::Idle`]: crate::runtime::TimeoutError::Idle
    #[inline]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.parts_mut().idle = Some(limit);
        self
    }
}

/// A response body that is read as a stream.
///
/// Implements [`Stream`] over chunks; [`chunk`](Self::chunk) works without another crate. Dropping
/// it cancels the call.
#[must_use = "a download does nothing unless it is read"]
pub struct Download {
    head: Response,
    rest: Box<LiveBody>,
    meter: Meter,
    ended: bool,
}

impl Download {
    /// Returns the response without its body: its status, headers and request ID.
    #[must_use]
    #[inline]
    pub fn response(&self) -> &Response {
        &self.head
    }

    /// Returns the number of remaining bytes, if the server announced it.
    #[must_use]
    #[inline]
    pub fn announced_len(&self) -> Option<u64> {
        self.rest.announced_len()
    }

    /// Sets a function that is called after each chunk with the number of bytes received.
    pub fn on_progress(mut self, call: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.meter.on_progress(call);
        self
    }

    /// Waits for the next chunk. Returns `None` at the end of the body.
    ///
    /// # Errors
    ///
    /// - [`Error::Connect`] if the connection is lost, or if the body is shorter than announced.
    /// - [`Error::Timeout`] if no data arrives for too long, or if the call exceeds its deadline.
    #[inline]
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Writes the body to an async writer, and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`chunk`](Self::chunk), and [`Error::Io`] if a write fails.
    pub async fn write_to(mut self, writer: &mut (impl AsyncWrite + Unpin)) -> Result<u64, Error> {
        self.copy(writer).await
    }

    /// Writes the body to a blocking writer, such as a `Vec<u8>`, and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`write_to`](Self::write_to).
    pub async fn write_to_sync(
        mut self,
        writer: &mut (impl std::io::Write + ?Sized),
    ) -> Result<u64, Error> {
        while let Some(chunk) = self.chunk().await {
            writer.write_all(&chunk?)?;
        }
        writer.flush()?;
        Ok(self.meter.transferred())
    }

    async fn copy(&mut self, writer: &mut (impl AsyncWrite + Unpin)) -> Result<u64, Error> {
        let mut writer = Pin::new(writer);
        while let Some(chunk) = self.chunk().await {
            let mut chunk = chunk?;
            while !chunk.is_empty() {
                let write = poll_fn(|context| writer.as_mut().poll_write(context, &chunk));
                match write.await? {
                    0 => return Err(std::io::Error::from(std::io::ErrorKind::WriteZero).into()),
                    written => chunk.advance(written),
                }
            }
        }
        poll_fn(|context| writer.as_mut().poll_flush(context)).await?;
        Ok(self.meter.transferred())
    }

    #[inline]
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let chunk = ready!(self.rest.poll_chunk(context));
        match &chunk {
            Some(Ok(bytes)) => self.meter.add(bytes.len()),
            Some(Err(_)) | None => self.ended = true,
        }
        Poll::Ready(chunk)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl FromResponse for Download {
    const ACCEPT: &'static str = Bytes::ACCEPT;
    const LIVE: bool = true;

    #[inline]
    fn from_response(response: Response) -> Result<Self, Error> {
        Self::from_incoming(Incoming::whole(response))
    }

    #[inline]
    fn from_incoming(incoming: Incoming) -> Result<Self, Error> {
        let (head, mut rest) = incoming.into_parts();
        if let Some(limit) = rest.reading.idle {
            rest.limit_silence(limit);
        }
        Ok(Self {
            meter: Meter::new(rest.announced_len()),
            head,
            rest: Box::new(rest),
            ended: false,
        })
    }
}

impl fmt::Debug for Download {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("response", &self.head)
            .field("announced_len", &self.announced_len())
            .finish_non_exhaustive()
    }
}
