//! `reqwest` over the `fetch` of a browser.
//!
//! What JavaScript hands out stays with the thread that it was made on. There is one thread here, so
//! wrappers say that it can move, as the rest of the SDK wants it.

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
    /// Makes a client that leaves retries to the SDK.
    ///
    /// # Errors
    ///
    /// It does not fail here.
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
            let mut answer = http::Response::builder().status(response.status());
            if let Some(headers) = answer.headers_mut() {
                headers.clone_from(response.headers());
            }
            let body = SendWrapper::new(Box::pin(response.bytes_stream()));
            answer
                .body(ResponseBody::new(Received(body)))
                .map_err(|error| TransportError::new(TransportErrorKind::Connection, error))
        }))
    }
}

/// The body of an answer, with this SDK's error.
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
