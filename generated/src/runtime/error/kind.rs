//! What an error means to the caller, whatever its variant.

use std::error::Error as _;
use std::time::Duration;

use http::StatusCode;

use super::{ApiError, Error};
use crate::runtime::transport::{TransportError, TransportErrorKind};
use crate::runtime::{clock, retry_policy};

/// Questions about the status of an answer.
macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $codes:pat),* $(,)?) => {
        impl ApiError { $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> bool {
                matches!(self.status().as_u16(), $codes)
            }
        )* }

        impl Error { $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> bool {
                self.as_api().is_some_and(ApiError::$name)
            }
        )* }
    };
}

statuses! {
    /// Whether the server did not understand the request: 400.
    is_bad_request = 400,
    /// Whether the caller may not do this: 403.
    is_permission_denied = 403,
    /// Whether there is no such thing, or no longer: 404 or 410.
    is_not_found = 404 | 410,
    /// Whether the call contradicts the state of things: 409.
    is_conflict = 409,
    /// Whether the server understood the request and finds fault with its content: 422.
    is_unprocessable = 422,
    /// Whether there were too many calls: 429. See [`retry_after`](Self::retry_after).
    is_rate_limited = 429,
    /// Whether the fault is the server's: 500 and above.
    is_server_error = 500..,
}

impl ApiError {
    /// Whether the server does not know who is calling: 401.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.status() == StatusCode::UNAUTHORIZED
    }

    /// Whether the call may succeed if it is made again: as the server says in `x-should-retry`, or
    /// else after 408, 409, 429 and all from 500 on. Whether it is safe to make it again is for the
    /// caller to say.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        retry_policy::may_pass(self.status(), self.headers())
    }

    /// How long the server asks to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = retry_policy::hint(self.headers(), clock::now())?;
        Duration::try_from_secs_f64(seconds.max(0.0)).ok()
    }
}

impl Error {
    /// Whether the server does not know who is calling (401), or there is no access token to say
    /// so with.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        match self {
            Self::Api(error) => error.is_authentication(),
            Self::Auth(_) => true,
            _ => false,
        }
    }

    /// Whether the answer took too long: that to the call, or that to the request for its access token.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Auth(error) => error.cause().downcast_ref().is_some_and(Self::is_timeout),
            _ => false,
        }
    }

    /// Whether no answer came, or it broke off.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Connect(_))
    }

    /// Whether the call may succeed if it is made again. One that changes something may have been
    /// carried out all the same.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => error.is_retryable(),
            Self::Timeout(_) => true,
            Self::Auth(error) => error.cause().downcast_ref().is_some_and(Self::is_retryable),
            Self::Connect(error) => error
                .source()
                .and_then(|source| source.downcast_ref::<TransportError>())
                .is_some_and(|error| error.kind() != TransportErrorKind::Request),
            _ => false,
        }
    }

    /// How long the server asks to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.as_api()?.retry_after()
    }
}
