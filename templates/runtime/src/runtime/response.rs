//! Whole answers, and what can be made from one.

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

/// An answer of the server, as it came.
#[derive(Clone)]
pub struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) retries: u32,
    /// The header that its id is in, if the API names one.
    pub(crate) id_header: Option<&'static str>,
    /// The property that the value of the call is in, if it is not the whole body.
    pub(crate) property: Option<&'static str>,
    /// Where it comes from, if it is a page of a list.
    pub(crate) origin: Option<Arc<PageOrigin>>,
}

impl Response {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id that the server gave the call, to quote in a report.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        crate::runtime::error::request_id(self)
    }

    /// The body as it came.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// How often the call was repeated before this answer came.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.retries
    }

    /// The body as JSON text: without a byte order mark, and `null` where there is none.
    pub(crate) fn json(&self) -> &[u8] {
        let body = self
            .body
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(&self.body);
        if body.is_empty() { b"null" } else { body }
    }

    /// Whether the answer says that it is JSON.
    pub(crate) fn says_json(&self) -> bool {
        let Some(Ok(kind)) = self
            .headers
            .get(http::header::CONTENT_TYPE)
            .map(|value| value.to_str())
        else {
            return false;
        };
        let kind = kind
            .split(';')
            .next()
            .unwrap_or(kind)
            .trim()
            .to_ascii_lowercase();
        kind == "application/json" || kind == "text/json" || kind.ends_with("+json")
    }
}

impl fmt::Debug for Response {
    /// Leaves out the body and the headers' values, which may be secrets.
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
