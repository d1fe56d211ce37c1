//! A call that is described and not yet made.
//!
//! A method of the SDK returns a [`Request`]; awaiting it makes the call. Until then
//! its options can be changed one by one. All work is done by code that does not know
//! the type of the answer, so that a large API stays cheap to compile.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Method;

use crate::runtime::client::Client;
use crate::runtime::codec::Encode;
use crate::runtime::error::{BuildError, Error};
use crate::runtime::page::{Page, PageOrigin, PageStyle, Paging};
use crate::runtime::path::PathStyle;
use crate::runtime::progress::Progress;
use crate::runtime::request_parts::{Params, RequestParts};
use crate::runtime::response::{FromResponse, Incoming, Response};
use crate::runtime::send::{self, ResponseMode};
use crate::runtime::transport::BoxFuture;
use crate::runtime::upload::Upload;

/// A call that returns `T` when it is awaited.
///
/// Dropping it, or the future that it becomes, gives the call up.
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<'c, T> {
    pub(crate) client: &'c Client,
    pub(crate) parts: Box<RequestParts>,
    pub(crate) answer: PhantomData<fn() -> T>,
}

impl<'c, T: FromResponse> Request<'c, T> {
    /// Describes a call to a path template, such as `/pets/{id}`.
    pub fn new(client: &'c Client, method: Method, path: &'static str) -> Self {
        Self::with_path(client, method, Cow::Borrowed(path))
    }

    /// Describes a call with a method that [`Method`] has no name for, such as `QUERY`.
    pub fn with_method(client: &'c Client, method: &'static str, path: &'static str) -> Self {
        match Method::from_bytes(method.as_bytes()) {
            Ok(method) => Self::new(client, method, path),
            Err(_) => {
                let mut request = Self::new(client, Method::GET, path);
                let message = format!("`{method}` is no HTTP method");
                request.parts.fail(BuildError::new(message));
                request
            }
        }
    }

    pub(crate) fn with_path(client: &'c Client, method: Method, path: Cow<'static, str>) -> Self {
        Self {
            client,
            parts: Box::new(RequestParts::new(method, path)),
            answer: PhantomData,
        }
    }

    /// Makes the same call for an answer of another type.
    pub fn cast<U: FromResponse>(self) -> Request<'c, U> {
        Request {
            client: self.client,
            parts: self.parts,
            answer: PhantomData,
        }
    }

    /// Returns the whole answer next to the value that is read from it.
    pub fn with_response(self) -> Request<'c, (T, Response)> {
        self.cast()
    }

    /// Says that the answer is a page of a list, and how its next page is asked for.
    pub fn paged(mut self, style: PageStyle) -> Request<'c, Page<T>> {
        self.parts.paging = Some(Box::new(Paging::new(style)));
        Request {
            client: self.client,
            parts: self.parts,
            answer: PhantomData,
        }
    }

    /// Makes the call and waits for it, where no async code runs; `spawn_blocking` is such a place.
    ///
    /// # Errors
    ///
    /// As awaiting it, and in async code, where a call is to be awaited.
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> Result<T, Error> {
        crate::runtime::blocking::wait(self)?
    }

    /// Makes the call.
    pub fn send(self) -> ResponseFuture<'c, T> {
        ResponseFuture {
            origin: PageOrigin::from_request(self.client, &self.parts),
            inner: send::send(
                self.client,
                self.parts,
                ResponseMode {
                    accept: T::ACCEPT,
                    live: T::LIVE,
                },
            ),
            answer: PhantomData,
        }
    }
}

impl<T> Request<'_, T> {
    /// The request without the type of its answer.
    pub(crate) fn parts_mut(&mut self) -> &mut RequestParts {
        &mut self.parts
    }
}

