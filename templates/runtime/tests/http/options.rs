//! Options of one call, and undocumented calls.

use sdkwright_runtime::__private::{Params, RequestParts};
use sdkwright_runtime::{Bytes, Error, Method, Request, Response, Upload, Value};

use crate::server::{Server, json, reply};
use crate::support::{With, client};

/// A body with a string that contains braces, and a number that a float cannot store.
struct Pet;

impl Params for Pet {
    fn apply(&self, request: &mut RequestParts) {
        request.json_with(|w| {
            w.field("name", "a\"},{\\");
            w.field("id", &u64::MAX);
            w.field("tags", &vec!["x,y", "[z"]);
        });
    }
}

fn create(client: &sdkwright_runtime::Client) -> Request<'_, Value> {
    Request::new(client, Method::POST, "/pets").params(&Pet)
}

#[tokio::test]
async fn undocumented_endpoints_can_be_called() {
    let server = Server::start([json(200, r#"{"ok":true}"#)]).await;
    let client = client(&server);
    let body = serde_json::json!({"a": 1});
    assert_eq!(client.get("/x").await.unwrap()["ok"], true);
    client.post("/x").json(&body).await.unwrap();
    client.put("/x").json(&body).await.unwrap();
    client.patch("/x").json(&body).await.unwrap();
    client.delete("/x").await.unwrap();
    client.request(Method::OPTIONS, "/x").await.unwrap();
    let methods: Vec<String> = server.seen().into_iter().map(|seen| seen.method).collect();
    assert_eq!(
        methods,
        ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    );
    assert_eq!(server.seen()[3].body, br#"{"a":1}"#);
}

#[tokio::test]
async fn extra_properties_are_added_and_replace_others() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    create(&client).extra_body("more", 5_i64).await.unwrap();
    create(&client)
        .extra_body("name", "b")
        .extra_body("tags", vec![true])
        .extra_body("a\"b", "c")
        .await
        .unwrap();
    client.post("/pets").extra_body("a", "1").await.unwrap();
    let bodies: Vec<String> = server
        .seen()
        .into_iter()
        .map(|seen| String::from_utf8(seen.body).unwrap())
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"name":"a\"},{\\","id":18446744073709551615,"tags":["x,y","[z"],"more":5}"#,
            r#"{"id":18446744073709551615,"name":"b","tags":[true],"a\"b":"c"}"#,
            r#"{"a":"1"}"#,
        ]
    );
    assert_eq!(
        server.headers("content-type").into_iter().flatten().count(),
        3
    );
}

#[tokio::test]
async fn extra_properties_are_added_to_forms() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    let value: serde_json::Value = serde_json::from_str(r#"{"a":1,"b":["x&y","z"]}"#).unwrap();
    let form = With(|request: &mut RequestParts| {
        request.form(&value);
    });
    let call = client.post("/a").params(&form);
    let call = call.extra_body("b", "é").extra_body("c", vec![1_i64, 2]);
    call.extra_body("d", None::<String>).await.unwrap();
    let stream = With(|request: &mut RequestParts| {
        request.multipart_with(|parts| {
            let big = Upload::new(vec![b'x'; 100_000]);
            parts.part("a", &1_i64).file("file", &big);
        });
    });
    for params in [&stream, &stream] {
        let call = client.post("/a").params(params).extra_body("a", 2_i64);
        call.extra_body("b", "c").await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(
        String::from_utf8_lossy(&seen[0].body),
        "a=1&b=%C3%A9&c=1&c=2"
    );
    for seen in seen.iter().skip(1) {
        let kind = seen.header("content-type").unwrap();
        let boundary = kind.split("boundary=").nth(1).unwrap();
        let text = String::from_utf8_lossy(&seen.body).replace(boundary, "B");
        let (before, after) = text.split_once(&"x".repeat(100_000)).unwrap();
        let part = "Content-Disposition: form-data; name=";
        assert!(before.starts_with(&format!("--B\r\n{part}\"a\"\r\n\r\n1\r\n--B\r\n")));
        assert_eq!(
            after,
            format!("\r\n--B\r\n{part}\"a\"\r\n\r\n2\r\n--B\r\n{part}\"b\"\r\n\r\nc\r\n--B--\r\n")
        );
    }
}

#[tokio::test]
async fn extra_properties_need_an_object() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    let error = client
        .post("/a")
        .json(&vec![1_i64])
        .extra_body("a", 1_i64)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn with_response_returns_the_whole_response() {
    let server = Server::start([reply(
        201,
        &[("x-request-id", "r1"), ("content-type", "application/json")],
        "[1]",
    )])
    .await;
    let client = client(&server);
    let (value, response) = client
        .get("/a")
        .cast::<Vec<i64>>()
        .with_response()
        .await
        .unwrap();
    assert_eq!(value, [1]);
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.bytes().as_ref(), b"[1]");
    assert_eq!(response.headers()["content-type"], "application/json");
    let response: Response = client.get("/a").cast().await.unwrap();
    assert_eq!(response.text(), "[1]");
}

#[tokio::test]
async fn options_come_before_and_after_with_response() {
    let server = Server::start([json(200, "[]")]).await;
    let client = client(&server);
    client
        .get("/a")
        .header("x-a", "1")
        .with_response()
        .header("x-b", "2")
        .await
        .unwrap();
    assert_eq!(server.only().header("x-a").as_deref(), Some("1"));
    assert_eq!(server.only().header("x-b").as_deref(), Some("2"));
}

#[tokio::test]
async fn bodies_may_have_any_content_type() {
    struct Text;
    impl Params for Text {
        fn apply(&self, request: &mut RequestParts) {
            request.text("grün").content_type("text/markdown");
        }
    }
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server);
    Request::<Value>::new(&client, Method::PUT, "/a")
        .params(&Text)
        .await
        .unwrap();
    client
        .put("/a")
        .body(Bytes::from_static(b"\0\xff"), "image/x-pet")
        .await
        .unwrap();
    let kinds: Vec<_> = server
        .headers("content-type")
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(kinds, ["text/markdown", "image/x-pet"]);
    assert_eq!(server.seen()[1].body, b"\0\xff");
}
