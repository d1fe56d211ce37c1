//! Operations of an API.

use std::fmt;

use super::{
    Body, Docs, MediaTypeVariant, Pagination, Parameter, Response, SecurityRequirement, Streaming,
    WireName, Words,
};
use crate::source::{Pointer, split_query_expansion};

/// The index of an operation in its [`Api`](super::Api).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(u32);

impl OperationId {
    /// Returns the id of the operation at this index.
    ///
    /// # Panics
    ///
    /// If there are 2³² operations before it.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 operations"))
    }

    /// The index of the operation.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `HEAD`.
    Head,
    /// `PATCH`.
    Patch,
    /// `TRACE`.
    Trace,
    /// Any other: `QUERY`, or one of `additionalOperations`.
    Other(String),
}

impl Method {
    /// Returns the method of a key of a path item, in lower case: one of [RFC 9110, section
    /// 9](https://www.rfc-editor.org/rfc/rfc9110#section-9).
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
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

    /// Returns the method as in the request line.
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
    /// `operationId`, if it has one.
    pub operation_id: Option<String>,
    /// Its method.
    pub method: Method,
    /// Its path in the document: `/v3/chats/{chatId}`.
    pub path: String,
    /// Its path with the names of its parameters as the variables. The value of `{+name}` can have
    /// several segments, as in [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.3).
    pub template: String,
    /// The words for the names of its types: `webhook_subscription`, `create`. The type of its
    /// parameters adds `params`.
    pub name: Words,
    /// The names of its parameters that come first, in this order, and where the configuration
    /// names them: `positional_params`.
    pub positional_params: Vec<(WireName, Pointer)>,
    /// Its documentation.
    pub docs: Docs,
    /// Its parameters and those of its path item, in the order of the document.
    pub params: Vec<Parameter>,
    /// Its request body.
    pub body: Option<Body>,
    /// Its responses: single statuses first, then ranges, then `default`, each in the order of the
    /// document. The first matching pattern applies.
    pub responses: Vec<Response>,
    /// The operation that it is a variant of, if the document does not declare it.
    pub media_type_variant: Option<MediaTypeVariant>,
    /// Its stream, if it always or on request returns one.
    pub stream: Option<Streaming>,
    /// Its security requirements, if it overrides those of the API.
    pub security: Option<Vec<SecurityRequirement>>,
    /// Its server, if it overrides those of the API.
    pub server: Option<String>,
    /// The timeout of an attempt in milliseconds, if it overrides that of the client.
    pub timeout_ms: Option<u64>,
    /// The maximum number of retries, if it overrides that of the client.
    pub max_retries: Option<u32>,
    /// The property that methods return instead of the whole response.
    pub unwrapped: Option<WireName>,
    /// Its pagination, if it is paginated.
    pub pagination: Option<Pagination>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its JSON pointer.
    pub pointer: Pointer,
}

impl Operation {
    /// Returns its successful responses, the most specific pattern first.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        super::response::list_successes(&self.responses)
    }

    /// Returns the position of a parameter among those that the configuration puts first. Others
    /// follow.
    #[must_use]
    pub fn argument_position(&self, wire: &WireName) -> usize {
        let mut first = self.positional_params.iter();
        let position = first.position(|(name, _)| name == wire);
        position.unwrap_or(usize::MAX)
    }

    /// Returns the template of its path as in the request.
    #[must_use]
    pub fn request_path(&self) -> &str {
        request_path(&self.template)
    }
}

/// Returns a path as in the request.
///
/// A fragment distinguishes operations of the same path and method (`/rooms#operation=archive`)
/// and is not part of a request (RFC 9110, section 7.1). Text with a parameter or a further
/// segment is not a fragment. A query expansion is the parameters of the query.
#[must_use]
pub fn request_path(path: &str) -> &str {
    let (path, _) = split_query_expansion(path);
    match path.split_once('#') {
        Some((target, fragment)) if !fragment.contains(['/', '{']) => target,
        _ => path,
    }
}
