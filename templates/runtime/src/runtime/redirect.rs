//! Where a redirect leads, and what may go there.
//!
//! Within an origin everything is sent again. To another origin go only the headers
//! that describe the message, so that no credential follows, under whatever name. No body
//! goes there either, since what it says was meant for the first. From `https` nothing goes
//! to `http`.

use http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
    LOCATION, TRANSFER_ENCODING, USER_AGENT,
};
use http::{Method, StatusCode, Uri};
use url::Url;

use crate::runtime::body::Body;
use crate::runtime::send::RETRY_COUNT;

/// How many redirects one attempt follows.
pub(crate) const LIMIT: usize = 10;

/// A request in the form in which it can be sent again.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// The request that an answer redirects to.
///
/// `None` if the answer is no redirect, or does not say where it leads.
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
    let (from, to) = target(&sent.uri, location.as_bytes())
        .ok_or("the server redirects to something that is not a URL")?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err("the server redirects from https to an unprotected connection");
    }
    let mut next = sent.clone();
    next.uri = Uri::try_from(to.as_str())
        .map_err(|_| "the server redirects to something that is not a URL")?;
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
        next.headers = harmless(&next.headers);
    }
    Ok(Some(next))
}

/// The URL of a request, and the one that its answer's `Location` means.
pub(crate) fn target(sent: &Uri, location: &[u8]) -> Option<(Url, Url)> {
    let from = Url::parse(&sent.to_string()).ok()?;
    let mut to = from.join(std::str::from_utf8(location).ok()?).ok()?;
    to.set_fragment(None);
    let http = matches!(to.scheme(), "http" | "https") && to.has_host();
    (http && to.set_username("").is_ok() && to.set_password(None).is_ok()).then_some((from, to))
}

/// As browsers do it: 303 always, 301 and 302 after a `POST`.
fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status.as_u16() {
        303 => *method != Method::HEAD,
        301 | 302 => *method == Method::POST,
        _ => false,
    }
}

/// The headers that any server may see.
pub(crate) fn harmless(headers: &HeaderMap) -> HeaderMap {
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
