//! Errors of calls.
//!
//! Each variant of [`Error`] suggests another reaction: fix the configuration, fix the arguments,
//! try again later, or inspect the server's response. No message contains a credential, the body of
//! a successful response, or a header value other than the media type. The start of a page of HTML
//! is an exception.

mod api;
mod auth;
mod connect;
mod envelope;
mod kind;
mod response;
mod stream;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use self::api::ApiError;
pub use self::auth::AuthError;
pub use self::connect::ConnectError;
pub(crate) use self::envelope::request_id;
pub(crate) use self::response::Reason;
pub use self::response::ResponseError;
pub use self::stream::StreamError;
pub(crate) use self::stream::StreamReason;
use crate::runtime::transport::TransportError;
#[cfg(feature = "webhook")]
use crate::runtime::webhook::WebhookError;

/// An error of any fallible operation in this SDK.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The options for the client are invalid.
    Config(ConfigError),
    /// The arguments of a request are invalid. No request was sent.
    Build(BuildError),
    /// The access token could not be obtained. No request was sent.
    Auth(AuthError),
    /// The connection failed, or was lost before the response was complete.
    Connect(ConnectError),
    /// The call took too long.
    Timeout(TimeoutError),
    /// The server responded with an error status.
    Api(Box<ApiError>),
    /// The call succeeded, but its response could not be decoded.
    Decode(Box<ResponseError>),
    /// The call succeeded, but its event stream failed.
    Stream(Box<StreamError>),
    /// A file, or another local source or destination, could not be read or written.
    Io(std::io::Error),
    /// A webhook delivery could not be verified or decoded.
    #[cfg(feature = "webhook")]
    Webhook(WebhookError),
}

impl Error {
    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Stream(error) => Some(error.status()),
            _ => None,
        }
    }

    /// Returns the request ID from the server, for use in support requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Stream(error) => error.request_id(),
            _ => None,
        }
    }

    /// Returns the number of retries that were made before the error. It is 0 if no request was
    /// sent.
    #[must_use]
    pub fn retries(&self) -> u32 {
        match self {
            Self::Connect(error) => error.retries(),
            Self::Timeout(error) => error.retries(),
            Self::Api(error) => error.retries(),
            Self::Decode(error) => error.retries(),
            Self::Stream(error) => error.retries(),
            _ => 0,
        }
    }

    /// Returns the API error, if the server responded with an error status.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Build(error) => error.fmt(f),
            Self::Auth(error) => error.fmt(f),
            Self::Connect(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Stream(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
            #[cfg(feature = "webhook")]
            Self::Webhook(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Build(_) | Self::Timeout(_) | Self::Api(_) => None,
            Self::Auth(error) => error.source(),
            Self::Connect(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Stream(error) => error.source(),
            Self::Io(error) => error.source(),
            #[cfg(feature = "webhook")]
            Self::Webhook(error) => error.source(),
        }
    }
}

/// An error returned for a missing or invalid client option.
#[derive(Debug)]
pub struct ConfigError {
    message: String,
    source: Option<TransportError>,
    lacks_credential: bool,
}

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
            lacks_credential: false,
        }
    }

    /// An error for a missing credential.
    pub(crate) fn missing_credential(message: impl Into<String>) -> Self {
        Self {
            lacks_credential: true,
            ..Self::new(message)
        }
    }

    /// Returns `true` if a required credential is missing.
    pub(crate) fn lacks_credential(&self) -> bool {
        self.lacks_credential
    }

    /// An error for a value that an option does not allow.
    #[doc(hidden)]
    pub fn no_value(option: &str, value: &str, values: &[&str]) -> Self {
        Self::new(format!(
            "invalid value `{}` of option `{option}`; expected one of: {}",
            value.escape_debug(),
            values.join(", ")
        ))
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn transport(source: TransportError) -> Self {
        Self {
            source: Some(source),
            ..Self::new("the HTTP client could not be created")
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for ConfigError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// An error returned for an argument that cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    message: String,
    lacks_credential: bool,
}

impl BuildError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            lacks_credential: false,
        }
    }

    /// An error for missing credentials.
    pub(crate) fn missing_credential(message: impl Into<String>) -> Self {
        Self {
            lacks_credential: true,
            ..Self::new(message)
        }
    }

    /// Returns `true` if the call lacks credentials.
    pub(crate) fn lacks_credential(&self) -> bool {
        self.lacks_credential
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for BuildError {}

/// An error returned if a time limit was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutError {
    /// Each attempt exceeded the limit for an attempt.
    Attempt {
        /// The limit. `None` if the transport's own limit was exceeded.
        limit: Option<Duration>,
        /// Number of retries that were made.
        retries: u32,
    },
    /// The call exceeded its deadline.
    Deadline {
        /// Number of retries that were made.
        retries: u32,
    },
    /// An event stream or a download received no data for too long.
    Idle {
        /// The limit.
        limit: Duration,
    },
}

impl TimeoutError {
    /// Returns the number of retries that were made. A response that stops is not retried.
    #[must_use]
    pub fn retries(&self) -> u32 {
        match self {
            Self::Attempt { retries, .. } | Self::Deadline { retries } => *retries,
            Self::Idle { .. } => 0,
        }
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attempt {
                limit: Some(limit), ..
            } => write!(f, "no response within {limit:?}"),
            Self::Attempt { limit: None, .. } => {
                f.write_str("no response within the transport's time limit")
            }
            Self::Deadline { .. } => f.write_str("the call exceeded its deadline"),
            Self::Idle { limit } => write!(f, "no data received for {limit:?}"),
        }
    }
}

impl StdError for TimeoutError {}

macro_rules! from {
    ($($(#[$when:meta])? $variant:ident($error:ty)),*) => { $(
        $(#[$when])?
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::$variant(error.into())
            }
        }
    )* };
}

from!(
    Config(ConfigError),
    Build(BuildError),
    Auth(AuthError),
    Connect(ConnectError),
    Timeout(TimeoutError),
    Api(ApiError),
    Decode(ResponseError),
    Stream(StreamError),
    Io(std::io::Error),
    #[cfg(feature = "webhook")]
    Webhook(WebhookError)
);
