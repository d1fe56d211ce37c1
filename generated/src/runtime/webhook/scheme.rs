//! Signature schemes of webhooks, and custom verifiers.

use http::HeaderMap;

use super::error::WebhookError;

/// The signature scheme of an API's webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookScheme {
    /// Standard Webhooks or the legacy scheme, depending on the delivery's headers.
    Detect,
    /// Standard Webhooks with other header names.
    Standard(WebhookHeaders),
    /// The HMAC-SHA256 of the body, with the text of the secret as the key. The header holds
    /// `sha256=` and lower-case hex, like GitHub's `X-Hub-Signature-256`.
    Body {
        /// Name of the header.
        header: &'static str,
    },
    /// An unsupported scheme, which signs in this header. It requires a [`WebhookVerifier`].
    Unknown {
        /// Name of the header.
        header: &'static str,
    },
}

/// The header names of Standard Webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHeaders {
    /// Header with the delivery's ID.
    pub id: &'static str,
    /// Header with the timestamp.
    pub timestamp: &'static str,
    /// Header with the signatures.
    pub signature: &'static str,
}

impl WebhookHeaders {
    /// Names from the specification.
    pub(super) const STANDARD: Self = Self {
        id: "webhook-id",
        timestamp: "webhook-timestamp",
        signature: "webhook-signature",
    };

    /// Names that Svix uses, from which the specification originates.
    pub(super) const SVIX: Self = Self {
        id: "svix-id",
        timestamp: "svix-timestamp",
        signature: "svix-signature",
    };

    /// Returns `true` if a delivery has one of these headers.
    pub(super) fn are_in(self, headers: &HeaderMap) -> bool {
        let names = [self.id, self.timestamp, self.signature];
        names.iter().any(|name| headers.contains_key(*name))
    }
}

/// Verifies webhook deliveries, instead of the built-in schemes.
///
/// Pass a verifier to the client's builder. The client's `unwrap` then calls it before it parses
/// the body. Closures over the headers and the body implement this trait:
///
/// ```text
/// let client = Client::builder()
///     .webhook_verifier(move |headers: &HeaderMap, body: &[u8]| match is_genuine(&key, headers, body) {
///         true => Ok(()),
///         false => Err(WebhookError::refused("the signature is wrong")),
///     })
///     .build()?;
/// ```
pub trait WebhookVerifier: Send + Sync + 'static {
    /// Verifies a delivery. `body` is the body as received.
    ///
    /// Implementations should compare signatures in constant time, reject old deliveries, and rely
    /// only on signed data.
    ///
    /// # Errors
    ///
    /// Returns an error if the delivery is not authentic, such as [`WebhookError::refused`].
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError>;
}

impl<F> WebhookVerifier for F
where
    F: Fn(&HeaderMap, &[u8]) -> Result<(), WebhookError> + Send + Sync + 'static,
{
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        self(headers, body)
    }
}
