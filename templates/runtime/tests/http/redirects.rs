//! Redirects: their target, and the headers and body that are sent to it.

use sdkwright_runtime::{Bytes, Client, Error};

use crate::fake_transport::{Fake, answer};
use crate::server::{Server, json, redirect, reply};
use crate::support::{KEY, builder, client, post};

/// A client that sends credentials in every location.
fn client_with_credentials(server: &Server) -> Client {
    builder()
        .base_url(server.url())
        .default_header("X-Api-Key", "hush-1")
        .default_header("Cookie", "sid=hush-2")
        .default_header("Proxy-Authorization", "hush-3")
        .build()
        .unwrap()
}

#[tokio::test]
async fn preserving_redirects_replay_the_request() {
    for status in [307, 308] {
        let server = Server::start([redirect(status, "/new?x=1"), json(200, "{}")]).await;
        post(&client_with_credentials(&server)).await.unwrap();
        let seen = server.seen();
        assert_eq!(
            (seen[1].method.as_str(), seen[1].target.as_str()),
            ("POST", "/new?x=1")
        );
        assert_eq!(seen[0].body, seen[1].body);
        for name in [
            "authorization",
            "x-api-key",
            "cookie",
            "content-type",
            "user-agent",
            "x-retry-count",
        ] {
            assert_eq!(seen[0].header(name), seen[1].header(name), "{name}");
        }
    }
}

#[tokio::test]
async fn other_redirects_turn_a_post_into_a_get() {
    for status in [301, 302, 303] {
        let server = Server::start([redirect(status, "/new"), json(200, "{}")]).await;
        post(&client(&server)).await.unwrap();
        let seen = server.seen().pop().unwrap();
        assert_eq!((seen.method.as_str(), seen.body.len()), ("GET", 0));
        assert_eq!(seen.header("content-type"), None);
        assert_eq!(
            seen.header("authorization").unwrap(),
            format!("Bearer {KEY}")
        );
    }
}

#[tokio::test]
async fn see_other_turns_all_methods_into_get_and_moved_does_not() {
    let server = Server::start([redirect(303, "/new"), json(200, "{}")]).await;
    client(&server).delete("/a").await.unwrap();
    assert_eq!(server.seen()[1].method, "GET");
    let server = Server::start([redirect(301, "/new"), json(200, "{}")]).await;
    client(&server).delete("/a").await.unwrap();
    assert_eq!(server.seen()[1].method, "DELETE");
}

#[tokio::test]
async fn credentials_are_not_sent_to_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start([json(200, "{}")]).await;
        let server = Server::start([redirect(status, &format!("{}/new", other.url()))]).await;
        let client = client_with_credentials(&server);
        let request = match status {
            307 | 308 => client.post("/pets"),
            _ => post(&client).cast(),
        };
        request.header("X-Custom-Token", "hush-4").await.unwrap();
        assert_eq!(
            server.only().header("authorization").unwrap(),
            format!("Bearer {KEY}")
        );
        let seen = other.only();
        for (name, value) in &seen.headers {
            assert!(!value.contains("hush") && !value.contains(KEY), "{name}");
        }
        assert_eq!(seen.header("accept").as_deref(), Some("application/json"));
    }
}

#[tokio::test]
async fn the_body_is_not_sent_to_another_origin() {
    for status in [307, 308] {
        let other = Server::start([json(200, "{}")]).await;
        let server = Server::start([redirect(status, &format!("{}/new", other.url()))]).await;
        let error = post(&client(&server)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the server redirects the body to another origin"
        );
        assert_eq!(server.seen().len(), 1);
        assert!(other.seen().is_empty());
        let server = Server::start([redirect(status, &format!("{}/new", other.url()))]).await;
        client(&server).post("/a").await.unwrap();
        assert_eq!(other.only().header("content-length").as_deref(), Some("0"));
    }
}

#[tokio::test]
async fn another_host_name_is_another_origin() {
    let fake = Fake::new(|number, request| async move {
        match number {
            0 => answer(307, &[("location", "https://cats.invalid/a")]),
            _ => {
                assert!(!request.headers().contains_key("authorization"));
                answer(200, &[])
            }
        }
    });
    fake.client().get("/a").await.unwrap();
    assert_eq!(fake.count(), 2);
}

#[tokio::test]
async fn credentials_stay_removed_after_a_redirect_back() {
    let fake = Fake::new(|number, request| async move {
        assert_eq!(request.headers().contains_key("authorization"), number == 0);
        match number {
            0 => answer(307, &[("location", "https://cats.invalid/a")]),
            1 => answer(307, &[("location", "https://pets.invalid/a")]),
            _ => answer(200, &[]),
        }
    });
    fake.client().get("/a").await.unwrap();
    assert_eq!(fake.count(), 3);
}

#[tokio::test]
async fn ten_redirects_are_the_limit() {
    let ten = std::iter::repeat_n(redirect(302, "/again"), 10).chain([json(200, "{}")]);
    let server = Server::start(ten).await;
    client(&server).get("/a").await.unwrap();
    assert_eq!(server.seen().len(), 11);
    let server = Server::start([redirect(302, "/again")]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert_eq!(error.to_string(), "too many redirects");
    assert_eq!(server.seen().len(), 11);
}

#[tokio::test]
async fn redirects_from_https_to_http_are_refused() {
    let fake = Fake::new(|_, _| async { answer(307, &[("location", "http://pets.invalid/a")]) });
    let error = post(&fake.client()).await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert_eq!(fake.count(), 1);
}

#[tokio::test]
async fn redirects_to_other_schemes_are_refused() {
    for location in [
        "file:///etc/passwd",
        "ftp://pets.invalid/",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
    ] {
        let server = Server::start([redirect(302, location)]).await;
        let error = client(&server).get("/a").await.unwrap_err();
        assert!(matches!(error, Error::Connect(_)), "{location}: {error:?}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_name_and_password_in_a_location_are_not_used() {
    let other = Server::start([json(200, "{}")]).await;
    let location = other.url().replace("http://", "http://user:pass@");
    let server = Server::start([redirect(302, &location)]).await;
    client(&server).get("/a").await.unwrap();
    assert_eq!(other.only().header("authorization"), None);
}

#[tokio::test]
async fn a_redirect_status_without_a_location_is_the_response() {
    let server = Server::start([reply(302, &[], "gone")]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert_eq!(error.to_string(), "302 Found: gone");
}

#[tokio::test]
async fn failures_after_a_redirect_start_over() {
    let server = Server::start([
        redirect(307, "/new"),
        reply(503, &[("retry-after-ms", "0")], ""),
        json(200, "{}"),
    ])
    .await;
    post(&client(&server)).cast::<Bytes>().await.unwrap();
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/pets", "/new", "/pets"]);
}
