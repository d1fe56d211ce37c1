//! Responses of an operation, by status.

use super::{BodyContent, WireName};
use crate::source::Pointer;

/// The body of a response.
#[derive(Debug, Clone)]
pub enum Payload {
    /// No body.
    Empty,
    /// A body, in one of these media types.
    Content(Vec<BodyContent>),
}

/// A response of an operation.
#[derive(Debug, Clone)]
pub struct Response {
    /// The statuses that it applies to.
    pub status: StatusPattern,
    /// The description.
    pub description: String,
    /// Its body.
    pub payload: Payload,
    /// Its headers, in the order of the document.
    pub headers: Vec<ResponseHeader>,
    /// The JSON pointer.
    pub pointer: Pointer,
}

/// A header of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHeader {
    /// Its name.
    pub wire: WireName,
    /// The description.
    pub description: Option<String>,
}

/// The statuses that a response applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusPattern {
    /// This status.
    Code(u16),
    /// `2XX`: all statuses that begin with this digit.
    Range(u16),
    /// `default`: all statuses that are not listed.
    Default,
}

impl StatusPattern {
    /// Whether all its statuses are successes: 200 to 299.
    #[must_use]
    pub const fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code >= 200 && code < 300,
            Self::Range(class) => class == 2,
            Self::Default => false,
        }
    }

    /// Whether all its statuses are failures: 400 and above.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        match self {
            Self::Code(code) => code >= 400,
            Self::Range(class) => class >= 4,
            Self::Default => false,
        }
    }

    /// Whether it is a success in an operation that lists these patterns.
    ///
    /// `default` is one only if no other pattern is a success or a failure.
    pub(crate) fn is_success_among(self, listed: impl IntoIterator<Item = Self>) -> bool {
        let mut listed = listed.into_iter();
        self.is_success()
            || (self == Self::Default
                && !listed.any(|pattern| pattern.is_success() || pattern.is_failure()))
    }
}

/// Returns the successful responses, the most specific pattern first.
pub(crate) fn list_successes(responses: &[Response]) -> impl Iterator<Item = &Response> {
    let patterns = responses.iter().map(|response| response.status);
    responses
        .iter()
        .filter(move |response| response.status.is_success_among(patterns.clone()))
}
