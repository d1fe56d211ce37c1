//! Webhooks: the events that an API delivers.

use super::{Example, TypeId, Words};
use crate::source::Pointer;

/// The events that the API sends to its users.
#[derive(Debug, Clone)]
pub struct Webhooks {
    /// The methods that decode a delivery. At least one.
    pub methods: Vec<WebhookMethod>,
    /// The union of all events. The discriminator values of a variant are its event types.
    pub event: TypeId,
    /// The examples of deliveries.
    pub examples: Vec<Example>,
    /// The signature scheme of deliveries.
    pub signature: WebhookSignature,
    /// The JSON pointer of the events.
    pub pointer: Pointer,
}

impl Webhooks {
    /// Whether any method verifies the signature of a delivery.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.methods.iter().any(|method| method.is_verified)
    }
}

/// A method that decodes a delivery.
#[derive(Debug, Clone)]
pub struct WebhookMethod {
    /// The path of its resource from the client. Empty for the client itself.
    pub resource: Vec<Words>,
    /// Its name, usually `unwrap`.
    pub name: Words,
    /// Whether it verifies the signature of a delivery.
    pub is_verified: bool,
}

/// The signature scheme of deliveries, by the headers that the document declares. Header names are
/// in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookSignature {
    /// Standard Webhooks with its own headers or those of Svix, or the legacy scheme.
    Usual,
    /// Standard Webhooks with this prefix instead of `webhook` in its headers.
    Standard(String),
    /// The HMAC-SHA256 of the body, in this header.
    Body(String),
    /// An unknown scheme, in this header.
    Unknown(String),
}
