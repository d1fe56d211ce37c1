//! The reasons to reject a delivery, and their statuses.

use std::error::Error as StdError;
use std::fmt;

use crate::{Error, StatusCode, WebhookError};

/// The reason why a delivery was rejected.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// The body exceeds this number of bytes. The status is 413.
    TooLarge(usize),
    /// The body ended early. The status is 400.
    Unreadable,
    /// The signature is missing, invalid or too old. The status is 401.
    Forged(Error),
    /// The delivery is authentic, but its body is not an event. The status is 400.
    Undecodable(Error),
    /// The client has no valid secret. The status is 500.
    Misconfigured(Error),
}

impl WebhookRejection {
    pub(super) fn from_error(error: Error) -> Self {
        match &error {
            Error::Webhook(WebhookError::Payload(_)) => Self::Undecodable(error),
            Error::Webhook(
                WebhookError::NoSecret
                | WebhookError::EmptySecret
                | WebhookError::BarePrefix
                | WebhookError::MalformedSecret
                | WebhookError::UnknownScheme(_),
            ) => Self::Misconfigured(error),
            _ => Self::Forged(error),
        }
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable | Self::Undecodable(_) => StatusCode::BAD_REQUEST,
            Self::Forged(_) => StatusCode::UNAUTHORIZED,
            Self::Misconfigured(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(limit) => write!(f, "the body exceeds {limit} bytes"),
            Self::Unreadable => f.write_str("the body ended early"),
            Self::Forged(error) | Self::Undecodable(error) | Self::Misconfigured(error) => {
                error.fmt(f)
            }
        }
    }
}

impl StdError for WebhookRejection {}
