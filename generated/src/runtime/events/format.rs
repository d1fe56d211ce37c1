//! Selection of the stream format by the response's media type.

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::records::{Records, Separator};
use super::sse::Sse;
use super::{Event, TooLong};
use crate::runtime::error::{Error, Reason, ResponseError};
use crate::runtime::response::Response;

/// Maximum number of bytes that are kept of a response that is not a stream.
const MAX_NON_STREAM_BYTES: usize = 64 << 10;

/// The format of a response, with its parsing state.
#[derive(Debug)]
pub(super) enum Format {
    Sse(Sse),
    Records(Records),
    /// Not a stream. The start of the body is kept for the error.
    Other(Event),
}

/// The stream formats that a media type can indicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StreamMediaType {
    Sse,
    /// JSON texts, one per line.
    Lines,
    /// JSON texts, each after a record separator.
    Sequence,
    /// JSON: a single text, or a sequence if the request asked for one.
    Json,
    /// No indication.
    Any,
    /// Another media type.
    Other,
}

impl StreamMediaType {
    #[inline]
    fn from_media_type(media_type: &str) -> Self {
        match media_type {
            "text/event-stream" => Self::Sse,
            "" | "text/plain" | "application/octet-stream" | "binary/octet-stream" => Self::Any,
            kind if kind.ends_with("json-seq") => Self::Sequence,
            kind if has_lines(kind) => Self::Lines,
            kind if kind.ends_with("json") => Self::Json,
            _ => Self::Other,
        }
    }
}

/// Returns `true` for the various media types of JSON lines, such as `application/x-ndjson`,
/// `application/json-lines` and `application/stream+json`.
#[inline]
fn has_lines(media_type: &str) -> bool {
    let name = media_type.replace('-', "");
    let spellings = ["jsonl", "ndjson", "jsonstream", "stream+json"];
    spellings.iter().any(|spelling| name.contains(spelling))
}

impl Format {
    /// Selects the format by the response's media type, or by the requested one if the response
    /// does not indicate any.
    #[inline]
    pub(super) fn from_response(head: &Response, accept: &str, limit: usize) -> Self {
        let (declared, accept) = (media_type(head), essence(accept));
        let asked = StreamMediaType::from_media_type(&accept);
        let kind = match StreamMediaType::from_media_type(&declared) {
            StreamMediaType::Any => asked,
            StreamMediaType::Json
                if matches!(
                    asked,
                    StreamMediaType::Json | StreamMediaType::Lines | StreamMediaType::Sequence
                ) =>
            {
                asked
            }
            StreamMediaType::Other if declared == accept => asked,
            StreamMediaType::Json | StreamMediaType::Other => return Self::Other(Event::default()),
            known => known,
        };
        let records = |separator| Records::new(separator, limit);
        match kind {
            // A response with plain `application/json` may be a single text after all.
            StreamMediaType::Lines | StreamMediaType::Json
                if StreamMediaType::from_media_type(&declared) == StreamMediaType::Json =>
            {
                Self::Records(records(Separator::Line).allow_single_text())
            }
            StreamMediaType::Lines | StreamMediaType::Json => {
                Self::Records(records(Separator::Line))
            }
            StreamMediaType::Sequence => Self::Records(records(Separator::Record)),
            StreamMediaType::Sse | StreamMediaType::Any | StreamMediaType::Other => {
                Self::Sse(Sse::new(limit))
            }
        }
    }

    /// Creates the state for a response that is not a stream, although its media type allowed one.
    #[inline]
    pub(super) fn no_stream(text: &[u8]) -> Self {
        let mut all = Event::default();
        all.data.push(text);
        Self::Other(all)
    }

    /// Reads up to the end of the next event. Returns `true` if an event is complete.
    #[inline]
    pub(super) fn next(&mut self, limit: usize) -> Result<bool, TooLong> {
        match self {
            Self::Sse(sse) => sse.next(),
            Self::Records(records) => {
                let came = records.next()?;
                if came && records.is_one_text() {
                    *self = Self::Other(records.whole());
                    return Ok(false);
                }
                Ok(came)
            }
            Self::Other(all) if all.data.len() > limit.min(MAX_NON_STREAM_BYTES) => Err(TooLong),
            Self::Other(_) => Ok(false),
        }
    }

    /// Continues with another chunk, after the previous one has been read.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        match self {
            Self::Sse(sse) => sse.refill(chunk),
            Self::Records(records) => records.refill(chunk),
            Self::Other(all) => all.data.push(&chunk),
        }
    }
}

/// Creates the error for a response that is not a stream, with the start of its body.
#[inline]
pub(super) fn not_a_stream_error(head: &Response, all: &Event, limit: usize) -> Error {
    let mut response = head.clone();
    let body = all.bytes();
    response.body = Bytes::copy_from_slice(body.get(..limit).unwrap_or(body));
    ResponseError::new(response, Reason::NoStream(media_type(head))).into()
}

/// Returns the media type of a response without its parameters, or an empty string.
#[inline]
fn media_type(head: &Response) -> String {
    let value = head.headers.get(CONTENT_TYPE);
    essence(value.and_then(|value| value.to_str().ok()).unwrap_or(""))
}

#[inline]
fn essence(value: &str) -> String {
    let essence = value.split(';').next().unwrap_or(value);
    essence.trim().to_ascii_lowercase()
}
