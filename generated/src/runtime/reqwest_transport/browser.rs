//! `reqwest` over the browser's `fetch`.
//!
//! JavaScript values are bound to the thread that created them. There is only one thread here, so
//! wrappers implement `Send`, which the rest of the SDK requires.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;
use send_wrapper::SendWrapper;

use super::{ReqwestTransport, transport_error};
use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

impl ReqwestTransport {
    /// Creates a client that leaves retries to the SDK.
    ///
    /// # Errors
    ///
    /// Never returns an error in browsers.
    pub fn new() -> Result<Self, TransportError> {
        Ok(Self(reqwest::Client::new()))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(SendWrapper::new(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await;
            let body =
                body.map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
            let request = http::Request::from_parts(head, body);
            let request = reqwest::Request::try_from(request).map_err(transport_error)?;
            let response = self.0.execute(request).await.map_err(transport_error)?;
            let mut converted = http::Response::builder().status(response.status());
            if let Some(headers) = converted.headers_mut() {
                headers.clone_from(response.headers());
            }
            let body = SendWrapper::new(Box::pin(response.bytes_stream()));
            converted
                .body(ResponseBody::new(Received(body)))
                .map_err(|error| TransportError::new(TransportErrorKind::Connection, error))
        }))
    }
}

/// A response body with this SDK's error type.
struct Received<S>(SendWrapper<Pin<Box<S>>>);

impl<S: Stream<Item = reqwest::Result<Bytes>>> http_body::Body for Received<S> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.0
            .as_mut()
            .poll_next(context)
            .map(|chunk| chunk.map(|chunk| chunk.map(Frame::data).map_err(transport_error)))
    }
}
