//! The headers of every call, and their precedence.

use std::time::Duration;

use sdkwright_runtime::__private::{Api, Params, RequestParts};
use sdkwright_runtime::{Bytes, Error, Method, Request, Value};

use crate::server::{Server, json, reply};
use crate::support::{API, KEY, builder, builder_of, client, post};

#[tokio::test]
async fn a_call_without_a_body_has_the_default_headers() {
    let server = Server::start([json(200, "{}")]).await;
    client(&server).get("/a").await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("accept").as_deref(), Some("application/json"));
    assert_eq!(
        seen.header("user-agent").as_deref(),
        Some("Petstore/Rust 1.2.3")
    );
    assert_eq!(
        seen.header("authorization").unwrap(),
        format!("Bearer {KEY}")
    );
    assert_eq!(seen.header("x-retry-count").as_deref(), Some("0"));
    assert_eq!(seen.header("content-type"), None);
    let mut names: Vec<&str> = seen.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    // Sent if a feature for compressed responses is enabled.
    names.retain(|name| *name != "accept-encoding");
    assert_eq!(
        names,
        [
            "accept",
            "authorization",
            "host",
            "user-agent",
            "x-retry-count"
        ]
    );
}

#[tokio::test]
async fn the_content_type_is_sent_with_the_body() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    post(&client).await.unwrap();
    client.post("/a").await.unwrap();
    client.delete("/a").await.unwrap();
    assert_eq!(
        server.headers("content-type"),
        [Some("application/json".to_owned()), None, None]
    );
}

/// RFC 9110, section 8.6.
#[tokio::test]
async fn a_missing_body_has_length_zero() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    client.post("/a").await.unwrap();
    client.put("/a").await.unwrap();
    client.patch("/a").await.unwrap();
    client.get("/a").await.unwrap();
    client.delete("/a").await.unwrap();
    let zero = || Some("0".to_owned());
    assert_eq!(
        server.headers("content-length"),
        [zero(), zero(), zero(), None, None]
    );
}

#[tokio::test]
async fn a_wrong_content_length_is_refused() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    let post = |length| {
        let request = client.post("/a").body("abc", "text/plain");
        request.header("Content-Length", length)
    };
    for length in ["2", "4", "0", "03", "3, 3", "-3"] {
        let error = post(length).await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{length}: {error:?}");
        assert_eq!(
            error.to_string(),
            "the header `content-length` does not match the length of the body, which is 3 bytes"
        );
    }
    client
        .get("/a")
        .header("Content-Length", "1")
        .await
        .unwrap_err();
    assert!(server.seen().is_empty());
    post("3").await.unwrap();
    assert_eq!(server.only().header("content-length").as_deref(), Some("3"));
}

#[tokio::test]
async fn accept_depends_on_the_response_type() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    client.delete("/a").cast::<()>().await.unwrap();
    client.get("/a").cast::<Bytes>().await.unwrap();
    client
        .delete("/a")
        .cast::<()>()
        .with_response()
        .await
        .unwrap();
    client.get("/a").accept("application/x-pets").await.unwrap();
    let accepted = server
        .headers("accept")
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    assert_eq!(accepted, ["*/*", "*/*", "*/*", "application/x-pets"]);
}

#[tokio::test]
async fn headers_of_the_call_override_those_of_the_client() {
    let server = Server::start([json(200, "{}")]).await;
    let client = builder()
        .base_url(server.url())
        .default_header("User-Agent", "mine/1")
        .default_header("X-A", "client")
        .default_header("authorization", "Custom 1")
        .build()
        .unwrap();
    client.get("/a").header("x-a", "call").await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("user-agent").as_deref(), Some("mine/1"));
    assert_eq!(seen.header("x-a").as_deref(), Some("call"));
    assert_eq!(seen.header("authorization").as_deref(), Some("Custom 1"));
}

#[tokio::test]
async fn header_names_are_case_insensitive() {
    let server = Server::start([json(200, "{}")]).await;
    let client = builder()
        .base_url(server.url())
        .default_header("X-A", "client")
        .default_header("x-b", "first")
        .default_header("X-B", "second")
        .build()
        .unwrap();
    let call = client
        .get("/a")
        .header("x-a", "first")
        .header("X-A", "second");
    call.header("AUTHORIZATION", "Custom 1").await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("x-a").as_deref(), Some("second"));
    assert_eq!(seen.header("x-b").as_deref(), Some("second"));
    assert_eq!(seen.header("authorization").as_deref(), Some("Custom 1"));
}

