//! Calls to URLs outside of the API.

use std::time::Duration;

use sdkwright_runtime::{Client, Error, Method, Request, Upload};

use crate::server::{Server, json, reply};
use crate::support::builder;

/// A client of another server, with secrets in every place that has room for one.
fn client() -> Client {
    builder()
        .default_header("X-Api-Token", "hush")
        .default_query("token", "hush")
        .retry_delays(Duration::ZERO, Duration::ZERO)
        .build()
        .unwrap()
}

fn put(client: &Client, url: String) -> Request<'_, ()> {
    Request::to_url(client, Method::PUT, url)
}

#[tokio::test]
async fn a_foreign_host_gets_no_credentials() {
    let server = Server::start([reply(200, &[], "")]).await;
    let client = client();
    let call = put(&client, format!("{}/b?sig=a%2Fb#part", server.url()));
    let call = call.header("X-Signed", "1").query("part", 2);
    call.body("bytes", "image/png").await.unwrap();
    let seen = server.only();
    assert_eq!(seen.target, "/b?sig=a%2Fb&part=2");
    assert_eq!(seen.body, b"bytes");
    assert_eq!(seen.header("content-type").as_deref(), Some("image/png"));
    let mut names: Vec<&str> = seen.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.retain(|name| *name != "accept-encoding");
    assert_eq!(
        names,
        [
            "accept",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-signed"
        ]
    );
}

#[tokio::test]
async fn transient_failures_are_retried() {
    let server = Server::start([reply(503, &[], ""), json(200, "{}")]).await;
    let client = client();
    let upload = put(&client, server.url()).upload(Upload::new("bytes"));
    upload.await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn other_texts_than_urls_are_refused() {
    let client = client();
    for url in ["", "/path", "ftp://host/file", "https:///", "mailto:a@b"] {
        let error = put(&client, url.to_owned()).await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{url}: {error}");
    }
}
