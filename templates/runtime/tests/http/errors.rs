//! Details of error responses.

use std::error::Error as _;

use sdkwright_runtime::{ApiError, Error, Value};

use crate::server::{Reply, Server, json, reply};
use crate::support::client;

async fn send_failing(reply: Reply) -> Error {
    let server = Server::start([reply]).await;
    client(&server).get("/a").max_retries(0).await.unwrap_err()
}

async fn api_error(reply: Reply) -> Box<ApiError> {
    match send_failing(reply).await {
        Error::Api(error) => error,
        other => panic!("{other:?}"),
    }
}

/// Returns the code, message and id that the error finds in a body.
async fn error_details(body: &str) -> [Option<String>; 3] {
    let error = api_error(json(400, body)).await;
    [error.code(), error.message(), error.request_id()].map(|text| text.map(str::to_owned))
}

fn some_texts(texts: [&str; 3]) -> [Option<String>; 3] {
    texts.map(|text| (!text.is_empty()).then(|| text.to_owned()))
}

#[tokio::test]
async fn an_error_has_the_details_of_its_response() {
    let body = r#"{"success":false,"error":{"status":404,"code":2001,"message":"Chat not found"},"trace_id":"t-1"}"#;
    let error = api_error(reply(
        404,
        &[("content-type", "application/json"), ("x-extra", "1")],
        body,
    ))
    .await;
    assert_eq!(error.status(), 404);
    assert_eq!(error.headers()["x-extra"], "1");
    assert_eq!(error.code(), Some("2001"));
    assert_eq!(error.message(), Some("Chat not found"));
    assert_eq!(error.request_id(), Some("t-1"));
    assert_eq!(error.text(), body);
    assert_eq!(error.decode::<Value>().unwrap()["error"]["status"], 404);
    assert_eq!(
        error.to_string(),
        "404 Not Found: Chat not found (code 2001, request t-1)"
    );
}

#[tokio::test]
async fn details_are_found_in_common_envelopes() {
    for (body, expected) in [
        (
            r#"{"error":{"message":"m","code":"c","trace_id":"i"}}"#,
            ["c", "m", "i"],
        ),
        (
            r#"{"error":{"message":"m","type":"t","code":null}}"#,
            ["t", "m", ""],
        ),
        (r#"{"message":"m","code":7}"#, ["7", "m", ""]),
        (r#"{"error":"m"}"#, ["", "m", ""]),
        (
            r#"{"error":"c","message":"m","request_id":"i"}"#,
            ["c", "m", "i"],
        ),
        (
            r#"{"error":"invalid_grant","error_description":"m"}"#,
            ["invalid_grant", "m", ""],
        ),
        (r#"{"errors":[{"code":"c","message":"m"}]}"#, ["c", "m", ""]),
        (
            r#"{"errors":[{"code":"c","detail":"m","title":"t"}]}"#,
            ["c", "m", ""],
        ),
        (r#"{"errors":["m","n"]}"#, ["", "m", ""]),
        (r#"{"detail":"m"}"#, ["", "m", ""]),
        (
            r#"{"detail":[{"type":"c","msg":"m","loc":["body"]}]}"#,
            ["c", "m", ""],
        ),
        (
            r#"{"type":"about:blank","title":"t","status":400,"detail":"m"}"#,
            ["about:blank", "m", ""],
        ),
        (r#"{"title":"t"}"#, ["", "t", ""]),
        (r#""m""#, ["", "m", ""]),
        (r#"{"message":""}"#, ["", "", ""]),
        ("[]", ["", "", ""]),
        ("null", ["", "", ""]),
    ] {
        assert_eq!(error_details(body).await, some_texts(expected), "{body}");
    }
}

#[tokio::test]
async fn request_ids_in_headers_have_precedence() {
    for name in ["x-request-id", "request-id", "x-trace-id"] {
        let error = api_error(reply(500, &[(name, "h-1")], r#"{"trace_id":"b-1"}"#)).await;
        assert_eq!(error.request_id(), Some("h-1"));
    }
}

#[tokio::test]
async fn bodies_that_are_not_json_are_kept() {
    let html = "<html>\r\n<b>Bad gateway</b></html>";
    let error = api_error(reply(502, &[("content-type", "text/html")], html)).await;
    assert_eq!((error.code(), error.message()), (None, None));
    assert_eq!(error.text(), html);
    assert_eq!(
        error.to_string(),
        "502 Bad Gateway: <html>  <b>Bad gateway</b></html>"
    );
    assert!(error.decode::<Value>().is_err());
}

#[tokio::test]
async fn an_error_may_have_an_empty_body() {
    let error = api_error(reply(500, &[], "")).await;
    assert_eq!(error.to_string(), "500 Internal Server Error");
    assert!(error.bytes().is_empty());
}

#[tokio::test]
async fn bodies_that_are_not_utf8_are_kept() {
    let mut bytes = crate::server::head(500, &[], 3).into_bytes();
    bytes.extend([0xff, 0x00, 0xfe]);
    let error = api_error(Reply::RawJson(bytes)).await;
    assert_eq!(error.bytes().as_ref(), [0xff, 0x00, 0xfe]);
}

#[tokio::test]
async fn long_bodies_are_cut_only_in_messages() {
    let text = "x".repeat(5000);
    let error = api_error(reply(500, &[], &text)).await;
    assert!(error.to_string().len() < 400);
    assert_eq!(error.text(), text);
}

#[tokio::test]
async fn a_response_that_cannot_be_decoded_is_kept() {
    let server = Server::start([reply(201, &[("x-request-id", "r-9")], r#"{"id":1}"#)]).await;
    let error = client(&server)
        .get("/a")
        .cast::<Vec<String>>()
        .await
        .unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(decode.status(), 201);
    assert_eq!(decode.headers()["x-request-id"], "r-9");
    assert_eq!(decode.text(), r#"{"id":1}"#);
    assert!(decode.decode_error().is_some());
    assert_eq!(error.request_id(), Some("r-9"));
    assert!(
        error
            .to_string()
            .starts_with("the response (201 Created, request r-9) could not be decoded: "),
        "{error}"
    );
    assert!(error.source().is_none());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn errors_are_small_send_and_sync() {
    fn check<T: std::error::Error + Send + Sync + 'static>() {}
    check::<Error>();
    check::<ApiError>();
    assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
}
