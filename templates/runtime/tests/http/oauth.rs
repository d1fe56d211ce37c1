//! Access tokens: requested, cached, shared and renewed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdkwright_runtime::__private::{
    Api, Credential, CredentialPart, OAuth2, SecurityScheme, SecuritySchemeKind,
};
use sdkwright_runtime::auth::{AccessToken, ClientAuthentication};
use sdkwright_runtime::{Client, ClientBuilder, Error};

use crate::fake_transport::{Fake, answer};
use crate::server::{Reply, Server, json, redirect};
use crate::support::{API, builder_of};

pub(crate) const fn option(option: &'static str, part: CredentialPart) -> Credential {
    Credential {
        option,
        scheme: "oauth",
        part,
        env: None,
        required: true,
        nullable: false,
        default: None,
    }
}

static OAUTH: Api = Api {
    schemes: &[SecurityScheme {
        name: "oauth",
        kind: SecuritySchemeKind::OAuth2(&OAuth2 {
            token_url: "/oauth/token",
            scopes: &["pets:read", "pets:write"],
        }),
    }],
    credentials: &[
        option("token", CredentialPart::Value),
        option("client_id", CredentialPart::ClientId),
        option("client_secret", CredentialPart::ClientSecret),
    ],
    security: &[&["oauth"]],
    ..API
};

fn builder() -> ClientBuilder {
    builder_of(&OAUTH)
        .credential("client_id", "the id")
        .credential("client_secret", "hush&7")
}

fn client(server: &Server) -> Client {
    builder().base_url(server.url()).build().unwrap()
}

