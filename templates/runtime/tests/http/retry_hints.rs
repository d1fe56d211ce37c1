//! How long the waits between attempts are: the table of hints, on a paused clock.

use std::time::{Duration, SystemTime};

use sdkwright_runtime::ResponseBody;

use crate::fake::{Fake, answer};

/// The waits before three retries of a call that always fails with these headers.
async fn waits(headers: &'static [(&'static str, &'static str)]) -> Vec<f64> {
    let fake = Fake::new(move |_, _| async move { answer(429, headers) });
    fake.client().get("/a").max_retries(3).await.unwrap_err();
    assert_eq!(fake.count(), 4);
    fake.waits()
}

fn is_backoff(waits: &[f64]) {
    for (wait, longest) in waits.iter().zip([0.5, 1.0, 2.0]) {
        // The clock ticks in milliseconds.
        assert!(
            (longest * 0.75..=longest + 0.002).contains(wait),
            "{waits:?}"
        );
    }
}

fn is(waits: &[f64], seconds: f64) {
    for wait in waits {
        assert!((wait - seconds).abs() < 0.003, "{waits:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_hint_the_waits_double() {
    is_backoff(&waits(&[]).await);
}

#[tokio::test(start_paused = true)]
async fn seconds_and_milliseconds() {
    is(&waits(&[("retry-after", "7")]).await, 7.0);
    is(&waits(&[("Retry-After", "0.1")]).await, 0.1);
    is(&waits(&[("retry-after-ms", "100")]).await, 0.1);
    is(
        &waits(&[("retry-after-ms", "1500.5"), ("retry-after", "9")]).await,
        1.5,
    );
    is(&waits(&[("retry-after", "60")]).await, 60.0);
}

#[tokio::test(start_paused = true)]
async fn zero_is_a_tenth_of_a_second() {
    is(
        &waits(&[("retry-after-ms", "0"), ("retry-after", "0.2")]).await,
        0.1,
    );
    is(&waits(&[("retry-after", "0")]).await, 0.1);
}

#[tokio::test(start_paused = true)]
async fn unreadable_milliseconds_fall_to_seconds() {
    is(
        &waits(&[("retry-after-ms", "soon"), ("retry-after", "3")]).await,
        3.0,
    );
}

#[tokio::test(start_paused = true)]
async fn hints_out_of_bounds_are_ignored() {
    is_backoff(&waits(&[("retry-after", "61")]).await);
    is_backoff(&waits(&[("retry-after", "-1")]).await);
    is_backoff(&waits(&[("retry-after-ms", "-5")]).await);
    is_backoff(&waits(&[("retry-after-ms", "86400000")]).await);
}

#[tokio::test(start_paused = true)]
async fn hints_that_say_nothing_are_ignored() {
    is_backoff(&waits(&[("retry-after", "soon")]).await);
    is_backoff(&waits(&[("retry-after", "NaN")]).await);
    is_backoff(&waits(&[("retry-after", "infinity")]).await);
    is_backoff(&waits(&[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")]).await);
}

#[tokio::test(start_paused = true)]
async fn a_date_is_a_wait() {
    let fake = Fake::new(|_, _| async {
        let date = SystemTime::now() + Duration::from_secs(30);
        answer(503, &[("retry-after", &httpdate::fmt_http_date(date))])
    });
    fake.client().get("/a").max_retries(1).await.unwrap_err();
    let wait = fake.waits()[0];
    assert!((28.0..=30.1).contains(&wait), "{wait}");
}

#[tokio::test(start_paused = true)]
async fn the_body_is_no_hint() {
    let fake = Fake::new(|_, _| async {
        let body = ResponseBody::from(r#"{"error":{"code":1,"retry_after":30}}"#);
        Ok(http::Response::builder().status(429).body(body).unwrap())
    });
    let error = fake.client().get("/a").max_retries(3).await.unwrap_err();
    is_backoff(&fake.waits());
    assert!(
        error
            .as_api()
            .unwrap()
            .text()
            .contains("\"retry_after\":30")
    );
}
