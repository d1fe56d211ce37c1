//! Problem details (RFC 9457) among the media types of a response.

use indexmap::IndexMap;
use openapiv3::MediaType as Media;

use crate::ir::MediaType;

/// The treatment of problem details in a response. They describe errors (RFC 9457).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::lower) enum ProblemDetails {
    /// They are media types like others.
    Kept,
    /// The response is lowered without them.
    Ignored,
}

impl ProblemDetails {
    /// Ignores the problem details of a successful response, if it has another media type.
    pub(in crate::lower) fn choose_for_success(content: &IndexMap<String, Media>) -> Self {
        let is_problem = |name: &String| MediaType::new(name).is_problem();
        let problems = content.keys().filter(|name| is_problem(name)).count();
        match problems > 0 && problems < content.len() {
            true => Self::Ignored,
            false => Self::Kept,
        }
    }
}
