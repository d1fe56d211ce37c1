//! An application, and a test of it that needs no server.
//!
//! `cargo run --example test_with_mock --features mock`

use linq_sdk::mock::{Mock, Reply};
use linq_sdk::types::CapabilityCheckImessageParams;
use linq_sdk::{Client, Error, Method, StatusCode};

/// The code under test: whether a number can get a message of iMessage. The answer for a number that
/// the API refuses is `false`.
async fn reaches(client: &Client, number: &str) -> Result<bool, Error> {
    let params = CapabilityCheckImessageParams::new(number);
    match client.capability().check_imessage(params).await {
        Ok(answer) => Ok(answer.available),
        Err(error) if error.status() == Some(StatusCode::BAD_REQUEST) => Ok(false),
        Err(error) => Err(error),
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    test_numbers().await
}

/// The test.
pub async fn test_numbers() -> Result<(), Error> {
    let mock = Mock::new();
    let path = "/v3/capability/check_imessage";
    let yes = r#"{"address":"+12025550123","available":true}"#;
    mock.once(Method::POST, path, Reply::json_text(yes));
    mock.once(Method::POST, path, StatusCode::BAD_REQUEST);
    let client = Client::builder()
        .transport(mock.clone())
        .api_key("test")
        .build()?;

    assert!(reaches(&client, "+12025550123").await?);
    assert!(!reaches(&client, "12").await?);
    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    mock.verify();
    Ok(())
}
