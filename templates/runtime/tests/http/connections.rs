//! Connections are kept and shared: what a peer sees of many calls.

use std::time::Duration;

use sdkwright_runtime::{Client, EventStream, Value};

use crate::peer::{End, Peer, ok, said};
use crate::support::builder;

fn client(peer: &Peer) -> Client {
    builder().base_url(peer.url()).build().unwrap()
}

/// A client that speaks HTTP/2 without being asked to.
fn client_of_http_2(peer: &Peer) -> Client {
    let http = reqwest::Client::builder().http2_prior_knowledge();
    builder()
        .base_url(peer.url())
        .http_client(http.build().unwrap())
        .build()
        .unwrap()
}

/// Makes calls at the same time.
async fn at_once(client: &Client, count: usize) -> Vec<Value> {
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
async fn one_connection_serves_calls_one_after_the_other() {
    let peer = Peer::start(|number, _| {
        let busy = || said(503, &[("retry-after-ms", "5")], &["busy"], End::Well);
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
async fn one_connection_serves_a_call_and_where_it_is_redirected() {
    let peer = Peer::start(|_, seen| match seen.path.as_str() {
        "/there" => Some(ok("1")),
        path => {
            let to = if path == "/a" { "/b" } else { "/there" };
            let headers = [("location", to)];
            Some(said(307, &headers, &["It has ", "moved."], End::Well))
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
async fn the_end_of_a_redirect_is_not_waited_for() {
    let peer = Peer::start(|_, seen| match seen.path.as_str() {
        "/there" => Some(ok("1")),
        path => {
            let headers = [("location", "/there")];
            let end = if path == "/cut" {
                End::Broken
            } else {
                End::Never
            };
            Some(said(307, &headers, &["It has moved."], end))
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
async fn connections_of_calls_at_the_same_time_are_kept() {
    let peer = Peer::start(|_, _| Some(ok("1"))).await;
    let client = client(&peer);
    at_once(&client, 8).await;
    let opened = peer.connections();
    assert!((1..=8).contains(&opened), "{opened}");
    for _ in 0..5 {
        at_once(&client, opened).await;
    }
    assert!(peer.connections() <= 8, "{}", peer.connections());
}

#[tokio::test]
async fn a_connection_that_the_peer_closes_is_replaced() {
    let close = [("connection", "close")];
    let peer = Peer::start(move |_, _| Some(said(200, &close, &["1"], End::Well))).await;
    let client = client(&peer);
    for _ in 0..5 {
        client.get("/a").max_retries(0).await.unwrap();
    }
    assert_eq!(peer.connections(), 5);
}

#[tokio::test]
async fn many_calls_share_a_connection_of_http_2() {
    let peer = Peer::start(|_, _| Some(ok("1"))).await;
    let client = client_of_http_2(&peer);
    client.get("/a").await.unwrap();
    assert_eq!(at_once(&client, 50).await, vec![Value::from(1); 50]);
    assert_eq!(peer.connections(), 1);
}

#[tokio::test]
async fn a_broken_stream_of_http_2_leaves_the_others() {
    let peer = Peer::start(|number, seen| match (number, seen.path.as_str()) {
        (_, "/cut") => Some(said(200, &[], &["{\"a\":"], End::Broken)),
        (_, "/events") => {
            let headers = [("content-type", "text/event-stream")];
            Some(said(200, &headers, &["data: 1\n\n"], End::Never))
        }
        (1, _) => None,
        _ => Some(ok("1")),
    })
    .await;
    let client = client_of_http_2(&peer);
    let request = client.get("/events").cast::<EventStream<i64>>();
    let mut events = request.await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    // The first attempt is reset, and tried again.
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
