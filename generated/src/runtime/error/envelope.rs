//! Extraction of the code, the message and the request ID from error bodies.
//!
//! Servers do not share one format. This module checks common locations, the most specific first.
//! The results are heuristic and intended for people. For typed bodies, use
//! [`ApiError::decode`](super::ApiError::decode).

use serde_json::Value;

use crate::runtime::response::Response;

/// Headers that carry a request ID.
const ID_HEADERS: &[&str] = &[
    "x-request-id",
    "request-id",
    "x-trace-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "trace-id",
];

/// JSON pointers to properties that carry a request ID.
const IDS: &[&str] = &[
    "/trace_id",
    "/request_id",
    "/traceId",
    "/requestId",
    "/error/trace_id",
    "/error/request_id",
    "/meta/request_id",
];

/// JSON pointers to properties that carry a message.
const MESSAGES: &[&str] = &[
    "/error/message",
    "/message",
    "/error_description",
    "/error/detail",
    "/error/description",
    "/errors/0/message",
    "/errors/0/detail",
    "/errors/0/title",
    "/errors/0",
    "/detail",
    "/detail/0/msg",
    "/detail/message",
    "/error_message",
    "/errorMessage",
    "/title",
    "/msg",
    "/reason",
    "/description",
    "/error",
    "/error/type",
];

/// JSON pointers to properties that carry a code.
const CODES: &[&str] = &[
    "/error/code",
    "/code",
    "/error_code",
    "/errorCode",
    "/errors/0/code",
    "/error/type",
    "/detail/0/type",
    "/detail/code",
    "/error/status",
    "/type",
    "/error",
];

/// The error details of a response.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// Extracts the details. A body that is not JSON has none.
///
/// `message` is a JSON pointer to the message, if the API declares one.
pub(crate) fn read_envelope(response: &Response, message: Option<&'static str>) -> Envelope {
    let mut found = serde_json::from_slice(response.json())
        .map_or_else(|_| Envelope::default(), |body| from_body(&body, message));
    if let Some(id) = request_id(response) {
        found.request_id = Some(id.to_owned());
    }
    found
}

/// Returns the request ID from the response headers.
pub(crate) fn request_id(response: &Response) -> Option<&str> {
    let own = response.id_header.as_ref();
    own.into_iter()
        .chain(ID_HEADERS)
        .filter_map(|name| response.headers.get(*name)?.to_str().ok())
        .map(str::trim)
        .find(|id| !id.is_empty())
}

fn from_body(body: &Value, message: Option<&'static str>) -> Envelope {
    if let Value::String(message) = body {
        return Envelope {
            message: Some(message.clone()),
            ..Envelope::default()
        };
    }
    let message = message
        .and_then(|pointer| first(body, &[pointer]))
        .or_else(|| first(body, MESSAGES));
    let code = first(body, CODES).filter(|code| Some(code) != message.as_ref());
    Envelope {
        code,
        message,
        request_id: first(body, IDS),
    }
}

/// Returns the first of these properties that is a string or a number.
fn first(body: &Value, pointers: &[&str]) -> Option<String> {
    pointers
        .iter()
        .filter_map(|pointer| body.pointer(pointer))
        .find_map(|value| match value {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
}
