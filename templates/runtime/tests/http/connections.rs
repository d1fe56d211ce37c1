//! Reuse of connections by many calls.

use std::time::Duration;

use sdkwright_runtime::{Client, EventStream, Value};

use crate::hyper_server::{End, Peer, ok, response};
use crate::support::builder;

fn client(peer: &Peer) -> Client {
    builder().base_url(peer.url()).build().unwrap()
}

/// A client that uses HTTP/2 with prior knowledge.
fn http_2_client(peer: &Peer) -> Client {
    let http = reqwest::Client::builder().http2_prior_knowledge();
    builder()
        .base_url(peer.url())
        .http_client(http.build().unwrap())
        .build()
        .unwrap()
}

/// Makes calls concurrently.
async fn call_concurrently(client: &Client, count: usize) -> Vec<Value> {
    let calls: Vec<_> = (0..count)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.get("/a").await.unwrap() })
        })
        .collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn consecutive_calls_share_a_connection() {
    let peer = Peer::start(|number, _| {
        let busy = || response(503, &[("retry-after-ms", "5")], &["busy"], End::Well);
        Some(if number % 5 == 4 { busy() } else { ok("1") })
    })
    .await;
    let client = client(&peer);
    let child = client.with_options(|o| o.max_retries(3)).unwrap();
    for _ in 0..20 {
        client.get("/a").await.unwrap();
        client.clone().post("/a").json(&1_i64).await.unwrap();
        child.get("/a").await.unwrap();
    }
    assert!(peer.seen().len() > 60);
    assert_eq!(peer.connections(), 1);
}

#[tokio::test]
async fn a_redirect_reuses_the_connection() {
    let peer = Peer::start(|_, seen| match seen.path.as_str() {
        "/there" => Some(ok("1")),
        path => {
            let to = if path == "/a" { "/b" } else { "/there" };
            let headers = [("location", to)];
            Some(response(307, &headers, &["It has ", "moved."], End::Well))
        }
    })
    .await;
    let client = client(&peer);
    for _ in 0..10 {
        client.post("/a").json(&1_i64).await.unwrap();
    }
    assert_eq!((peer.seen().len(), peer.connections()), (30, 1));
}

#[tokio::test]
async fn a_slow_redirect_body_is_not_awaited() {
    let peer = Peer::start(|_, seen| match seen.path.as_str() {
        "/there" => Some(ok("1")),
        path => {
            let headers = [("location", "/there")];
            let end = if path == "/cut" {
                End::Broken
            } else {
                End::Never
            };
            Some(response(307, &headers, &["It has moved."], end))
        }
    })
    .await;
    let client = client(&peer);
    for path in ["/stalled", "/cut"] {
        let start = std::time::Instant::now();
        client.get(path).max_retries(0).await.unwrap();
        assert!(start.elapsed() < Duration::from_secs(5), "{path}");
    }
    assert_eq!(peer.seen().len(), 4);
}

#[tokio::test]
async fn connections_of_concurrent_calls_are_kept() {
    let peer = Peer::start(|_, _| Some(ok("1"))).await;
    let client = client(&peer);
    call_concurrently(&client, 8).await;
    let opened = peer.connections();
    assert!((1..=8).contains(&opened), "{opened}");
    for _ in 0..5 {
        call_concurrently(&client, opened).await;
    }
    assert!(peer.connections() <= 8, "{}", peer.connections());
}

#[tokio::test]
async fn a_closed_connection_is_replaced() {
    let close = [("connection", "close")];
    let peer = Peer::start(move |_, _| Some(response(200, &close, &["1"], End::Well))).await;
    let client = client(&peer);
    for _ in 0..5 {
        client.get("/a").max_retries(0).await.unwrap();
    }
    assert_eq!(peer.connections(), 5);
}

#[tokio::test]
async fn concurrent_calls_share_an_http_2_connection() {
    let peer = Peer::start(|_, _| Some(ok("1"))).await;
    let client = http_2_client(&peer);
    client.get("/a").await.unwrap();
    assert_eq!(
        call_concurrently(&client, 50).await,
        vec![Value::from(1); 50]
    );
    assert_eq!(peer.connections(), 1);
}

#[tokio::test]
async fn a_broken_http_2_stream_does_not_affect_the_others() {
    let peer = Peer::start(|number, seen| match (number, seen.path.as_str()) {
        (_, "/cut") => Some(response(200, &[], &["{\"a\":"], End::Broken)),
        (_, "/events") => {
            let headers = [("content-type", "text/event-stream")];
            Some(response(200, &headers, &["data: 1\n\n"], End::Never))
        }
        (1, _) => None,
        _ => Some(ok("1")),
    })
    .await;
    let client = http_2_client(&peer);
    let request = client.get("/events").cast::<EventStream<i64>>();
    let mut events = request.await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    // The first attempt is reset, and retried.
    client.get("/a").await.unwrap();
    let error = client.get("/cut").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let limit = Duration::from_millis(50);
    assert!(
        tokio::time::timeout(limit, events.next()).await.is_err(),
        "the stream goes on"
    );
    drop(events);
    client.get("/a").await.unwrap();
    assert_eq!((peer.seen().len(), peer.connections()), (5, 1));
}
