//! Retries: their conditions, their number, and the requests that they send.

use sdkwright_runtime::Error;

use crate::server::{Server, json, reply};
use crate::support::{builder, client, post};

const NOW: &[(&str, &str)] = &[("retry-after-ms", "0")];

#[tokio::test]
async fn a_failing_status_is_retried_until_success() {
    let server = Server::start([
        reply(503, NOW, ""),
        reply(429, NOW, ""),
        json(200, r#"{"id":1}"#),
    ])
    .await;
    let (value, response) = post(&client(&server)).with_response().await.unwrap();
    assert_eq!(value["id"], 1);
    assert_eq!(response.retries(), 2);
    assert_eq!(
        server.headers("x-retry-count"),
        ["0", "1", "2"].map(|count| Some(count.to_owned()))
    );
}

#[tokio::test]
async fn two_retries_are_the_default() {
    let server = Server::start([reply(429, &[("retry-after", "0.01")], "")]).await;
    let error = post(&client(&server)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.as_api().unwrap().retries(), 2);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn retries_are_set_by_client_and_by_call() {
    let server = Server::start([reply(503, NOW, "")]).await;
    let client = builder()
        .base_url(server.url())
        .max_retries(4)
        .build()
        .unwrap();
    client.get("/a").await.unwrap_err();
    assert_eq!(server.seen().len(), 5);
    client.get("/a").max_retries(0).await.unwrap_err();
    assert_eq!(server.seen().len(), 6);
    client.get("/a").max_retries(1).await.unwrap_err();
    assert_eq!(server.seen().len(), 8);
}

#[tokio::test]
async fn each_status_is_retried_or_not() {
    for (status, tries) in [
        (400, 1),
        (401, 1),
        (402, 1),
        (403, 1),
        (404, 1),
        (405, 1),
        (408, 2),
        (409, 2),
        (410, 1),
        (418, 1),
        (422, 1),
        (425, 1),
        (429, 2),
        (451, 1),
        (500, 2),
        (501, 2),
        (502, 2),
        (503, 2),
        (504, 2),
        (507, 2),
        (529, 2),
        (599, 2),
        (300, 1),
        (304, 1),
    ] {
        let server = Server::start([reply(status, NOW, "")]).await;
        let error = client(&server).get("/a").max_retries(1).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(server.seen().len(), tries, "{status}");
    }
}

#[tokio::test]
async fn should_retry_overrides_the_status() {
    for (status, word, tries) in [
        (400, "true", 2),
        (503, "false", 1),
        (429, "false", 1),
        (503, "False", 2),
        (400, "1", 1),
    ] {
        let server = Server::start([reply(
            status,
            &[("x-should-retry", word), ("retry-after-ms", "0")],
            "",
        )])
        .await;
        client(&server).get("/a").max_retries(1).await.unwrap_err();
        assert_eq!(server.seen().len(), tries, "{status} {word}");
    }
}

#[tokio::test]
async fn should_retry_is_ignored_on_success() {
    let server = Server::start([reply(200, &[("x-should-retry", "true")], "{}")]).await;
    client(&server).get("/a").await.unwrap();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn the_body_is_replayed_byte_for_byte() {
    let server = Server::start([reply(500, NOW, ""), reply(500, NOW, ""), json(200, "{}")]).await;
    let body: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    client(&server)
        .post("/pets")
        .body(body.clone(), "application/x-pets")
        .await
        .unwrap();
    for seen in server.seen() {
        assert_eq!(
            (seen.method.as_str(), seen.target.as_str()),
            ("POST", "/pets")
        );
        assert_eq!(
            seen.header("content-type").as_deref(),
            Some("application/x-pets")
        );
        assert!(seen.body == body);
    }
}

#[tokio::test]
async fn a_retry_count_of_the_caller_is_kept() {
    let server = Server::start([reply(500, NOW, "")]).await;
    post(&client(&server))
        .header("X-Retry-Count", "42")
        .await
        .unwrap_err();
    assert_eq!(
        server.headers("x-retry-count"),
        vec![Some("42".to_owned()); 3]
    );
    let fixed = builder()
        .base_url(server.url())
        .default_header("x-retry-count", "7")
        .build()
        .unwrap();
    post(&fixed).max_retries(0).await.unwrap_err();
    assert_eq!(
        server.headers("x-retry-count").pop().unwrap().as_deref(),
        Some("7")
    );
}

#[tokio::test]
async fn a_removed_retry_count_stays_absent() {
    let server = Server::start([reply(500, NOW, "")]).await;
    post(&client(&server))
        .remove_header("x-retry-count")
        .await
        .unwrap_err();
    let removed = builder()
        .base_url(server.url())
        .remove_header("X-Retry-Count")
        .build()
        .unwrap();
    post(&removed).await.unwrap_err();
    let off = builder()
        .base_url(server.url())
        .retry_count_header(false)
        .build()
        .unwrap();
    post(&off).await.unwrap_err();
    assert_eq!(server.headers("x-retry-count"), vec![None; 9]);
}

#[tokio::test]
async fn a_success_status_is_never_retried() {
    let server = Server::start([json(200, "{\"cut\":")]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}
