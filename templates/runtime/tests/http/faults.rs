//! Servers that close connections, stall or are slow.

use std::error::Error as _;
use std::time::Duration;

use sdkwright_runtime::{Error, TimeoutError};

use crate::server::{Reply, Server, head, json, reply};
use crate::support::{builder, client, post};

#[tokio::test]
async fn a_reset_connection_is_retried() {
    let server = Server::start([Reply::Reset, json(200, r#"{"id":1}"#)]).await;
    let value = post(&client(&server)).await.unwrap();
    assert_eq!(value["id"], 1);
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].body, seen[1].body);
}

#[tokio::test]
async fn repeated_resets_are_an_error_with_its_cause() {
    let server = Server::start([Reply::Reset]).await;
    let error = post(&client(&server)).max_retries(1).await.unwrap_err();
    let Error::Connect(connect) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(connect.retries(), 1);
    assert!(error.source().unwrap().source().is_some());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_closed_port_is_a_connection_error() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = builder()
        .base_url(format!("http://{free}"))
        .max_retries(0)
        .build()
        .unwrap();
    let error = client.get("/a").await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_stalled_call_times_out_and_is_retried() {
    let server = Server::start([Reply::Stall, json(200, "{}")]).await;
    post(&client(&server))
        .timeout(Duration::from_millis(400))
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn repeated_stalls_are_a_timeout() {
    let server = Server::start([Reply::Stall]).await;
    let limit = Duration::from_millis(50);
    let client = builder()
        .base_url(server.url())
        .timeout(limit)
        .max_retries(1)
        .build()
        .unwrap();
    let error = client.get("/a").await.unwrap_err();
    let expected = TimeoutError::Attempt {
        limit: Some(limit),
        retries: 1,
    };
    assert!(
        matches!(&error, Error::Timeout(timeout) if *timeout == expected),
        "{error:?}"
    );
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_truncated_response_is_an_error_and_not_retried() {
    let cut = format!("{}{{\"id\":", head(200, &[], 100)).into_bytes();
    for reply in [Reply::RawJson(cut.clone()), Reply::ResetAfter(cut)] {
        let server = Server::start([reply]).await;
        let error = post(&client(&server)).await.unwrap_err();
        assert!(matches!(error, Error::Connect(_)), "{error:?}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_truncated_chunked_response_is_an_error() {
    let cut = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n";
    let server = Server::start([Reply::RawJson(cut.to_vec())]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_truncated_error_body_keeps_its_status() {
    let cut = format!("{}oh", head(404, &[("x-request-id", "r1")], 100)).into_bytes();
    let server = Server::start([Reply::RawJson(cut)]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert_eq!(error.to_string(), "404 Not Found: oh (request r1)");
}

#[tokio::test]
async fn a_slow_response_is_awaited() {
    let pieces = [
        head(200, &[], 7),
        "{\"a".to_owned(),
        "\":1}".to_owned() + " ",
    ]
    .map(String::into_bytes);
    let server = Server::start([Reply::Slow(Duration::from_millis(30), pieces.to_vec())]).await;
    let value = client(&server).get("/a").await.unwrap();
    assert_eq!(value["a"], 1);
}

#[tokio::test]
async fn a_body_that_never_ends_times_out() {
    let pieces = [
        vec![head(200, &[], 1000).into_bytes()],
        vec![b" ".to_vec(); 900],
    ]
    .concat();
    let server = Server::start([Reply::Slow(Duration::from_millis(20), pieces)]).await;
    let error = client(&server)
        .get("/a")
        .timeout(Duration::from_millis(500))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_invalid_http_response_is_a_connection_error() {
    let server = Server::start([Reply::RawJson(b"SSH-2.0-OpenSSH\r\n\r\n".to_vec())]).await;
    let error = client(&server).get("/a").max_retries(0).await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_discarded_body_is_not_awaited() {
    let stalled = format!("{}part", head(503, &[("retry-after-ms", "0")], 1000)).into_bytes();
    let replies = [
        Reply::Slow(Duration::ZERO, vec![stalled]),
        reply(200, &[], "{}"),
    ];
    let server = Server::start(replies).await;
    client(&server).get("/a").await.unwrap();
    assert_eq!(server.seen().len(), 2);
}
