//! Bodies of requests and responses, by media type.

use super::{DeclaredStream, Docs, Example, ParamStyle, Type, WireName, Words};
use crate::source::{MediaType, Pointer};

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
    /// A value for samples without an example. It fits the keywords. `None` if they say no
    /// more than the type.
    pub sample: Option<serde_json::Value>,
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
