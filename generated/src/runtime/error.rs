//! What can go wrong with a call.
//!
//! One enum, told apart by what a caller would do next: mend the configuration,
//! mend the arguments, try again later, or read the server's answer. No text made
//! here holds a credential, a header's value or a body of a good answer.

mod api;
mod auth;
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
pub(crate) use self::envelope::request_id;
pub(crate) use self::response::Reason;
pub use self::response::ResponseError;
pub use self::stream::StreamError;
pub(crate) use self::stream::StreamReason;
use crate::runtime::transport::TransportError;
#[cfg(feature = "webhook")]
use crate::runtime::webhook::WebhookError;

/// The error of everything in this SDK that can fail.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be made from these options.
    Config(ConfigError),
    /// The request cannot be made from these arguments; nothing was sent.
    Build(BuildError),
    /// The call needs an access token and there is none; it was not sent.
    Auth(AuthError),
    /// No answer came, or it broke off.
    Connect(ConnectError),
    /// The answer took too long.
    Timeout(TimeoutError),
    /// The server answered with a failing status.
    Api(Box<ApiError>),
    /// The call succeeded, but its answer is not what this SDK expects.
    Decode(Box<ResponseError>),
    /// The call succeeded, but the stream of events that it began went wrong.
    Stream(Box<StreamError>),
    /// A file or another local source or target of bytes cannot be read or written.
    Io(std::io::Error),
    /// A webhook delivery is not to be trusted, or is not what this SDK expects.
    #[cfg(feature = "webhook")]
    Webhook(WebhookError),
}

impl Error {
    /// The status of the answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Stream(error) => Some(error.status()),
            _ => None,
        }
    }

    /// The id that the server gave the call, to quote in a report.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Stream(error) => error.request_id(),
            _ => None,
        }
    }

    /// The server's answer, if it was a failing one.
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

/// Says which option of a client is missing or wrong.
#[derive(Debug)]
pub struct ConfigError {
    message: String,
    source: Option<TransportError>,
}

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    /// An error for a value that an option does not allow.
    #[doc(hidden)]
    pub fn no_value(option: &str, value: &str, values: &[&str]) -> Self {
        Self::new(format!(
            "`{}` is no value of the option `{option}`; there are: {}",
            value.escape_debug(),
            values.join(", ")
        ))
    }

    pub(crate) fn transport(source: TransportError) -> Self {
        Self {
            message: "the HTTP client cannot be set up".to_owned(),
            source: Some(source),
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

/// Says which argument of a call cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError(String);

impl BuildError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for BuildError {}

/// Says why no whole answer came.
#[derive(Debug)]
pub struct ConnectError {
    message: &'static str,
    source: Option<TransportError>,
    retries: u32,
}

impl ConnectError {
    pub(crate) fn new(message: &'static str, source: Option<TransportError>, retries: u32) -> Self {
        Self {
            message,
            source,
            retries,
        }
    }

    /// How often the call was repeated before it was given up.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.retries
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl StdError for ConnectError {
    /// The transport's error, with the cause that the system gave it.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// Says which limit passed before the answer was whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutError {
    /// Each attempt took longer than the limit for one.
    Attempt {
        /// The limit, if it was the SDK's and not the transport's own.
        limit: Option<Duration>,
        /// How often the call was repeated before it was given up.
        retries: u32,
    },
    /// The call as a whole took longer than its deadline.
    Deadline {
        /// How often the call had been repeated by then.
        retries: u32,
    },
    /// Nothing came of a stream of events or a download for longer than it may be silent.
    Idle {
        /// The limit.
        limit: Duration,
    },
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attempt {
                limit: Some(limit), ..
            } => write!(f, "no answer within {limit:?}"),
            Self::Attempt { limit: None, .. } => {
                f.write_str("no answer within the transport's time limit")
            }
            Self::Deadline { .. } => f.write_str("the deadline of the call passed"),
            Self::Idle { limit } => write!(f, "the server was silent for {limit:?}"),
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
