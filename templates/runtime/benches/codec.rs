//! The codec against `serde_json` with derived types, on the same JSON.
//!
//! `cargo bench -p sdkwright-runtime-benches --bench codec`. The goals are at least 0.9 of the speed of
//! the derived types for decoding, and at least 1.0 for encoding. There are two texts. `records` has
//! only plain objects, which both sides decode in the same way. `unions` has tagged and untagged unions
//! and open enums, which derived code decodes from a buffered copy.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use sdkwright_runtime::codec;
use sdkwright_runtime_benches::sample;

#[path = "../tests/support/json.rs"]
mod json;
#[path = "../tests/support/serde_types.rs"]
mod serde_types;

const TEXTS: [&str; 2] = ["records", "unions"];

fn main() {
    divan::main();
}

fn read_text(name: &str) -> Vec<u8> {
    json::page(50, name == "unions").into_bytes()
}

#[divan::bench(args = TEXTS)]
fn decode_codec(bencher: Bencher<'_, '_>, name: &str) {
    let json = read_text(name);
    bencher
        .counter(BytesCount::of_slice(&json))
        .bench(|| codec::from_slice::<sample::ChatPage>(black_box(&json)));
}

#[divan::bench(args = TEXTS)]
fn decode_derive(bencher: Bencher<'_, '_>, name: &str) {
    let json = read_text(name);
    bencher
        .counter(BytesCount::of_slice(&json))
        .bench(|| serde_json::from_slice::<serde_types::ChatPage>(black_box(&json)));
}

#[divan::bench(args = TEXTS)]
fn encode_codec(bencher: Bencher<'_, '_>, name: &str) {
    let json = read_text(name);
    let page = codec::from_slice::<sample::ChatPage>(&json);
    let page = page.expect("the text is of the sample's type");
    bencher
        .counter(BytesCount::of_slice(&json))
        .bench(|| codec::to_vec(black_box(&page)));
}

#[divan::bench(args = TEXTS)]
fn encode_derive(bencher: Bencher<'_, '_>, name: &str) {
    let json = read_text(name);
    let page = serde_json::from_slice::<serde_types::ChatPage>(&json);
    let page = page.expect("the text has the derived type");
    bencher
        .counter(BytesCount::of_slice(&json))
        .bench(|| serde_json::to_vec(black_box(&page)));
}
