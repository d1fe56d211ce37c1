//! A client without a server, and signed deliveries.

use linq_sdk::mock::Mock;
use linq_sdk::{Client, webhook};

/// The secret of all deliveries.
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7Jxx2Oll+OE=";

/// Returns a client whose calls go to a mock.
pub fn client(mock: &Mock) -> Client {
    let builder = Client::builder().transport(mock.clone());
    let builder = builder.api_key("a key").webhook_secret(SECRET);
    builder.max_retries(0).build().unwrap()
}

/// Returns a delivery of a body, signed now.
pub fn delivery(body: impl Into<String>) -> http::Request<axum::body::Body> {
    let body = body.into();
    let headers = webhook::sign_delivery(SECRET, "evt_1", body.as_bytes()).unwrap();
    let mut request = http::Request::post("/webhooks").body(body.into()).unwrap();
    request.headers_mut().extend(headers);
    request
}

/// An event of a received message with this text.
pub fn message_received(text: &str) -> String {
    let event = include_str!("message_received.json");
    event.replace("TEXT", text)
}
