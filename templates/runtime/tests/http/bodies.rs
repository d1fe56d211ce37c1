//! Response bodies: their types and their limit.

use std::time::Duration;

use sdkwright_runtime::{Bytes, Error, Value};

use crate::server::{Reply, Server, head, reply};
use crate::support::{builder, client};

async fn read_text(headers: &[(&str, &str)], body: &str) -> Result<String, Error> {
    let server = Server::start([reply(200, headers, body)]).await;
    client(&server).get("/a").cast::<String>().await
}

#[tokio::test]
async fn json_is_decoded_for_any_content_type() {
    for kind in [
        "application/json; charset=utf-8",
        "application/vnd.pets+json",
        "text/plain",
        "nonsense",
    ] {
        let server = Server::start([reply(200, &[("content-type", kind)], "[1]")]).await;
        assert_eq!(client(&server).get("/a").await.unwrap()[0], 1);
    }
    let server = Server::start([reply(200, &[], "\u{feff}[1]")]).await;
    assert_eq!(client(&server).get("/a").await.unwrap()[0], 1);
}

#[tokio::test]
async fn strings_are_the_text_of_the_body() {
    assert_eq!(
        read_text(&[("content-type", "text/plain")], "\"quoted\"")
            .await
            .unwrap(),
        "\"quoted\""
    );
    assert_eq!(read_text(&[], "plain").await.unwrap(), "plain");
    assert_eq!(
        read_text(&[("content-type", "application/json")], "\"a\\nb\"")
            .await
            .unwrap(),
        "a\nb"
    );
    assert!(matches!(
        read_text(&[("content-type", "application/json")], "{}").await,
        Err(Error::Decode(_))
    ));
}

#[tokio::test]
async fn an_empty_body_is_decoded_as_unit() {
    let server = Server::start([Reply::RawJson(
        b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec(),
    )])
    .await;
    let client = client(&server);
    client.get("/a").cast::<()>().await.unwrap();
    assert_eq!(
        client.get("/a").cast::<Option<String>>().await.unwrap(),
        None
    );
    assert_eq!(client.get("/a").await.unwrap(), Value::Null);
    let error = client.get("/a").cast::<Vec<i64>>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the response (204 No Content) has an empty body"
    );
}

#[tokio::test]
async fn an_unused_body_is_not_parsed() {
    let server = Server::start([reply(
        200,
        &[("content-type", "application/json")],
        "<oops>",
    )])
    .await;
    client(&server).delete("/a").cast::<()>().await.unwrap();
}

#[tokio::test]
async fn bytes_are_the_unchanged_body() {
    let server = Server::start([reply(200, &[], "a\0b")]).await;
    assert_eq!(
        client(&server)
            .get("/a")
            .cast::<Bytes>()
            .await
            .unwrap()
            .as_ref(),
        b"a\0b"
    );
}

#[tokio::test]
async fn bodies_may_arrive_in_pieces() {
    let chunked =
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n1\r\n[\r\n"
            .to_vec();
    let pieces = vec![
        chunked,
        b"2\r\n1,\r\n".to_vec(),
        b"2\r\n2]\r\n0\r\n\r\n".to_vec(),
    ];
    let server = Server::start([Reply::Slow(Duration::from_millis(5), pieces)]).await;
    assert_eq!(
        client(&server).get("/a").cast::<Vec<i64>>().await.unwrap(),
        [1, 2]
    );
}

#[tokio::test]
async fn the_size_of_bodies_is_limited() {
    let body = format!("\"{}\"", "x".repeat(98));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n64\r\n{body}\r\n0\r\n\r\n"
    );
    for reply in [reply(200, &[], &body), Reply::RawJson(chunked.into_bytes())] {
        let server = Server::start([reply]).await;
        let with = |limit| {
            builder()
                .base_url(server.url())
                .max_response_bytes(limit)
                .build()
                .unwrap()
        };
        with(100).get("/a").await.unwrap();
        let error = with(99).get("/a").await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert_eq!(
            error.to_string(),
            "the response (200 OK) exceeds the limit of 99 bytes"
        );
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_body_is_refused_by_its_content_length() {
    let head = head(200, &[], 1 << 40).into_bytes();
    let server = Server::start([Reply::Slow(Duration::ZERO, vec![head])]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn an_endless_error_body_keeps_its_status() {
    let head = b"HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let chunk = format!("3e8\r\n{}\r\n", "x".repeat(1000)).into_bytes();
    let pieces = [vec![head], vec![chunk; 200]].concat();
    let server = Server::start([Reply::Slow(Duration::ZERO, pieces)]).await;
    let client = builder()
        .base_url(server.url())
        .max_response_bytes(5000)
        .build()
        .unwrap();
    let error = client.get("/a").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert!(error.as_api().unwrap().bytes().len() <= 5000);
}

#[tokio::test]
async fn a_property_of_the_body_can_be_the_value() {
    let bodies = [
        r#"{"ok":true,"data":[1]}"#,
        r#"{"data":null}"#,
        "{}",
        r#"{"data":["a"]}"#,
    ];
    let server = Server::start(bodies.map(|body| reply(200, &[], body))).await;
    let client = client(&server);
    let call = || client.get("/a").property("data");
    assert_eq!(call().cast::<Vec<i64>>().await.unwrap(), [1]);
    assert_eq!(call().cast::<Option<i64>>().await.unwrap(), None);
    let error = call().cast::<Vec<i64>>().await.unwrap_err().to_string();
    assert!(error.contains("data"), "{error}");
    let error = call().cast::<Vec<i64>>().await.unwrap_err().to_string();
    assert!(error.contains("data[0]"), "{error}");
}
