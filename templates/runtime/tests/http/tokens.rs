//! Waiting for access tokens, and their renewal.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdkwright_runtime::__private::{
    Api, CredentialPart, OAuth2, SecurityScheme, SecuritySchemeKind,
};
use sdkwright_runtime::auth::AccessToken;
use sdkwright_runtime::{Client, Error};

use crate::fake_transport::{Fake, answer};
use crate::oauth::option;
use crate::server::{Server, json};
use crate::support::{API, builder_of};

static OAUTH: Api = Api {
    schemes: &[SecurityScheme {
        name: "oauth",
        kind: SecuritySchemeKind::OAuth2(&OAuth2 {
            token_url: "https://tokens.invalid/token",
            scopes: &[],
        }),
    }],
    credentials: &[
        option("client_id", CredentialPart::ClientId),
        option("client_secret", CredentialPart::ClientSecret),
    ],
    security: &[&["oauth"]],
    ..API
};

/// A client whose tokens have this life. `source` receives the number of the token request.
fn client<F, T>(fake: &Fake, life: u64, source: F) -> (Arc<AtomicUsize>, Client)
where
    F: Fn(usize) -> T + Send + Sync + 'static,
    T: Future<Output = Result<(), &'static str>> + Send + 'static,
{
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let provider = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
        let source = source(number);
        async move {
            source.await?;
            let token = AccessToken::new(format!("t{number}"));
            Ok(token.expires_in(Duration::from_secs(life)))
        }
    };
    let builder = builder_of(&API).token_provider(provider);
    let client = builder.transport(fake.clone()).build().unwrap();
    (count, client)
}

fn fake() -> Fake {
    Fake::new(|_, _| async { answer(200, &[]) })
}

