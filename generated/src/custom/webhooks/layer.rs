//! `WebhookLayer`: a tower layer that lets only authentic deliveries through.

use std::mem;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;

use super::receive::{MAX_DELIVERY_BYTES, receive};
use crate::{BoxFuture, Bytes, Client};

/// A layer that verifies deliveries before they reach a service.
///
/// The service gets authentic requests with their body, and the
/// [`WebhookEvent`](crate::types::WebhookEvent) as an extension. All others are rejected with the
/// status of their [`WebhookRejection`](super::WebhookRejection).
#[derive(Debug, Clone)]
pub struct WebhookLayer {
    client: Client,
    limit: usize,
}

impl WebhookLayer {
    /// Creates a layer. The secrets that verify deliveries are those of the client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self {
            client,
            limit: MAX_DELIVERY_BYTES,
        }
    }

    /// Sets the maximum size of a delivery in bytes. The default is 1 MiB.
    #[must_use]
    pub fn max_bytes(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}

impl<S> Layer<S> for WebhookLayer {
    type Service = VerifyWebhooks<S>;

    fn layer(&self, inner: S) -> Self::Service {
        VerifyWebhooks {
            layer: self.clone(),
            inner,
        }
    }
}

/// A service behind a [`WebhookLayer`].
#[derive(Debug, Clone)]
pub struct VerifyWebhooks<S> {
    layer: WebhookLayer,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for VerifyWebhooks<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Body<Data: Send> + From<Bytes> + Send + 'static,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let layer = self.layer.clone();
        // The one that is ready makes the call.
        let unready = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, unready);
        Box::pin(async move {
            match receive(&layer.client, request, layer.limit).await {
                Ok(delivery) => {
                    let mut request = Request::from_parts(delivery.head, B::from(delivery.body));
                    request.extensions_mut().insert(delivery.event);
                    inner.call(request).await
                }
                Err(rejection) => {
                    let mut response = Response::new(R::from(Bytes::new()));
                    *response.status_mut() = rejection.status();
                    Ok(response)
                }
            }
        })
    }
}
