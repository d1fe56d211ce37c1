//! `WebhookService`: a tower service that receives deliveries and runs their handlers.

use std::convert::Infallible;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::receive::{MAX_DELIVERY_BYTES, receive};
use super::router::WebhookRouter;
use crate::{BoxFuture, Client, Method, ResponseBody, StatusCode};

/// A service that receives deliveries, made by [`WebhookRouter::into_service`].
///
/// It verifies the signature of a delivery, and starts its handler in a task of tokio. It responds
/// with 204 at once, because Linq repeats deliveries that time out.
///
/// It responds with 401 to a forged delivery, and with 400 to an authentic delivery that is not an
/// event. It responds with 413 to a delivery that is too large, and with 405 to other methods than
/// `POST`.
#[derive(Debug, Clone)]
pub struct WebhookService {
    client: Client,
    router: WebhookRouter,
    limit: usize,
}

impl WebhookRouter {
    /// Converts the router into a service for axum and other servers that use tower. The secrets
    /// that verify deliveries are those of the client.
    ///
    #[cfg_attr(feature = "axum", doc = "```")]
    #[cfg_attr(not(feature = "axum"), doc = "```text")]
    /// use axum::Router;
    /// use axum::routing::post_service;
    /// use linq_sdk::{Client, WebhookRouter};
    ///
    /// fn app(client: Client, events: WebhookRouter) -> Router {
    ///     Router::new().route("/webhooks", post_service(events.into_service(client)))
    /// }
    /// ```
    pub fn into_service(self, client: Client) -> WebhookService {
        WebhookService {
            client,
            router: self,
            limit: MAX_DELIVERY_BYTES,
        }
    }
}

impl WebhookService {
    /// Sets the maximum size of a delivery in bytes. The default is 1 MiB.
    #[must_use]
    pub fn max_bytes(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    async fn respond<B: Body>(self, request: Request<B>) -> StatusCode {
        if *request.method() != Method::POST {
            return StatusCode::METHOD_NOT_ALLOWED;
        }
        match receive(&self.client, request, self.limit).await {
            Ok(delivery) => {
                self.router.spawn(delivery.event);
                StatusCode::NO_CONTENT
            }
            Err(rejection) => rejection.status(),
        }
    }
}

impl<B> Service<Request<B>> for WebhookService
where
    B: Body<Data: Send> + Send + 'static,
{
    type Response = Response<ResponseBody>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move {
            let status = service.respond(request).await;
            let mut response = Response::new(ResponseBody::from(""));
            *response.status_mut() = status;
            Ok(response)
        })
    }
}