async fn advance_seconds(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_an_attempt_limits_a_token_provider() {
    let fake = fake();
    let (count, client) = client(&fake, 60, |_| std::future::pending());
    let start = tokio::time::Instant::now();
    let call = || client.get("/a").timeout(Duration::from_secs(5));
    let error = call().max_retries(0).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    assert_eq!(start.elapsed().as_secs(), 5);
    let error = call().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!((count.load(Ordering::SeqCst), fake.count()), (4, 0));
}

#[tokio::test(start_paused = true)]
async fn a_silent_token_endpoint_is_a_timeout() {
    let fake = Fake::new(|_, _| std::future::pending());
    let client = builder_of(&OAUTH)
        .credential("client_id", "id")
        .credential("client_secret", "hush")
        .timeout(Duration::from_secs(1))
        .max_retries(0)
        .transport(fake.clone())
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let error = client.get("/a").await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(start.elapsed().as_secs(), 1);
    let call = client.get("/a").timeout(Duration::from_secs(9));
    let error = call.await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_call_leaves_its_token_request_to_the_others() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, async |_| {
        advance_seconds(10).await;
        Ok(())
    });
    let hasty = client.get("/a").deadline(Duration::from_secs(5));
    let (hasty, patient) = tokio::join!(hasty.send(), client.get("/a").send());
    assert!(hasty.unwrap_err().is_timeout());
    patient.unwrap();
    client.get("/a").await.unwrap();
    assert_eq!((count.load(Ordering::SeqCst), fake.count()), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_hanging_token_request_is_replaced() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, async |number| match number {
        1 => std::future::pending().await,
        _ => Ok(()),
    });
    let patient = client.get("/a").timeout(Duration::from_secs(600));
    let later = async {
        advance_seconds(61).await;
        client.get("/a").await
    };
    let (_, later) = tokio::join!(patient.max_retries(0).send(), later);
    later.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn an_unexpired_token_is_used_until_it_is_replaced() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, async |number| match number {
        2 => Err("down"),
        3 => std::future::pending().await,
        4 => Err("still down"),
        _ => Ok(()),
    });
    let call = async || client.get("/a").await.map(|_| count.load(Ordering::SeqCst));
    assert_eq!(call().await.unwrap(), 1);
    advance_seconds(3544).await;
    // Another token is requested with 56 seconds left, and again after half of them.
    assert_eq!(call().await.unwrap(), 2);
    assert_eq!(call().await.unwrap(), 2);
    advance_seconds(28).await;
    let (hanging, other) = tokio::join!(
        client
            .get("/a")
            .deadline(Duration::from_secs(1))
            .max_retries(0)
            .send(),
        call()
    );
    assert!(hanging.unwrap_err().is_timeout());
    assert_eq!(other.unwrap(), 3);
    advance_seconds(60).await;
    let error = call().await.unwrap_err();
    assert!(error.to_string().ends_with("still down"), "{error}");
    assert_eq!(call().await.unwrap(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_rejected_token_is_not_used_again() {
    let fake =
        Fake::new(|number, _| async move { answer(if number == 1 { 401 } else { 200 }, &[]) });
    let (count, client) = client(&fake, 3600, async |number| match number {
        2 => Err("down"),
        _ => Ok(()),
    });
    client.get("/a").await.unwrap();
    let error = client.get("/a").await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    client.get("/a").await.unwrap();
    assert_eq!((count.load(Ordering::SeqCst), fake.count()), (3, 3));
}

#[tokio::test]
async fn a_token_that_is_expired_on_arrival_is_used_once() {
    for life in ["0", "-1", r#""-3600""#] {
        let body = format!(r#"{{"access_token":"t","expires_in":{life}}}"#);
        let server = Server::start([json(200, &body)]).await;
        let client = builder_of(&OAUTH)
            .credential("client_id", "id")
            .credential("client_secret", "hush")
            .base_url(server.url())
            .token_url(format!("{}/token", server.url()))
            .build()
            .unwrap();
        client.get("/a").await.unwrap();
        client.get("/a").await.unwrap();
        let seen: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
        assert_eq!(seen, ["/token", "/a", "/token", "/a"], "{life}");
    }
}

/// The call that requested the token is no longer polled.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_polled_does_not_stall_others() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, |_| async {
        advance_seconds(1).await;
        Ok(())
    });
    let mut left_alone = std::pin::pin!(client.get("/a").send());
    let once = std::future::poll_fn(|context| {
        std::task::Poll::Ready(left_alone.as_mut().poll(context).is_pending())
    });
    assert!(once.await);
    let start = tokio::time::Instant::now();
    let (b, c) = tokio::join!(client.get("/b"), client.get("/c"));
    b.unwrap();
    c.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    assert_eq!(count.load(Ordering::SeqCst), 1);
    left_alone.await.unwrap();
}

/// With a new token for each 401, each call would cost a token request.
#[tokio::test(start_paused = true)]
async fn renewals_are_delayed_if_each_token_is_rejected() {
    let fake = Fake::new(|_, _| async { answer(401, &[]) });
    let (count, client) = client(&fake, 3600, |_| async { Ok(()) });
    for _ in 0..50 {
        client.get("/a").await.unwrap_err();
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    for _ in 0..600 {
        advance_seconds(1).await;
        client.get("/a").await.unwrap_err();
    }
    // The waits are 1, 2, 4, … seconds, up to a minute.
    assert_eq!(count.load(Ordering::SeqCst), 15);
}

#[tokio::test(start_paused = true)]
async fn an_accepted_token_resets_the_renewal_delay() {
    let fake = Fake::new(|number, _| async move {
        answer(
            if matches!(number, 1 | 2 | 4 | 6) {
                401
            } else {
                200
            },
            &[],
        )
    });
    let (count, client) = client(&fake, 3600, |_| async { Ok(()) });
    client.get("/a").await.unwrap();
    // The second token is rejected too.
    client.get("/a").await.unwrap_err();
    advance_seconds(2).await;
    for _ in 0..2 {
        client.get("/a").await.unwrap();
    }
    // The server accepted this token, so the next renewal does not wait.
    client.get("/a").await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 4);
}
