//! Classification of errors, independent of their variant.

use std::error::Error as _;
use std::time::Duration;

use http::StatusCode;

use super::{ApiError, Error};
use crate::runtime::transport::{TransportError, TransportErrorKind};
use crate::runtime::{clock, retry_policy};

/// Defines predicates for the status of a response.
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
    /// Returns `true` for status 400: the request is malformed.
    is_bad_request = 400,
    /// Returns `true` for status 403: the caller lacks permission.
    is_permission_denied = 403,
    /// Returns `true` for status 404 or 410: the resource does not exist.
    is_not_found = 404 | 410,
    /// Returns `true` for status 409: the request conflicts with the resource's state.
    is_conflict = 409,
    /// Returns `true` for status 422: the request is well-formed, but its content is invalid.
    is_unprocessable = 422,
    /// Returns `true` for status 429: too many requests. See [`retry_after`](Self::retry_after).
    is_rate_limited = 429,
    /// Returns `true` for status 500 and above: the server failed.
    is_server_error = 500..,
}

impl ApiError {
    /// Returns `true` for status 401: authentication failed.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.status() == StatusCode::UNAUTHORIZED
    }

    /// Returns `true` if a retry may succeed.
    ///
    /// The server decides with the header `x-should-retry`. Otherwise these are statuses 408, 409,
    /// 429, and 500 and above. Whether a retry is safe depends on the call.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        retry_policy::is_transient(self.status(), self.headers())
    }

    /// Returns the delay before a retry that the server requests.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = retry_policy::requested_seconds(self.headers(), clock::now())?;
        Duration::try_from_secs_f64(seconds.max(0.0)).ok()
    }
}

impl Error {
    /// Returns `true` if authentication failed (status 401), if the access token could not be
    /// obtained, or if a credential is missing.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        match self {
            Self::Api(error) => error.is_authentication(),
            Self::Auth(_) => true,
            Self::Config(error) => error.lacks_credential(),
            Self::Build(error) => error.lacks_credential(),
            _ => false,
        }
    }

    /// Returns `true` if a time limit was exceeded, by the call or by the request for its access
    /// token.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Auth(error) => error.cause().downcast_ref().is_some_and(Self::is_timeout),
            _ => false,
        }
    }

    /// Returns `true` if the connection failed, or was lost before the response was complete.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Connect(_))
    }

    /// Returns `true` if a retry may succeed. The server may nevertheless have processed the failed
    /// call.
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

    /// Returns the delay before a retry that the server requests.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.as_api()?.retry_after()
    }
}
