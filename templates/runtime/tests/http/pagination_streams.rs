//! Pages and items as streams: when a page is requested, and how a request is cancelled.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_core::Stream;

use crate::fake_transport::Fake;
use crate::pagination::{CURSOR, list};
use crate::server::{Reply, Server, json, reply};
use crate::support::{KEY, client};

#[tokio::test]
async fn pages_are_requested_on_demand() {
    let server = Server::start([
        json(200, r#"{"pets":[1],"next":"a"}"#),
        json(200, r#"{"pets":[2],"next":"b"}"#),
        json(500, "{}"),
    ])
    .await;
    let client = client(&server);
    let mut pages = list(&client, CURSOR).max_retries(0).pages();
    assert!(server.seen().is_empty());
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(server.seen().len(), 1);
    assert_eq!(first.items(), [1]);
    assert!(first.has_next_page());
    assert_eq!(pages.next().await.unwrap().unwrap().items(), [2]);
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().status().unwrap(),
        500
    );
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let server = Server::start([json(200, r#"{"pets":[1,2],"next":null}"#)]).await;
    let client = client(&server);
    let mut items = list(&client, CURSOR).items();
    let mut count = 0;
    while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        count += usize::from(item.is_ok());
    }
    assert_eq!(count, 2);
    let mut pages = list(&client, CURSOR).pages();
    let page = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await;
    assert_eq!(page.unwrap().unwrap().items().len(), 2);
}

#[tokio::test]
async fn streams_of_pages_are_send() {
    let server = Server::start([json(200, r#"{"pets":[1,2]}"#)]).await;
    let client = client(&server);
    let task = tokio::spawn(async move {
        let mut items = list(&client, CURSOR).items();
        items.next().await.unwrap().unwrap()
    });
    assert_eq!(task.await.unwrap(), 1);
}

#[tokio::test]
async fn a_page_has_its_response() {
    let server = Server::start([
        reply(200, &[("x-request-id", "r1")], r#"{"pets":[1],"next":"a"}"#),
        reply(200, &[("x-request-id", "r2")], r#"{"pets":[2]}"#),
    ])
    .await;
    let client = client(&server);
    let (page, response) = list(&client, CURSOR).with_response().await.unwrap();
    assert_eq!(response.request_id(), Some("r1"));
    let next = page.next_page().unwrap().with_response();
    let (page, response) = next.await.unwrap();
    assert_eq!(response.request_id(), Some("r2"));
    assert_eq!(page.items(), [2]);
}

#[tokio::test]
async fn a_dropped_wait_loses_no_page() {
    let late = crate::server::head(200, &[], 19) + r#"{"pets":[2,3,4444]}"#;
    let server = Server::start([
        json(200, r#"{"pets":[1],"next":"a"}"#),
        Reply::Slow(Duration::from_millis(150), vec![late.into_bytes()]),
    ])
    .await;
    let client = client(&server);
    let mut items = list(&client, CURSOR).items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let wait = tokio::time::timeout(Duration::from_millis(20), items.next()).await;
    assert!(wait.is_err(), "{wait:?}");
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(server.seen().len(), 2);
}

/// Records that the future that holds it is dropped.
struct Guard(Arc<AtomicBool>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn dropping_a_stream_cancels_its_call() {
    let dropped = Arc::new(AtomicBool::new(false));
    let guard = Arc::clone(&dropped);
    let fake = Fake::new(move |number, _| {
        let guard = Guard(Arc::clone(&guard));
        async move {
            if number == 0 {
                std::mem::forget(guard);
                return Ok(http::Response::new(r#"{"pets":[1],"next":"a"}"#.into()));
            }
            std::future::pending().await
        }
    });
    let client = fake.client();
    let mut items = list(&client, CURSOR).items();
    items.next().await.unwrap().unwrap();
    let wait = tokio::time::timeout(Duration::from_millis(20), items.next()).await;
    assert!(wait.is_err(), "{wait:?}");
    assert!(!dropped.load(Ordering::SeqCst));
    drop(items);
    assert!(dropped.load(Ordering::SeqCst));
    assert_eq!(fake.count(), 2);
}

#[tokio::test]
async fn cursors_and_keys_are_not_printed() {
    let server = Server::start([json(200, r#"{"pets":[],"next":null}"#)]).await;
    let client = client(&server);
    let request = list(&client, CURSOR).query("cursor", "c-secret");
    let printed = format!("{request:?}");
    let mut pages = request.pages();
    let printed = printed + &format!("{pages:?}");
    let page = pages.next().await.unwrap().unwrap();
    let printed = printed + &format!("{page:?} {pages:?}");
    assert!(printed.contains("has_next_page: false"), "{printed}");
    assert!(
        !printed.contains("c-secret") && !printed.contains(KEY),
        "{printed}"
    );
}
