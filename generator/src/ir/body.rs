//! Bodies: what is sent and received, by its media type.

use super::{Docs, Example, ParamStyle, Type, WireName, Words};
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

    /// As the document spells it.
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

    /// Whether it is made of values that follow each other.
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

    /// Whether values of it are JSON: `application/json`, `…+json`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        if essence == "application/stream+json" {
            return false;
        }
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }
}

/// What an operation sends.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether it must be sent.
    pub required: bool,
    /// What it is.
    pub docs: Docs,
    /// What is sent: the alternative that is chosen first, and the others.
    pub content: Vec<BodyContent>,
    /// The name of the argument when the body is not spread over the parameters.
    pub argument: Option<Words>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// One way to send or receive a value.
#[derive(Debug, Clone)]
pub struct BodyContent {
    /// The media type.
    pub media_type: MediaType,
    /// The value.
    pub content: Content,
    /// The type of each item, where the value is a stream of them: `itemSchema`.
    pub items: Option<Type>,
    /// How the parts of a form are written, where the document says more than is usual:
    /// `encoding`.
    pub parts: Vec<(WireName, PartEncoding)>,
    /// The members of a form whose reserved characters are sent as they are: `allowReserved`.
    pub reserved: Vec<WireName>,
    /// Examples of it.
    pub examples: Vec<Example>,
}

/// How a part of a form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartEncoding {
    /// As a value of this media type.
    MediaType(MediaType),
    /// As a query parameter of this style is, which leaves no choice of a media type.
    Style(ParamStyle),
}

/// A value in a body, by the way it is written.
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
