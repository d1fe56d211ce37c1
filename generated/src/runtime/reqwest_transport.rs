//! The transport that SDKs use by default: `reqwest`.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod browser;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod native;

use crate::runtime::transport::{TransportError, TransportErrorKind};

/// Sends requests with a [`reqwest::Client`].
///
/// In a browser that is `fetch`: it follows redirects by its own rules, and a body that is streamed
/// is read into memory before it is sent.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl From<reqwest::Client> for ReqwestTransport {
    /// Takes a client as it is. It should follow no redirects: the SDK does, and unlike
    /// the client it knows which headers are credentials.
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Sorts an error of `reqwest`, without the URL, whose query may hold a key.
fn transport_error(error: reqwest::Error) -> TransportError {
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    let is_connect = error.is_connect();
    // A browser does not say how far it came.
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
