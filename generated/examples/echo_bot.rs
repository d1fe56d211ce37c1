//! Answers each message with its own text.
//!
//! `LINQ_API_V3_API_KEY=… LINQ_WEBHOOK_SECRET=… cargo run --example echo_bot --features axum`

use axum::Router;
use axum::routing::post_service;
use linq_sdk::types::{
    ChatMessageSendParams, EventMessagePart, MessageContent, MessagePart, MessageReceivedEvent,
    TextPart,
};
use linq_sdk::{Client, Error, WebhookRouter};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app(Client::from_env()?)).await?;
    Ok(())
}

/// A server that receives webhooks at `/webhooks`.
pub fn app(client: Client) -> Router {
    let bot = client.clone();
    let events = WebhookRouter::new()
        .on(move |event| echo(bot.clone(), event))
        .on_error(|event_type, error| eprintln!("{event_type}: {error}"));
    Router::new().route("/webhooks", post_service(events.into_service(client)))
}

/// Sends the texts of a message back to its chat.
async fn echo(client: Client, event: MessageReceivedEvent) -> Result<(), Error> {
    // Subscriptions of the version `2025-01-01` deliver another payload.
    let Some(message) = event.data.as_message_payload() else {
        return Ok(());
    };
    let texts = message.parts.iter().filter_map(EventMessagePart::as_text);
    let parts: Vec<MessagePart> = texts
        .map(|part| MessagePart::Text(TextPart::new(&part.value)))
        .collect();
    if parts.is_empty() {
        return Ok(());
    }
    let params = ChatMessageSendParams::new(MessageContent::new(parts));
    client
        .chats()
        .messages()
        .send(&message.chat.id, params)
        .await?;
    Ok(())
}
