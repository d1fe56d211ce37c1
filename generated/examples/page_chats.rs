//! Lists the chats of a line, and fetches each page when it is needed.
//!
//! `LINQ_API_V3_API_KEY=… cargo run --example page_chats -- +12025550100`

use linq_sdk::types::ChatListChatsParams;
use linq_sdk::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let line = std::env::args()
        .nth(1)
        .ok_or("expected the number of a line")?;
    let client = Client::from_env()?;
    for (id, name) in list_groups(&client, &line).await? {
        println!("{id}  {name}");
    }
    Ok(())
}

/// Returns the IDs and names of the groups of a line, from all pages.
pub async fn list_groups(client: &Client, line: &str) -> Result<Vec<(String, String)>, Error> {
    let params = ChatListChatsParams::new(line).limit(100);
    let mut chats = client.chats().list_chats(params).items();
    let mut groups = Vec::new();
    while let Some(chat) = chats.next().await {
        let chat = chat?;
        if chat.is_group {
            let name = chat.display_name.unwrap_or_else(|| "unnamed".to_owned());
            groups.push((chat.id, name));
        }
    }
    Ok(groups)
}
