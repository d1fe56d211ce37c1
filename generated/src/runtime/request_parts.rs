//! The parts of a request that is being built.
//!
//! [`RequestParts`] is the part of a [`Request`](crate::runtime::Request) that does not depend on
//! its response type, so this code is compiled only once. The first invalid argument is stored, and
//! reported when the request is sent.

mod extra_body;
mod form;
mod headers;
mod idempotency;
mod multipart;
mod value_style;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Method, header::CONTENT_TYPE};

use crate::runtime::body::Body;
use crate::runtime::codec::{Encode, Writer};
use crate::runtime::error::BuildError;
use crate::runtime::events::EventOptions;
use crate::runtime::flat_value::FlatValue;
use crate::runtime::page::Paging;
use crate::runtime::progress::Hook;
use crate::runtime::query::{self, Escape, Pair, QueryStyle};
use crate::runtime::upload::Upload;
use crate::runtime::{header, path, path::PathStyle};

pub(crate) use self::headers::cookie;
pub use self::multipart::Multipart;
pub use self::value_style::ValueStyle;
use self::value_style::header_text;

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

    /// Returns the path template. Paths that a caller wrote, which may contain IDs, are not
    /// templates.
    #[inline]
    pub(crate) fn described_path(&self) -> Option<&'static str> {
        match self.template {
            Cow::Borrowed(template) => Some(template),
            Cow::Owned(_) => None,
        }
    }

    /// Adds a query parameter. An absent value is omitted.
    #[inline]
    pub fn query(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: QueryStyle,
    ) -> &mut Self {
        self.write_query(name, value, style, Escape::All)
    }

    /// Adds a query parameter in which reserved characters, such as `/` and `:`, are not encoded.
    /// An absent value is omitted.
    #[inline]
    pub fn query_allow_reserved(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: QueryStyle,
    ) -> &mut Self {
        self.write_query(name, value, style, Escape::AllowReserved)
    }

    #[inline]
    fn write_query(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: QueryStyle,
        escape: Escape,
    ) -> &mut Self {
        match (FlatValue::from_value(value), style) {
            (None, _) => {}
            (Some(FlatValue::Text(text) | FlatValue::Literal(text)), QueryStyle::Whole) => {
                self.query.push(query::unencoded_pair(name, &text, escape));
            }
            (Some(flat), QueryStyle::Pairs) => {
                let form = self.checked(query::form(&flat)).flatten();
                self.query
                    .extend(form.map(|form| query::escaped(name, &form, escape)));
            }
            (Some(_), QueryStyle::Json | QueryStyle::Whole) => {
                let json = encoded(value);
                let text = String::from_utf8_lossy(&json);
                self.query.push(match style {
                    QueryStyle::Json => query::escaped(name, &text, escape),
                    _ => query::unencoded_pair(name, &text, escape),
                });
            }
            (Some(flat), _) => {
                let written = query::write(name, &flat, style, escape, &mut self.query);
                self.checked(written);
            }
        }
        self
    }

    /// Returns a valid value, and stores the error of an invalid one.
    #[inline]
    fn checked<T>(&mut self, result: Result<T, BuildError>) -> Option<T> {
        result.map_err(|error| self.fail(error)).ok()
    }

    /// Sets the body to the JSON of a value.
    #[inline]
    pub fn json(&mut self, value: &dyn Encode) -> &mut Self {
        self.set_body(encoded(value).into(), "application/json")
    }

    /// Sets the body to a JSON object with the properties that `properties` writes.
    pub fn json_with(&mut self, properties: impl FnOnce(&mut Writer)) -> &mut Self {
        let mut writer = Writer::new();
        writer.begin_object();
        properties(&mut writer);
        writer.end_object();
        self.set_body(writer.into_vec().into(), "application/json")
    }

    /// Sets the body to text.
    #[inline]
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.set_body(text.to_owned().into(), "text/plain; charset=utf-8")
    }

    /// Sets the body to bytes.
    pub fn bytes(&mut self, bytes: impl Into<Bytes>) -> &mut Self {
        self.set_body(Body::from(bytes), "application/octet-stream")
    }

    /// Sets the body to a file. `media_type` applies unless the file has its own media type.
    #[inline]
    pub fn upload(&mut self, upload: &Upload, media_type: &str) -> &mut Self {
        self.body = Body::pieces(vec![upload.content.clone()]);
        let own = upload.content_type.as_deref();
        self.content_type(own.unwrap_or(media_type))
    }

    /// Sets the content type of the body. Multipart types other than `multipart/form-data` receive
    /// the body's boundary.
    #[inline]
    pub fn content_type(&mut self, value: &str) -> &mut Self {
        let value = match self.boundary() {
            Some(boundary) if value.starts_with("multipart/") => {
                Cow::Owned(format!("{value}; boundary={boundary}"))
            }
            _ => Cow::Borrowed(value),
        };
        match header::value(&CONTENT_TYPE, &value) {
            Ok(value) => self.content_type = Some(value),
            Err(error) => self.fail(error),
        }
        self
    }

    #[inline]
    pub(crate) fn remove_body(&mut self) {
        self.body = Body::empty();
        self.content_type = None;
    }

    #[inline]
    fn set_body(&mut self, body: Body, content_type: &'static str) -> &mut Self {
        self.body = body;
        self.content_type = Some(HeaderValue::from_static(content_type));
        self
    }

    #[inline]
    pub(crate) fn set_path(&mut self, name: &'static str, value: &dyn fmt::Display) {
        self.values.push((name, path::encode(&value.to_string())));
    }

    #[inline]
    pub(crate) fn set_path_value(
        &mut self,
        name: &'static str,
        value: &dyn Encode,
        style: PathStyle,
    ) {
        self.values
            .push((name, path::encode_value(name, value, style)));
    }

    #[inline]
    pub(crate) fn set_query(&mut self, name: &str, value: &dyn fmt::Display) {
        self.query.retain(|pair| pair.name != name);
        self.query.push(query::pair(name, &value.to_string()));
    }

    #[inline]
    pub(crate) fn remove_query(&mut self, name: &str) {
        self.query.retain(|pair| pair.name != name);
        self.query.push(query::omitted_pair(name));
    }

    #[inline]
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        let checked = header::name(name).and_then(|name| Ok((header::value(&name, value)?, name)));
        match checked {
            Ok((value, name)) => {
                self.removed.retain(|removed| *removed != name);
                self.headers.insert(name, value);
            }
            Err(error) => self.fail(error),
        }
    }

    #[inline]
    pub(crate) fn remove_header(&mut self, name: &str) {
        match header::name(name) {
            Ok(name) => {
                self.headers.remove(&name);
                self.removed.push(name);
            }
            Err(error) => self.fail(error),
        }
    }

    /// Stores the first error of a request.
    #[inline]
    pub(crate) fn fail(&mut self, error: BuildError) {
        self.failure.get_or_insert(error);
    }
}

impl fmt::Debug for RequestParts {
    /// Formats the names of headers and parameters, and omits their values.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestParts")
            .field("method", &self.method)
            .field("path", &self.template.split('?').next())
            .field(
                "query",
                &self
                    .query
                    .iter()
                    .map(|pair| pair.name.as_str())
                    .collect::<Vec<_>>(),
            )
            .field(
                "headers",
                &self
                    .headers
                    .keys()
                    .map(HeaderName::as_str)
                    .collect::<Vec<_>>(),
            )
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

#[inline]
fn encoded(value: &dyn Encode) -> Vec<u8> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.into_vec()
}
