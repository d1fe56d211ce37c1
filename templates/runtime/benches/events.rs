//! A stream of 1,000,000 events, next to the codec reading the same JSON by itself.
//!
//! `cargo bench -p sdkwright-runtime-benches --bench events`. The bytes come from memory, in chunks that end
//! within events, so that the benchmark measures the codec and the SDK: the format, and the
//! delivery of an event to its caller. Handles are as large as the deltas of a chat. Identifiers are
//! the smallest possible items, which shows the cost of an event.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use divan::{Bencher, black_box};
use http_body::Frame;
use sdkwright_runtime::__private::Api;
use sdkwright_runtime::{
    Body, BoxFuture, Bytes, Client, ClientBuilder, EventStream, FromEvent, Method, Request,
    ResponseBody, Transport, TransportError, TransportErrorKind, codec,
};
use sdkwright_runtime_benches::cpu;
use sdkwright_runtime_benches::sample::ChatHandle;
use tokio::runtime::Runtime;

#[path = "../tests/support/json.rs"]
#[expect(dead_code, reason = "each benchmark takes what it needs")]
mod json;

const EVENTS: usize = 1_000_000;
/// Number of different events. They are repeated.
const ROUND: usize = 1000;
/// Size of a transport's chunk.
const CHUNK: usize = 16 << 10;

fn main() {
    divan::main();
    report("handles as server-sent events", &handle_stream(Format::Sse));
    report("handles as JSON lines", &handle_stream(Format::Lines));
    report(
        "identifiers as server-sent events",
        &identifier_stream(Format::Sse),
    );
    report(
        "identifiers as JSON lines",
        &identifier_stream(Format::Lines),
    );
}

#[divan::bench(sample_count = 3)]
fn handles_through_the_sdk(bencher: Bencher<'_, '_>) {
    let stream = handle_stream(Format::Sse);
    bencher.bench_local(|| stream.run_sdk());
}

#[divan::bench(sample_count = 3)]
fn handles_by_the_codec(bencher: Bencher<'_, '_>) {
    let stream = handle_stream(Format::Sse);
    bencher.bench_local(|| stream.run_codec());
}

/// Prints the CPU time with and without the SDK: the shortest of several rounds that alternate.
fn report<T: FromEvent + codec::Decode>(name: &str, stream: &Stream<T>) {
    let (mut sdk, mut alone) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        sdk = sdk.min(cpu::measure(|| stream.run_sdk()));
        alone = alone.min(cpu::measure(|| stream.run_codec()));
    }
    let bytes = stream.chunks.iter().map(Bytes::len).sum::<usize>() * (EVENTS / ROUND);
    println!(
        "{EVENTS} {name}, {:.0} MB: {:.1} ms of CPU through the SDK, {:.1} ms by the codec, ratio {:.3}",
        bytes as f64 / 1e6,
        sdk.as_secs_f64() * 1000.0,
        alone.as_secs_f64() * 1000.0,
        sdk.as_secs_f64() / alone.as_secs_f64(),
    );
}

#[derive(Clone, Copy)]
enum Format {
    Sse,
    Lines,
}

/// Events that are repeated.
struct Stream<T> {
    texts: Vec<String>,
    chunks: Vec<Bytes>,
    client: Client,
    runtime: Runtime,
    of: std::marker::PhantomData<fn() -> T>,
}

fn handle_stream(format: Format) -> Stream<ChatHandle> {
    // The text of a handle has a line end, which a line cannot contain.
    let texts = (0..ROUND).map(|n| json::handle(n).replace("\n        ", ""));
    Stream::new(texts.collect(), format)
}

fn identifier_stream(format: Format) -> Stream<i64> {
    Stream::new(
        (0..ROUND).map(|n| (n * 7_919).to_string()).collect(),
        format,
    )
}

impl<T: FromEvent + codec::Decode> Stream<T> {
    fn new(texts: Vec<String>, format: Format) -> Self {
        let (kind, event): (_, fn(&String) -> String) = match format {
            Format::Sse => ("text/event-stream", |text| format!("data: {text}\n\n")),
            Format::Lines => ("application/jsonl", |text| format!("{text}\n")),
        };
        let all = Bytes::from(texts.iter().map(event).collect::<String>());
        let starts = (0..all.len()).step_by(CHUNK);
        let chunks: Vec<Bytes> = starts
            .map(|start| all.slice(start..all.len().min(start + CHUNK)))
            .collect();
        let client = ClientBuilder::new(&API)
            .env(|_| None)
            .base_url("https://api.invalid/v3")
            .transport(Memory(chunks.clone(), kind))
            .build()
            .expect("a client");
        Self {
            texts,
            chunks,
            client,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            of: std::marker::PhantomData,
        }
    }

    fn run_sdk(&self) {
        let count = self.runtime.block_on(async {
            let request = Request::<EventStream<T>>::new(&self.client, Method::GET, "/events");
            let mut events = request.await.expect("an answer");
            let mut count = 0;
            while let Some(event) = events.next().await {
                black_box(&event.expect("an event"));
                count += 1;
            }
            count
        });
        assert_eq!(count, EVENTS);
    }

    fn run_codec(&self) {
        for _ in 0..EVENTS / ROUND {
            for text in &self.texts {
                let event: T = codec::from_slice(black_box(text.as_bytes())).expect("an event");
                black_box(&event);
            }
        }
    }
}

/// Responds with the chunks, as often as the events need.
struct Memory(Vec<Bytes>, &'static str);

impl Transport for Memory {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let body = Chunks {
            chunks: self.0.clone(),
            next: 0,
            left: self.0.len() * (EVENTS / ROUND),
        };
        let mut response = http::Response::new(ResponseBody::new(body));
        let kind = http::HeaderValue::from_static(self.1);
        response.headers_mut().insert("content-type", kind);
        Box::pin(async move { Ok(response) })
    }
}

struct Chunks {
    chunks: Vec<Bytes>,
    next: usize,
    left: usize,
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Some(left) = self.left.checked_sub(1) else {
            return Poll::Ready(None);
        };
        let missing = || TransportError::new(TransportErrorKind::Request, io::Error::other("none"));
        let chunk = self.chunks.get(self.next).cloned().ok_or_else(missing);
        self.left = left;
        self.next = (self.next + 1) % self.chunks.len();
        Poll::Ready(Some(chunk.map(Frame::data)))
    }
}

static API: Api = sdkwright_runtime_benches::API;
