//! Sends a message, and waits until it is delivered.
//!
//! `LINQ_API_V3_API_KEY=… cargo run --example deliver_message -- CHAT_ID TEXT`

use std::error::Error;
use std::time::Duration;

use linq_sdk::Client;
use linq_sdk::types::{ChatMessageSendParams, MessageContent, MessagePart, TextPart};

/// Number of times to ask for the state of the message.
const MAX_POLLS: u32 = 30;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(chat_id), Some(text)) = (arguments.next(), arguments.next()) else {
        return Err("expected the ID of a chat and a text".into());
    };
    let client = Client::from_env()?;
    match deliver(&client, &chat_id, &text, Duration::from_secs(1)).await? {
        true => println!("delivered"),
        false => println!("not delivered yet"),
    }
    Ok(())
}

/// Sends a text, and polls until it is delivered. Returns `false` if that takes too long. A server
/// learns it from the event `message.delivered` instead.
pub async fn deliver(
    client: &Client,
    chat_id: &str,
    text: &str,
    interval: Duration,
) -> Result<bool, linq_sdk::Error> {
    let content = MessageContent::new([MessagePart::Text(TextPart::new(text))]);
    let params = ChatMessageSendParams::new(content);
    let sent = client.chats().messages().send(chat_id, params).await?;
    for _ in 0..MAX_POLLS {
        let message = client.messages().retrieve(&sent.message.id).await?;
        if message.is_delivered {
            return Ok(true);
        }
        tokio::time::sleep(interval).await;
    }
    Ok(false)
}
