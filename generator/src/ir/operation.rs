//! Operations: what can be asked of the API, and what it answers.

use std::fmt;

use super::{
    Alternative, Docs, Example, Paging, SecurityRequirement, Streaming, Type, WireName, Words,
};
use crate::load::Pointer;

/// The place of an operation in its [`Api`](super::Api).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(u32);

impl OperationId {
    /// The id of the operation at this place in the list.
    ///
    /// # Panics
    ///
    /// If there are 2³² operations before it.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 operations"))
    }

    /// The operation's place in the list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "most variants are the methods' own names")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// Any other: `QUERY`, or one of `additionalOperations`.
    Other(String),
}

impl Method {
    /// The method that a path item has under this key, in lower case: one of
    /// [RFC 9110, section 9](https://www.rfc-editor.org/rfc/rfc9110#section-9).
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "get" => Self::Get,
            "put" => Self::Put,
            "post" => Self::Post,
            "delete" => Self::Delete,
            "options" => Self::Options,
            "head" => Self::Head,
            "patch" => Self::Patch,
            "trace" => Self::Trace,
            _ => return None,
        })
    }

    /// The method as it stands on the request line.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Other(name) => name.as_str(),
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An operation: one method of one path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`, where it has one.
    pub operation_id: Option<String>,
    /// Its method.
    pub method: Method,
    /// Its path as the document has it: `/v3/chats/{chatId}`.
    pub path: String,
    /// The words that its own types are named with: `webhook_subscription`,
    /// `create`. Its parameters are these and `params`.
    pub name: Words,
    /// What it does.
    pub docs: Docs,
    /// Its parameters, those of its path item included, in the order of the document.
    pub params: Vec<Parameter>,
    /// What it sends.
    pub body: Option<Body>,
    /// What it answers, in the order of the document.
    pub responses: Vec<Response>,
    /// The operation that it is another way to call, if it is not one of the document itself.
    pub alternative: Option<Alternative>,
    /// The stream that it answers with, always or when asked for it.
    pub stream: Option<Streaming>,
    /// Its own security requirement, where it has one.
    pub security: Option<Vec<SecurityRequirement>>,
    /// Its own server, where it has one.
    pub server: Option<String>,
    /// How long an attempt may take, in milliseconds, where it differs.
    pub timeout_ms: Option<u64>,
    /// How often it is tried again, where that differs.
    pub max_retries: Option<u32>,
    /// How its answer is a page of a list, where it is.
    pub paging: Option<Paging>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Where it stands.
    pub pointer: Pointer,
}

impl Operation {
    /// Its path as it is sent.
    #[must_use]
    pub fn target(&self) -> &str {
        target(&self.path)
    }
}

/// A path as it is sent: without the fragment that tells an operation from another of the same path
/// and method (`/rooms#operation=archive`), which is no part of a request (RFC 9110, section 7.1).
/// What has a place for a parameter, or goes on as a path, is no fragment.
#[must_use]
pub fn target(path: &str) -> &str {
    match path.split_once('#') {
        Some((target, fragment)) if !fragment.contains(['/', '{']) => target,
        _ => path,
    }
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: WireName,
    /// The words of its name in code.
    pub name: Words,
    /// Where it is sent.
    pub location: ParamLocation,
    /// The part of a multipart body whose header it is, if it is not one of the call.
    pub part: Option<WireName>,
    /// How its value is written.
    pub style: ParamStyle,
    /// Whether characters that have a meaning in a query are sent as they
    /// are: `allowReserved`.
    pub allow_reserved: bool,
    /// Whether it must be sent.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// The only value that it can have.
    pub constant: Option<serde_json::Value>,
    /// What it is.
    pub docs: Docs,
    /// An example of its value.
    pub example: Option<serde_json::Value>,
    /// `default`: what the server takes when it is absent.
    pub default: Option<serde_json::Value>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// Where a parameter is sent: `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParamLocation {
    /// In a segment of the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How a parameter's value is written: `style`, `explode`, or `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParamStyle {
    /// `simple`: `1,2`.
    Simple {
        /// `a=1,b=2` rather than `a,1,b,2`.
        explode: bool,
    },
    /// `label`: `.1.2`.
    Label {
        /// A dot between the values rather than a comma.
        explode: bool,
    },
    /// `matrix`: `;a=1,2`.
    Matrix {
        /// `;a=1;a=2`.
        explode: bool,
    },
    /// `form`: `a=1,2`.
    Form {
        /// `a=1&a=2`.
        explode: bool,
    },
    /// `spaceDelimited`: `a=1%202`.
    SpaceDelimited,
    /// `pipeDelimited`: `a=1|2`.
    PipeDelimited,
    /// `deepObject`: `a[b]=1`.
    DeepObject,
    /// `content`: the value as JSON.
    Json,
    /// `content`: the value as a form, which is one text (`a=1&a=2`) before it is escaped.
    Pairs,
    /// `in: querystring`: the value is the query, without a name; JSON, unless
    /// it is text.
    Whole,
}

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

/// What an answer carries.
#[derive(Debug, Clone)]
pub enum Payload {
    /// No body.
    Empty,
    /// A body, in one of these ways.
    Content(Vec<BodyContent>),
}

/// One of the answers of an operation.
#[derive(Debug, Clone)]
pub struct Response {
    /// The statuses it is for.
    pub status: StatusPattern,
    /// What it means.
    pub description: String,
    /// What it carries.
    pub payload: Payload,
    /// The headers that it has, in the order of the document.
    pub headers: Vec<ResponseHeader>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// A header of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHeader {
    /// Its name.
    pub wire: WireName,
    /// What it means.
    pub description: Option<String>,
}

/// The statuses that a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusPattern {
    /// This status.
    Code(u16),
    /// `2XX`: all statuses that begin with this digit.
    Range(u16),
    /// `default`: all that are not listed.
    Default,
}

impl StatusPattern {
    /// Whether it is only about success: 200 to 299.
    #[must_use]
    pub const fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code >= 200 && code < 300,
            Self::Range(class) => class == 2,
            Self::Default => false,
        }
    }
}
