//! `Webhook`: an extractor of axum.

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};

use super::receive::{MAX_DELIVERY_BYTES, receive};
use super::rejection::WebhookRejection;
use crate::Client;
use crate::types::WebhookEvent;

/// The event of an authentic delivery, as an argument of a handler of axum.
///
/// The state of the router is the client, or has one by `FromRef`. Other deliveries are rejected with
/// the status of their [`WebhookRejection`]. `LIMIT` is the maximum size in bytes, 1 MiB by default.
///
/// ```
/// use axum::Router;
/// use axum::extract::State;
/// use axum::http::StatusCode;
/// use axum::routing::post;
/// use linq_sdk::{Client, Webhook, WebhookRouter};
///
/// fn app(client: Client, events: WebhookRouter) -> Router {
///     let receive = |Webhook(event): Webhook| async move {
///         events.spawn(event);
///         StatusCode::NO_CONTENT
///     };
///     Router::new().route("/webhooks", post(receive)).with_state(client)
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Webhook<const LIMIT: usize = MAX_DELIVERY_BYTES>(pub WebhookEvent);

impl<S, const LIMIT: usize> FromRequest<S> for Webhook<LIMIT>
where
    S: Send + Sync,
    Client: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let client = Client::from_ref(state);
        let delivery = receive(&client, request, LIMIT).await?;
        Ok(Self(delivery.event))
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}
