//! Waits between attempts for each hint of the server, on a paused clock.

use std::time::{Duration, SystemTime};

use sdkwright_runtime::ResponseBody;

use crate::fake_transport::{Fake, answer};

/// Returns the waits before three retries of a call that always fails with these headers.
async fn measure_waits(headers: &'static [(&'static str, &'static str)]) -> Vec<f64> {
    let fake = Fake::new(move |_, _| async move { answer(429, headers) });
    fake.client().get("/a").max_retries(3).await.unwrap_err();
    assert_eq!(fake.count(), 4);
    fake.waits()
}

fn assert_backoff(waits: &[f64]) {
    for (wait, longest) in waits.iter().zip([0.5, 1.0, 2.0]) {
        // The clock ticks in milliseconds.
        assert!(
            (longest * 0.75..=longest + 0.002).contains(wait),
            "{waits:?}"
        );
    }
}

fn assert_waits(waits: &[f64], seconds: f64) {
    for wait in waits {
        assert!((wait - seconds).abs() < 0.003, "{waits:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_hint_the_waits_double() {
    assert_backoff(&measure_waits(&[]).await);
}

#[tokio::test(start_paused = true)]
async fn hints_are_seconds_or_milliseconds() {
    assert_waits(&measure_waits(&[("retry-after", "7")]).await, 7.0);
    assert_waits(&measure_waits(&[("Retry-After", "0.1")]).await, 0.1);
    assert_waits(&measure_waits(&[("retry-after-ms", "100")]).await, 0.1);
    assert_waits(
        &measure_waits(&[("retry-after-ms", "1500.5"), ("retry-after", "9")]).await,
        1.5,
    );
    assert_waits(&measure_waits(&[("retry-after", "60")]).await, 60.0);
}

#[tokio::test(start_paused = true)]
async fn a_hint_of_zero_is_a_tenth_of_a_second() {
    assert_waits(
        &measure_waits(&[("retry-after-ms", "0"), ("retry-after", "0.2")]).await,
        0.1,
    );
    assert_waits(&measure_waits(&[("retry-after", "0")]).await, 0.1);
}

#[tokio::test(start_paused = true)]
async fn seconds_replace_invalid_milliseconds() {
    assert_waits(
        &measure_waits(&[("retry-after-ms", "soon"), ("retry-after", "3")]).await,
        3.0,
    );
}

#[tokio::test(start_paused = true)]
async fn hints_out_of_bounds_are_ignored() {
    assert_backoff(&measure_waits(&[("retry-after", "61")]).await);
    assert_backoff(&measure_waits(&[("retry-after", "-1")]).await);
    assert_backoff(&measure_waits(&[("retry-after-ms", "-5")]).await);
    assert_backoff(&measure_waits(&[("retry-after-ms", "86400000")]).await);
}

#[tokio::test(start_paused = true)]
async fn invalid_hints_are_ignored() {
    assert_backoff(&measure_waits(&[("retry-after", "soon")]).await);
    assert_backoff(&measure_waits(&[("retry-after", "NaN")]).await);
    assert_backoff(&measure_waits(&[("retry-after", "infinity")]).await);
    assert_backoff(&measure_waits(&[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")]).await);
}

#[tokio::test(start_paused = true)]
async fn a_hint_can_be_a_date() {
    let fake = Fake::new(|_, _| async {
        let date = SystemTime::now() + Duration::from_secs(30);
        answer(503, &[("retry-after", &httpdate::fmt_http_date(date))])
    });
    fake.client().get("/a").max_retries(1).await.unwrap_err();
    let wait = fake.waits()[0];
    assert!((28.0..=30.1).contains(&wait), "{wait}");
}

#[tokio::test(start_paused = true)]
async fn the_body_is_not_a_hint() {
    let fake = Fake::new(|_, _| async {
        let body = ResponseBody::from(r#"{"error":{"code":1,"retry_after":30}}"#);
        Ok(http::Response::builder().status(429).body(body).unwrap())
    });
    let error = fake.client().get("/a").max_retries(3).await.unwrap_err();
    assert_backoff(&fake.waits());
    assert!(
        error
            .as_api()
            .unwrap()
            .text()
            .contains("\"retry_after\":30")
    );
}
