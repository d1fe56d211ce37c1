//! Rules for redirects.
//!
//! Within an origin, the whole request is sent again. Another origin receives only headers that
//! describe the message, so that credentials under any name stay private. It does not receive the
//! body either, which was intended for the first origin. A redirect from `https` to `http` is
//! rejected.

use http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
    LOCATION, TRANSFER_ENCODING, USER_AGENT,
};
use http::{Method, StatusCode, Uri};
use url::Url;

use crate::runtime::body::Body;
use crate::runtime::send::RETRY_COUNT;

/// Maximum number of redirects of an attempt.
pub(crate) const MAX_REDIRECTS: usize = 10;

/// A request in a form that can be sent again.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// Returns the request that a response redirects to.
///
/// Returns `None` if the response is not a redirect, or has no `Location`.
pub(crate) fn next(
    sent: &Outgoing,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<Option<Outgoing>, &'static str> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = headers.get(LOCATION) else {
        return Ok(None);
    };
    let (from, to) =
        target(&sent.uri, location.as_bytes()).ok_or("the server redirects to an invalid URL")?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err("the server redirects from https to http");
    }
    let mut next = sent.clone();
    next.uri = Uri::try_from(to.as_str()).map_err(|_| "the server redirects to an invalid URL")?;
    if becomes_get(status, &sent.method) {
        next.method = Method::GET;
        next.body = Body::empty();
        for name in [
            CONTENT_TYPE,
            CONTENT_LENGTH,
            CONTENT_ENCODING,
            TRANSFER_ENCODING,
        ] {
            next.headers.remove(name);
        }
    }
    if from.origin() != to.origin() {
        if !next.body.is_empty() {
            return Err("the server redirects the body to another origin");
        }
        next.headers = shareable_headers(&next.headers);
    }
    Ok(Some(next))
}

/// Returns the URL of a request, and the URL that `Location` resolves to.
pub(crate) fn target(sent: &Uri, location: &[u8]) -> Option<(Url, Url)> {
    let from = Url::parse(&sent.to_string()).ok()?;
    let mut to = from.join(std::str::from_utf8(location).ok()?).ok()?;
    to.set_fragment(None);
    let http = matches!(to.scheme(), "http" | "https") && to.has_host();
    (http && to.set_username("").is_ok() && to.set_password(None).is_ok()).then_some((from, to))
}

/// Returns `true` if the redirect changes the method to `GET`. As in browsers, this happens for
/// 303, and for 301 and 302 after a `POST`.
fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status.as_u16() {
        303 => *method != Method::HEAD,
        301 | 302 => *method == Method::POST,
        _ => false,
    }
}

/// Returns the headers that any server may receive.
pub(crate) fn shareable_headers(headers: &HeaderMap) -> HeaderMap {
    const HARMLESS: [HeaderName; 6] = [
        ACCEPT,
        ACCEPT_LANGUAGE,
        CONTENT_LENGTH,
        CONTENT_ENCODING,
        CONTENT_TYPE,
        USER_AGENT,
    ];

    headers
        .iter()
        .filter(|(name, _)| HARMLESS.contains(name) || **name == RETRY_COUNT)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
