//! Answers that are bytes, taken as they come.
//!
//! A [`Download`] goes to its caller chunk by chunk, to a writer, or to a file, and is never
//! held in memory as a whole; so it has no limit either.

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
    /// Takes the bytes as they come, rather than all at once.
    #[inline]
    pub fn download(self) -> Request<'c, Download> {
        self.cast()
    }
}

impl<'c> Request<'c, ()> {
    /// Takes the body of a response for which the API declares none, as it comes.
    ///
    /// Many descriptions leave out what a handler of files returns.
    #[inline]
    pub fn download(self) -> Request<'c, Download> {
        self.cast()
    }
}

/// What callers can change about a call whose answer is a download.
impl Request<'_, Download> {
    /// Limits how long the server may be silent while the bytes come, in place of the
    /// [time of an attempt](Self::timeout); with [`Duration::MAX`] there is no limit.
    ///
    /// A download that is silent for longer ends with [`TimeoutError::Idle`]. How long all of it
    /// may take is said by [`deadline`](Self::deadline).
    ///
    /// [`TimeoutError::Idle`]: crate::runtime::TimeoutError::Idle
    #[inline]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.parts_mut().idle = Some(limit);
        self
    }
}

/// The bytes of an answer, as they come.
///
/// It is a [`Stream`] of chunks, and [`chunk`](Self::chunk) needs no other crate. Dropping it ends
/// the call.
#[must_use = "nothing is read until it is asked for"]
pub struct Download {
    head: Response,
    rest: Box<LiveBody>,
    meter: Meter,
    ended: bool,
}

impl Download {
    /// The answer without its body, for its status, headers and request id.
    #[must_use]
    #[inline]
    pub fn response(&self) -> &Response {
        &self.head
    }

    /// The number of bytes that are still to come, when the server announced it.
    #[must_use]
    #[inline]
    pub fn announced_len(&self) -> Option<u64> {
        self.rest.announced_len()
    }

    /// Calls a function for each chunk, with the number of bytes so far.
    pub fn on_progress(mut self, call: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.meter.on_progress(call);
        self
    }

    /// Waits for the next chunk; `None` is the end.
    ///
    /// # Errors
    ///
    /// [`Error::Connect`] when the connection breaks, or the answer ends before its announced
    /// length; [`Error::Timeout`] when the server is silent for too long, or the deadline of the
    /// call passes.
    #[inline]
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Writes all bytes, and returns how many there were.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and [`Error::Io`] when a write fails.
    pub async fn write_to(mut self, writer: &mut (impl AsyncWrite + Unpin)) -> Result<u64, Error> {
        self.copy(writer).await
    }

    /// Writes all bytes to a writer that does not wait, such as a `Vec<u8>`, and returns how many
    /// there were.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Self::write_to).
    pub async fn write_to_sync(
        mut self,
        writer: &mut (impl std::io::Write + ?Sized),
    ) -> Result<u64, Error> {
        while let Some(chunk) = self.chunk().await {
            writer.write_all(&chunk?)?;
        }
        writer.flush()?;
        Ok(self.meter.done())
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
        Ok(self.meter.done())
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
