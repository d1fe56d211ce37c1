//! `attachments().upload(file)`: all three steps, and the failure of each.

use std::time::Duration;

use linq_sdk::mock::{Mock, Reply};
use linq_sdk::{AttachmentUploadError, Client, Method, StatusCode, Upload};

use crate::support;

const ID: &str = "c2a4e6f8-1b3d-4c5e-9f70-8a9b0c1d2e3f";

/// The response to the first call.
const SLOT: &str = r#"{
  "attachment_id": "c2a4e6f8-1b3d-4c5e-9f70-8a9b0c1d2e3f",
  "upload_url": "https://uploads.example.com/c2a4e6f8?signature=a%2Fb",
  "download_url": "https://cdn.example.com/c2a4e6f8/plan.png",
  "http_method": "PUT",
  "expires_at": "2026-02-05T20:07:17Z",
  "required_headers": { "Content-Type": "image/png", "Content-Length": "3", "x-amz-acl": "private" }
}"#;

/// The status of the attachment.
fn state(status: &str) -> Reply {
    Reply::json_text(format!(
        r#"{{ "id": "{ID}", "filename": "plan.png", "content_type": "image/png",
            "size_bytes": 3, "status": "{status}", "created_at": "2026-02-05T19:52:17Z" }}"#
    ))
}

/// A mock of an upload whose status changes with each poll.
pub fn mock_upload(states: &[&str]) -> Mock {
    let mock = Mock::new();
    mock.once(Method::POST, "/v3/attachments", Reply::json_text(SLOT));
    mock.once(Method::PUT, "/c2a4e6f8", StatusCode::OK);
    for status in states {
        mock.once(Method::GET, "/v3/attachments/{id}", state(status));
    }
    mock
}

async fn fail(client: &Client, file: Upload) -> AttachmentUploadError {
    let upload = client.attachments().upload(file);
    let upload = upload.poll_interval(Duration::from_millis(1));
    upload
        .wait_limit(Duration::from_millis(2))
        .await
        .unwrap_err()
}

fn png() -> Upload {
    Upload::new("png").file_name("plan.png")
}

#[tokio::test]
async fn a_file_is_requested_sent_and_awaited() {
    let mock = mock_upload(&["pending", "pending", "complete"]);
    let client = support::client(&mock);
    let upload = client.attachments().upload(png());
    let attachment = upload
        .poll_interval(Duration::from_millis(1))
        .await
        .unwrap();
    assert_eq!(attachment.id, ID);
    mock.verify();
    let requests = mock.requests();
    let body = std::str::from_utf8(&requests[0].body).unwrap();
    assert_eq!(
        body,
        r#"{"filename":"plan.png","content_type":"image/png","size_bytes":3}"#
    );
    assert_eq!(requests[0].header("authorization"), Some("Bearer a key"));
    // The other host gets the bytes and the headers that it asks for, and no credentials.
    let sent = &requests[1];
    assert_eq!(sent.query("signature"), Some("a/b"));
    assert_eq!(&sent.body[..], b"png");
    assert_eq!(sent.header("content-type"), Some("image/png"));
    assert_eq!(sent.header("x-amz-acl"), Some("private"));
    assert_eq!(sent.header("authorization"), None);
}

#[tokio::test]
async fn paths_and_readers_are_sent_while_they_are_read() {
    let path = std::env::temp_dir().join(format!("plan-{}.png", std::process::id()));
    std::fs::write(&path, "png").unwrap();
    let reader = Upload::reader(&b"png"[..]).file_name("plan.png");
    for file in [Upload::path(&path), reader.content_length(3)] {
        let mock = mock_upload(&["complete"]);
        let client = support::client(&mock);
        client.attachments().upload(file).await.unwrap();
        assert_eq!(&mock.requests()[1].body[..], b"png");
    }
    std::fs::remove_file(path).unwrap();
}

#[test]
fn blocking_uploads_wait() {
    let mock = mock_upload(&["complete"]);
    let attachment = support::client(&mock).attachments().upload(png()).wait();
    assert_eq!(attachment.unwrap().id, ID);
}

/// Nothing is sent for a file that the API could not accept.
#[tokio::test]
async fn files_without_a_description_are_refused() {
    let mock = Mock::new();
    let client = support::client(&mock);
    for (file, message) in [
        (Upload::new("png"), "Upload::file_name"),
        (
            Upload::new("png").file_name("a.exe"),
            "the media type of `a.exe` is unknown",
        ),
        (
            Upload::reader(&b"png"[..]).file_name("a.png"),
            "Upload::content_length",
        ),
        (Upload::path("/nowhere/a.png"), "No such file"),
    ] {
        let error = fail(&client, file).await.to_string();
        assert!(error.contains(message), "{error}");
    }
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn each_step_can_fail() {
    let mock = mock_upload(&["failed"]);
    let error = fail(&support::client(&mock), png()).await;
    assert!(
        matches!(&error, AttachmentUploadError::Failed(file) if file.id == ID),
        "{error}"
    );

    let mock = mock_upload(&["pending", "pending", "pending"]);
    let error = fail(&support::client(&mock), png()).await;
    assert!(
        matches!(error, AttachmentUploadError::NotReady { .. }),
        "{error}"
    );

    let mock = Mock::new();
    mock.on(Method::POST, "/v3/attachments", Reply::json_text(SLOT));
    mock.on(Method::PUT, "/c2a4e6f8", StatusCode::FORBIDDEN);
    let error = fail(&support::client(&mock), png()).await;
    assert!(
        matches!(error, AttachmentUploadError::Transfer(_)),
        "{error}"
    );

    let mock = Mock::new();
    mock.on(Method::POST, "/v3/attachments", StatusCode::FORBIDDEN);
    let error = fail(&support::client(&mock), png()).await;
    assert!(matches!(error, AttachmentUploadError::Call(_)), "{error}");
}
