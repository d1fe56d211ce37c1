//! A transport for tests of applications: it answers from values, and records what was sent.
//!
//! No server and no network are involved. A call that no answer was laid down for fails, and says
//! which there are.

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

/// The path of a request without that of the base URL, as an extension of it.
#[derive(Debug, Clone)]
pub(crate) struct CallPath(pub(crate) String);

/// A transport that answers by what was laid down before. Its clones are the same mock.
///
/// ```text
/// let mock = Mock::new();
/// mock.on(Method::GET, "/pets/{id}", &pet);
/// let client = Client::builder().transport(mock.clone()).api_key("test").build()?;
/// // … run what is to be tested …
/// assert_eq!(mock.requests()[0].path, "/pets/7");
/// mock.verify();
/// ```
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: Vec<MockRoute>,
    requests: Vec<Recorded>,
    unexpected: Vec<String>,
}

struct MockRoute {
    method: Method,
    path: String,
    reply: Reply,
    /// Whether it is for one request only.
    once: bool,
}

/// A request as it was sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The path, without that of the base URL: the client's, or that of the operation's own server.
    pub path: String,
    /// The query, decoded; of parameters that are repeated, all values.
    pub query: BTreeMap<String, Vec<String>>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Recorded {
    /// The first value of a query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.first().map(String::as_str)
    }

    /// The text of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as a value.
    ///
    /// # Errors
    ///
    /// Fails when it is not JSON of that form.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        codec::from_slice(&self.body)
    }
}

impl fmt::Debug for Recorded {
    /// Leaves out what may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Mock {
    /// A mock that answers nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lays down the answer to all calls of a method and a path, such as `/pets/{id}`, where each
    /// name in braces stands for any text within a segment.
    ///
    /// Of several answers to a call the one that was laid down first is given.
    pub fn on(&self, method: Method, path: &str, reply: impl Into<Reply>) -> &Self {
        self.add(method, path, reply.into(), false)
    }

    /// Lays down the answer to the next such call only; several make a queue.
    pub fn once(&self, method: Method, path: &str, reply: impl Into<Reply>) -> &Self {
        self.add(method, path, reply.into(), true)
    }

    /// The requests so far, those that were not expected included.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    /// Checks that each call was expected, and that each answer that is for one call was given.
    ///
    /// # Panics
    ///
    /// If not, with a list of what is wrong.
    #[track_caller]
    pub fn verify(&self) {
        let state = self.state();
        let unexpected = state
            .unexpected
            .iter()
            .map(|call| format!("unexpected: {call}"));
        let missing = state
            .answers
            .iter()
            .filter(|answer| answer.once)
            .map(|answer| format!("never called: {} {}", answer.method, answer.path));
        let wrong: Vec<String> = unexpected.chain(missing).collect();
        drop(state);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn add(&self, method: Method, path: &str, reply: Reply, once: bool) -> &Self {
        self.state().answers.push(MockRoute {
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
    fn answer(&mut self, request: Recorded) -> Reply {
        let found = self.answers.iter().position(|answer| {
            answer.method == request.method && matches(&answer.path, &request.path)
        });
        let reply = match found {
            Some(index) if self.answers.get(index).is_some_and(|answer| answer.once) => {
                Some(self.answers.remove(index).reply)
            }
            Some(index) => self.answers.get(index).map(|answer| answer.reply.clone()),
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
        let known = self.answers.iter();
        let known: Vec<String> = known
            .map(|answer| format!("{} {}", answer.method, answer.path))
            .collect();
        match known.as_slice() {
            [] => format!("the mock has no answer to {request:?}, and none at all"),
            known => format!(
                "the mock has no answer to {request:?}, only to {}",
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
            let reply = self.state().answer(recorded(head, body));
            reply.into_answer()
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

/// Whether a path is one of a template.
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

/// Whether a segment is one of a template: its literal parts, and any text that is not empty between.
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
