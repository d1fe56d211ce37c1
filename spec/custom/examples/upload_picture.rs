//! Uploads a picture, and sends it to a chat.
//!
//! `LINQ_API_V3_API_KEY=… cargo run --example upload_picture --features fs -- CHAT_ID FILE`

use std::error::Error;

use linq_sdk::types::{ChatMessageSendParams, MediaPart, MessageContent, MessagePart, TextPart};
use linq_sdk::{Client, Upload};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(chat_id), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("expected the ID of a chat and a file".into());
    };
    let client = Client::from_env()?;
    let message_id = send_picture(&client, &chat_id, Upload::path(file)).await?;
    println!("sent message {message_id}");
    Ok(())
}

/// Sends a picture with a line of text. Returns the ID of the message.
pub async fn send_picture(
    client: &Client,
    chat_id: &str,
    picture: Upload,
) -> Result<String, Box<dyn Error>> {
    let attachment = client.attachments().upload(picture).await?;
    let content = MessageContent::new([
        MessagePart::Media(MediaPart::new().attachment_id(attachment.id)),
        MessagePart::Text(TextPart::new("Here is your receipt.")),
    ]);
    let params = ChatMessageSendParams::new(content);
    let sent = client.chats().messages().send(chat_id, params).await?;
    Ok(sent.message.id)
}
