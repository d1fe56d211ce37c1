//! The responses of a mock.

use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::runtime::body::ResponseBody;
use crate::runtime::codec::{self, Encode};
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// A response, or a transport error.
#[derive(Debug, Clone)]
pub struct Reply(ReplyKind);

#[derive(Debug, Clone)]
enum ReplyKind {
    Response {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    },
    Failure(TransportErrorKind, Arc<str>),
}

impl Reply {
    /// Creates a response with a value as JSON and status 200.
    #[must_use]
    pub fn json(value: &impl Encode) -> Self {
        Self::body(codec::to_vec(value), "application/json")
    }

    /// Creates a response with a JSON text and status 200.
    #[must_use]
    pub fn json_text(text: impl Into<String>) -> Self {
        Self::body(text.into(), "application/json")
    }

    /// Creates a response with a body, its content type and status 200.
    #[must_use]
    pub fn body(bytes: impl Into<Bytes>, content_type: &'static str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Self(ReplyKind::Response {
            status: StatusCode::OK,
            headers,
            body: bytes.into(),
        })
    }

    /// Creates a response with a status and without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        Self(ReplyKind::Response {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        })
    }

    /// Creates a transport error instead of a response.
    #[must_use]
    pub fn fails(kind: TransportErrorKind, why: impl Into<String>) -> Self {
        Self(ReplyKind::Failure(kind, Arc::from(why.into())))
    }

    /// Sets the status.
    #[must_use]
    pub fn status(mut self, code: StatusCode) -> Self {
        if let ReplyKind::Response { status, .. } = &mut self.0 {
            *status = code;
        }
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let ReplyKind::Response { headers, .. } = &mut self.0 {
            headers.append(name, value);
        }
        self
    }

    pub(super) fn into_response(self) -> Result<http::Response<ResponseBody>, TransportError> {
        match self.0 {
            ReplyKind::Response {
                status,
                headers,
                body,
            } => {
                let mut response = http::Response::new(ResponseBody::from(body));
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Ok(response)
            }
            ReplyKind::Failure(kind, why) => Err(TransportError::new(kind, &*why)),
        }
    }
}

impl<T: Encode> From<&T> for Reply {
    fn from(value: &T) -> Self {
        Self::json(value)
    }
}

impl From<StatusCode> for Reply {
    fn from(status: StatusCode) -> Self {
        Self::empty(status)
    }
}
