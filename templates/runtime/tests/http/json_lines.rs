//! JSON Lines and concatenated JSON texts.

use std::time::Duration;

use sdkwright_runtime::{Error, EventStream, Value};

use crate::events::read_all;
use crate::server::{Server, chunked, reply};
use crate::support::client;

async fn read(kind: &str, chunks: &[&str], has_end: bool) -> (Vec<Value>, Option<Error>) {
    let server = Server::start([chunked(kind, Duration::from_millis(2), chunks, has_end)]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<Value>>();
    read_all(request.accept("application/jsonl").await.unwrap()).await
}

async fn numbers(kind: &str, chunks: &[&str]) -> Vec<i64> {
    let (items, error) = read(kind, chunks, true).await;
    assert!(error.is_none(), "{error:?}");
    items
        .iter()
        .map(|item| item["n"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn each_line_is_an_item() {
    for kind in [
        "application/jsonl",
        "application/x-ndjson; charset=utf-8",
        "application/stream+json",
        "application/x-json-stream",
        "text/x-nd-json",
        "application/json",
        "application/vnd.pets+json",
        "text/plain",
        "application/octet-stream",
    ] {
        let chunks = ["{\"n\":1}\n{\"n\"", ":2}\r", "\n\n \n{\"n\":3}\n"];
        assert_eq!(numbers(kind, &chunks).await, [1, 2, 3]);
    }
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    for chunks in [
        &["\u{feff}{\"n\":1}\n{\"n\":2}\n"][..],
        &["\u{feff}{\"n\"", ":1}\n{\"n\":2}"],
        &["\u{feff}\n{\"n\":1}\n{\"n\":2}"],
    ] {
        assert_eq!(numbers("application/jsonl", chunks).await, [1, 2]);
    }
    let (_, error) = read("application/jsonl", &["1\n\u{feff}2\n"], true).await;
    assert!(matches!(error, Some(Error::Stream(_))), "{error:?}");
}

#[tokio::test]
async fn the_last_line_may_lack_a_line_end() {
    assert_eq!(
        numbers("application/jsonl", &["{\"n\":1}\n{\"n\":2}"]).await,
        [1, 2]
    );
}

#[tokio::test]
async fn records_may_contain_line_ends() {
    let chunks = ["\u{1e}{\"n\":\n1}\n\u{1e}", "\u{1e}{\"n\"", ":2}\n"];
    for kind in ["application/json-seq", "application/geo+json-seq"] {
        assert_eq!(numbers(kind, &chunks).await, [1, 2]);
    }
}

#[tokio::test]
async fn a_truncated_line_is_an_error() {
    let (items, error) = read("application/jsonl", &["{\"n\":1}\n{\"n\":"], false).await;
    assert_eq!(items.len(), 1);
    assert!(matches!(error, Some(Error::Connect(_))), "{error:?}");
    let body = "{\"n\":1}\n{\"n\":";
    let server = Server::start([reply(200, &[("content-type", "application/jsonl")], body)]).await;
    let (items, error) = read_all::<Value>(client(&server).get("/a").cast().await.unwrap()).await;
    assert_eq!(items.len(), 1);
    let Some(Error::Stream(error)) = error else {
        panic!("{error:?}")
    };
    assert!(error.decode_error().unwrap().is_syntax());
}

#[tokio::test]
async fn the_length_of_a_line_is_limited() {
    let body = format!("1\n\"{}\"\n", "x".repeat(100));
    let server = Server::start([reply(200, &[("content-type", "application/jsonl")], &body)]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<Value>>();
    let (items, error) = read_all(request.max_event_bytes(101).await.unwrap()).await;
    assert_eq!(items.len(), 1);
    assert!(matches!(error, Some(Error::Stream(_))), "{error:?}");
}

#[tokio::test]
async fn strings_are_quoted() {
    let server = Server::start([reply(
        200,
        &[("content-type", "application/jsonl")],
        "\"a\\n\"",
    )])
    .await;
    let (items, _) = read_all::<String>(client(&server).get("/a").cast().await.unwrap()).await;
    assert_eq!(items, ["a\n"]);
}

#[tokio::test]
async fn a_discarded_line_does_not_delay_others() {
    let body = "1\n{]\n2\n";
    let server = Server::start([reply(200, &[("content-type", "application/jsonl")], body)]).await;
    let mut stream = client(&server)
        .get("/a")
        .cast::<EventStream<i64>>()
        .await
        .unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), 1);
    assert!(stream.next().await.unwrap().is_err());
    assert_eq!(stream.next().await.unwrap().unwrap(), 2);
    assert!(stream.next().await.is_none());
}
