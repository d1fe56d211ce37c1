//! Builders for calls.
//!
//! The methods of the SDK return a [`Request`]. Options can be set until it is awaited, which sends
//! the call. The implementation is independent of the response type, so that large APIs compile
//! quickly.

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

/// A call that returns `T` when awaited.
///
/// Dropping the request, or the future that it becomes, cancels the call.
#[must_use = "requests do nothing unless awaited"]
pub struct Request<'c, T> {
    pub(crate) client: &'c Client,
    pub(crate) parts: Box<RequestParts>,
    pub(crate) output: PhantomData<fn() -> T>,
}

impl<'c, T: FromResponse> Request<'c, T> {
    /// Creates a call to a path template, such as `/pets/{id}`.
    #[doc(hidden)]
    pub fn new(client: &'c Client, method: Method, path: &'static str) -> Self {
        Self::with_path(client, method, Cow::Borrowed(path))
    }

    /// Creates a call with a method that [`Method`] does not define, such as `QUERY`.
    #[doc(hidden)]
    pub fn with_method(client: &'c Client, method: &'static str, path: &'static str) -> Self {
        match Method::from_bytes(method.as_bytes()) {
            Ok(method) => Self::new(client, method, path),
            Err(_) => {
                let mut request = Self::new(client, Method::GET, path);
                let message = format!("`{method}` is not a valid HTTP method");
                request.parts.fail(BuildError::new(message));
                request
            }
        }
    }

    pub(crate) fn with_path(client: &'c Client, method: Method, path: Cow<'static, str>) -> Self {
        Self {
            client,
            parts: Box::new(RequestParts::new(method, path)),
            output: PhantomData,
        }
    }

    /// Creates a call to a URL outside of the API, such as one that a response names for an upload.
    ///
    /// The call has the client's timeout and retries. It has none of the client's credentials,
    /// headers and query parameters, except for `User-Agent`.
    pub fn to_url(client: &'c Client, method: Method, url: impl Into<String>) -> Self {
        let mut request = Self::with_path(client, method, Cow::Owned(url.into()));
        request.parts.is_external = true;
        request.parts.is_anonymous = true;
        request
    }

    /// Changes the response type.
    pub fn cast<U: FromResponse>(self) -> Request<'c, U> {
        Request {
            client: self.client,
            parts: self.parts,
            output: PhantomData,
        }
    }

    /// Returns the response in addition to the decoded value.
    pub fn with_response(self) -> Request<'c, (T, Response)> {
        self.cast()
    }

    /// Declares that the response is one page of a list, with the given pagination style.
    pub fn paged(mut self, style: PageStyle) -> Request<'c, Page<T>> {
        self.parts.paging = Some(Box::new(Paging::new(style)));
        Request {
            client: self.client,
            parts: self.parts,
            output: PhantomData,
        }
    }

    /// Sends the call and blocks until it completes, for code that is not async.
    ///
    /// # Errors
    ///
    /// Returns the errors of awaiting the call. In async code, returns an error without sending the
    /// call.
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> Result<T, Error> {
        crate::runtime::blocking::wait(self)?
    }

    /// Sends the call.
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
            output: PhantomData,
        }
    }
}

impl<T> Request<'_, T> {
    /// Returns the request without its response type.
    pub(crate) fn parts_mut(&mut self) -> &mut RequestParts {
        &mut self.parts
    }
}

