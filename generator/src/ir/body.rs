//! Bodies of requests and responses, by media type.

use super::{DeclaredStream, Docs, Example, ParamStyle, Type, WireName, Words};
use crate::source::Pointer;

/// A media type as the document spells it: `application/json; charset=utf-8`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaType(String);

impl MediaType {
    /// A media type of the document.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the media type as in the document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Type and subtype in lower case, without parameters.
    #[must_use]
    pub fn essence(&self) -> String {
        self.0
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// Whether it is a stream of values.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        let essence = self.essence();
        essence.ends_with("+json-seq")
            || matches!(
                essence.as_str(),
                "text/event-stream"
                    | "application/json-seq"
                    | "application/jsonl"
                    | "application/jsonlines"
                    | "application/json-lines"
                    | "application/x-jsonl"
                    | "application/x-jsonlines"
                    | "application/ndjson"
                    | "application/x-ndjson"
                    | "application/stream+json"
            )
    }

    /// Whether it is JSON: `application/json`, `…+json`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        if essence == "application/stream+json" {
            return false;
        }
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }
}

/// The request body of an operation.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether it is required.
    pub required: bool,
    /// The description.
    pub docs: Docs,
    /// Its media types, the preferred one first.
    pub content: Vec<BodyContent>,
    /// The name of the argument, if the body is not spread over the parameters.
    pub argument: Option<Words>,
    /// The JSON pointer.
    pub pointer: Pointer,
}

/// A media type of a body.
#[derive(Debug, Clone)]
pub struct BodyContent {
    /// The media type.
    pub media_type: MediaType,
    /// The value.
    pub content: Content,
    /// The stream that the media type declares.
    pub stream: Option<DeclaredStream>,
    /// The encoding of form fields that differs from the default: `encoding`.
    pub parts: Vec<(WireName, PartEncoding)>,
    /// The form fields whose reserved characters are sent unescaped: `allowReserved`.
    pub reserved: Vec<WireName>,
    /// Examples.
    pub examples: Vec<Example>,
}

impl BodyContent {
    /// Returns the type of each item, if the media type is a stream.
    #[must_use]
    pub fn item(&self) -> Option<&Type> {
        self.stream.as_ref().map(|stream| &stream.item)
    }
}

/// The encoding of a form field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartEncoding {
    /// As a value of this media type.
    MediaType(MediaType),
    /// As a query parameter of this style, without a media type.
    Style(ParamStyle),
}

/// A value of a body, by its encoding.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// As JSON.
    Json(Type),
    /// As `application/x-www-form-urlencoded`.
    Form(Type),
    /// As `multipart/form-data` or another multipart type.
    Multipart(Type),
    /// As text.
    Text,
    /// As bytes.
    Binary,
}