/// What callers can change about one call.
impl<T> Request<'_, T> {
    /// Limits how long each attempt may take, the reading of its answer included.
    ///
    /// Of an answer that is read as it comes, such as a download or a stream of events, it is the
    /// time until its head is here. After that, a download may be silent for as long.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.parts.timeout = Some(limit);
        self
    }

    /// Limits how long the call may take as a whole: all attempts, the waits between them, and the
    /// reading of its answer.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.parts.deadline = Some(limit);
        self
    }

    /// Limits how often the call is repeated; with 0 it is made once.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.parts.max_retries = Some(retries);
        self
    }

    /// Sets a header, in place of one that the SDK, the client or the parameters set.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.set_header(name.as_ref(), value.as_ref());
        self
    }

    /// Leaves a header out, whoever set it.
    pub fn remove_header(mut self, name: impl AsRef<str>) -> Self {
        self.parts.remove_header(name.as_ref());
        self
    }

    /// Makes the call without credentials, where the server needs none although the API's description
    /// says so. Headers that are set by hand are sent.
    pub fn anonymous(mut self) -> Self {
        self.parts.is_anonymous = true;
        self
    }

    /// Sets a query parameter, in place of one that the client or the parameters set.
    pub fn query(mut self, name: impl AsRef<str>, value: impl fmt::Display) -> Self {
        self.parts.set_query(name.as_ref(), &value);
        self
    }

    /// Leaves a query parameter out, whoever set it.
    pub fn remove_query(mut self, name: impl AsRef<str>) -> Self {
        self.parts.remove_query(name.as_ref());
        self
    }

    /// Sets a member of the JSON object or the form that is the body, in place of one that the
    /// parameters set. To a multipart body it adds a part.
    pub fn extra_body(mut self, name: impl AsRef<str>, value: impl Encode) -> Self {
        self.parts.set_member(name.as_ref(), &value);
        self
    }

    /// Sets the key by which the server knows a repeated call for the same one.
    ///
    /// Without it, a call that takes such keys makes one up and keeps it for its retries.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.parts.idempotency_key = Some(key.into());
        self
    }

    /// Makes the JSON form of a value the body.
    pub fn json(mut self, value: &impl Encode) -> Self {
        self.parts.json(value);
        self
    }

    /// Makes a file the body.
    ///
    /// Its media type is `application/octet-stream` unless it has one of its own.
    pub fn upload(mut self, upload: impl Into<Upload>) -> Self {
        self.parts
            .upload(&upload.into(), "application/octet-stream");
        self
    }

    /// Calls a function for each chunk of the body that is sent, with the number of bytes so far.
    ///
    /// With each retry it starts over.
    pub fn on_upload(mut self, call: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.parts.progress = Some(Arc::new(call));
        self
    }

    /// Makes bytes the body.
    pub fn body(mut self, bytes: impl Into<bytes::Bytes>, content_type: &str) -> Self {
        self.parts.bytes(bytes).content_type(content_type);
        self
    }

    /// Sends no body, where the API allows a call without one.
    pub fn without_body(mut self) -> Self {
        self.parts.remove_body();
        self
    }
}

/// What generated code says about an operation.
impl<T> Request<'_, T> {
    /// Fills a placeholder of the path. An empty value is refused when the call is made.
    pub fn path(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.parts.set_path(name, &value);
        self
    }

    /// Fills a placeholder of the path with a value of any type.
    pub fn path_value(mut self, name: &'static str, value: &impl Encode, style: PathStyle) -> Self {
        self.parts.set_path_value(name, value, style);
        self
    }

    /// Adds the parameters of the operation.
    pub fn params(mut self, params: &dyn Params) -> Self {
        params.apply(&mut self.parts);
        self
    }

    /// Asks for another media type than the type of the answer suggests.
    pub fn accept(mut self, media_type: &'static str) -> Self {
        self.parts.accept = Some(media_type);
        self
    }

    /// Returns the value of a property of the response in place of the whole response.
    pub fn property(mut self, name: &'static str) -> Self {
        self.parts.property = Some(name);
        self
    }

    /// Replaces the API's security requirement; an empty list is none at all.
    pub fn security(mut self, requirement: &'static [&'static [&'static str]]) -> Self {
        self.parts.security = Some(requirement);
        self
    }

    /// Sends the call to a server of its own, unless the client was given a base URL.
    pub fn server(mut self, url: &'static str) -> Self {
        self.parts.server = Some(url);
        self
    }

    /// Says how long an attempt of this operation may take, unless the call or the client does.
    pub fn default_timeout(mut self, limit: Duration) -> Self {
        self.parts.usual.timeout = Some(limit);
        self
    }

    /// Says how often this operation is repeated, unless the call or the client does.
    pub fn default_max_retries(mut self, retries: u32) -> Self {
        self.parts.usual.max_retries = Some(retries);
        self
    }

    /// Says that the server takes idempotency keys for this operation, in `Idempotency-Key`.
    pub fn idempotent(self) -> Self {
        self.idempotency_header("Idempotency-Key")
    }

    /// Says that the server takes idempotency keys for this operation, in a header of its own.
    pub fn idempotency_header(mut self, name: &'static str) -> Self {
        self.parts.idempotency_header = Some(name);
        self
    }
}

impl<T> fmt::Debug for Request<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Request").field(&self.parts).finish()
    }
}

impl<'c, T: FromResponse> IntoFuture for Request<'c, T> {
    type Output = Result<T, Error>;
    type IntoFuture = ResponseFuture<'c, T>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// A call being made.
#[must_use = "futures do nothing unless they are awaited"]
pub struct ResponseFuture<'c, T> {
    origin: Option<Arc<PageOrigin>>,
    inner: BoxFuture<'c, Result<Incoming, Error>>,
    answer: PhantomData<fn() -> T>,
}

impl<T: FromResponse> Future for ResponseFuture<'_, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.inner.as_mut().poll(context).map(|answer| {
            let mut incoming = answer?;
            incoming.response.origin = self.origin.take();
            T::from_incoming(incoming)
        })
    }
}

impl<T> fmt::Debug for ResponseFuture<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
