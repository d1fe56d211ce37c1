//! Event streams that are split into chunks at any position.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::Frame;
use proptest::prelude::*;

use crate::runtime::__private::Incoming;
use crate::runtime::response::LiveBody;
use crate::runtime::{Event, EventStream, FromResponse, Response, ResponseBody, TransportError};

/// A body whose chunks are all available.
struct Chunks(VecDeque<Bytes>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }
}

/// Parses a text that is split at `cuts`, and returns its events and errors.
fn events(kind: &'static str, text: &[u8], mut cuts: Vec<usize>) -> (Vec<Event>, Vec<String>) {
    cuts.retain(|cut| *cut < text.len());
    cuts.sort_unstable();
    let mut chunks = VecDeque::new();
    let mut start = 0;
    for cut in cuts.into_iter().chain([text.len()]) {
        chunks.push_back(Bytes::copy_from_slice(
            text.get(start..cut).unwrap_or_default(),
        ));
        start = cut;
    }
    drain(stream(kind, chunks))
}

/// Creates an event stream of these chunks.
fn stream(kind: &'static str, chunks: VecDeque<Bytes>) -> EventStream<Event> {
    let head = Response {
        status: StatusCode::OK,
        headers: HeaderMap::from_iter([(
            http::header::CONTENT_TYPE,
            HeaderValue::from_static(kind),
        )]),
        body: Bytes::new(),
        retries: 0,
        id_header: None,
        property: None,
        origin: None,
    };
    let body = ResponseBody::new(Chunks(chunks));
    let rest = LiveBody::new(body, None, 0, 1 << 20, std::time::Duration::MAX);
    EventStream::from_incoming(Incoming::live(head, rest)).unwrap()
}

fn drain(mut stream: EventStream<Event>) -> (Vec<Event>, Vec<String>) {
    let (mut events, mut errors) = (Vec::new(), Vec::new());
    let mut context = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(item)) = Pin::new(&mut stream).poll_next(&mut context) {
        match item {
            Ok(event) => events.push(event),
            Err(error) => errors.push(error.to_string()),
        }
    }
    (events, errors)
}

/// Parses a text as the standard describes, as a reference for the incremental parser.
fn expected(text: &str) -> Vec<(String, String, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut id, mut name, mut data) = (String::new(), String::new(), String::new());
    let mut next_id = None;
    let mut found = Vec::new();
    let mut lines: Vec<&str> = text.split('\n').collect();
    lines.pop();
    for line in lines {
        if line.is_empty() {
            id = next_id.take().unwrap_or(id);
            if !data.is_empty() {
                data.pop();
                found.push((name.clone(), id.clone(), data.clone()));
            }
            name.clear();
            data.clear();
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut name),
            "data" => data = format!("{data}{value}\n"),
            "id" if !value.contains('\0') => next_id = Some(value.to_owned()),
            _ => {}
        }
    }
    found
}

/// Generates text with frequent special fields.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("data: ".to_owned()),
        Just("data".to_owned()),
        Just("event: e".to_owned()),
        Just("id:7".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just("\r".to_owned()),
        Just(":".to_owned()),
        Just("\u{feff}".to_owned()),
        "[a-z é]{0,40}",
        "\\PC{0,3}",
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

#[test]
fn complete_data_is_read_from_its_chunk() {
    for (kind, text) in [
        (
            "text/event-stream",
            "event: a\ndata: first\n\ndata: second\n\n",
        ),
        ("application/jsonl", "first\nsecond\n"),
    ] {
        let chunk = Bytes::from_static(text.as_bytes());
        let place = chunk.as_ptr_range();
        let mut stream = stream(kind, VecDeque::from([chunk]));
        let mut context = Context::from_waker(Waker::noop());
        for expected in ["first", "second"] {
            let item = Pin::new(&mut stream).poll_next(&mut context);
            let Poll::Ready(Some(Ok(kept))) = item else {
                panic!("{item:?}");
            };
            let read = stream.last_event();
            assert_eq!(read.text(), expected);
            assert!(
                place.contains(&read.bytes().as_ptr()),
                "{kind}: the data was copied"
            );
            assert_eq!(&kept, read);
            assert!(
                !place.contains(&kept.bytes().as_ptr()),
                "{kind}: the chunk is retained"
            );
        }
    }
}

proptest! {
    #[test]
    fn chunk_boundaries_do_not_matter(text in text(), cuts in prop::collection::vec(0_usize..400, 0..20)) {
        let whole = events("text/event-stream", text.as_bytes(), Vec::new());
        let cut = events("text/event-stream", text.as_bytes(), cuts);
        prop_assert_eq!(&whole, &cut);
        let each = events("text/event-stream", text.as_bytes(), (0..text.len()).collect());
        prop_assert_eq!(&whole, &each);
    }

    #[test]
    fn events_follow_the_standard(text in text()) {
        let (found, _) = events("text/event-stream", text.as_bytes(), vec![3, 9, 31]);
        let found: Vec<_> = found
            .iter()
            .map(|event| (
                event.name().unwrap_or_default().to_owned(),
                event.id().unwrap_or_default().to_owned(),
                event.text().into_owned(),
            ))
            .collect();
        let expected: Vec<_> = expected(&text);
        // These texts contain neither an event named `error` nor an end marker.
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in any::<Vec<u8>>(), cuts in prop::collection::vec(0_usize..100, 0..5)) {
        for kind in ["text/event-stream", "application/jsonl", "application/json-seq"] {
            let whole = events(kind, &bytes, Vec::new());
            prop_assert_eq!(whole, events(kind, &bytes, cuts.clone()));
        }
    }
}
