//! Complete responses, and their conversion into values.

mod from_response;
mod idle_timer;
mod live;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use self::from_response::FromResponse;
pub use self::live::Incoming;
pub(crate) use self::live::LiveBody;
use crate::runtime::page::PageOrigin;

/// A response from the server.
#[derive(Clone)]
pub struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) retries: u32,
    /// Header with the request ID, if the API declares one.
    pub(crate) id_header: Option<&'static str>,
    /// Property of the body that the call returns, if it is not the whole body.
    pub(crate) property: Option<&'static str>,
    /// Request of the response, if the response is a page of a list.
    pub(crate) origin: Option<Arc<PageOrigin>>,
}

impl Response {
    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the request ID from the server, for use in support requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        crate::runtime::error::request_id(self)
    }

    /// Returns the body as received.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// Returns the body as text. Invalid UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Returns the number of retries that were made before this response.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.retries
    }

    /// Returns the body as JSON text: without a byte order mark, and `null` if the body is empty.
    pub(crate) fn json(&self) -> &[u8] {
        let body = self
            .body
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(&self.body);
        if body.is_empty() { b"null" } else { body }
    }

    /// Returns the media type in lower case, without its parameters.
    pub(crate) fn media_type(&self) -> Option<String> {
        let value = self.headers.get(http::header::CONTENT_TYPE)?;
        let kind = value.to_str().ok()?.split(';').next()?;
        Some(kind.trim().to_ascii_lowercase())
    }

    /// Returns `true` if the content type is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.media_type().is_some_and(|kind| {
            kind == "application/json" || kind == "text/json" || kind.ends_with("+json")
        })
    }
}

impl fmt::Debug for Response {
    /// Omits the body and the header values, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field(
                "headers",
                &self
                    .headers
                    .keys()
                    .map(http::HeaderName::as_str)
                    .collect::<Vec<_>>(),
            )
            .field("body_len", &self.body.len())
            .field("retries", &self.retries)
            .finish()
    }
}
