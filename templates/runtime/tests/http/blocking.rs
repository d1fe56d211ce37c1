//! Blocking calls from threads without async code.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use sdkwright_runtime::{
    Bytes, Client, Error, EventStream, PageMark, PageStyle, TimeoutError, Upload, Value, blocking,
};
use tokio::runtime::Runtime;

use crate::server::{Reply, Server, json, reply};
use crate::support::client;

/// Starts a server on its own tokio runtime.
fn start_server(script: Vec<Reply>) -> (Runtime, Server) {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(script));
    (runtime, server)
}

#[test]
fn a_blocking_call_returns_its_value() {
    let (_runtime, server) = start_server(vec![json(500, "{}"), json(200, "1")]);
    let answer = client(&server).get("/a").wait().unwrap();
    assert_eq!((answer, server.seen().len()), (Value::from(1), 2));
}

#[test]
fn any_thread_can_make_blocking_calls() {
    let (_runtime, server) = start_server(vec![json(200, "1")]);
    let client = client(&server);
    thread::scope(|scope| {
        let calls: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| client.get("/a").wait()))
            .collect();
        for call in calls {
            assert_eq!(call.join().unwrap().unwrap(), 1);
        }
    });
    assert_eq!(server.seen().len(), 8);
}

#[test]
fn limits_apply_to_blocking_calls() {
    let (_runtime, server) = start_server(vec![Reply::Stall]);
    let limit = Duration::from_millis(100);
    let error = client(&server).get("/a").deadline(limit).wait();
    let error = error.unwrap_err();
    assert!(
        matches!(error, Error::Timeout(TimeoutError::Deadline { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn wait_is_refused_in_async_code() {
    let server = Server::start([json(200, "1")]).await;
    let error = client(&server).get("/a").wait().unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(error.to_string().contains(".await"), "{error}");
    let items: Vec<_> = blocking::iter(Countdown::from(3)).collect();
    assert!(matches!(items.as_slice(), [Err(Error::Build(_))]));
    assert!(server.seen().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wait_is_refused_in_tasks_of_every_kind() {
    let server = Server::start([json(200, "1")]).await;
    let client = client(&server);
    let refused = |client: Client| async move {
        // Earlier work has used a part of the budget.
        tokio::task::yield_now().await;
        client.get("/a").wait().unwrap_err();
    };
    tokio::spawn(refused(client.clone())).await.unwrap();
    let local = tokio::task::LocalSet::new();
    local.run_until(refused(client.clone())).await;
    let join = tokio::join!(refused(client.clone()), refused(client.clone()));
    assert_eq!(join, ((), ()));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn wait_is_allowed_in_spawn_blocking() {
    let server = Server::start([json(200, "1")]).await;
    let client = client(&server);
    let task = tokio::task::spawn_blocking(move || client.get("/a").wait());
    assert_eq!(task.await.unwrap().unwrap(), 1);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wait_is_allowed_in_block_in_place() {
    let server = Server::start([json(200, "1")]).await;
    let client = client(&server);
    let answer = tokio::task::block_in_place(|| client.get("/a").wait());
    assert_eq!(answer.unwrap(), 1);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn wait_is_allowed_in_a_task_without_a_budget() {
    let (runtime, server) = thread::spawn(|| start_server(vec![json(200, "1")]))
        .join()
        .unwrap();
    let client = client(&server);
    let call = tokio::task::unconstrained(async { client.get("/a").wait() });
    assert_eq!(call.await.unwrap(), 1);
    // A runtime must not be dropped in async code.
    runtime.shutdown_background();
}

#[test]
fn wait_is_allowed_in_an_entered_runtime() {
    let (runtime, server) = start_server(vec![json(200, "1")]);
    let _context = runtime.enter();
    assert_eq!(client(&server).get("/a").wait().unwrap(), 1);
}

#[test]
fn a_stream_is_an_iterator() {
    let items: Result<Vec<u32>, Error> = blocking::iter(Countdown::from(4)).collect();
    assert_eq!(items.unwrap(), [3, 2, 1, 0]);
}

#[test]
fn events_of_a_server_are_an_iterator() {
    let kind = [("content-type", "text/event-stream")];
    let body = "data: 1\n\ndata: 2\n\ndata: [DONE]\n\n";
    let (_runtime, server) = start_server(vec![reply(200, &kind, body)]);
    let client = client(&server);
    let stream = client.get("/a").cast::<EventStream<i64>>().wait().unwrap();
    let items: Result<Vec<i64>, Error> = blocking::iter(stream).collect();
    assert_eq!(items.unwrap(), [1, 2]);
}

#[test]
fn the_items_of_all_pages_are_an_iterator() {
    let next = [("x-next", "two")];
    let (_runtime, server) = start_server(vec![reply(200, &next, "[1,2]"), reply(200, &[], "[3]")]);
    let client = client(&server);
    let style = PageStyle::cursor("cursor").headers(&[(PageMark::Cursor, "x-next")]);
    let list = || client.get("/a").cast::<Vec<i64>>().paged(style);
    let items: Result<Vec<i64>, Error> = blocking::iter(list().items()).collect();
    assert_eq!(items.unwrap(), [1, 2, 3]);
    let seen = server.seen();
    assert_eq!(seen[1].target, "/a?cursor=two");
    let page = list().wait().unwrap();
    assert_eq!((page.items(), page.has_next_page()), (&[3][..], false));
}

#[test]
fn uploads_and_downloads_can_block() {
    let (_runtime, server) = start_server(vec![reply(200, &[], "back")]);
    let client = client(&server);
    let upload = Upload::new("there").content_type("text/plain");
    let call = client.put("/a").upload(upload).cast::<Bytes>();
    assert_eq!(call.wait().unwrap(), "back");
    assert_eq!(server.only().body, b"there");
    let download = client.get("/a").cast::<Bytes>().download();
    let download = blocking::wait(download).unwrap().unwrap();
    let mut written = Vec::new();
    let count = blocking::wait(download.write_to_sync(&mut written));
    assert_eq!(
        (count.unwrap().unwrap(), written.as_slice()),
        (4, &b"back"[..])
    );
}

/// A stream that counts down, and is pending at every other poll.
struct Countdown {
    left: u32,
    asked: bool,
}

impl Countdown {
    fn from(left: u32) -> Self {
        Self { left, asked: false }
    }
}

impl futures_core::Stream for Countdown {
    type Item = Result<u32, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.asked = !self.asked;
        if self.asked {
            let waker = context.waker().clone();
            thread::spawn(move || waker.wake());
            return Poll::Pending;
        }
        let Some(left) = self.left.checked_sub(1) else {
            return Poll::Ready(None);
        };
        self.left = left;
        Poll::Ready(Some(Ok(left)))
    }
}
