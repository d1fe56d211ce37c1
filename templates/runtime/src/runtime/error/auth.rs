//! The token that could not be had.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::StatusCode;

/// Says why a call has no access token; it was not sent.
///
/// Calls that waited for one token share its error.
#[derive(Debug, Clone)]
pub struct AuthError {
    message: &'static str,
    source: Arc<dyn StdError + Send + Sync>,
    status: Option<StatusCode>,
}

impl AuthError {
    pub(crate) fn new(message: &'static str, source: Box<dyn StdError + Send + Sync>) -> Self {
        Self {
            message,
            source: Arc::from(source),
            status: None,
        }
    }

    pub(crate) fn with_status(mut self, status: Option<StatusCode>) -> Self {
        self.status = status;
        self
    }

    /// The status of the token endpoint's answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// What the token provider said, or what became of the request for a token.
    #[must_use]
    pub fn cause(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.source
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.source)
    }
}

impl StdError for AuthError {
    /// What is behind [`cause`](AuthError::cause), whose own text is part of this error's.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}
