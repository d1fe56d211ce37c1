//! Streams that reconnect and resume after a failure.

use std::time::Duration;

use sdkwright_runtime::{Client, Error, EventStream, Request, TransportError, TransportErrorKind};
use tokio::time::Instant;

use crate::events::read_all;
use crate::fake_transport::{Answer, Fake, streamed};
use crate::server::{Reply, Server, chunked, json, reply};
use crate::support::client;

const SSE: &str = "text/event-stream";

/// A response that breaks off after these events.
fn broken_stream(events: &str) -> Reply {
    chunked(SSE, Duration::ZERO, &[events], false)
}

async fn open_stream(client: &Client, limit: u32) -> EventStream<i64> {
    let request = client.get("/a").query("q", "x").cast::<EventStream<i64>>();
    request.reconnect(limit).max_retries(0).await.unwrap()
}

#[tokio::test]
async fn a_stream_resumes_after_its_last_event() {
    let server = Server::start([
        broken_stream("retry: 1\n\nid: a\ndata: 1\n\nid: b\ndata: 2"),
        broken_stream("id: c\ndata: 2\n\n"),
        reply(200, &[("content-type", SSE)], "data: 3\n\ndata: [DONE]\n\n"),
    ])
    .await;
    let (items, error) = read_all(open_stream(&client(&server), 3).await).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2, 3]);
    let ids = server.headers("last-event-id");
    let ids: Vec<_> = ids.iter().map(Option::as_deref).collect();
    assert_eq!(ids, [None, Some("a"), Some("c")]);
    assert!(server.seen().iter().all(|seen| seen.target == "/a?q=x"));
    let keys = server.headers("authorization");
    assert!(keys[0].is_some() && keys.iter().all(|key| *key == keys[0]));
}

