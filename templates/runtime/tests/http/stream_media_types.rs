//! Responses that are not the stream that the call expects, by their media type.

use std::time::Duration;

use sdkwright_runtime::{Bytes, Error, EventStream, Request, ResponseBody, TransportError, Value};

use crate::events::read_all;
use crate::server::{Reply, Server, chunked, reply};
use crate::support::{builder, client};

async fn read(
    answers: impl IntoIterator<Item = Reply>,
    change: impl FnOnce(Request<'_, EventStream<Value>>) -> Request<'_, EventStream<Value>>,
) -> (Vec<Value>, Option<Error>) {
    let server = Server::start(answers).await;
    let client = client(&server);
    read_all(change(client.get("/a").cast()).await.unwrap()).await
}

fn reply_of_type(kind: &str, body: &str) -> Reply {
    reply(200, &[("content-type", kind)], body)
}

/// Returns the message and the body of a refused response.
fn refused_response((items, error): (Vec<Value>, Option<Error>)) -> (String, String) {
    assert!(items.is_empty(), "{items:?}");
    match error {
        Some(Error::Decode(error)) => (error.to_string(), error.text().into_owned()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_html_page_is_refused_and_kept() {
    let page = "<html>\nlog in\n</html>\n";
    let (message, body) =
        refused_response(read([reply_of_type("Text/HTML; charset=utf-8", page)], |r| r).await);
    assert!(
        message.contains("`text/html` instead of an event stream"),
        "{message}"
    );
    assert_eq!(body, page);
    let (_, body) = refused_response(
        read([reply_of_type("text/html", page)], |r| {
            r.accept("application/jsonl")
        })
        .await,
    );
    assert_eq!(body, page);
}

#[tokio::test]
async fn one_json_text_is_refused_instead_of_events() {
    let text = "{\n \"a\": 1\n}\n";
    let (message, body) =
        refused_response(read([reply_of_type("application/json", text)], |r| r).await);
    assert!(message.contains("`application/json`"), "{message}");
    assert_eq!(body, text);
}

/// The response to a request for JSON Lines may be JSON Lines in any case. Its first line decides.
#[tokio::test]
async fn one_json_text_is_refused_instead_of_json_lines() {
    let text = "{\r\n \"a\": [\n  1]\n}\n";
    let chunked = |pieces: &[&str]| chunked("application/json", Duration::ZERO, pieces, true);
    for answer in [
        reply_of_type("application/json", text),
        chunked(&[&text[..1], &text[1..4], &text[4..]]),
    ] {
        let (message, body) =
            refused_response(read([answer], |r| r.accept("application/jsonl")).await);
        assert!(message.contains("`application/json`"), "{message}");
        assert_eq!(body, text);
    }
    let answers = [reply_of_type("application/json", "{}\n{")];
    let (items, error) = read(answers, |r| r.accept("application/jsonl")).await;
    assert_eq!(items.len(), 1);
    assert!(matches!(error, Some(Error::Stream(_))), "{error:?}");
}

#[tokio::test]
async fn a_refused_response_is_kept_up_to_the_limit() {
    let server = Server::start([reply_of_type("text/html", &"x".repeat(5000))]).await;
    let builder = builder().base_url(server.url()).max_response_bytes(1000);
    let client = builder.build().unwrap();
    let stream = client.get("/a").cast::<EventStream<Value>>().await.unwrap();
    let (_, body) = refused_response(read_all(stream).await);
    assert_eq!(body.len(), 1000);
}

#[tokio::test]
async fn a_resumed_stream_can_be_refused() {
    let answers = [
        reply_of_type("text/event-stream", "retry: 1\nid: 1\ndata: 1\n\n"),
        reply_of_type("text/html", "<html>"),
    ];
    let (items, error) = read(answers, |request| request.reconnect(9)).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
}

#[tokio::test]
async fn a_response_without_a_media_type_is_the_expected_stream() {
    let events = "data: 1\n\n";
    for kind in ["text/plain", "application/octet-stream", ""] {
        let (items, error) = read([reply_of_type(kind, events)], |request| request).await;
        assert_eq!((items.len(), error.is_none()), (1, true), "{kind}");
    }
    let answers = [reply(200, &[], events)];
    assert_eq!(read(answers, |request| request).await.0, [1]);
    let answers = [reply_of_type("application/vnd.pets.events", events)];
    let (items, _) = read(answers, |r| r.accept("application/vnd.pets.events")).await;
    assert_eq!(items, [1]);
}

/// Without a media type, the first line decides.
#[tokio::test]
async fn one_json_text_without_a_media_type_is_refused() {
    for kind in ["text/plain", "text/event-stream", ""] {
        for text in ["{\"a\":1}", "{\n \"a\": 1,\n \"b\": \"c\"\n}\n"] {
            let (message, body) =
                refused_response(read([reply_of_type(kind, text)], |request| request).await);
            assert!(message.ends_with("does not contain events"), "{message}");
            assert_eq!(body.trim_end(), text.trim_end(), "{kind}");
        }
    }
    let answers = [
        reply_of_type("text/event-stream", ": hello\n\n"),
        reply_of_type("text/event-stream", ""),
    ];
    for answer in answers {
        let (items, error) = read([answer], |request| request).await;
        assert!(items.is_empty() && error.is_none(), "{error:?}");
    }
    let answer = reply_of_type("text/event-stream", "extra: 1\ndata: 2\n\n");
    assert_eq!(read([answer], |request| request).await.0, [2]);
}

/// The response may never end.
#[tokio::test(start_paused = true)]
async fn a_refused_response_is_not_read_to_its_end() {
    for kind in ["text/html", "application/json"] {
        let start = tokio::time::Instant::now();
        let fake = crate::fake_transport::Fake::new(move |_, _| async move {
            let response = http::Response::builder().header("content-type", kind);
            Ok(response.body(endless(b"<p>")).unwrap())
        });
        let client = fake.client();
        let stream = client.get("/a").cast::<EventStream<Value>>();
        let (_, body) = refused_response(read_all(stream.await.unwrap()).await);
        assert!(body.starts_with("<p><p>"), "{body}");
        assert!(start.elapsed() <= Duration::from_secs(2));
    }
    let fake = crate::fake_transport::Fake::new(move |_, _| async move {
        let response = http::Response::builder().header("content-type", "text/plain");
        Ok(response.body(endless(b"line\n")).unwrap())
    });
    let client = fake.client();
    let stream = client.get("/a").cast::<EventStream<Value>>();
    let (message, body) = refused_response(read_all(stream.await.unwrap()).await);
    assert!(message.ends_with("does not contain events"), "{message}");
    assert_eq!(body.len(), 4096);
}

/// A body that repeats a chunk without end.
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
