//! Errors of obtaining an access token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::StatusCode;

/// An error returned if an access token could not be obtained. The call was not sent.
///
/// Calls that wait for the same token share its error.
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

    /// Returns the status of the token endpoint's response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the error of the token provider or of the token request.
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
    /// Returns the source of [`cause`](AuthError::cause). The message of the cause is already part
    /// of this error's message.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}
