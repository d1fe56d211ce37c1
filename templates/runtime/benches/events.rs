//! A stream of 1,000,000 events, next to the codec reading the same JSON by itself.
//!
//! `cargo bench -p sdkwright-runtime-benches --bench events`. The bytes come from memory, in chunks that end
//! within events, so that all that is measured beside the codec is the SDK: the format, and the way
//! of an event to its caller. Handles are as large as what a chat sends word by word; identifiers are
//! the smallest items there are, which shows what an event costs.

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
#[allow(dead_code, reason = "each benchmark takes what it needs")]
mod json;

const EVENTS: usize = 1_000_000;
/// So many events are repeated.
const ROUND: usize = 1000;
/// As much as a transport gives at a time.
const CHUNK: usize = 16 << 10;

fn main() {
    divan::main();
    report("handles as server-sent events", &handles(Format::Sse));
    report("handles as JSON lines", &handles(Format::Lines));
    report(
        "identifiers as server-sent events",
        &identifiers(Format::Sse),
    );
    report("identifiers as JSON lines", &identifiers(Format::Lines));
}

#[divan::bench(sample_count = 3)]
fn handles_through_the_sdk(bencher: Bencher<'_, '_>) {
    let stream = handles(Format::Sse);
    bencher.bench_local(|| stream.through_the_sdk());
}

#[divan::bench(sample_count = 3)]
fn handles_by_the_codec(bencher: Bencher<'_, '_>) {
    let stream = handles(Format::Sse);
    bencher.bench_local(|| stream.by_the_codec());
}

/// Prints the CPU time both ways, each the least of several rounds that take turns.
fn report<T: FromEvent + codec::Decode>(name: &str, stream: &Stream<T>) {
    let (mut sdk, mut alone) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        sdk = sdk.min(cpu::of(|| stream.through_the_sdk()));
        alone = alone.min(cpu::of(|| stream.by_the_codec()));
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

/// Events that come again and again.
struct Stream<T> {
    texts: Vec<String>,
    chunks: Vec<Bytes>,
    client: Client,
    runtime: Runtime,
    of: std::marker::PhantomData<fn() -> T>,
}

fn handles(format: Format) -> Stream<ChatHandle> {
    // The text of a handle has a line end, which a line cannot hold.
    let texts = (0..ROUND).map(|n| json::handle(n).replace("\n        ", ""));
    Stream::new(texts.collect(), format)
}

fn identifiers(format: Format) -> Stream<i64> {
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

    fn through_the_sdk(&self) {
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

    fn by_the_codec(&self) {
        for _ in 0..EVENTS / ROUND {
            for text in &self.texts {
                let event: T = codec::from_slice(black_box(text.as_bytes())).expect("an event");
                black_box(&event);
            }
        }
    }
}

/// Answers with the chunks, as often as the events need.
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
