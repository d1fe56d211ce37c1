//! `reqwest` over sockets.

use super::{ReqwestTransport, transport_error};
use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

impl ReqwestTransport {
    /// Creates a client that leaves redirects and retries to the SDK.
    ///
    /// # Errors
    ///
    /// Returns an error if the TLS backend cannot be initialized.
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
            Ok(response.map(|body| ResponseBody::mapped(body, transport_error)))
        })
    }
}
