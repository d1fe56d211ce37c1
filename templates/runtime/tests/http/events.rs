//! Server-sent events: decoding, the end of streams, and limits.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_core::Stream;
use sdkwright_runtime::__private::{Api, EventForm, EventHandling, EventRule};
use sdkwright_runtime::{Error, Event, EventStream, Request, StreamError, Value};
use tokio::time::Instant;

use crate::server::{Reply, Server, chunked, head, json, reply};
use crate::support::{API, KEY, builder, builder_of, client};

const SSE: &str = "text/event-stream";

fn sse(body: &str) -> Reply {
    reply(
        200,
        &[("content-type", "text/event-stream; charset=utf-8")],
        body,
    )
}

/// Reads all items of a stream, and the error that ends it.
pub(crate) async fn read_all<T>(mut stream: EventStream<T>) -> (Vec<T>, Option<Error>)
where
    T: sdkwright_runtime::FromEvent,
{
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => {
                assert!(stream.next().await.is_none(), "{error:?}");
                return (items, Some(error));
            }
        }
    }
    assert!(stream.next().await.is_none());
    (items, None)
}

/// Reads the events of a body.
async fn read_events(body: &str) -> (Vec<Event>, Option<Error>) {
    let server = Server::start([sse(body)]).await;
    let client = client(&server);
    let request: Request<'_, EventStream<Event>> = client.get("/a").cast();
    read_all(request.await.unwrap()).await
}

async fn read_values(body: &str) -> (Vec<Value>, Option<Error>) {
    let server = Server::start([sse(body)]).await;
    read_all(client(&server).get("/a").cast().await.unwrap()).await
}

