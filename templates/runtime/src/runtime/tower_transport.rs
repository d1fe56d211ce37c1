//! A transport based on a `tower` service, for middleware, other HTTP clients and in-process
//! servers.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use tower_service::Service;

use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport that sends each request with a clone of a service, such as a router in a test:
///
/// ```text
/// let router = axum::Router::new().route("/status", axum::routing::get(status));
/// let client = Client::builder().transport(TowerTransport::new(router)).build()?;
/// ```
///
/// The service should neither follow redirects nor retry, because the SDK does both. Errors of the
/// service count as lost connections, unless they are a [`TransportError`]. Errors of its
/// `poll_ready` count as failed connections.
#[derive(Debug)]
pub struct TowerTransport<S>(Mutex<S>);

impl<S> TowerTransport<S> {
    /// Wraps a service.
    pub fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let mut service = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(|error| transport_error(TransportErrorKind::Connect, error))?;
            let response = service.call(request).await.map_err(broken)?;
            Ok(response.map(|body| ResponseBody::mapped(Box::pin(body), broken)))
        })
    }
}

fn broken(error: impl Into<Box<dyn StdError + Send + Sync>>) -> TransportError {
    transport_error(TransportErrorKind::Connection, error)
}

fn transport_error(
    kind: TransportErrorKind,
    error: impl Into<Box<dyn StdError + Send + Sync>>,
) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::new(kind, error),
    }
}
