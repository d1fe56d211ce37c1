//! Receiving webhooks: a router by the type of the event, and its adapters for servers.

mod event;
#[cfg(feature = "axum")]
mod extractor;
#[cfg(feature = "tower")]
mod layer;
#[cfg(feature = "tower")]
mod receive;
#[cfg(feature = "tower")]
mod rejection;
mod router;
#[cfg(feature = "tower")]
mod service;

pub use event::TypedEvent;
#[cfg(feature = "axum")]
pub use extractor::Webhook;
#[cfg(feature = "tower")]
pub use layer::{VerifyWebhooks, WebhookLayer};
#[cfg(feature = "tower")]
pub use rejection::WebhookRejection;
pub use router::{HandlerError, HandlerOutput, WebhookRouter};
#[cfg(feature = "tower")]
pub use service::WebhookService;