fn unwrap_stream_error(error: Option<Error>) -> Box<StreamError> {
    match error {
        Some(Error::Stream(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// Returns the name, id and data of each event.
fn name_id_data(events: &[Event]) -> Vec<(&str, &str, String)> {
    let name = |event: &'_ Event| event.name().map(str::len);
    assert!(events.iter().all(|event| name(event) != Some(0)));
    events
        .iter()
        .map(|e| {
            (
                e.name().unwrap_or(""),
                e.id().unwrap_or(""),
                e.text().into_owned(),
            )
        })
        .collect()
}

#[tokio::test]
async fn each_event_is_an_item() {
    let (items, error) = read_values("data: {\"n\":1}\n\ndata: {\"n\":2}\n\n").await;
    assert!(error.is_none());
    assert_eq!(
        items.iter().map(|item| &item["n"]).collect::<Vec<_>>(),
        [1, 2]
    );
}

#[tokio::test]
async fn the_request_accepts_events() {
    let server = Server::start([sse("")]).await;
    let (items, error) = read_all::<Value>(client(&server).get("/a").cast().await.unwrap()).await;
    assert!(items.is_empty() && error.is_none());
    assert_eq!(server.only().header("accept").unwrap(), SSE);
}

#[tokio::test]
async fn the_format_follows_the_standard() {
    let text = "\u{feff}: a comment\n\
        data: YHOO\ndata:+2\ndata:  10\n\n\
        event: add\rid: 1\rdata: x\r\r\
        event:remove\r\nid\r\ndata\r\n\r\n\
        id: 2\n\n\
        id: nul\0l\nunknown: x\ndata: y\n\n\
        event: nothing\n\n\
        data: z\nretry: 1x\n\n\
        : the end\n";
    let (events, error) = read_events(text).await;
    assert!(error.is_none(), "{error:?}");
    let expected = [
        ("", "", "YHOO\n+2\n 10"),
        ("add", "1", "x"),
        ("remove", "", ""),
        ("", "2", "y"),
        ("", "2", "z"),
    ];
    assert_eq!(
        name_id_data(&events),
        expected.map(|(n, i, d)| (n, i, d.to_owned()))
    );
}

#[tokio::test]
async fn line_ends_may_be_split() {
    let chunks = [
        "data: a\r",
        "\n\r",
        "\ndata: b\n",
        "\ndata:",
        " c\r",
        "\rdata: d\r\n\r\n",
    ];
    let server = Server::start([chunked(SSE, Duration::from_millis(5), &chunks, true)]).await;
    let (events, error) = read_all::<Event>(client(&server).get("/a").cast().await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    let data: Vec<_> = events
        .iter()
        .map(|event| event.text().into_owned())
        .collect();
    assert_eq!(data, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn events_have_names_and_ids() {
    let server = Server::start([sse("event: tick\nid: 7\ndata: 1\n\ndata: 2\n\n")]).await;
    let client = client(&server);
    let mut stream = client.get("/a").cast::<EventStream<i64>>().await.unwrap();
    assert_eq!(stream.response().status(), 200);
    assert_eq!(stream.next().await.unwrap().unwrap(), 1);
    assert_eq!(stream.last_event().name(), Some("tick"));
    assert_eq!(stream.next().await.unwrap().unwrap(), 2);
    assert_eq!(stream.last_event().name(), None);
    assert_eq!(stream.last_event().id(), Some("7"));
}

#[tokio::test]
async fn text_data_is_not_decoded() {
    let server = Server::start([sse("data: \"a\" b\ndata: c\n\n")]).await;
    let (items, _) = read_all::<String>(client(&server).get("/a").cast().await.unwrap()).await;
    assert_eq!(items, ["\"a\" b\nc"]);
}

#[tokio::test]
async fn an_event_can_be_decoded_as_an_object() {
    let server = Server::start([sse("event: e\nid: 1\ndata: {\"a\":1}\n\n")]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<Value>>();
    let (items, _) = read_all(request.event_form(EventForm::Object).await.unwrap()).await;
    assert_eq!(
        items[0].to_string(),
        r#"{"data":"{\"a\":1}","event":"e","id":"1"}"#
    );
}

#[tokio::test]
async fn an_envelope_has_all_fields_and_decoded_data() {
    let events = "retry: 250\nid: 1\ndata: {\"data\":1,\"event\":\"x\",\"id\":\"9\"}\n\n\
        data: 0.30000000000000004\n\n";
    let server = Server::start([sse(events)]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<Value>>();
    let request = request.event_form(EventForm::ObjectOfJson);
    let (items, _) = read_all(request.await.unwrap()).await;
    let items: Vec<String> = items.iter().map(Value::to_string).collect();
    assert_eq!(
        items,
        [
            r#"{"data":{"data":1,"event":"x","id":"9"},"id":"1","retry":250}"#,
            r#"{"data":0.30000000000000004,"id":"1"}"#,
        ]
    );
}

#[tokio::test]
async fn the_ids_of_some_streams_are_numbers() {
    let events = "id: 7\ndata: 1\n\nid: 18446744073709551615\ndata: 2\n\nid: 7a\ndata: 3\n\n";
    let server = Server::start([sse(events)]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<Value>>();
    let request = request.event_form(EventForm::ObjectOfJson);
    let (items, _) = read_all(request.numeric_event_ids().await.unwrap()).await;
    let items: Vec<String> = items.iter().map(Value::to_string).collect();
    assert_eq!(
        items,
        [
            r#"{"data":1,"id":7}"#,
            r#"{"data":2,"id":18446744073709551615}"#,
            r#"{"data":3,"id":"7a"}"#,
        ]
    );
}

#[tokio::test]
async fn the_data_of_some_events_is_text() {
    let events = "event: text\ndata: 12\n\nevent: json\ndata: 12\n\ndata: 12\n\n";
    let server = Server::start([sse(events)]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<Value>>();
    let request = request.event_form(EventForm::ObjectOfJson);
    let (items, _) = read_all(request.event_texts(&["text"]).await.unwrap()).await;
    let items: Vec<String> = items.iter().map(Value::to_string).collect();
    assert_eq!(
        items,
        [
            r#"{"data":"12","event":"text"}"#,
            r#"{"data":12,"event":"json"}"#,
            r#"{"data":12}"#,
        ]
    );
}

#[tokio::test]
async fn the_usual_end_marker_ends_the_stream() {
    for end in ["data: [DONE]\n\n", "data: [DONE]\n", "data: [DONE]"] {
        let (items, error) = read_values(&format!("data: 1\n\n{end}")).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(items.len(), 1);
    }
    let (items, error) = read_values("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n").await;
    assert_eq!((items.len(), error.is_none()), (1, true));
}

#[tokio::test]
async fn nothing_is_awaited_after_the_end_marker() {
    let chunks = ["data: 1\n\ndata: [DONE]\n\n"];
    let mut reply = chunked(SSE, Duration::ZERO, &chunks, false);
    if let Reply::Slow(_, pieces) = &mut reply {
        pieces.extend(vec![b"1\r\n:\r\n".to_vec(); 3]);
    }
    let server = Server::start([reply]).await;
    let (items, error) = read_all::<i64>(client(&server).get("/a").cast().await.unwrap()).await;
    assert_eq!((items, error.is_none()), (vec![1], true));
}

#[tokio::test]
async fn an_error_event_is_an_error() {
    let body = "data: 1\n\nevent: error\n\
        data: {\"error\":{\"message\":\"Overloaded\",\"code\":\"busy\"}}\n\ndata: 2\n\n";
    let (items, error) = read_values(body).await;
    assert_eq!(items.len(), 1);
    let error = unwrap_stream_error(error);
    assert!(error.is_sent_by_server());
    assert_eq!(
        (error.code(), error.message()),
        (Some("busy"), Some("Overloaded"))
    );
    assert_eq!(error.event().name(), Some("error"));
    assert_eq!(
        error.to_string(),
        "the event stream ended with an error: Overloaded (code busy)"
    );
}

#[tokio::test]
async fn an_error_without_a_name_is_recognized_by_its_property() {
    let server =
        Server::start([sse("data: {\"error\":{\"message\":\"no\"}}\n\ndata: 1\n\n")]).await;
    let mut stream = client(&server)
        .get("/a")
        .cast::<EventStream<i64>>()
        .await
        .unwrap();
    let error = unwrap_stream_error(stream.next().await.unwrap().err());
    assert!(error.is_sent_by_server());
    assert_eq!(error.message(), Some("no"));
}

#[tokio::test]
async fn an_invalid_event_does_not_end_the_stream() {
    let head = head(200, &[("content-type", SSE), ("x-request-id", "r1")], 28);
    let reply = Reply::RawJson(format!("{head}data: {{\"a\":\n\ndata: [1,\"2\"]\n\n").into_bytes());
    let server = Server::start([reply]).await;
    let client = client(&server);
    let mut stream = client
        .get("/a")
        .cast::<EventStream<Vec<i64>>>()
        .await
        .unwrap();
    let error = unwrap_stream_error(stream.next().await.unwrap().err());
    assert!(error.decode_error().is_some() && !error.is_sent_by_server());
    let error = unwrap_stream_error(stream.next().await.unwrap().err());
    assert_eq!(error.decode_error().unwrap().path(), "[1]");
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(
        error.to_string(),
        "an event could not be decoded: [1]: expected an integer, found a string (request r1)"
    );
    assert!(!format!("{error:?}").contains("\"2\""));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_stream_that_ends_within_an_event_is_an_error() {
    for cut in ["data: {\"n\":", "data: 2\n", "data: 2", "dat", "id: 1"] {
        let (items, error) = read_values(&format!("data: 1\n\n{cut}")).await;
        assert_eq!(items.len(), 1);
        let error = unwrap_stream_error(error);
        assert!(error.is_truncated(), "{cut}");
        assert_eq!(error.to_string(), "the event stream ended within an event");
    }
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_an_error() {
    for reply in [
        chunked(SSE, Duration::ZERO, &["data: 1\n\n"], false),
        Reply::ResetAfter(format!("{}data: 1\n\n", head(200, &[("content-type", SSE)], 90)).into()),
    ] {
        let server = Server::start([reply]).await;
        let (items, error) = read_all::<i64>(client(&server).get("/a").cast().await.unwrap()).await;
        assert_eq!(items, [1]);
        assert!(matches!(error, Some(Error::Connect(_))), "{error:?}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn the_size_of_an_event_is_limited() {
    let line = format!("data: {}\n\n", "1".repeat(1000));
    let lines = "data: 11111111\n".repeat(200);
    let endless = "1".repeat(2000);
    for body in [&line, &lines, &endless] {
        let server = Server::start([sse(body)]).await;
        let client = client(&server);
        let request = client.get("/a").cast::<EventStream<Value>>();
        let (_, error) = read_all(request.max_event_bytes(999).await.unwrap()).await;
        assert_eq!(
            unwrap_stream_error(error).to_string(),
            "an event exceeds the limit of 999 bytes"
        );
        let limited = builder()
            .base_url(server.url())
            .max_response_bytes(999)
            .build()
            .unwrap();
        let (_, error) = read_all::<Value>(limited.get("/a").cast().await.unwrap()).await;
        unwrap_stream_error(error);
    }
}

#[tokio::test]
async fn the_size_of_a_stream_is_not_limited() {
    let body = "data: 1\n\n".repeat(1000);
    let server = Server::start([sse(&body)]).await;
    let client = client(&server);
    let request = client
        .get("/a")
        .cast::<EventStream<i64>>()
        .max_event_bytes(16);
    let (items, error) = read_all(request.await.unwrap()).await;
    assert_eq!((items.len(), error.is_none()), (1000, true));
}

#[tokio::test]
async fn a_failing_status_is_an_api_error_and_is_retried() {
    let server = Server::start([json(503, "{}"), json(404, r#"{"message":"gone"}"#)]).await;
    let client = builder().base_url(server.url()).build().unwrap();
    let error = client
        .get("/a")
        .cast::<EventStream<i64>>()
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "404 Not Found: gone");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn the_timeout_limits_the_head() {
    let chunks = ["data: 1\n\n", "data: 2\n\n", "data: 3\n\n", "data: 4\n\n"];
    let pause = Duration::from_millis(150);
    let server = Server::start([chunked(SSE, pause, &chunks, true)]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<i64>>();
    let stream = request.timeout(Duration::from_millis(450)).await.unwrap();
    let (items, error) = read_all(stream).await;
    assert_eq!((items, error.is_none()), (vec![1, 2, 3, 4], true));
    let server = Server::start([Reply::Stall]).await;
    let client = self::client(&server);
    let request = client.get("/a").cast::<EventStream<i64>>();
    let error = request
        .timeout(Duration::from_millis(50))
        .max_retries(0)
        .await;
    assert!(matches!(error, Err(Error::Timeout(_))));
}

#[tokio::test]
async fn the_deadline_limits_the_whole_stream() {
    let mut reply = chunked(SSE, Duration::ZERO, &["data: 1\n\n"], false);
    if let Reply::Slow(pause, pieces) = &mut reply {
        *pause = Duration::from_millis(20);
        pieces.extend(vec![b"3\r\n:a\n\r\n".to_vec(); 400]);
    }
    let server = Server::start([reply]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<i64>>();
    let start = Instant::now();
    let stream = request.deadline(Duration::from_millis(400)).await.unwrap();
    let (items, error) = read_all(stream).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(Error::Timeout(_))), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn a_dropped_stream_closes_its_connection() {
    let mut reply = chunked(SSE, Duration::from_millis(10), &["data: 1\n\n"], false);
    if let Reply::Slow(_, pieces) = &mut reply {
        pieces.extend(vec![b"3\r\n:a\n\r\n".to_vec(); 1000]);
    }
    let server = Server::start([reply]).await;
    let client = client(&server);
    let mut stream = client.get("/a").cast::<EventStream<i64>>().await.unwrap();
    stream.next().await.unwrap().unwrap();
    assert_eq!(server.broken(), 0);
    drop(stream);
    for _ in 0..100 {
        if server.broken() == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the server still sends");
}

#[tokio::test]
async fn event_streams_implement_stream() {
    let server = Server::start([sse("data: 1\n\n")]).await;
    let mut stream = client(&server)
        .get("/a")
        .cast::<EventStream<i64>>()
        .await
        .unwrap();
    let mut context = Context::from_waker(Waker::noop());
    let first = loop {
        match Pin::new(&mut stream).poll_next(&mut context) {
            Poll::Ready(item) => break item,
            Poll::Pending => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    assert_eq!(first.unwrap().unwrap(), 1);
}

#[tokio::test]
async fn an_api_may_have_its_own_stream_rules() {
    static RULES: Api = Api {
        event_rules: &[
            EventRule {
                names: None,
                data_starts_with: "finished",
                handling: EventHandling::Done,
            },
            EventRule {
                names: Some(&["problem", "failure"]),
                data_starts_with: "",
                handling: EventHandling::Error,
            },
            EventRule {
                names: Some(&[""]),
                data_starts_with: "",
                handling: EventHandling::Yield,
            },
        ],
        ..API
    };
    let run = async |body: &str| {
        let server = Server::start([sse(body)]).await;
        let builder = builder_of(&RULES).credential("api_key", KEY);
        let client = builder.base_url(server.url()).build().unwrap();
        read_all::<i64>(client.get("/a").cast().await.unwrap()).await
    };
    let (items, error) =
        run("data: 1\n\nevent: ping\ndata: {}\n\ndata: finished!\n\ndata: 2\n\n").await;
    assert_eq!((items, error.is_none()), (vec![1], true));
    let (items, error) = run("data: 1\n\nevent: failure\ndata: oh\n\n").await;
    assert_eq!(items, [1]);
    assert_eq!(
        unwrap_stream_error(error).to_string(),
        "the event stream ended with an error: oh"
    );
}

#[tokio::test]
async fn a_call_may_have_its_own_end_marker() {
    let run = async |body: &str| {
        let server = Server::start([sse(body)]).await;
        let client = client(&server);
        let request = client.get("/a").cast::<EventStream<String>>();
        read_all(request.event_terminator("END").await.unwrap()).await
    };
    let (items, error) = run("data: END of page 1\n\ndata: END\n\ndata: late\n\n").await;
    assert_eq!(items, ["END of page 1"]);
    assert!(error.is_none());
    let (items, error) = run("data: a\n\nevent: error\ndata: END\n\n").await;
    assert_eq!(items, ["a"]);
    assert_eq!(
        unwrap_stream_error(error).to_string(),
        "the event stream ended with an error: END"
    );
}

#[tokio::test]
async fn a_stream_has_its_response() {
    let server = Server::start([sse("data: 1\n\n")]).await;
    let client = client(&server);
    let request = client.get("/a").cast::<EventStream<i64>>();
    let (stream, response) = request.with_response().await.unwrap();
    assert!(response.bytes().is_empty() && response.headers().contains_key("content-type"));
    assert_eq!(read_all(stream).await.0, [1]);
}
