//! The parts of a request that is being built. The files of this folder change them.
//!
//! [`RequestParts`] is the part of a [`Request`](crate::runtime::Request) that does not depend on
//! its response type, so this code is compiled only once. The first invalid argument is stored, and
//! reported when the request is sent.

mod body;
mod debug;
mod extra_body;
mod form;
mod headers;
mod idempotency;
mod invalid_argument;
mod multipart;
mod path;
mod query;
mod value_style;

use std::borrow::Cow;
use std::time::Duration;

use http::Method;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::body::Body;
use crate::runtime::error::BuildError;
use crate::runtime::events::EventOptions;
use crate::runtime::page::Paging;
use crate::runtime::progress::Hook;
use crate::runtime::query::Pair;

pub(crate) use self::headers::cookie;
pub use self::multipart::Multipart;
pub use self::value_style::ValueStyle;

/// The parameters of an operation.
pub trait Params {
    /// Adds the parameters to a request.
    fn apply(&self, request: &mut RequestParts);
}

/// A request without its response type.
#[derive(Clone)]
pub struct RequestParts {
    pub(crate) method: Method,
    pub(crate) template: Cow<'static, str>,
    pub(crate) values: Vec<(&'static str, String)>,
    pub(crate) query: Vec<Pair>,
    pub(crate) headers: HeaderMap,
    pub(crate) removed: Vec<HeaderName>,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Body,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) accept: Option<&'static str>,
    pub(crate) security: Option<&'static [&'static [&'static str]]>,
    /// Whether the call is sent without credentials, regardless of the API's requirements.
    pub(crate) is_anonymous: bool,
    /// Whether the template is a URL outside of the API.
    pub(crate) is_external: bool,
    pub(crate) server: Option<&'static str>,
    pub(crate) idempotency_header: Option<&'static str>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) operation_defaults: OperationDefaults,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) events: EventOptions,
    /// Maximum time without data while a response body is streamed.
    pub(crate) idle: Option<Duration>,
    pub(crate) progress: Option<Hook>,
    /// Property of the response that the call returns.
    pub(crate) property: Option<&'static str>,
    pub(crate) paging: Option<Box<Paging>>,
    pub(crate) failure: Option<BuildError>,
}

/// Defaults of an operation, which the caller's options override.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OperationDefaults {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
}

impl RequestParts {
    #[inline]
    pub(crate) fn new(method: Method, template: Cow<'static, str>) -> Self {
        Self {
            method,
            template,
            values: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            removed: Vec::new(),
            cookies: Vec::new(),
            body: Body::empty(),
            content_type: None,
            accept: None,
            security: None,
            is_anonymous: false,
            is_external: false,
            server: None,
            idempotency_header: None,
            idempotency_key: None,
            operation_defaults: OperationDefaults::default(),
            timeout: None,
            deadline: None,
            max_retries: None,
            events: EventOptions::default(),
            idle: None,
            progress: None,
            property: None,
            paging: None,
            failure: None,
        }
    }
}
