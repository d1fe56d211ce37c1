//! Idle timeouts of streams.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body::Frame;
use sdkwright_runtime::{
    Bytes, Error, EventStream, Request, ResponseBody, TimeoutError, TransportError,
};
use tokio::time::{Instant, Sleep, sleep, timeout};

use crate::events::read_all;
use crate::fake_transport::{Answer, Fake};

/// A body that sends each piece after a pause in seconds, and then nothing more.
struct Halting {
    pieces: Vec<(u64, &'static str)>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for Halting {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Some(&(seconds, piece)) = self.pieces.first() else {
            return Poll::Pending;
        };
        let new = || Box::pin(sleep(Duration::from_secs(seconds)));
        ready!(self.pause.get_or_insert_with(new).as_mut().poll(context));
        self.pause = None;
        self.pieces.remove(0);
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece.into()))))
    }
}

/// A response with such a body.
pub(crate) fn stalling_response(pieces: &[(u64, &'static str)]) -> Answer {
    let body = ResponseBody::new(Halting {
        pieces: pieces.to_vec(),
        pause: None,
    });
    let kind = ("content-type", "text/event-stream");
    Ok(http::Response::builder()
        .header(kind.0, kind.1)
        .body(body)
        .unwrap())
}

/// Reads a stream. Returns its items, its error and the seconds until its end.
async fn read_timed(
    answers: &'static [&'static [(u64, &'static str)]],
    change: impl FnOnce(Request<'_, EventStream<i64>>) -> Request<'_, EventStream<i64>>,
) -> (Vec<i64>, Option<Error>, u64) {
    let fake = Fake::new(move |number, _| async move { stalling_response(answers[number]) });
    let client = fake.client();
    let stream = change(client.get("/a").cast()).await.unwrap();
    let start = Instant::now();
    let (items, error) = read_all(stream).await;
    (items, error, start.elapsed().as_secs())
}

fn timeout_limit(error: Option<Error>) -> Option<Duration> {
    match error {
        Some(Error::Timeout(TimeoutError::Idle { limit })) => Some(limit),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn the_idle_timeout_of_a_stream_is_ten_minutes() {
    let (items, error, seconds) =
        read_timed(&[&[(0, "data: 1\n\n"), (599, "data: 2\n\n")]], |r| r).await;
    assert_eq!((items, seconds), (vec![1, 2], 599 + 600));
    let text = error.as_ref().unwrap().to_string();
    assert!(text.contains("no data received for 600s"), "{text}");
    assert_eq!(timeout_limit(error), Some(Duration::from_secs(600)));
}

#[tokio::test(start_paused = true)]
async fn comments_reset_the_idle_timeout() {
    const PIECES: &[(u64, &str)] = &[
        (0, "data: 1\n\n"),
        (50, ":\n"),
        (50, ":\n"),
        (50, ":\n"),
        (1, ""),
    ];
    let limit = Duration::from_secs(60);
    let (items, error, _) = read_timed(&[PIECES], |r| r.idle_timeout(limit)).await;
    assert_eq!((items, error.is_none()), (vec![1], true));
}

#[tokio::test(start_paused = true)]
async fn an_idle_stream_reconnects_if_that_is_enabled() {
    let (items, error, seconds) = read_timed(
        &[
            &[(0, "retry: 1\nid: 1\ndata: 1\n\n")],
            &[(0, "data: 2\n\ndata: [DONE]\n\n")],
        ],
        |request| request.idle_timeout(Duration::from_secs(5)).reconnect(1),
    )
    .await;
    assert_eq!((items, error.is_none(), seconds), (vec![1, 2], true, 5));
}

#[tokio::test(start_paused = true)]
async fn the_idle_timeout_can_be_disabled() {
    let ends = read_timed(&[&[(0, "data: 1\n\n")]], |r| r.idle_timeout(Duration::MAX));
    let day = Duration::from_secs(86_400);
    assert!(timeout(day, ends).await.is_err());
}

/// The time in which the reader is busy does not count.
#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_not_an_idle_server() {
    let fake = Fake::new(|_, _| async {
        stalling_response(&[(0, "data: 1\n\n"), (1, "data: 2\n\n"), (1, "data: 3\n\n")])
    });
    let client = fake.client();
    let request = client.get("/a").cast::<EventStream<i64>>();
    let limit = Duration::from_secs(3);
    let mut stream = request.idle_timeout(limit).await.unwrap();
    for expected in [1, 2, 3] {
        assert_eq!(stream.next().await.unwrap().unwrap(), expected);
        sleep(Duration::from_secs(60)).await;
    }
}
