//! Receivers of webhooks: the service, the layer and the extractor, with authentic and other
//! deliveries.

use std::convert::Infallible;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::routing::{post, post_service};
use axum::{Extension, Router};
use http::{Request, StatusCode};
use linq_sdk::mock::Mock;
use linq_sdk::types::{MessageReceivedEvent, MessageSentEvent, WebhookEvent, WebhookEventType};
use linq_sdk::{Client, Webhook, WebhookLayer, WebhookRouter};
use tokio::sync::mpsc;
use tower_service::Service as _;

use crate::support::{client, delivery, message_received};

async fn status(app: &mut Router, request: Request<Body>) -> StatusCode {
    let response: Result<_, Infallible> = app.call(request).await;
    response.unwrap().status()
}

/// The same endpoint, by each of the adapters. The handler never ends.
fn receivers(client: &Client) -> [Router; 3] {
    let events = WebhookRouter::new().on(|_: MessageReceivedEvent| pending::<()>());
    let service = events.clone().into_service(client.clone());
    let layer = WebhookLayer::new(client.clone());
    let spawned = events.clone();
    let receive = |Extension(event): Extension<WebhookEvent>, body: String| async move {
        assert!(body.starts_with('{'));
        spawned.spawn(event);
        StatusCode::NO_CONTENT
    };
    let extract = |Webhook(event): Webhook| async move {
        events.spawn(event);
        StatusCode::NO_CONTENT
    };
    [
        Router::new().route("/webhooks", post_service(service)),
        Router::new().route("/webhooks", post(receive)).layer(layer),
        Router::new()
            .route("/webhooks", post(extract))
            .with_state(client.clone()),
    ]
}

#[tokio::test]
async fn each_adapter_checks_deliveries() {
    for mut app in receivers(&client(&Mock::new())) {
        // The response does not wait for the handler.
        let authentic = delivery(message_received("Hello"));
        assert_eq!(status(&mut app, authentic).await, StatusCode::NO_CONTENT);
        let unknown = delivery(r#"{"event_type":"moon.landed"}"#);
        assert_eq!(status(&mut app, unknown).await, StatusCode::NO_CONTENT);

        let mut forged = delivery("{}");
        *forged.body_mut() = Body::from(message_received("Hello"));
        assert_eq!(status(&mut app, forged).await, StatusCode::UNAUTHORIZED);
        let unsigned = Request::post("/webhooks").body(Body::from("{}")).unwrap();
        assert_eq!(status(&mut app, unsigned).await, StatusCode::UNAUTHORIZED);

        for undecodable in ["not JSON", r#"{"event_type":"message.received"}"#] {
            let undecodable = delivery(undecodable);
            assert_eq!(status(&mut app, undecodable).await, StatusCode::BAD_REQUEST);
        }
        let large = delivery(format!("\"{}\"", "x".repeat(1 << 20)));
        assert_eq!(status(&mut app, large).await, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

/// A body without an announced length is not read beyond the limit either.
#[tokio::test]
async fn chunked_bodies_are_limited() {
    struct Endless;

    impl http_body::Body for Endless {
        type Data = bytes::Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, Infallible>>> {
            let chunk = bytes::Bytes::from_static(&[b' '; 1000]);
            std::task::Poll::Ready(Some(Ok(http_body::Frame::data(chunk))))
        }
    }

    let service = WebhookRouter::new().into_service(client(&Mock::new()));
    let mut service = service.max_bytes(10_000);
    let (head, _) = delivery("{}").into_parts();
    let response = service
        .call(Request::from_parts(head, Endless))
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let get = Request::get("/webhooks").body(Body::empty()).unwrap();
    let response = service.call(get).await.unwrap();
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
}

/// A server without a secret cannot verify a delivery. The sender is not at fault.
#[tokio::test]
async fn a_missing_secret_is_an_error_of_the_server() {
    let builder = Client::builder().transport(Mock::new()).api_key("a key");
    let client = builder.webhook_secrets([""; 0]).build().unwrap();
    for mut app in receivers(&client) {
        let status = status(&mut app, delivery("{}")).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}

fn event(body: &str) -> WebhookEvent {
    linq_sdk::codec::from_slice(body.as_bytes()).unwrap()
}

async fn refuse(event: MessageSentEvent) {
    panic!("{} is another type", event.event_type);
}

#[tokio::test]
async fn events_reach_the_handler_of_their_type() {
    let (sender, mut seen) = mpsc::unbounded_channel();
    let (received, others) = (sender.clone(), sender);
    let router = WebhookRouter::new()
        .on(refuse)
        .on(move |event: MessageReceivedEvent| {
            let received = received.clone();
            async move {
                received
                    .send(event.event_type)
                    .map_err(|error| error.to_string())
            }
        })
        .fallback(move |event| {
            let others = others.clone();
            async move { drop(others.send(event.event_type().to_string())) }
        });
    router.dispatch(event(&message_received("Hello"))).await;
    let unknown = r#"{"event_type":"moon.landed","data":1}"#;
    router.dispatch(event(unknown)).await;
    assert_eq!(seen.recv().await.as_deref(), Some("message.received"));
    assert_eq!(seen.recv().await.as_deref(), Some("moon.landed"));
}

#[tokio::test]
async fn errors_of_handlers_are_reported() {
    async fn fail(_: MessageReceivedEvent) -> Result<(), std::io::Error> {
        Err(std::io::Error::other("full"))
    }

    let errors = Arc::new(Mutex::new(Vec::new()));
    let reported = Arc::clone(&errors);
    let router = WebhookRouter::new()
        .on(fail)
        .on_error(move |event_type, error| {
            reported
                .lock()
                .unwrap()
                .push((event_type, error.to_string()));
        });
    router.dispatch(event(&message_received("Hello"))).await;
    let expected = [(WebhookEventType::MessageReceived, "full".to_owned())];
    assert_eq!(*errors.lock().unwrap(), expected);
    // An event without a handler is ignored.
    let done = WebhookRouter::new().dispatch(event(r#"{"event_type":"moon.landed"}"#));
    tokio::time::timeout(Duration::from_secs(5), done)
        .await
        .unwrap();
}
