//! The seam between this SDK and whatever moves bytes.
//!
//! A [`Transport`] sends one request and hands back the answer as it came. It
//! follows no redirects, repeats nothing and reads no bodies: those are the
//! runtime's decisions, and they hold for every transport.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::runtime::body::{Body, ResponseBody};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests.
///
/// The SDK comes with one for `reqwest`; tests and other HTTP clients can take its
/// place through [`ClientBuilder::transport`](crate::runtime::ClientBuilder::transport).
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and waits for the head of the answer.
    ///
    /// Dropping the future gives the request up. An answer with a failing status is
    /// an answer, not an error.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        (**self).send(request)
    }
}

/// Says why no answer came, or why it broke off.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kinds of [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection could not be made, so that nothing was sent.
    Connect,
    /// The connection broke when some of the request may have been sent.
    Connection,
    /// The transport's own time limit passed.
    Timeout,
    /// The request cannot be sent at all, so that repeating it is of no use.
    Request,
}

impl TransportError {
    /// Makes an error of a kind from its cause, which must name no secrets.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "the connection could not be made",
            TransportErrorKind::Connection => "the connection failed",
            TransportErrorKind::Timeout => "the transport timed out",
            TransportErrorKind::Request => "the request cannot be sent",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
