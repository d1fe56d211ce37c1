//! A transport that responds with values.

use http::header::LOCATION;
use sdkwright_runtime::mock::{Mock, Reply};
use sdkwright_runtime::{
    Client, Error, HeaderName, HeaderValue, Method, Request, StatusCode, TransportErrorKind,
};

use crate::support::builder;

fn client(mock: &Mock) -> Client {
    let builder = builder().transport(mock.clone()).max_retries(0);
    builder.build().unwrap()
}

#[tokio::test]
async fn mocks_respond_with_values_and_record_requests() {
    let mock = Mock::new();
    mock.on(Method::GET, "/pets/{id}", &vec![1_i64, 2]).on(
        Method::POST,
        "/pets",
        StatusCode::NO_CONTENT,
    );
    let client = client(&mock);
    let got = client.get("/pets/7?limit=2&limit=3").cast::<Vec<i64>>();
    assert_eq!(got.await.unwrap(), [1, 2]);
    let post = client.post("/pets").json(&"a".to_owned());
    post.header("X-A", "1").cast::<()>().await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].path, "/pets/7");
    assert_eq!(requests[0].query("limit"), Some("2"));
    assert_eq!(requests[0].query["limit"], ["2", "3"]);
    assert_eq!(requests[1].method, Method::POST);
    assert_eq!(requests[1].header("x-a"), Some("1"));
    assert_eq!(requests[1].json::<String>().unwrap(), "a");
    assert!(!format!("{requests:?} {mock:?}").contains("hush"));
    mock.verify();
}

#[tokio::test]
async fn recorded_paths_are_below_their_server() {
    let mock = Mock::new();
    let to = |place| Reply::empty(StatusCode::FOUND).header(LOCATION, place);
    mock.on(
        Method::GET,
        "/a",
        to(HeaderValue::from_static("/api/v1/b?c=1")),
    )
    .on(
        Method::GET,
        "/b",
        to(HeaderValue::from_static("/api/v10/c")),
    )
    .on(Method::GET, "/api/v10/c", Reply::json_text("1"))
    .on(Method::POST, "/upload", Reply::json_text("2"));
    let client = client(&mock);
    assert_eq!(client.get("/a").await.unwrap(), 1);
    let upload = Request::<i64>::new(&client, Method::POST, "/upload");
    assert_eq!(upload.server("https://up.invalid/files").await.unwrap(), 2);
    mock.verify();
}

#[tokio::test]
async fn responses_for_one_call_form_a_queue() {
    let mock = Mock::new();
    let limit = HeaderValue::from_static("30");
    let busy = Reply::json_text(r#"{"message":"slow down"}"#)
        .status(StatusCode::TOO_MANY_REQUESTS)
        .header(HeaderName::from_static("retry-after"), limit);
    mock.once(Method::GET, "/a", busy)
        .once(
            Method::GET,
            "/a",
            Reply::fails(TransportErrorKind::Connection, "gone"),
        )
        .on(Method::GET, "/a", Reply::body("text", "text/plain"));
    let client = client(&mock);
    let error = client.get("/a").await.unwrap_err();
    assert!(error.is_rate_limited() && error.retry_after().is_some());
    assert!(client.get("/a").await.unwrap_err().is_connect());
    for _ in 0..2 {
        assert_eq!(client.get("/a").cast::<String>().await.unwrap(), "text");
    }
    mock.verify();
}

#[tokio::test]
async fn unexpected_calls_fail_with_a_message() {
    let mock = Mock::new();
    mock.on(Method::GET, "/pets", Reply::json_text("[]"));
    let error = client(&mock).delete("/pets/7").await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)));
    let shown = format!("{error:?}");
    assert!(
        shown.contains("no response to DELETE /pets/7; prepared: GET /pets"),
        "{shown}"
    );
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
#[should_panic = "unexpected call: GET /b\nnever called: GET /a"]
async fn verify_lists_unused_responses_and_unexpected_calls() {
    let mock = Mock::new();
    mock.once(Method::GET, "/a", StatusCode::OK);
    client(&mock).get("/b").await.unwrap_err();
    mock.verify();
}
