//! Responses: what an operation answers, by its status.

use super::{BodyContent, WireName};
use crate::source::Pointer;

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

    /// Whether it is only about failures: 400 and above.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        match self {
            Self::Code(code) => code >= 400,
            Self::Range(class) => class >= 4,
            Self::Default => false,
        }
    }

    /// Whether it means success in an operation that lists these patterns. `default` does only
    /// where there is neither a success nor a failure that it would be the rest of.
    pub(crate) fn is_success_among(self, listed: impl IntoIterator<Item = Self>) -> bool {
        let mut listed = listed.into_iter();
        self.is_success()
            || (self == Self::Default
                && !listed.any(|pattern| pattern.is_success() || pattern.is_failure()))
    }
}

/// The responses that mean success, most specific pattern first.
pub(crate) fn successes(responses: &[Response]) -> impl Iterator<Item = &Response> {
    let patterns = responses.iter().map(|response| response.status);
    responses
        .iter()
        .filter(move |response| response.status.is_success_among(patterns.clone()))
}
