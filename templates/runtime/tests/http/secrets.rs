//! Secrets are never printed.

use std::fmt::Debug;

use crate::fake_transport::{Fake, answer};
use crate::server::{Reply, Server, json, reply};
use crate::support::{KEY, builder, client};

fn assert_hidden(value: &impl Debug) {
    let shown = format!("{value:?} {value:#?}");
    for secret in [KEY, "hush"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn builders_and_clients_hide_secrets() {
    let builder = builder()
        .webhook_secret("whsec_hush")
        .default_header("X-Token", "hush")
        .default_query("token", "hush")
        .base_url("http://pets.invalid/?key=hush");
    assert_hidden(&builder);
    assert_hidden(&builder.build().unwrap());
}

#[test]
fn requests_hide_secrets() {
    let client = builder().build().unwrap();
    let call = client
        .post("/a?key=hush")
        .header("X-Token", "hush")
        .query("token", "hush")
        .json(&"hush".to_owned());
    assert_hidden(&call);
    assert_hidden(&call.send());
}

#[tokio::test]
async fn transport_requests_hide_secrets() {
    let fake = Fake::new(|_, request| async move {
        assert_hidden(&request);
        answer(200, &[])
    });
    let call = fake
        .client()
        .post("/a")
        .header("X-Api-Token", "hush")
        .json(&"hush".to_owned())
        .send()
        .await;
    call.unwrap();
}

#[tokio::test]
async fn responses_hide_secrets() {
    let server = Server::start([reply(
        200,
        &[("set-cookie", "sid=hush")],
        r#"{"signing_secret":"hush"}"#,
    )])
    .await;
    let (_, response) = client(&server).get("/a").with_response().await.unwrap();
    assert_hidden(&response);
    let error = client(&server)
        .get("/a")
        .cast::<Vec<String>>()
        .await
        .unwrap_err();
    assert_hidden(&error);
    assert!(!error.to_string().contains("hush"), "{error}");
}

#[tokio::test]
async fn errors_hide_secrets() {
    for reply in [
        json(401, r#"{"error":{"message":"no"},"echo":"hush"}"#),
        Reply::Reset,
        Reply::RawJson(b"?".to_vec()),
    ] {
        let server = Server::start([reply]).await;
        let client = client(&server);
        let error = client
            .get("/a?key=hush")
            .query("token", "hush")
            .max_retries(0)
            .await
            .unwrap_err();
        assert_hidden(&error);
        let mut shown = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            shown.push_str(&format!("{error} {error:?}"));
            source = error.source();
        }
        assert!(!shown.contains("hush") && !shown.contains(KEY), "{shown}");
    }
}
