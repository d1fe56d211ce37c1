//! Deadlines, and cancelled calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sdkwright_runtime::{Error, TimeoutError};
use tokio::time::{Instant, timeout};

use crate::fake_transport::{Fake, answer};
use crate::server::{Reply, Server};
use crate::support::client;

#[tokio::test]
async fn a_deadline_ends_the_call() {
    let server = Server::start([Reply::Stall]).await;
    let start = std::time::Instant::now();
    let error = client(&server)
        .get("/a")
        .deadline(Duration::from_millis(100))
        .await
        .unwrap_err();
    let took = start.elapsed();
    assert!((95..1000).contains(&took.as_millis()), "{took:?}");
    assert!(
        matches!(error, Error::Timeout(TimeoutError::Deadline { retries: 0 })),
        "{error:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_deadline_spans_all_attempts() {
    let fake = Fake::new(|_, _| std::future::pending());
    let client = fake.client();
    let call = |seconds| {
        client
            .get("/a")
            .timeout(Duration::from_secs(1))
            .deadline(Duration::from_secs(seconds))
            .max_retries(9)
    };
    let start = Instant::now();
    let error = call(2).await.unwrap_err();
    assert!(
        matches!(error, Error::Timeout(TimeoutError::Deadline { retries: 1 })),
        "{error:?}"
    );
    assert!((2000..=2002).contains(&start.elapsed().as_millis()));
    let error = call(5).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Timeout(TimeoutError::Attempt { retries: 2, .. })
        ),
        "{error:?}"
    );
    assert_eq!(fake.count(), 2 + 3);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_not_started() {
    let fake = Fake::new(|_, _| async { answer(429, &[("retry-after", "10")]) });
    let start = Instant::now();
    let error = fake
        .client()
        .get("/a")
        .deadline(Duration::from_secs(5))
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!((fake.count(), start.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn the_default_timeout_of_an_attempt_is_a_minute() {
    let fake = Fake::new(|_, _| std::future::pending());
    let start = Instant::now();
    fake.client().get("/a").max_retries(0).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 60);
}

#[tokio::test]
async fn timeouts_can_be_disabled() {
    let fake = Fake::new(|_, _| async { answer(200, &[]) });
    fake.client()
        .get("/a")
        .timeout(Duration::MAX)
        .deadline(Duration::MAX)
        .await
        .unwrap();
}

#[tokio::test]
async fn dropping_the_call_drops_the_request() {
    struct Flag(Arc<AtomicBool>);
    impl Drop for Flag {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let dropped = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&dropped);
    let fake = Fake::new(move |_, _| {
        let flag = Flag(Arc::clone(&flag));
        async move {
            let _flag = flag;
            std::future::pending().await
        }
    });
    let client = fake.client();
    timeout(Duration::from_millis(20), client.get("/a").into_future())
        .await
        .unwrap_err();
    assert!(dropped.load(Ordering::SeqCst));
    assert_eq!(fake.count(), 1);
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let fake = Fake::new(|_, _| async { answer(200, &[]) });
    drop(fake.client().get("/a").send());
    assert_eq!(fake.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn dropping_during_a_wait_sends_nothing_more() {
    let fake = Fake::new(|_, _| async { answer(503, &[("retry-after", "5")]) });
    let client = fake.client();
    timeout(Duration::from_secs(1), client.get("/a").into_future())
        .await
        .unwrap_err();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(fake.count(), 1);
}
