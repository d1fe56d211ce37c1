//! The programs in `examples/`, against a mock of the API.

use std::time::Duration;

use linq_sdk::mock::{Mock, Reply};
use linq_sdk::{Method, Upload};
use tower_service::Service as _;

use crate::support::{client, delivery, message_received};
use crate::uploads::mock_upload;

#[expect(dead_code, reason = "`main` is for the command line")]
#[path = "../../examples/deliver_message.rs"]
mod deliver_message;
#[expect(dead_code, reason = "`main` is for the command line")]
#[path = "../../examples/echo_bot.rs"]
mod echo_bot;
#[expect(dead_code, reason = "`main` is for the command line")]
#[path = "../../examples/page_chats.rs"]
mod page_chats;
#[expect(dead_code, reason = "`main` is for the command line")]
#[path = "../../examples/test_with_mock.rs"]
mod test_with_mock;
#[expect(dead_code, reason = "`main` is for the command line")]
#[path = "../../examples/upload_picture.rs"]
mod upload_picture;

const CHAT: &str = "3f1c9a52-6d0e-4b7f-9c1a-5e8d2b7a4c10";
const SEND: &str = "/v3/chats/{id}/messages";
const SENT: &str = include_str!("sent_message.json");

#[tokio::test]
async fn a_message_is_sent_and_delivered() {
    let message = include_str!("message.json");
    let mock = Mock::new();
    mock.once(Method::POST, SEND, Reply::json_text(SENT));
    for is_delivered in ["false", "true"] {
        let message = message.replace("IS_DELIVERED", is_delivered);
        mock.once(Method::GET, "/v3/messages/{id}", Reply::json_text(message));
    }
    let interval = Duration::from_millis(1);
    let delivered = deliver_message::deliver(&client(&mock), CHAT, "Hello", interval).await;
    assert!(delivered.unwrap());
    mock.verify();
}

#[tokio::test]
async fn the_bot_echoes_texts() {
    let mock = Mock::new();
    mock.once(Method::POST, SEND, Reply::json_text(SENT));
    let mut app = echo_bot::app(client(&mock));
    let response = app.call(delivery(message_received("Hello"))).await.unwrap();
    assert_eq!(response.status(), 204);
    while mock.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    let body = mock.requests()[0].body.clone();
    let text = r#"{"message":{"parts":[{"type":"text","value":"Hello"}]}}"#;
    assert_eq!(body, text);
}

#[tokio::test]
async fn chats_of_all_pages_are_listed() {
    let page = include_str!("chats.json");
    let mock = Mock::new();
    for cursor in ["\"2\"", "null"] {
        let page = page.replace("\"CURSOR\"", cursor);
        mock.once(Method::GET, "/v3/chats", Reply::json_text(page));
    }
    let groups = page_chats::list_groups(&client(&mock), "+12025550100").await;
    assert_eq!(groups.unwrap().len(), 2);
    assert_eq!(mock.requests()[1].query("cursor"), Some("2"));
    mock.verify();
}

#[tokio::test]
async fn a_picture_is_uploaded_and_sent() {
    let mock = mock_upload(&["complete"]);
    mock.once(Method::POST, SEND, Reply::json_text(SENT));
    let picture = Upload::new("png").file_name("plan.png");
    let sent = upload_picture::send_picture(&client(&mock), CHAT, picture).await;
    assert_eq!(sent.unwrap(), "7b8e2d14-0c5a-4f3e-8a6b-1d9f4e2c7a35");
    mock.verify();
}

#[tokio::test]
async fn an_application_is_tested() {
    test_with_mock::test_numbers().await.unwrap();
}
