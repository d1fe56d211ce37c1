//! Classification of errors.

use std::time::Duration;

use sdkwright_runtime::{ApiError, Error, Value};

use crate::server::{Reply, Server, json, reply};
use crate::support::client;

async fn send_failing(reply: Reply) -> Error {
    let server = Server::start([reply]).await;
    let call = client(&server).get("/a").max_retries(0).await;
    call.unwrap_err()
}

#[tokio::test]
async fn errors_have_a_kind_for_each_status() {
    type Question = (fn(&Error) -> bool, fn(&ApiError) -> bool);
    let questions: [(Question, &[u16]); 8] = [
        ((Error::is_bad_request, ApiError::is_bad_request), &[400]),
        (
            (Error::is_authentication, ApiError::is_authentication),
            &[401],
        ),
        (
            (Error::is_permission_denied, ApiError::is_permission_denied),
            &[403],
        ),
        ((Error::is_not_found, ApiError::is_not_found), &[404, 410]),
        ((Error::is_conflict, ApiError::is_conflict), &[409]),
        (
            (Error::is_unprocessable, ApiError::is_unprocessable),
            &[422],
        ),
        ((Error::is_rate_limited, ApiError::is_rate_limited), &[429]),
        (
            (Error::is_server_error, ApiError::is_server_error),
            &[500, 503, 599],
        ),
    ];
    for status in [400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 503, 599] {
        let error = send_failing(json(status, "{}")).await;
        for ((of_any, of_api), statuses) in questions {
            let expected = statuses.contains(&status);
            assert_eq!(of_any(&error), expected, "{status}");
            assert_eq!(of_api(error.as_api().unwrap()), expected, "{status}");
        }
        let again = [409, 429, 500, 503, 599].contains(&status);
        assert_eq!(error.is_retryable(), again, "{status}");
        assert!(!error.is_connect() && !error.is_timeout());
    }
}

#[tokio::test]
async fn transport_failures_have_a_kind() {
    let broken = send_failing(Reply::Reset).await;
    assert!(broken.is_connect() && broken.is_retryable() && !broken.is_timeout());
    let server = Server::start([Reply::Stall]).await;
    let client = client(&server);
    let call = client.get("/a").max_retries(0);
    let late = call.timeout(Duration::from_millis(50)).await.unwrap_err();
    assert!(late.is_timeout() && late.is_retryable() && !late.is_connect());
    let unbuilt = client.get("/a/../b").await.unwrap_err();
    assert!(!unbuilt.is_retryable() && !unbuilt.is_not_found());
}

#[tokio::test]
async fn errors_expose_the_wait_that_the_server_asks_for() {
    let seconds =
        |headers| async move { send_failing(reply(429, headers, "")).await.retry_after() };
    assert_eq!(
        seconds(&[("retry-after", "120")]).await,
        Some(Duration::from_secs(120))
    );
    assert_eq!(
        seconds(&[("retry-after-ms", "1500")]).await,
        Some(Duration::from_millis(1500))
    );
    assert_eq!(
        seconds(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]).await,
        Some(Duration::ZERO)
    );
    assert_eq!(seconds(&[("retry-after", "soon")]).await, None);
    assert_eq!(seconds(&[]).await, None);
}

#[tokio::test]
async fn error_bodies_have_a_type_for_each_status() {
    let error = send_failing(json(409, r#"{"holder":"r2"}"#)).await;
    let error = error.as_api().unwrap();
    assert_eq!(error.body_of::<Value>(409).unwrap()["holder"], "r2");
    assert!(error.body_of::<Value>(404).is_none());
    assert!(error.body_of::<Vec<String>>(409).is_none());
}

/// Returns the message of a call to this URL.
async fn message_of(url: &str) -> String {
    let client = crate::support::builder().base_url(url).build().unwrap();
    let call = client.get("/a").max_retries(0).await;
    call.unwrap_err().to_string()
}

#[tokio::test]
async fn a_connection_error_names_the_host_and_the_cause() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = unused.local_addr().unwrap();
    drop(unused);
    assert_eq!(
        message_of(&format!("http://{address}")).await,
        format!("no response from the server ({address}): the connection was refused")
    );
    assert_eq!(
        message_of("http://nothing.invalid").await,
        "no response from the server (nothing.invalid): the host name could not be resolved (DNS)"
    );
    let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = plain.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut socket, _) = plain.accept().unwrap();
        std::io::Write::write_all(&mut socket, b"no TLS at this port\n").unwrap();
    });
    let message = message_of(&format!("https://{address}")).await;
    assert!(
        message.contains("127.0.0.1") && message.contains(": TLS failed: "),
        "{message}"
    );
}

#[tokio::test]
async fn every_error_has_the_number_of_retries() {
    let server = Server::start([json(500, "{}"), json(404, "{}")]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert_eq!(
        (error.retries(), error.status().unwrap().as_u16()),
        (1, 404)
    );
    let error = client(&server).get("/a/../b").await.unwrap_err();
    assert_eq!((error.retries(), error.status()), (0, None));
}

#[tokio::test]
async fn a_page_of_html_is_named_as_such() {
    let page = format!("<!doctype html>\n<title>Sign in</title>{}", "x".repeat(99));
    let error = send_failing(reply(
        200,
        &[("content-type", "text/html; charset=utf-8")],
        &page,
    ))
    .await;
    let start = format!("<!doctype html> <title>Sign in</title>{}", "x".repeat(42));
    assert_eq!(
        error.to_string(),
        format!("the response (200 OK) is HTML (`text/html`): {start}…")
    );
    let server = Server::start([json(200, "")]).await;
    let call = client(&server).get("/a").cast::<i64>().await;
    assert_eq!(
        call.unwrap_err().to_string(),
        "the response (200 OK) has an empty body of type `application/json`"
    );
}
