//! How long a call waits for an access token, and how long it goes on with one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdkwright_runtime::__private::{
    Api, CredentialPart, OAuth2, SecurityScheme, SecuritySchemeKind,
};
use sdkwright_runtime::auth::AccessToken;
use sdkwright_runtime::{Client, Error};

use crate::fake::{Fake, answer};
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

/// A client whose tokens have this life, and come from where the number of the request for one says.
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

async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_for_its_token_as_long_as_for_an_answer() {
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
async fn a_token_endpoint_that_says_nothing_is_a_timeout() {
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
async fn who_gives_up_leaves_the_request_for_a_token_to_the_others() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, async |_| {
        pass(10).await;
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
async fn a_request_for_a_token_that_hangs_is_not_joined_for_ever() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, async |number| match number {
        1 => std::future::pending().await,
        _ => Ok(()),
    });
    let patient = client.get("/a").timeout(Duration::from_secs(600));
    let later = async {
        pass(61).await;
        client.get("/a").await
    };
    let (_, later) = tokio::join!(patient.max_retries(0).send(), later);
    later.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_has_not_expired_serves_while_there_is_no_other() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, async |number| match number {
        2 => Err("down"),
        3 => std::future::pending().await,
        4 => Err("still down"),
        _ => Ok(()),
    });
    let call = async || client.get("/a").await.map(|_| count.load(Ordering::SeqCst));
    assert_eq!(call().await.unwrap(), 1);
    pass(3544).await;
    // With 56 seconds left it is asked for another, and again when half of them have passed.
    assert_eq!(call().await.unwrap(), 2);
    assert_eq!(call().await.unwrap(), 2);
    pass(28).await;
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
    pass(60).await;
    let error = call().await.unwrap_err();
    assert!(error.to_string().ends_with("still down"), "{error}");
    assert_eq!(call().await.unwrap(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_rejected_token_serves_no_longer() {
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
async fn a_life_that_is_over_already_is_none() {
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

/// It is the one that asked for the token, and nothing of it is driven any more.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_left_alone_stalls_no_other() {
    let fake = fake();
    let (count, client) = client(&fake, 3600, |_| async {
        pass(1).await;
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

/// Each call would cost a request for a token, if a new one were asked for at each 401.
#[tokio::test(start_paused = true)]
async fn a_server_that_rejects_each_token_is_given_fewer_of_them() {
    let fake = Fake::new(|_, _| async { answer(401, &[]) });
    let (count, client) = client(&fake, 3600, |_| async { Ok(()) });
    for _ in 0..50 {
        client.get("/a").await.unwrap_err();
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    for _ in 0..600 {
        pass(1).await;
        client.get("/a").await.unwrap_err();
    }
    // After 1, 2, 4, … seconds, and from then on each minute.
    assert_eq!(count.load(Ordering::SeqCst), 15);
}

#[tokio::test(start_paused = true)]
async fn a_new_token_that_is_good_ends_the_wait_for_others() {
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
    pass(2).await;
    for _ in 0..2 {
        client.get("/a").await.unwrap();
    }
    // This renewal was good, so that the next one need not wait.
    client.get("/a").await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 4);
}
