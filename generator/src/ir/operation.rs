//! Operations: what can be asked of the API, and what it answers.

use std::fmt;

use super::{
    Body, Docs, MediaTypeVariant, Pagination, Parameter, Response, SecurityRequirement, Streaming,
    Words,
};
use crate::source::Pointer;

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
    /// Its responses: first those to one status, then those to a range, then `default`, each in
    /// the order of the document. The first whose pattern has a status is the one that applies.
    pub responses: Vec<Response>,
    /// The operation that it is another way to call, if it is not one of the document itself.
    pub media_type_variant: Option<MediaTypeVariant>,
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
    pub pagination: Option<Pagination>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Where it stands.
    pub pointer: Pointer,
}

impl Operation {
    /// Its responses that mean success, most specific pattern first.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        super::response::successes(&self.responses)
    }

    /// Its path as it is sent.
    #[must_use]
    pub fn request_path(&self) -> &str {
        request_path(&self.path)
    }
}

/// A path as it is sent: without the fragment that tells an operation from another of the same path
/// and method (`/rooms#operation=archive`), which is no part of a request (RFC 9110, section 7.1).
/// What has a place for a parameter, or goes on as a path, is no fragment.
#[must_use]
pub fn request_path(path: &str) -> &str {
    match path.split_once('#') {
        Some((target, fragment)) if !fragment.contains(['/', '{']) => target,
        _ => path,
    }
}