/// Options for a single call.
impl<T> Request<'_, T> {
    /// Sets the timeout of each attempt, including the time to read the response.
    ///
    /// For downloads and event streams, it is the time until the response head arrives. A download
    /// then also times out after this time without data.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.parts.timeout = Some(limit);
        self
    }

    /// Sets the maximum time of the whole call, including all attempts, the delays between them,
    /// and the time to read the response.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.parts.deadline = Some(limit);
        self
    }

    /// Sets the maximum number of retries. With 0, the call is sent once.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.parts.max_retries = Some(retries);
        self
    }

    /// Sets a header, and overrides one from the SDK, the client or the parameters.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.set_header(name.as_ref(), value.as_ref());
        self
    }

    /// Removes a header from any source.
    pub fn remove_header(mut self, name: impl AsRef<str>) -> Self {
        self.parts.remove_header(name.as_ref());
        self
    }

    /// Sends the call without credentials, for a server that does not require the documented ones.
    /// Headers that are set explicitly are still sent.
    pub fn anonymous(mut self) -> Self {
        self.parts.is_anonymous = true;
        self
    }

    /// Sets a query parameter, and overrides one from the client or the parameters.
    pub fn query(mut self, name: impl AsRef<str>, value: impl fmt::Display) -> Self {
        self.parts.set_query(name.as_ref(), &value);
        self
    }

    /// Removes a query parameter from any source.
    pub fn remove_query(mut self, name: impl AsRef<str>) -> Self {
        self.parts.remove_query(name.as_ref());
        self
    }

    /// Sets a property of a JSON or form body, and overrides one from the parameters. Adds a part
    /// to a multipart body.
    pub fn extra_body(mut self, name: impl AsRef<str>, value: impl Encode) -> Self {
        self.parts.set_property(name.as_ref(), &value);
        self
    }

    /// Sets the idempotency key, by which the server recognizes a repeated call.
    ///
    /// Operations that use such keys generate one by default, and keep it across retries.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.parts.idempotency_key = Some(key.into());
        self
    }

    /// Sets the body to the JSON of a value.
    pub fn json(mut self, value: &impl Encode) -> Self {
        self.parts.json(value);
        self
    }

    /// Sets the body to a file.
    ///
    /// The default media type is `application/octet-stream`.
    pub fn upload(mut self, upload: impl Into<Upload>) -> Self {
        self.parts
            .upload(&upload.into(), "application/octet-stream");
        self
    }

    /// Sets a function that is called after each chunk of the body with the number of bytes sent.
    ///
    /// The number restarts with each retry.
    pub fn on_upload(mut self, call: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.parts.progress = Some(Arc::new(call));
        self
    }

    /// Sets the body to bytes.
    pub fn body(mut self, bytes: impl Into<bytes::Bytes>, content_type: &str) -> Self {
        self.parts.bytes(bytes).content_type(content_type);
        self
    }

    /// Sends the call without a body, if the API does not require one.
    pub fn without_body(mut self) -> Self {
        self.parts.remove_body();
        self
    }
}

/// Declarations by generated code.
#[doc(hidden)]
impl<T> Request<'_, T> {
    /// Sets a path parameter. An empty value results in an error when the call is sent.
    pub fn path(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.parts.set_path(name, &value);
        self
    }

    /// Sets a path parameter of any type.
    pub fn path_value(mut self, name: &'static str, value: &impl Encode, style: PathStyle) -> Self {
        self.parts.set_path_value(name, value, style);
        self
    }

    /// Adds the parameters of the operation.
    pub fn params(mut self, params: &dyn Params) -> Self {
        params.apply(&mut self.parts);
        self
    }

    /// Sets the requested media type, instead of the one that the response type implies.
    pub fn accept(mut self, media_type: &'static str) -> Self {
        self.parts.accept = Some(media_type);
        self
    }

    /// Returns the value of a property of the response instead of the whole response.
    pub fn property(mut self, name: &'static str) -> Self {
        self.parts.property = Some(name);
        self
    }

    /// Replaces the API's security requirement. An empty list means that no credentials are
    /// required.
    pub fn security(mut self, requirement: &'static [&'static [&'static str]]) -> Self {
        self.parts.security = Some(requirement);
        self
    }

    /// Sends the call to the operation's own server, unless the client has an explicit base URL.
    pub fn server(mut self, url: &'static str) -> Self {
        self.parts.server = Some(url);
        self
    }

    /// Sets the default timeout of an attempt. The call's and the client's timeouts take
    /// precedence.
    pub fn default_timeout(mut self, limit: Duration) -> Self {
        self.parts.operation_defaults.timeout = Some(limit);
        self
    }

    /// Sets the default number of retries. The call's and the client's limits take precedence.
    pub fn default_max_retries(mut self, retries: u32) -> Self {
        self.parts.operation_defaults.max_retries = Some(retries);
        self
    }

    /// Declares that the operation accepts idempotency keys in the given header.
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

/// A future for a call in progress.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct ResponseFuture<'c, T> {
    origin: Option<Arc<PageOrigin>>,
    inner: BoxFuture<'c, Result<Incoming, Error>>,
    output: PhantomData<fn() -> T>,
}

impl<T: FromResponse> Future for ResponseFuture<'_, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.inner.as_mut().poll(context).map(|result| {
            let mut incoming = result?;
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