#[tokio::test]
async fn headers_can_be_removed() {
    let server = Server::start([json(200, "{}")]).await;
    let client = builder()
        .base_url(server.url())
        .default_header("X-A", "1")
        .remove_header("User-Agent")
        .build()
        .unwrap();
    post(&client)
        .remove_header("x-a")
        .remove_header("Authorization")
        .remove_header("content-type")
        .await
        .unwrap();
    let seen = server.only();
    for name in ["x-a", "authorization", "content-type", "user-agent"] {
        assert_eq!(seen.header(name), None, "{name}");
    }
    post(&client).header("user-agent", "again/1").await.unwrap();
    assert_eq!(
        server.seen()[1].header("user-agent").as_deref(),
        Some("again/1")
    );
}

#[tokio::test]
async fn invalid_headers_are_refused() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    for (name, value) in [
        ("X A", "1"),
        ("", "1"),
        ("X-A", "a\r\nX-Evil: 1"),
        ("X-A", "\0"),
        ("é", "1"),
    ] {
        let error = client.get("/a").header(name, value).await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
        assert!(!error.to_string().contains("Evil"));
    }
    assert!(server.seen().is_empty());
    client.get("/a").header("X-A", "grün").await.unwrap();
}

#[tokio::test]
async fn constant_headers_of_the_api_are_sent() {
    static DATED: Api = Api {
        headers: &[("Api-Version", "2026-01-01")],
        ..API
    };
    let server = Server::start([json(200, "{}")]).await;
    let client = builder_of(&DATED)
        .credential("api_key", KEY)
        .base_url(server.url())
        .build()
        .unwrap();
    client.get("/a").await.unwrap();
    client
        .get("/a")
        .header("api-version", "2027-01-01")
        .await
        .unwrap();
    let sent: Vec<_> = server
        .headers("api-version")
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(sent, ["2026-01-01", "2027-01-01"]);
}

#[tokio::test]
async fn idempotency_keys_are_stable_across_retries() {
    static KEYED: Api = Api {
        idempotency_header: Some("X-Idem"),
        event_rules: &[],
        ..API
    };
    let server = Server::start([reply(500, &[("retry-after-ms", "0")], "")]).await;
    let client = builder_of(&KEYED)
        .credential("api_key", KEY)
        .base_url(server.url())
        .build()
        .unwrap();
    post(&client).max_retries(1).await.unwrap_err();
    post(&client).max_retries(0).await.unwrap_err();
    post(&client)
        .max_retries(0)
        .idempotency_key("mine")
        .await
        .unwrap_err();
    client.get("/a").max_retries(0).await.unwrap_err();
    let keys = server.headers("x-idem");
    assert_eq!(keys[0].as_ref().unwrap().len(), 36);
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
    assert_eq!(
        (keys[3].as_deref(), keys[4].as_deref()),
        (Some("mine"), None)
    );
}

#[tokio::test]
async fn an_operation_may_declare_an_idempotency_header() {
    struct Typed;
    impl Params for Typed {
        fn apply(&self, request: &mut RequestParts) {
            request.header("Idempotency-Key", &Some("typed".to_owned()));
        }
    }
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    let call =
        || Request::<Value>::new(&client, Method::POST, "/a").idempotency_header("Idempotency-Key");
    call().await.unwrap();
    call().params(&Typed).await.unwrap();
    client.post("/a").idempotency_key("by hand").await.unwrap();
    client.post("/a").await.unwrap();
    let keys = server.headers("idempotency-key");
    assert_eq!(keys[0].as_ref().unwrap().len(), 36);
    assert_eq!(
        keys[1..],
        [Some("typed".to_owned()), Some("by hand".to_owned()), None]
    );
}

#[test]
fn clients_are_send_and_sync() {
    fn check<T: Clone + Send + Sync + 'static>() {}
    check::<sdkwright_runtime::Client>();
    fn future<T: Send>(_: &T) {}
    let client = builder().build().unwrap();
    let call = client.get("/a").timeout(Duration::from_secs(1));
    future(&call);
    future(&call.send());
}

#[tokio::test]
async fn a_call_can_omit_its_body() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    let call = || {
        let call = Request::<Value>::new(&client, Method::POST, "/a");
        call.json(&1_i64)
    };
    call().await.unwrap();
    call().without_body().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].body, b"1");
    assert_eq!(seen[1].body, b"");
    assert_eq!(
        server.headers("content-type"),
        [Some("application/json".to_owned()), None]
    );
}
