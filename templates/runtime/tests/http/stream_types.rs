//! Answers to calls for a stream that are none, by their media type.

use std::time::Duration;

use sdkwright_runtime::{Bytes, Error, EventStream, Request, ResponseBody, TransportError, Value};

use crate::events::all;
use crate::server::{Reply, Server, chunked, reply};
use crate::support::{builder, client};

async fn read(
    answers: impl IntoIterator<Item = Reply>,
    change: impl FnOnce(Request<'_, EventStream<Value>>) -> Request<'_, EventStream<Value>>,
) -> (Vec<Value>, Option<Error>) {
    let server = Server::start(answers).await;
    let client = client(&server);
    all(change(client.get("/a").cast()).await.unwrap()).await
}

fn of(kind: &str, body: &str) -> Reply {
    reply(200, &[("content-type", kind)], body)
}

/// The message and the body of an answer that is refused.
fn refused((items, error): (Vec<Value>, Option<Error>)) -> (String, String) {
    assert!(items.is_empty(), "{items:?}");
    match error {
        Some(Error::Decode(error)) => (error.to_string(), error.text().into_owned()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_is_no_stream_and_is_kept() {
    let page = "<html>\nlog in\n</html>\n";
    let (message, body) = refused(read([of("Text/HTML; charset=utf-8", page)], |r| r).await);
    assert!(
        message.contains("`text/html` instead of an event stream"),
        "{message}"
    );
    assert_eq!(body, page);
    let (_, body) = refused(read([of("text/html", page)], |r| r.accept("application/jsonl")).await);
    assert_eq!(body, page);
}

#[tokio::test]
async fn one_json_text_is_no_stream_of_events() {
    let text = "{\n \"a\": 1\n}\n";
    let (message, body) = refused(read([of("application/json", text)], |r| r).await);
    assert!(message.contains("`application/json`"), "{message}");
    assert_eq!(body, text);
}

/// Where JSON lines are asked for it may be that, and its first line tells.
#[tokio::test]
async fn one_json_text_is_no_json_lines() {
    let text = "{\r\n \"a\": [\n  1]\n}\n";
    let chunked = |pieces: &[&str]| chunked("application/json", Duration::ZERO, pieces, true);
    for answer in [
        of("application/json", text),
        chunked(&[&text[..1], &text[1..4], &text[4..]]),
    ] {
        let (message, body) = refused(read([answer], |r| r.accept("application/jsonl")).await);
        assert!(message.contains("`application/json`"), "{message}");
        assert_eq!(body, text);
    }
    let answers = [of("application/json", "{}\n{")];
    let (items, error) = read(answers, |r| r.accept("application/jsonl")).await;
    assert_eq!(items.len(), 1);
    assert!(matches!(error, Some(Error::Stream(_))), "{error:?}");
}

#[tokio::test]
async fn it_is_kept_as_far_as_it_may_be_held() {
    let server = Server::start([of("text/html", &"x".repeat(5000))]).await;
    let builder = builder().base_url(server.url()).max_response_bytes(1000);
    let client = builder.build().unwrap();
    let stream = client.get("/a").cast::<EventStream<Value>>().await.unwrap();
    let (_, body) = refused(all(stream).await);
    assert_eq!(body.len(), 1000);
}

#[tokio::test]
async fn a_stream_that_is_taken_up_may_become_none() {
    let answers = [
        of("text/event-stream", "retry: 1\nid: 1\ndata: 1\n\n"),
        of("text/html", "<html>"),
    ];
    let (items, error) = read(answers, |request| request.reconnect(9)).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
}

#[tokio::test]
async fn what_says_nothing_is_what_was_asked_for() {
    let events = "data: 1\n\n";
    for kind in ["text/plain", "application/octet-stream", ""] {
        let (items, error) = read([of(kind, events)], |request| request).await;
        assert_eq!((items.len(), error.is_none()), (1, true), "{kind}");
    }
    let answers = [reply(200, &[], events)];
    assert_eq!(read(answers, |request| request).await.0, [1]);
    let answers = [of("application/vnd.pets.events", events)];
    let (items, _) = read(answers, |r| r.accept("application/vnd.pets.events")).await;
    assert_eq!(items, [1]);
}

/// Its media type says nothing, so that its lines tell.
#[tokio::test]
async fn one_json_text_that_says_nothing_of_itself_is_no_stream() {
    for kind in ["text/plain", "text/event-stream", ""] {
        for text in ["{\"a\":1}", "{\n \"a\": 1,\n \"b\": \"c\"\n}\n"] {
            let (message, body) = refused(read([of(kind, text)], |request| request).await);
            assert!(message.ends_with("does not contain events"), "{message}");
            assert_eq!(body.trim_end(), text.trim_end(), "{kind}");
        }
    }
    let answers = [
        of("text/event-stream", ": hello\n\n"),
        of("text/event-stream", ""),
    ];
    for answer in answers {
        let (items, error) = read([answer], |request| request).await;
        assert!(items.is_empty() && error.is_none(), "{error:?}");
    }
    let answer = of("text/event-stream", "extra: 1\ndata: 2\n\n");
    assert_eq!(read([answer], |request| request).await.0, [2]);
}

/// It may never end, and nobody waits for it.
#[tokio::test(start_paused = true)]
async fn what_is_no_stream_is_not_read_to_its_end() {
    for kind in ["text/html", "application/json"] {
        let start = tokio::time::Instant::now();
        let fake = crate::fake::Fake::new(move |_, _| async move {
            let response = http::Response::builder().header("content-type", kind);
            Ok(response.body(endless(b"<p>")).unwrap())
        });
        let client = fake.client();
        let stream = client.get("/a").cast::<EventStream<Value>>();
        let (_, body) = refused(all(stream.await.unwrap()).await);
        assert!(body.starts_with("<p><p>"), "{body}");
        assert!(start.elapsed() <= Duration::from_secs(2));
    }
    let fake = crate::fake::Fake::new(move |_, _| async move {
        let response = http::Response::builder().header("content-type", "text/plain");
        Ok(response.body(endless(b"line\n")).unwrap())
    });
    let client = fake.client();
    let stream = client.get("/a").cast::<EventStream<Value>>();
    let (message, body) = refused(all(stream.await.unwrap()).await);
    assert!(message.ends_with("does not contain events"), "{message}");
    assert_eq!(body.len(), 4096);
}

/// A body that comes a little at a time, and has no end.
fn endless(chunk: &'static [u8]) -> ResponseBody {
    struct Endless(&'static [u8], std::pin::Pin<Box<tokio::time::Sleep>>);

    impl http_body::Body for Endless {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
            std::task::ready!(self.1.as_mut().poll(context));
            self.1 = Box::pin(tokio::time::sleep(Duration::from_millis(10)));
            std::task::Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(self.0)))))
        }
    }

    ResponseBody::new(Endless(chunk, Box::pin(tokio::time::sleep(Duration::ZERO))))
}
