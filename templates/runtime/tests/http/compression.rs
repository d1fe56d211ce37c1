//! Compressed responses. The transport decompresses them; limits apply to the decompressed body.
#![cfg(all(feature = "brotli", feature = "gzip", feature = "zstd"))]

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use sdkwright_runtime::{Bytes, Error, EventStream};

use crate::events::read_all;
use crate::server::{Reply, Server, head};
use crate::support::{builder, client};

fn gzip_reply(kind: &str, body: &str) -> Reply {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body.as_bytes()).unwrap();
    encoded_reply("gzip", kind, encoder.finish().unwrap())
}

fn encoded_reply(encoding: &str, kind: &str, bytes: Vec<u8>) -> Reply {
    let headers = [("content-encoding", encoding), ("content-type", kind)];
    let head = head(200, &headers, bytes.len()).into_bytes();
    Reply::Slow(Duration::ZERO, vec![head, bytes])
}

/// `{"n":1}`, compressed by other programs.
const COMPRESSED: [(&str, &[u8]); 2] = [
    ("br", b"\x0b\x03\x80{\"n\":1}\x03"),
    ("zstd", b"\x28\xb5\x2f\xfd\x00\x58\x39\x00\x00{\"n\":1}"),
];

#[tokio::test]
async fn a_gzip_response_is_decoded() {
    let server = Server::start([gzip_reply("application/json", r#"{"n":1}"#)]).await;
    let value = client(&server).get("/a").await.unwrap();
    assert_eq!(value["n"], 1);
    let asked = server.only().header("accept-encoding").unwrap();
    for encoding in ["gzip", "br", "zstd"] {
        assert!(
            asked.split(',').any(|one| one.trim() == encoding),
            "{asked}"
        );
    }
}

#[tokio::test]
async fn brotli_and_zstd_responses_are_decoded() {
    for (encoding, bytes) in COMPRESSED {
        let server =
            Server::start([encoded_reply(encoding, "application/json", bytes.to_vec())]).await;
        let value = client(&server).get("/a").await.unwrap();
        assert_eq!(value["n"], 1, "{encoding}");
    }
}

#[tokio::test]
async fn the_limit_applies_to_the_decompressed_body() {
    let bomb = " ".repeat(1 << 20);
    let server = Server::start([gzip_reply("application/json", &bomb)]).await;
    let client = builder()
        .base_url(server.url())
        .max_response_bytes(100_000)
        .build()
        .unwrap();
    let error = client.get("/a").await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let request = client.get("/a").cast::<EventStream<i64>>();
    let (_, error) = read_all(request.accept("application/jsonl").await.unwrap()).await;
    assert!(matches!(error, Some(Error::Stream(_))), "{error:?}");
}

#[tokio::test]
async fn streams_and_downloads_can_be_compressed() {
    let server = Server::start([gzip_reply("text/event-stream", "data: 1\n\ndata: 2\n\n")]).await;
    let client = client(&server);
    let (items, error) = read_all::<i64>(client.get("/a").cast().await.unwrap()).await;
    assert_eq!((items, error.is_none()), (vec![1, 2], true));
    let download = client.get("/a").cast::<Bytes>().download().await.unwrap();
    let mut written = Vec::new();
    download.write_to_sync(&mut written).await.unwrap();
    assert_eq!(written, b"data: 1\n\ndata: 2\n\n");
}
