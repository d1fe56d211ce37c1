//! From a request to a verified event, for all adapters.

use std::future::poll_fn;
use std::pin::pin;

use bytes::{Buf as _, BytesMut};
use http::Request;
use http::request::Parts;
use http_body::Body;

use super::rejection::WebhookRejection;
use crate::types::WebhookEvent;
use crate::{Bytes, Client};

/// Default maximum size of a delivery in bytes.
pub(super) const MAX_DELIVERY_BYTES: usize = 1 << 20;

/// A delivery whose signature has been verified.
pub(super) struct Delivery {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    pub(super) event: WebhookEvent,
}

/// Reads a request of at most `limit` bytes, verifies its signature, and decodes its event.
pub(super) async fn receive<B: Body>(
    client: &Client,
    request: Request<B>,
    limit: usize,
) -> Result<Delivery, WebhookRejection> {
    let (head, body) = request.into_parts();
    let body = read_body(body, limit).await?;
    let event = client.webhooks().unwrap(&head.headers, &body);
    Ok(Delivery {
        event: event.map_err(WebhookRejection::from_error)?,
        head,
        body,
    })
}

async fn read_body<B: Body>(body: B, limit: usize) -> Result<Bytes, WebhookRejection> {
    let too_large = || WebhookRejection::TooLarge(limit);
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    let mut body = pin!(body);
    let mut read = BytesMut::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(|_| WebhookRejection::Unreadable)?;
        if let Ok(mut data) = frame.into_data() {
            if data.remaining() > limit - read.len() {
                return Err(too_large());
            }
            let length = data.remaining();
            read.extend_from_slice(&data.copy_to_bytes(length));
        }
    }
    Ok(read.freeze())
}