fn token(text: &str, life: &str) -> Reply {
    json(
        200,
        &format!(r#"{{"access_token":"{text}","token_type":"bearer"{life}}}"#),
    )
}

fn ok() -> Reply {
    json(200, "{}")
}

/// Returns the targets of the requests, and their `Authorization`.
fn targets_and_tokens(server: &Server) -> Vec<(String, String)> {
    let seen = server.seen().into_iter();
    seen.map(|seen| {
        let header = seen.header("authorization").unwrap_or_default();
        (seen.target, header)
    })
    .collect()
}

const BASIC: &str = "Basic dGhlK2lkOmh1c2glMjY3";

#[tokio::test]
async fn one_token_request_serves_many_calls() {
    let server = Server::start([token("t1", r#","expires_in":3600"#), ok()]).await;
    let client = client(&server);
    client.get("/a").await.unwrap();
    client.clone().get("/b").await.unwrap();
    let expected = [
        ("/oauth/token", BASIC),
        ("/a", "Bearer t1"),
        ("/b", "Bearer t1"),
    ];
    assert_eq!(
        targets_and_tokens(&server),
        expected.map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    let asked = &server.seen()[0];
    assert_eq!(asked.method, "POST");
    assert_eq!(
        String::from_utf8_lossy(&asked.body),
        "grant_type=client_credentials&scope=pets%3Aread+pets%3Awrite"
    );
    assert_eq!(
        asked.header("content-type").as_deref(),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn token_requests_can_be_customized() {
    let server = Server::start([token("t1", ""), ok()]).await;
    let client = builder()
        .base_url("http://127.0.0.1:1")
        .token_url(format!("{}/elsewhere?a=1", server.url()))
        .token_scopes(["one"])
        .token_param("audience", "pets & co")
        .client_authentication(ClientAuthentication::Form)
        .default_header("X-Tenant", "hush")
        .max_retries(0)
        .build()
        .unwrap();
    client.get("/a").await.unwrap_err();
    let asked = server.only();
    assert_eq!(asked.target, "/elsewhere?a=1");
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(asked.header("x-tenant"), None);
    assert_eq!(
        String::from_utf8_lossy(&asked.body),
        "grant_type=client_credentials&scope=one&client_id=the+id&client_secret=hush%267&audience=pets+%26+co"
    );
}

#[test]
fn the_secret_is_sent_over_https_or_to_this_machine() {
    let build = |base: &str, url: &str| builder().base_url(base).token_url(url).build();
    for (base, url) in [
        ("https://pets.invalid", "http://pets.invalid/token"),
        ("http://pets.invalid", "/token"),
        ("https://pets.invalid", "ftp://pets.invalid/token"),
        ("https://pets.invalid", "https://u:hush@pets.invalid/token"),
        ("https://pets.invalid", "http://localhost.pets.invalid/"),
    ] {
        let error = build(base, url).unwrap_err();
        assert!(
            error.to_string().starts_with("the token URL ") && !error.to_string().contains("hush"),
            "{url}: {error}"
        );
    }
    for (base, url) in [
        ("https://pets.invalid", "/token"),
        ("https://pets.invalid", "http://localhost:8080/token"),
        ("http://[::1]/", "token"),
    ] {
        build(base, url).unwrap();
    }
}

/// A builder with numbered tokens, each after a delay.
fn builder_with_numbered_tokens(life: Option<Duration>) -> (Arc<AtomicUsize>, ClientBuilder) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let builder = builder_of(&OAUTH).token_provider(move || {
        let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let token = AccessToken::new(format!("t{number}"));
            Ok(match life {
                Some(life) => token.expires_in(life),
                None => token,
            })
        }
    });
    (count, builder)
}

#[tokio::test]
async fn concurrent_calls_share_one_request() {
    let server = Server::start([ok()]).await;
    let (count, builder) = builder_with_numbered_tokens(None);
    let client = builder.base_url(server.url()).build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.get("/a").await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(server.seen().len(), 20);
}

#[tokio::test]
async fn concurrent_calls_share_a_failure_and_later_ones_try_again() {
    let server = Server::start([json(
        401,
        r#"{"error":"invalid_client","error_description":"who?"}"#,
    )])
    .await;
    let client = client(&server);
    let (a, b) = (client.get("/a"), client.get("/b"));
    let (a, b) = tokio::join!(a, b);
    for error in [a.unwrap_err(), b.unwrap_err()] {
        let Error::Auth(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        assert_eq!(
            error.to_string(),
            "the token request failed: 401 Unauthorized: who? (code invalid_client)"
        );
    }
    assert_eq!(server.seen().len(), 1);
    client.get("/a").await.unwrap_err();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn tokens_are_replaced_before_they_expire() {
    let fake = Fake::new(|_, _| async { answer(200, &[]) });
    let (count, builder) = builder_with_numbered_tokens(Some(Duration::from_secs(3600)));
    let client = builder
        .base_url("https://pets.invalid")
        .transport(fake.clone())
        .build()
        .unwrap();
    let asked = async |after: u64| {
        tokio::time::sleep(Duration::from_secs(after)).await;
        client.get("/a").await.unwrap();
        count.load(Ordering::SeqCst)
    };
    assert_eq!(asked(0).await, 1);
    assert_eq!(asked(3530).await, 1);
    assert_eq!(asked(15).await, 2);
}

#[tokio::test]
async fn tokens_without_a_life_are_not_cached() {
    let server = Server::start([ok()]).await;
    let (count, builder) = builder_with_numbered_tokens(Some(Duration::ZERO));
    let client = builder.base_url(server.url()).build().unwrap();
    client.get("/a").await.unwrap();
    client.get("/a").await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_rejected_token_is_renewed_once() {
    let server = Server::start([
        token("t1", ""),
        ok(),
        json(401, "{}"),
        token("t2", ""),
        ok(),
        json(401, "{}"),
        token("t3", ""),
        json(401, "{}"),
    ])
    .await;
    let client = client(&server);
    client.get("/a").await.unwrap();
    client.get("/b").await.unwrap();
    let error = client.get("/c").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    let seen = targets_and_tokens(&server);
    let seen: Vec<_> = seen
        .iter()
        .map(|(target, header)| (target.as_str(), header.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("/oauth/token", BASIC),
            ("/a", "Bearer t1"),
            ("/b", "Bearer t1"),
            ("/oauth/token", BASIC),
            ("/b", "Bearer t2"),
            ("/c", "Bearer t2"),
            ("/oauth/token", BASIC),
            ("/c", "Bearer t3"),
        ]
    );
}

#[tokio::test]
async fn a_new_token_that_is_rejected_is_not_renewed() {
    let server = Server::start([token("t1", ""), json(401, "{}")]).await;
    client(&server).get("/a").await.unwrap_err();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn calls_that_are_rejected_together_share_the_renewal() {
    let server = Server::start([ok(), json(401, "{}"), json(401, "{}"), ok()]).await;
    let (count, builder) = builder_with_numbered_tokens(None);
    let client = builder.base_url(server.url()).build().unwrap();
    client.get("/a").await.unwrap();
    let (a, b) = tokio::join!(client.get("/a"), client.get("/b"));
    a.unwrap();
    b.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn token_requests_are_retried() {
    let retried = [("retry-after", "0")];
    let server = Server::start([
        crate::server::reply(503, &retried, ""),
        token("t1", r#","expires_in":"60""#),
        ok(),
    ])
    .await;
    client(&server).get("/a").await.unwrap();
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn the_secret_follows_no_redirect() {
    let thief = Server::start([token("t1", "")]).await;
    let server = Server::start([redirect(307, &thief.url())]).await;
    let error = client(&server).get("/a").await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert!(thief.seen().is_empty());
}

#[tokio::test]
async fn the_token_follows_no_redirect_to_another_origin() {
    let thief = Server::start([ok()]).await;
    let server = Server::start([token("t1", ""), redirect(307, &thief.url())]).await;
    client(&server).get("/a").await.unwrap();
    assert_eq!(thief.only().header("authorization"), None);
}

#[tokio::test]
async fn responses_without_a_token_are_errors() {
    for body in [
        "{}",
        "no",
        r#"{"access_token":1}"#,
        r#"{"access_token":""}"#,
    ] {
        let server = Server::start([json(200, body)]).await;
        let error = client(&server).get("/a").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the token request failed: the response has no `access_token`"
        );
    }
}

#[tokio::test]
async fn tokens_that_are_set_take_precedence() {
    let server = Server::start([ok()]).await;
    let client = builder()
        .credential("token", "fixed")
        .base_url(server.url())
        .build()
        .unwrap();
    client.get("/a").await.unwrap();
    client
        .get("/a")
        .header("Authorization", "mine")
        .await
        .unwrap();
    let headers: Vec<_> = server
        .headers("authorization")
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(headers, ["Bearer fixed", "mine"]);
}

#[tokio::test]
async fn calls_that_send_no_token_request_none() {
    let server = Server::start([ok()]).await;
    let client = client(&server);
    client
        .get("/a")
        .header("Authorization", "mine")
        .await
        .unwrap();
    client
        .get("/a")
        .remove_header("authorization")
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn providers_return_a_token_or_an_error() {
    let server = Server::start([ok()]).await;
    let provider = |token| move || async move { Ok(AccessToken::new(token)) };
    let client = builder_of(&API)
        .token_provider(provider("t1"))
        .base_url(server.url())
        .build()
        .unwrap();
    client.get("/a").await.unwrap();
    assert_eq!(
        server.only().header("authorization").as_deref(),
        Some("Bearer t1")
    );
    let client = builder_of(&API)
        .token_provider(|| async { Err("the vault is sealed".into()) })
        .base_url(server.url())
        .build()
        .unwrap();
    let error = client.get("/a").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token provider failed: the vault is sealed"
    );
    static KEYS: Api = Api {
        schemes: &[],
        security: &[],
        credentials: &[],
        ..API
    };
    let error = builder_of(&KEYS)
        .token_provider(provider("t1"))
        .build()
        .unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
}

#[test]
fn a_client_id_needs_its_secret() {
    let error = builder_of(&OAUTH)
        .credential("client_id", "id")
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the credential for `oauth` is missing: the option `token` is not set"
    );
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_a_call_includes_its_token_request() {
    let fake = Fake::new(|_, _| async { answer(200, &[]) });
    let client = builder_of(&OAUTH)
        .token_provider(|| async { std::future::pending().await })
        .base_url("https://pets.invalid")
        .transport(fake.clone())
        .build()
        .unwrap();
    let error = client
        .get("/a")
        .deadline(Duration::from_secs(5))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!(fake.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_leaves_the_token_request_to_the_next() {
    let (count, builder) = builder_with_numbered_tokens(None);
    let client = builder
        .base_url("https://pets.invalid")
        .transport(Fake::new(|_, _| async { answer(200, &[]) }))
        .build()
        .unwrap();
    let given_up = tokio::time::timeout(Duration::from_millis(5), client.get("/a").send()).await;
    given_up.unwrap_err();
    client.get("/a").await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn secrets_and_tokens_are_not_printed() {
    let server = Server::start([token("hush-t1", ""), json(400, r#"{"message":"no"}"#)]).await;
    let builder = builder().base_url(server.url());
    let mut shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let error = client.get("/a").await.unwrap_err();
    shown.push_str(&format!(
        "{client:?} {error:?} {error} {:?}",
        AccessToken::new("hush")
    ));
    let server = Server::start([json(400, r#"{"error":"invalid_request"}"#)]).await;
    let error = self::client(&server).get("/a").await.unwrap_err();
    shown.push_str(&format!("{error:?} {error}"));
    assert!(!shown.contains("hush"), "{shown}");
}
