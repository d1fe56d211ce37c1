//! A mock transport for tests of applications: it returns prepared responses and records requests.
//!
//! It uses neither a server nor a network. An unexpected call fails with a list of the prepared
//! responses.

mod reply;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;

pub use self::reply::Reply;
use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::codec::{self, Decode, DecodeError};
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// Path of a request without the path of the base URL, stored as a request extension.
#[derive(Debug, Clone)]
pub(crate) struct CallPath(pub(crate) String);

/// A transport that returns prepared responses. Clones share their state.
///
/// ```text
/// let mock = Mock::new();
/// mock.on(Method::GET, "/pets/{id}", &pet);
/// let client = Client::builder().transport(mock.clone()).api_key("test").build()?;
/// // … run the code under test …
/// assert_eq!(mock.requests()[0].path, "/pets/7");
/// mock.verify();
/// ```
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    routes: Vec<MockRoute>,
    requests: Vec<Recorded>,
    unexpected: Vec<String>,
}

struct MockRoute {
    method: Method,
    path: String,
    reply: Reply,
    /// Whether the response is used only once.
    once: bool,
}

/// A recorded request.
#[derive(Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// HTTP method.
    pub method: Method,
    /// Path without the path of the base URL, which is the client's or that of the operation's own
    /// server.
    pub path: String,
    /// Decoded query parameters. A repeated parameter has several values.
    pub query: BTreeMap<String, Vec<String>>,
    /// Request headers.
    pub headers: HeaderMap,
    /// Request body.
    pub body: Bytes,
}

impl Recorded {
    /// Returns the first value of a query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.first().map(String::as_str)
    }

    /// Returns the text of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON of type `T`.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        codec::from_slice(&self.body)
    }
}

impl fmt::Debug for Recorded {
    /// Omits values that may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Mock {
    /// Creates a mock without responses.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the response to all calls of a method and a path.
    ///
    /// In a path template such as `/pets/{id}`, each name in braces matches any text within a
    /// segment. If several responses match a call, the first one that was added is used.
    pub fn on(&self, method: Method, path: &str, reply: impl Into<Reply>) -> &Self {
        self.add(method, path, reply.into(), false)
    }

    /// Adds a response for the next matching call only. Several such responses form a queue.
    pub fn once(&self, method: Method, path: &str, reply: impl Into<Reply>) -> &Self {
        self.add(method, path, reply.into(), true)
    }

    /// Returns all requests so far, including unexpected ones.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    /// Checks that all calls were expected, and that each one-time response was used.
    ///
    /// # Panics
    ///
    /// Panics with a list of the problems, if there are any.
    #[track_caller]
    pub fn verify(&self) {
        let state = self.state();
        let unexpected = state
            .unexpected
            .iter()
            .map(|call| format!("unexpected call: {call}"));
        let missing = state
            .routes
            .iter()
            .filter(|route| route.once)
            .map(|route| format!("never called: {} {}", route.method, route.path));
        let wrong: Vec<String> = unexpected.chain(missing).collect();
        drop(state);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn add(&self, method: Method, path: &str, reply: Reply, once: bool) -> &Self {
        self.state().routes.push(MockRoute {
            method,
            path: path.to_owned(),
            reply,
            once,
        });
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn reply_to(&mut self, request: Recorded) -> Reply {
        let found = self.routes.iter().position(|route| {
            route.method == request.method && matches(&route.path, &request.path)
        });
        let reply = match found {
            Some(index) if self.routes.get(index).is_some_and(|route| route.once) => {
                Some(self.routes.remove(index).reply)
            }
            Some(index) => self.routes.get(index).map(|route| route.reply.clone()),
            None => None,
        };
        let reply = reply.unwrap_or_else(|| {
            self.unexpected.push(format!("{request:?}"));
            Reply::fails(TransportErrorKind::Request, self.unexpected(&request))
        });
        self.requests.push(request);
        reply
    }

    fn unexpected(&self, request: &Recorded) -> String {
        let known = self.routes.iter();
        let known: Vec<String> = known
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        match known.as_slice() {
            [] => format!("the mock has no response to {request:?}; no responses are prepared"),
            known => format!(
                "the mock has no response to {request:?}; prepared: {}",
                known.join(", ")
            ),
        }
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let (head, body) = request.into_parts();
        Box::pin(async move {
            let body = body.collect().await;
            let body =
                body.map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
            let reply = self.state().reply_to(recorded(head, body));
            reply.into_response()
        })
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mock")
    }
}

fn recorded(head: http::request::Parts, body: Bytes) -> Recorded {
    let path = match head.extensions.get::<CallPath>() {
        Some(CallPath(path)) => path.clone(),
        None => head.uri.path().to_owned(),
    };
    let mut query: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let text = head.uri.query().unwrap_or_default();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        query
            .entry(name.into_owned())
            .or_default()
            .push(value.into_owned());
    }
    Recorded {
        method: head.method,
        path,
        query,
        headers: head.headers,
        body,
    }
}

/// Returns `true` if a path matches a template.
fn matches(template: &str, path: &str) -> bool {
    let (mut templates, mut segments) = (template.split('/'), path.split('/'));
    loop {
        match (templates.next(), segments.next()) {
            (None, None) => return true,
            (Some(template), Some(segment)) if is_segment(template, segment) => {}
            _ => return false,
        }
    }
}

/// Returns `true` if a segment matches a template segment. Placeholders match any non-empty text.
fn is_segment(template: &str, segment: &str) -> bool {
    let Some((start, rest)) = template.split_once('{') else {
        let decoded = percent_decode_str(segment).decode_utf8_lossy();
        return template == segment || template == decoded;
    };
    let Some(mut text) = segment.strip_prefix(start) else {
        return false;
    };
    let mut rest = rest.split_once('}').map_or("", |(_, after)| after);
    while let Some((literal, next)) = rest.split_once('{') {
        let Some(at) = text.get(1..).and_then(|tail| tail.find(literal)) else {
            return false;
        };
        text = text.get(1 + at + literal.len()..).unwrap_or_default();
        rest = next.split_once('}').map_or("", |(_, after)| after);
    }
    text.strip_suffix(rest)
        .is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn templates_match_segment_by_segment() {
        for (template, path) in [
            ("/pets", "/pets"),
            ("/pets/{id}", "/pets/7"),
            ("/pets/{id}/photos", "/pets/a%2Fb/photos"),
            ("/pets/a b", "/pets/a%20b"),
            ("/files/{name}.json", "/files/x.json"),
            ("/{a}..{b}", "/1..2"),
        ] {
            assert!(matches(template, path), "{template} {path}");
        }
        for (template, path) in [
            ("/pets", "/pets/7"),
            ("/pets/{id}", "/pets"),
            ("/pets/{id}", "/pets/"),
            ("/pets/{id}", "/pets/7/photos"),
            ("/files/{name}.json", "/files/.json"),
            ("/{a}..{b}", "/1.2"),
        ] {
            assert!(!matches(template, path), "{template} {path}");
        }
    }
}
