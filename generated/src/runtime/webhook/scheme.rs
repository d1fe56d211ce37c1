//! How an API signs its webhooks, and verifiers for those that this module does not know.

use http::HeaderMap;

use super::error::WebhookError;

/// How the deliveries of an API are signed, as its description tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookScheme {
    /// By Standard Webhooks, or by the scheme from before it: the headers of the delivery tell.
    Detect,
    /// By Standard Webhooks, in headers of other names.
    Standard(WebhookHeaders),
    /// By the HMAC-SHA256 of the body alone with the secret's own text as the key, in a header with
    /// `sha256=` and lower-case hex: as GitHub does it, in `X-Hub-Signature-256`.
    Body {
        /// The header.
        header: &'static str,
    },
    /// In a way that this SDK does not know, in this header. Only a [`WebhookVerifier`] can tell.
    Unknown {
        /// The header.
        header: &'static str,
    },
}

/// The names of the headers of Standard Webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHeaders {
    /// That of the id.
    pub id: &'static str,
    /// That of the timestamp.
    pub timestamp: &'static str,
    /// That of the signatures.
    pub signature: &'static str,
}

impl WebhookHeaders {
    /// Those of the specification.
    pub(super) const STANDARD: Self = Self {
        id: "webhook-id",
        timestamp: "webhook-timestamp",
        signature: "webhook-signature",
    };

    /// Those of Svix, from which the specification comes.
    pub(super) const SVIX: Self = Self {
        id: "svix-id",
        timestamp: "svix-timestamp",
        signature: "svix-signature",
    };

    /// Whether a delivery has one of them.
    pub(super) fn are_in(self, headers: &HeaderMap) -> bool {
        let names = [self.id, self.timestamp, self.signature];
        names.iter().any(|name| headers.contains_key(*name))
    }
}

/// Tells deliveries from forgeries, in place of the schemes that this module knows.
///
/// Give one to the client's builder, and its `unwrap` asks it before it reads anything. A closure
/// that takes the headers and the body is one:
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
    /// Checks a delivery, of which `body` is the body as it came.
    ///
    /// Compare signatures in constant time, refuse deliveries that are old, and let nothing pass that
    /// is not signed.
    ///
    /// # Errors
    ///
    /// Fails unless the delivery is genuine, as with [`WebhookError::refused`].
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
