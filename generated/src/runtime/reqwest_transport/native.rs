//! `reqwest` over sockets.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{ReqwestTransport, transport_error};
use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

impl ReqwestTransport {
    /// Makes a client that leaves redirects and retries to the SDK.
    ///
    /// # Errors
    ///
    /// Fails when the TLS backend cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .map(Self)
            .map_err(|error| TransportError::new(TransportErrorKind::Request, error))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let request = request.map(|body| match body.as_bytes() {
                Some(bytes) => reqwest::Body::from(bytes.clone()),
                None if body.is_empty() => reqwest::Body::default(),
                None => reqwest::Body::wrap(body),
            });
            let request = reqwest::Request::try_from(request).map_err(transport_error)?;
            let response = self.0.execute(request).await.map_err(transport_error)?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| ResponseBody::new(Received(body))))
        })
    }
}

/// The body of an answer, with this SDK's error.
struct Received(reqwest::Body);

impl http_body::Body for Received {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0)
            .poll_frame(context)
            .map(|frame| frame.map(|frame| frame.map_err(transport_error)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
