//! Both rules that decide which calls are retried after which failures.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdkwright_runtime::__private::{Api, RetryRule};
use sdkwright_runtime::{
    Client, Error, Method, Request, TransportError, TransportErrorKind, Value,
};

use crate::fake_transport::{Answer, Fake, answer};
use crate::support::{API, builder_of};

static RFC: Api = Api {
    retry_rule: RetryRule::Rfc9110,
    ..API
};

/// Counts the attempts of a call that always fails.
async fn count_attempts(
    api: &'static Api,
    fail: impl Fn() -> Answer + Send + Sync + 'static,
    describe: impl Fn(&Client) -> Request<'_, Value>,
) -> usize {
    let fake = Fake::new(move |_, _| std::future::ready(fail()));
    let client = builder_of(api)
        .credential("api_key", "k")
        .base_url("https://pets.invalid")
        .transport(fake.clone())
        .build()
        .unwrap();
    describe(&client).await.unwrap_err();
    fake.count()
}

fn call(method: Method) -> impl Fn(&Client) -> Request<'_, Value> {
    move |client| {
        let request = Request::new(client, method.clone(), "/a");
        request.json(&Value::Null)
    }
}

fn keyed(client: &Client) -> Request<'_, Value> {
    call(Method::POST)(client).idempotency_key("k")
}

fn keyed_by_hand(client: &Client) -> Request<'_, Value> {
    call(Method::POST)(client).header("idempotency-key", "k")
}

fn status(status: u16) -> impl Fn() -> Answer + Send + Sync {
    move || answer(status, &[])
}

fn broken(kind: TransportErrorKind) -> impl Fn() -> Answer + Send + Sync {
    move || Err(TransportError::new(kind, "down"))
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_idempotent_is_sent_once() {
    for method in [Method::POST, Method::PATCH] {
        for code in [408, 409, 500, 502, 504] {
            assert_eq!(
                count_attempts(&RFC, status(code), call(method.clone())).await,
                1
            );
        }
        for code in [429, 503] {
            assert_eq!(
                count_attempts(&RFC, status(code), call(method.clone())).await,
                3
            );
        }
        for kind in [TransportErrorKind::Connection, TransportErrorKind::Timeout] {
            assert_eq!(
                count_attempts(&RFC, broken(kind), call(method.clone())).await,
                1
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_not_sent_is_retried() {
    for api in [&RFC, &API] {
        let fail = broken(TransportErrorKind::Connect);
        assert_eq!(count_attempts(api, fail, call(Method::POST)).await, 3);
    }
}

#[tokio::test(start_paused = true)]
async fn idempotent_calls_are_retried() {
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        for code in [408, 429, 500, 503] {
            assert_eq!(
                count_attempts(&RFC, status(code), call(method.clone())).await,
                3
            );
        }
        assert_eq!(
            count_attempts(&RFC, status(409), call(method.clone())).await,
            1
        );
        let fail = broken(TransportErrorKind::Connection);
        assert_eq!(count_attempts(&RFC, fail, call(method.clone())).await, 3);
    }
}

#[tokio::test(start_paused = true)]
async fn calls_with_an_idempotency_key_are_retried() {
    assert_eq!(count_attempts(&RFC, status(500), keyed).await, 3);
    let fail = broken(TransportErrorKind::Timeout);
    assert_eq!(count_attempts(&RFC, fail, keyed).await, 3);
    assert_eq!(count_attempts(&RFC, status(500), keyed_by_hand).await, 3);
}

#[tokio::test(start_paused = true)]
async fn any_call_is_retried_if_the_server_asks_for_it() {
    for headers in [
        &[("x-should-retry", "true")][..],
        &[("retry-after", "1")],
        &[("retry-after-ms", "5")],
    ] {
        let fail = move || answer(500, headers);
        assert_eq!(
            count_attempts(&RFC, fail, call(Method::POST)).await,
            3,
            "{headers:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_that_timed_out_is_not_retried() {
    let count = Arc::new(AtomicUsize::new(0));
    for (api, expected) in [(&RFC, 1), (&API, 3)] {
        count.store(0, Ordering::SeqCst);
        let counter = Arc::clone(&count);
        let fake = Fake::new(move |_, _| {
            counter.fetch_add(1, Ordering::SeqCst);
            async { std::future::pending().await }
        });
        let client = builder_of(api)
            .credential("api_key", "k")
            .base_url("https://pets.invalid")
            .transport(fake)
            .build()
            .unwrap();
        let request = call(Method::POST)(&client).timeout(Duration::from_secs(1));
        request.await.unwrap_err();
        assert_eq!(count.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_stainless_rule_retries_all_methods() {
    for code in [408, 409, 429, 500] {
        assert_eq!(
            count_attempts(&API, status(code), call(Method::POST)).await,
            3
        );
    }
    let fail = broken(TransportErrorKind::Connection);
    assert_eq!(count_attempts(&API, fail, call(Method::POST)).await, 3);
}

#[tokio::test]
async fn a_refused_connection_is_retried() {
    let client = builder_of(&RFC)
        .credential("api_key", "k")
        .base_url("http://127.0.0.1:1")
        .retry_delays(Duration::ZERO, Duration::ZERO)
        .build()
        .unwrap();
    let error = call(Method::POST)(&client).await.unwrap_err();
    let Error::Connect(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.retries(), 2);
}
