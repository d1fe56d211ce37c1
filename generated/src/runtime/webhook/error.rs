//! Why a delivery is not to be trusted.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::codec::DecodeError;

/// Says what is wrong with a delivery, or with the secret that it is checked against.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum WebhookError {
    /// There is no secret to check against.
    NoSecret,
    /// A secret is empty or blank.
    EmptySecret,
    /// A secret is nothing but the prefix `whsec_`.
    BarePrefix,
    /// No secret is base64, as Standard Webhooks has it.
    MalformedSecret,
    /// A header is missing or empty; an answer with none at all names the first one.
    MissingHeader(&'static str),
    /// A header has characters that cannot be there.
    MalformedHeader(&'static str),
    /// A header that may be there once is there several times.
    RepeatedHeader(&'static str),
    /// The timestamp is not a whole number of seconds.
    MalformedTimestamp,
    /// The delivery is older than five minutes; it may be a copy of a real one.
    Stale,
    /// The delivery is more than five minutes ahead of this machine's clock.
    Future,
    /// The signature is not written as one.
    MalformedSignature,
    /// The signature is shorter or longer than one can be.
    TruncatedSignature,
    /// There are more signatures, or longer ones, than a genuine delivery has.
    TooManySignatures,
    /// No signature is of a version that this SDK knows.
    UnknownVersion,
    /// No signature is right for this body, this time and these secrets.
    NoMatch,
    /// The API signs its deliveries in this header, in a way that this SDK does not know.
    UnknownScheme(&'static str),
    /// A [`WebhookVerifier`](super::WebhookVerifier) refuses the delivery, for this reason.
    Refused(String),
    /// The delivery is genuine, but its body is not what this SDK expects.
    Payload(Box<DecodeError>),
}

impl WebhookError {
    /// The error of a [`WebhookVerifier`](super::WebhookVerifier) that refuses a delivery. The reason
    /// must name no secret.
    #[must_use]
    pub fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into())
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("webhook: ")?;
        f.write_str(match self {
            Self::NoSecret => "there is no secret to check the delivery against",
            Self::EmptySecret => "a secret is empty",
            Self::BarePrefix => "a secret is nothing but its prefix",
            Self::MalformedSecret => "no secret is base64",
            Self::MissingHeader(name) => return write!(f, "the header `{name}` is missing"),
            Self::MalformedHeader(name) => return write!(f, "the header `{name}` is malformed"),
            Self::RepeatedHeader(name) => {
                return write!(f, "the header `{name}` is there more than once");
            }
            Self::MalformedTimestamp => "the timestamp is not a whole number of seconds",
            Self::Stale => "the delivery is too old",
            Self::Future => "the delivery is from the future",
            Self::MalformedSignature => "the signature is malformed",
            Self::TruncatedSignature => "the signature has the wrong length",
            Self::TooManySignatures => "there are too many signatures",
            Self::UnknownVersion => "no signature is of a known version",
            Self::NoMatch => "no signature matches",
            Self::UnknownScheme(header) => {
                return write!(
                    f,
                    "this SDK cannot verify the signature in `{header}`; give the client's builder a \
                     `webhook_verifier`"
                );
            }
            Self::Refused(reason) => reason,
            Self::Payload(error) => return write!(f, "the payload cannot be read: {error}"),
        })
    }
}

impl StdError for WebhookError {}
