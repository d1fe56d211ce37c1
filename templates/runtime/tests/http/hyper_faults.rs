//! Faults of a server built with hyper: it resets, stalls, truncates and redirects.

use std::time::Duration;

use sdkwright_runtime::{Client, Error};

use crate::hyper_server::{End, Peer, ok, response};
use crate::support::{builder, post};

fn client(peer: &Peer) -> Client {
    builder().base_url(peer.url()).build().unwrap()
}

#[tokio::test]
async fn a_reset_call_is_retried() {
    let peer = Peer::start(|number, _| (number == 2).then(|| ok("7"))).await;
    assert_eq!(post(&client(&peer)).await.unwrap(), 7);
    let seen = peer.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|request| request.body == seen[0].body));
    let counts = seen.iter().map(|request| &request.headers["x-retry-count"]);
    assert_eq!(counts.collect::<Vec<_>>(), ["0", "1", "2"]);
}

#[tokio::test]
async fn a_reset_of_a_kept_connection_is_retried() {
    let peer = Peer::start(|number, _| (number != 1).then(|| ok("7"))).await;
    let client = client(&peer);
    client.get("/a").await.unwrap();
    client.get("/a").await.unwrap();
    let connections = peer.seen().into_iter().map(|seen| seen.connection);
    assert_eq!(connections.collect::<Vec<_>>(), [0, 0, 1]);
}

#[tokio::test]
async fn repeated_resets_are_an_error() {
    let peer = Peer::start(|_, _| None).await;
    let error = post(&client(&peer)).await.unwrap_err();
    assert!(matches!(&error, Error::Connect(error) if error.retries() == 2));
    assert_eq!(peer.seen().len(), 3);
}

#[tokio::test]
async fn a_stalled_response_times_out() {
    let peer = Peer::start(|_, seen| {
        let headers: &[_] = match seen.path.as_str() {
            "/announced" => &[("content-length", "100")],
            _ => &[],
        };
        Some(response(200, headers, &["{\"a\":"], End::Never))
    })
    .await;
    for path in ["/announced", "/chunked"] {
        let limit = Duration::from_millis(500);
        let error = client(&peer).get(path).timeout(limit).await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
    }
    // A response that began is not requested again.
    assert_eq!(peer.seen().len(), 2);
}

#[tokio::test]
async fn a_truncated_response_is_an_error_and_not_retried() {
    let peer = Peer::start(|_, seen| {
        let headers: &[_] = match seen.path.as_str() {
            "/announced" => &[("content-length", "100")],
            _ => &[],
        };
        Some(response(200, headers, &["{\"a\":", "1}"], End::Broken))
    })
    .await;
    for path in ["/announced", "/chunked"] {
        let error = client(&peer).post(path).await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
    }
    assert_eq!(peer.seen().len(), 2);
}

#[tokio::test]
async fn credentials_are_removed_before_redirects_to_another_origin() {
    let other = Peer::start(|_, _| Some(ok("7"))).await;
    let location = format!("{}/there", other.url());
    let peer = Peer::start(move |_, _| {
        let headers = [("location", location.as_str())];
        Some(response(307, &headers, &["It has moved."], End::Well))
    })
    .await;
    let answer: i64 = client(&peer).post("/here").cast().await.unwrap();
    assert_eq!(answer, 7);
    let (first, second) = (&peer.seen()[0], &other.seen()[0]);
    assert_eq!(
        (&second.method, second.path.as_str(), second.body.len()),
        (&first.method, "/there", 0)
    );
    assert!(first.headers.contains_key("authorization"));
    assert!(!second.headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let peer = Peer::start(|_, _| {
        let headers = [("location", "/circle")];
        Some(response(302, &headers, &["It has moved."], End::Well))
    })
    .await;
    let error = client(&peer).get("/a").await.unwrap_err();
    assert!(error.to_string().contains("redirect"), "{error}");
    assert_eq!(peer.seen().len(), 11);
}
