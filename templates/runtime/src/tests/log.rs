//! The lines of the log: levels, and what they leave out.

use std::time::Duration;

use http::header::{HeaderMap, HeaderValue};
use http::{Method, StatusCode};

use crate::runtime::Body;
use crate::runtime::log::{
    LogLevel, describe_headers, describe_request, describe_response, describe_retry,
};
use crate::runtime::redirect::Outgoing;

fn outgoing() -> Outgoing {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("application/json"));
    headers.insert("authorization", HeaderValue::from_static("Bearer hunter2"));
    headers.insert("x-tenant", HeaderValue::from_static("hunter2"));
    Outgoing {
        method: Method::GET,
        uri: "https://user:hunter2@a.example:8443/pets?key=hunter2&limit=2"
            .parse()
            .unwrap(),
        headers,
        body: Body::from("hunter2"),
    }
}

#[test]
fn log_lines_contain_no_secrets() {
    let line = describe_request("Pets", &outgoing());
    assert_eq!(
        line,
        "Pets request: GET https://a.example:8443/pets?key=REDACTED&limit=REDACTED\n  \
         accept: application/json\n  authorization: REDACTED\n  x-tenant: REDACTED"
    );
    let wait = Duration::from_millis(1500);
    assert_eq!(
        describe_response("Pets", &outgoing(), StatusCode::NOT_FOUND, wait),
        "Pets response: GET https://a.example:8443/pets?key=REDACTED&limit=REDACTED: \
         404 Not Found after 1500 ms"
    );
    let headers = HeaderMap::from_iter([(
        http::header::SET_COOKIE,
        HeaderValue::from_static("session=hunter2"),
    )]);
    assert_eq!(
        describe_headers("Pets", &headers),
        "Pets response headers:\n  set-cookie: REDACTED"
    );
    assert_eq!(describe_retry("Pets", 0, wait), "Pets retry 1 in 1500 ms");
}

#[test]
fn a_variable_sets_the_level() {
    let parse = |value| LogLevel::parse("PETS_LOG", value);
    assert_eq!(parse(None).unwrap(), LogLevel::Off);
    assert_eq!(parse(Some("INFO")).unwrap(), LogLevel::Info);
    assert_eq!(parse(Some("debug")).unwrap(), LogLevel::Debug);
    assert_eq!(
        parse(Some("loud")).unwrap_err().to_string(),
        "invalid value `loud` of the environment variable PETS_LOG; expected one of: off, info, debug"
    );
    let mut lines = 0;
    LogLevel::Info.write(LogLevel::Debug, || {
        lines += 1;
        String::new()
    });
    assert_eq!(lines, 0);
}
