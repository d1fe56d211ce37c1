//! Which format an answer has, by its media type.

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::records::{Records, Separator};
use super::sse::Sse;
use super::{Event, TooLong};
use crate::runtime::error::{Error, Reason, ResponseError};
use crate::runtime::response::Response;

/// As much is collected of an answer that is no stream.
const COLLECTED: usize = 64 << 10;

/// The format of an answer, with what was read of it.
#[derive(Debug)]
pub(super) enum Format {
    Sse(Sse),
    Records(Records),
    /// None of events. Some of it is collected, for the error that says so.
    Other(Event),
}

/// What a media type says of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StreamMediaType {
    Sse,
    /// JSON texts, one a line.
    Lines,
    /// JSON texts, each after a record separator.
    Sequence,
    /// JSON: of one text, or of as many as were asked for.
    Json,
    /// Nothing.
    Any,
    /// That it is something else.
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

/// Whether a media type is one of the many for JSON lines, such as `application/x-ndjson`,
/// `application/json-lines` and `application/stream+json`.
#[inline]
fn has_lines(media_type: &str) -> bool {
    let name = media_type.replace('-', "");
    let spellings = ["jsonl", "ndjson", "jsonstream", "stream+json"];
    spellings.iter().any(|spelling| name.contains(spelling))
}

impl Format {
    /// The format that an answer says it has, or the one that was asked for if it says nothing.
    #[inline]
    pub(super) fn from_response(head: &Response, accept: &str, limit: usize) -> Self {
        let (said, accept) = (media_type(head), essence(accept));
        let asked = StreamMediaType::from_media_type(&accept);
        let kind = match StreamMediaType::from_media_type(&said) {
            StreamMediaType::Any => asked,
            StreamMediaType::Json
                if matches!(
                    asked,
                    StreamMediaType::Json | StreamMediaType::Lines | StreamMediaType::Sequence
                ) =>
            {
                asked
            }
            StreamMediaType::Other if said == accept => asked,
            StreamMediaType::Json | StreamMediaType::Other => return Self::Other(Event::default()),
            known => known,
        };
        let records = |separator| Records::new(separator, limit);
        match kind {
            // One that is JSON and does not say how much of it may be a whole after all.
            StreamMediaType::Lines | StreamMediaType::Json
                if StreamMediaType::from_media_type(&said) == StreamMediaType::Json =>
            {
                Self::Records(records(Separator::Line).doubtful())
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

    /// An answer that is none of events, though its media type did not tell.
    #[inline]
    pub(super) fn no_stream(text: &[u8]) -> Self {
        let mut all = Event::default();
        all.data.push(text);
        Self::Other(all)
    }

    /// Reads up to the end of the next event; whether there is one.
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
            Self::Other(all) if all.data.len() > limit.min(COLLECTED) => Err(TooLong),
            Self::Other(_) => Ok(false),
        }
    }

    /// Goes on with another chunk, once all of the one before was read.
    #[inline]
    pub(super) fn refill(&mut self, chunk: Bytes) {
        match self {
            Self::Sse(sse) => sse.refill(chunk),
            Self::Records(records) => records.refill(chunk),
            Self::Other(all) => all.data.push(&chunk),
        }
    }
}

/// The error of an answer that is no stream, with as much of it as there may be.
#[inline]
pub(super) fn refusal(head: &Response, all: &Event, limit: usize) -> Error {
    let mut response = head.clone();
    let body = all.bytes();
    response.body = Bytes::copy_from_slice(body.get(..limit).unwrap_or(body));
    ResponseError::new(response, Reason::NoStream(media_type(head))).into()
}

/// The media type of an answer without its parameters; empty if it has none.
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
