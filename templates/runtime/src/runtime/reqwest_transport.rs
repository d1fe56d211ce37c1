//! The default transport, based on `reqwest`.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod browser;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod native;

use crate::runtime::transport::{TransportError, TransportErrorKind};

/// A transport that sends requests with a [`reqwest::Client`].
///
/// In a browser, `reqwest` uses `fetch`. It follows redirects by its own rules. A streamed body is
/// read into memory before it is sent.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl From<reqwest::Client> for ReqwestTransport {
    /// Wraps a client. The client should not follow redirects: the SDK does, and it knows which
    /// headers are credentials.
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Classifies an error of `reqwest`. The URL is removed, because its query may contain a key.
fn transport_error(error: reqwest::Error) -> TransportError {
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    let is_connect = error.is_connect();
    // Browsers do not report whether the connection was established.
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    let is_connect = false;
    let kind = if is_connect {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_builder() {
        TransportErrorKind::Request
    } else {
        TransportErrorKind::Connection
    };
    TransportError::new(kind, error.without_url())
}
