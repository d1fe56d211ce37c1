//! Errors of webhook verification.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::codec::DecodeError;

/// An error in a webhook delivery, or in the secret that verifies it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum WebhookError {
    /// No secret is configured.
    NoSecret,
    /// A secret is empty or blank.
    EmptySecret,
    /// A secret consists only of the prefix `whsec_`.
    BarePrefix,
    /// No secret is valid base64, as Standard Webhooks requires.
    MalformedSecret,
    /// A header is missing or empty. If all are missing, the first one is named.
    MissingHeader(&'static str),
    /// A header contains invalid characters.
    MalformedHeader(&'static str),
    /// A header that must be unique is repeated.
    RepeatedHeader(&'static str),
    /// The timestamp is not a whole number of seconds.
    MalformedTimestamp,
    /// The delivery is older than five minutes. It may be a replay of an authentic delivery.
    Stale,
    /// The timestamp is more than five minutes ahead of the local clock.
    Future,
    /// The signature has an invalid format.
    MalformedSignature,
    /// The signature has the wrong length.
    TruncatedSignature,
    /// The delivery has more or longer signatures than an authentic delivery has.
    TooManySignatures,
    /// No signature has a supported version.
    UnknownVersion,
    /// No signature matches this body, this time and these secrets.
    NoMatch,
    /// The API signs deliveries in this header, with a scheme that this SDK does not support.
    UnknownScheme(&'static str),
    /// A [`WebhookVerifier`](super::WebhookVerifier) rejected the delivery, for this reason.
    Refused(String),
    /// The delivery is authentic, but its body could not be decoded.
    Payload(Box<DecodeError>),
}

impl WebhookError {
    /// Creates the error of a [`WebhookVerifier`](super::WebhookVerifier) that rejects a delivery.
    /// The reason must not contain secrets.
    #[must_use]
    pub fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into())
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("webhook: ")?;
        f.write_str(match self {
            Self::NoSecret => "no secret is configured",
            Self::EmptySecret => "a secret is empty",
            Self::BarePrefix => "a secret consists only of its prefix",
            Self::MalformedSecret => "no secret is valid base64",
            Self::MissingHeader(name) => return write!(f, "the header `{name}` is missing"),
            Self::MalformedHeader(name) => return write!(f, "the header `{name}` is malformed"),
            Self::RepeatedHeader(name) => {
                return write!(f, "the header `{name}` is repeated");
            }
            Self::MalformedTimestamp => "the timestamp is not a whole number of seconds",
            Self::Stale => "the delivery is too old",
            Self::Future => "the timestamp is in the future",
            Self::MalformedSignature => "the signature is malformed",
            Self::TruncatedSignature => "the signature has the wrong length",
            Self::TooManySignatures => "too many signatures",
            Self::UnknownVersion => "no signature has a supported version",
            Self::NoMatch => "no signature matches",
            Self::UnknownScheme(header) => {
                return write!(
                    f,
                    "this SDK cannot verify the signature in `{header}`; give the client's builder a \
                     `webhook_verifier`"
                );
            }
            Self::Refused(reason) => reason,
            Self::Payload(error) => return write!(f, "the payload could not be decoded: {error}"),
        })
    }
}

impl StdError for WebhookError {}
