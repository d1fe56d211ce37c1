//! The interface between this SDK and an HTTP client.
//!
//! A [`Transport`] sends one request and returns the response as received. It does not follow
//! redirects, retry, or read bodies. The runtime does all of this, in the same way for every
//! transport.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::runtime::body::{Body, ResponseBody};

/// A boxed future that is `Send`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends HTTP requests.
///
/// The feature `reqwest` includes a transport. Use
/// [`ClientBuilder::transport`](crate::runtime::ClientBuilder::transport) for tests or another HTTP
/// client.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and waits for the response head.
    ///
    /// Dropping the future cancels the request. A response with an error status is returned as
    /// `Ok`.
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

/// The transport of a crate without an HTTP client. It sends nothing.
#[cfg(not(feature = "reqwest"))]
pub(crate) struct MissingTransport;

#[cfg(not(feature = "reqwest"))]
impl Transport for MissingTransport {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let message = "this build has no HTTP client; enable the feature `reqwest`, `rustls` or \
                       `native-tls`, or set a `transport`";
        let error = TransportError::new(TransportErrorKind::Request, message);
        Box::pin(std::future::ready(Err(error)))
    }
}

/// An error returned if no response was received, or if its body was interrupted.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kinds of [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection could not be established. No request was sent.
    Connect,
    /// The connection was lost. The request may have been sent in part or whole.
    Connection,
    /// The transport's own time limit was exceeded.
    Timeout,
    /// The request is invalid for the transport. Retrying does not help.
    Request,
}

impl TransportError {
    /// Creates an error. Its cause must not contain secrets.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "the connection could not be established",
            TransportErrorKind::Connection => "the connection was lost",
            TransportErrorKind::Timeout => "the transport timed out",
            TransportErrorKind::Request => "the request could not be sent",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