#[tokio::test]
async fn a_stream_without_an_end_marker_resumes() {
    let server = Server::start([
        reply(
            200,
            &[("content-type", SSE)],
            "retry: 1\nid: 1\ndata: 1\n\n",
        ),
        Reply::RawJson(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec()),
    ])
    .await;
    let (items, error) = read_all(open_stream(&client(&server), 3).await).await;
    assert_eq!((items, error.is_none()), (vec![1], true));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn the_number_of_reconnections_in_a_row_is_limited() {
    let server = Server::start([
        broken_stream("retry: 1\nid: 1\ndata: 1\n\n"),
        broken_stream(": nothing\n\n"),
    ])
    .await;
    let (items, error) = read_all(open_stream(&client(&server), 2).await).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(Error::Connect(_))), "{error:?}");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_stream_does_not_reconnect_by_default() {
    let server = Server::start([broken_stream("retry: 1\nid: 1\ndata: 1\n\n")]).await;
    let (items, error) = read_all(open_stream(&client(&server), 0).await).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(Error::Connect(_))), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_refused_reconnection_ends_the_stream() {
    let server = Server::start([
        broken_stream("retry: 1\nid: 1\ndata: 1\n\n"),
        json(403, "{}"),
    ])
    .await;
    let (items, error) = read_all(open_stream(&client(&server), 9).await).await;
    assert_eq!(items, [1]);
    assert_eq!(error.unwrap().status().unwrap(), 403);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn the_deadline_includes_waits_before_reconnections() {
    let server = Server::start([broken_stream("retry: 5000\nid: 1\ndata: 1\n\n")]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<i64>>().reconnect(9);
    let stream = request.deadline(Duration::from_millis(300)).await.unwrap();
    let (items, error) = read_all(stream).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(Error::Timeout(_))), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

/// Without an id the server would send the events again.
#[tokio::test]
async fn a_stream_without_ids_does_not_resume() {
    for end in [broken_stream as fn(&str) -> Reply, |events| {
        reply(200, &[("content-type", SSE)], events)
    }] {
        let server = Server::start([end("retry: 1\ndata: 1\n\n")]).await;
        let (items, error) = read_all(open_stream(&client(&server), 9).await).await;
        assert_eq!((items, server.seen().len()), (vec![1], 1), "{error:?}");
    }
}

#[tokio::test]
async fn a_stream_without_events_starts_over() {
    let server = Server::start([
        broken_stream("retry: 1\n\n"),
        reply(200, &[("content-type", SSE)], "data: 1\n\ndata: [DONE]\n\n"),
    ])
    .await;
    let (items, error) = read_all(open_stream(&client(&server), 1).await).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((items, server.seen().len()), (vec![1], 2));
}

/// Options of a call that has an idempotency key or lacks one, and the number of its requests.
type KeyCase = (fn(EventRequest<'_>) -> EventRequest<'_>, usize);

type EventRequest<'c> = Request<'c, EventStream<i64>>;

/// The server may have processed the first call.
#[tokio::test]
async fn a_call_that_is_not_idempotent_does_not_start_over() {
    let cases: [KeyCase; 4] = [
        (|request| request, 1),
        (|request| request.idempotency_key("once"), 2),
        (|request| request.header("Idempotency-Key", "once"), 2),
        (
            |request| {
                let request = request.idempotency_key("once");
                request.remove_header("Idempotency-Key")
            },
            1,
        ),
    ];
    for (configure, calls) in cases {
        let server = Server::start([
            broken_stream("retry: 1\n\n"),
            reply(200, &[("content-type", SSE)], "data: 1\n\ndata: [DONE]\n\n"),
        ])
        .await;
        let client = client(&server);
        let request = client.post("/a").cast::<EventStream<i64>>().reconnect(1);
        let request = configure(request);
        let (items, error) = read_all(request.max_retries(0).await.unwrap()).await;
        assert_eq!((items.len(), server.seen().len()), (calls - 1, calls));
        assert_eq!(error.is_some(), calls == 1);
    }
}

fn fail_to_connect() -> Answer {
    Err(TransportError::new(TransportErrorKind::Connection, "down"))
}

#[tokio::test(start_paused = true)]
async fn a_failed_reconnection_is_repeated() {
    let fake = Fake::new(|number, _| async move {
        match number {
            0 => streamed("id: 1\ndata: 1\n\n"),
            1..=3 => fail_to_connect(),
            _ => streamed("data: 2\n\ndata: [DONE]\n\n"),
        }
    });
    for (limit, expected, sent) in [(4, vec![1, 2], 5), (3, vec![1], 4)] {
        let fake = fake.renewed();
        let client = fake.client();
        let (items, error) = read_all(open_stream(&client, limit).await).await;
        assert_eq!((items, fake.count()), (expected, sent));
        assert_eq!(error.is_some_and(|error| error.is_connect()), limit == 3);
    }
}

#[tokio::test(start_paused = true)]
async fn endless_immediate_reconnections_are_prevented() {
    let fake = Fake::new(|_, _| async { streamed("retry: 0\nid: 1\ndata: 1\n\n") });
    let client = fake.client();
    let mut stream = open_stream(&client, 1).await;
    let start = Instant::now();
    for _ in 0..100 {
        stream.next().await.unwrap().unwrap();
    }
    assert_eq!(start.elapsed().as_secs_f64().round(), 10.0);
}

#[tokio::test]
async fn a_reconnection_keeps_the_idempotency_key() {
    let server = Server::start([
        broken_stream("retry: 1\nid: 1\ndata: 1\n\n"),
        reply(200, &[("content-type", SSE)], "data: 2\n\ndata: [DONE]\n\n"),
    ])
    .await;
    let client = client(&server);
    let request = client
        .post("/a")
        .idempotency_header("Idempotency-Key")
        .cast::<EventStream<i64>>();
    let (items, error) = read_all(request.reconnect(1).await.unwrap()).await;
    assert_eq!((items, error.is_none()), (vec![1, 2], true));
    let keys = server.headers("idempotency-key");
    assert!(
        keys.len() == 2 && keys[0].is_some() && keys[0] == keys[1],
        "{keys:?}"
    );
}
