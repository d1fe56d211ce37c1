//! A list of 100,000 items, page by page, next to the codec reading the same pages by itself.
//!
//! `cargo bench -p sdkwright-runtime-benches --bench paging`. The pages come from memory, so that the
//! benchmark measures the codec and the SDK: its requests, and the step from one to the next.
//! Chats are as large as those of a real API. Identifiers are the smallest possible items, which
//! shows the cost of a page.

use std::time::Duration;

use divan::{Bencher, black_box};
use sdkwright_runtime::__private::Api;
use sdkwright_runtime::{
    Body, BoxFuture, Bytes, Client, ClientBuilder, FromResponse, ListPage, Method, PageMark,
    PageStyle, Request, ResponseBody, Transport, TransportError, codec,
};
use sdkwright_runtime_benches::cpu;
use sdkwright_runtime_benches::sample::ChatPage;
use tokio::runtime::Runtime;

#[path = "../tests/support/json.rs"]
mod json;

const ITEMS: usize = 100_000;
const PAGE: usize = 100;

fn main() {
    divan::main();
    report("chats", &chat_list());
    report("identifiers", &identifier_list());
}

#[divan::bench(sample_count = 3)]
fn chats_through_the_sdk(bencher: Bencher<'_, '_>) {
    let list = chat_list();
    bencher.bench_local(|| list.run_sdk());
}

#[divan::bench(sample_count = 3)]
fn chats_by_the_codec(bencher: Bencher<'_, '_>) {
    let list = chat_list();
    bencher.bench_local(|| list.run_codec());
}

#[divan::bench(sample_count = 10)]
fn identifiers_through_the_sdk(bencher: Bencher<'_, '_>) {
    let list = identifier_list();
    bencher.bench_local(|| list.run_sdk());
}

#[divan::bench(sample_count = 10)]
fn identifiers_by_the_codec(bencher: Bencher<'_, '_>) {
    let list = identifier_list();
    bencher.bench_local(|| list.run_codec());
}

/// Prints both times: the shortest of several rounds that alternate.
fn report<T: ListPage + FromResponse + codec::Decode>(name: &str, list: &List<T>) {
    let (mut sdk, mut alone) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        sdk = sdk.min(cpu::measure(|| list.run_sdk()));
        alone = alone.min(cpu::measure(|| list.run_codec()));
    }
    println!(
        "{ITEMS} {name} in pages of {PAGE}: {:.1} ms of CPU time through the SDK, {:.1} ms by the codec, ratio {:.3}",
        sdk.as_secs_f64() * 1000.0,
        alone.as_secs_f64() * 1000.0,
        sdk.as_secs_f64() / alone.as_secs_f64(),
    );
}

/// A list whose pages are equal except for their cursors.
struct List<T> {
    style: PageStyle,
    page: Bytes,
    client: Client,
    runtime: Runtime,
    of: std::marker::PhantomData<fn() -> T>,
}

fn chat_list() -> List<ChatPage> {
    let text = json::page(PAGE, false);
    let (page, _) = text
        .split_once(r#","next_cursor""#)
        .expect("it has a cursor");
    // The cursor of each page is in a header, so that the text is the same for all.
    List::new(format!("{page}}}"))
}

fn identifier_list() -> List<Vec<i64>> {
    let ids: Vec<String> = (0..PAGE).map(|n| (n * 7_919).to_string()).collect();
    List::new(format!("[{}]", ids.join(",")))
}

impl<T: ListPage + FromResponse + codec::Decode> List<T> {
    fn new(page: String) -> Self {
        let page = Bytes::from(page);
        let client = ClientBuilder::new(&API)
            .env(|_| None)
            .base_url("https://api.invalid/v3")
            .transport(Memory(page.clone()))
            .build()
            .expect("a client");
        Self {
            style: PageStyle::cursor("cursor").headers(&[(PageMark::Cursor, "x-next")]),
            page,
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
            let request = Request::<T>::new(&self.client, Method::GET, "/items");
            let mut items = request.query("limit", PAGE).paged(self.style).items();
            let mut count = 0;
            while let Some(item) = items.next().await {
                black_box(&item.expect("an item"));
                count += 1;
            }
            count
        });
        assert_eq!(count, ITEMS);
    }

    fn run_codec(&self) {
        let mut count = 0;
        for _ in 0..ITEMS / PAGE {
            let page: T = codec::from_slice(black_box(&self.page)).expect("a page");
            for item in page.into_items().expect("its items") {
                black_box(&item);
                count += 1;
            }
        }
        assert_eq!(count, ITEMS);
    }
}

/// Responds with the same page each time, and with the next number as its cursor.
struct Memory(Bytes);

impl Transport for Memory {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let cursor = request.uri().query().and_then(|query| {
            let (_, cursor) = query.split_once("cursor=")?;
            cursor.parse().ok()
        });
        let next = cursor.unwrap_or(0_usize) + 1;
        let mut response = http::Response::new(ResponseBody::from(self.0.clone()));
        if next < ITEMS / PAGE {
            response.headers_mut().insert("x-next", next.into());
        }
        Box::pin(async move { Ok(response) })
    }
}

static API: Api = sdkwright_runtime_benches::API;
