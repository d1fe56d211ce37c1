//! Each retry hint that a server can send, and the bounds of the backoff.

use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, StatusCode};

use crate::runtime::__private::{Backoff, RetryRule};
use crate::runtime::retry_policy::{Repeat, is_idempotent, server_delay};

/// Sun, 06 Nov 1994 08:49:37 GMT.
const NOW: Duration = Duration::from_secs(784_111_777);

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
        .collect()
}

fn wait(pairs: &[(&'static str, &'static str)]) -> Option<f64> {
    server_delay(&headers(pairs), UNIX_EPOCH + NOW).map(|wait| wait.as_secs_f64())
}

#[test]
fn seconds_may_have_fractions() {
    assert_eq!(wait(&[("retry-after", "7")]), Some(7.0));
    assert_eq!(wait(&[("retry-after", " 0.25 ")]), Some(0.25));
}

#[test]
fn milliseconds_come_first() {
    assert_eq!(
        wait(&[("retry-after-ms", "100"), ("retry-after", "7")]),
        Some(0.1)
    );
    assert_eq!(wait(&[("retry-after-ms", "150.5")]), Some(0.1505));
    assert_eq!(
        wait(&[("retry-after-ms", "0"), ("retry-after", "0.2")]),
        Some(0.1)
    );
}

#[test]
fn invalid_milliseconds_are_replaced_by_seconds() {
    assert_eq!(
        wait(&[("retry-after-ms", "soon"), ("retry-after", "7")]),
        Some(7.0)
    );
}

#[test]
fn zero_is_a_short_wait() {
    assert_eq!(wait(&[("retry-after", "0")]), Some(0.1));
    assert_eq!(wait(&[("retry-after-ms", "99")]), Some(0.1));
}

#[test]
fn waits_up_to_a_minute_are_accepted() {
    assert_eq!(wait(&[("retry-after", "60")]), Some(60.0));
    assert_eq!(wait(&[("retry-after", "60.1")]), None);
    assert_eq!(
        wait(&[("retry-after-ms", "60001"), ("retry-after", "1")]),
        None
    );
}

#[test]
fn dates_may_have_any_http_format() {
    assert_eq!(
        wait(&[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]),
        Some(10.0)
    );
    assert_eq!(
        wait(&[("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT")]),
        Some(10.0)
    );
    assert_eq!(
        wait(&[("retry-after", "Sun Nov  6 08:49:47 1994")]),
        Some(10.0)
    );
}

#[test]
fn useless_hints_are_ignored() {
    for hint in [
        "-1",
        "",
        "soon",
        "inf",
        "NaN",
        "infinity",
        "1,5",
        "Sun, 06 Nov 1994 08:49:36 GMT",
        "Sun, 06 Nov 2094 08:49:37 GMT",
        "Sun, 99 Nov 1994",
    ] {
        assert_eq!(wait(&[("retry-after", hint)]), None, "{hint}");
        assert_eq!(wait(&[("retry-after-ms", hint)]), None, "{hint}");
    }
}

#[test]
fn waits_double_up_to_eight_seconds_and_jitter_only_shortens() {
    let longest: Vec<f64> = (0..7)
        .map(|retries| Backoff::DEFAULT.wait(retries, 0.0).as_secs_f64())
        .collect();
    let shortest: Vec<f64> = (0..7)
        .map(|retries| Backoff::DEFAULT.wait(retries, 1.0).as_secs_f64())
        .collect();
    assert_eq!(longest, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]);
    assert_eq!(shortest, [0.375, 0.75, 1.5, 3.0, 6.0, 6.0, 6.0]);
    assert_eq!(Backoff::DEFAULT.wait(u32::MAX, 0.0), Duration::from_secs(8));
}

/// Returns a function that decides about retries by the given rule.
fn repeat(rule: RetryRule, is_idempotent: bool) -> impl Fn(u16, &HeaderMap) -> bool {
    let repeat = Repeat {
        rule,
        is_idempotent,
    };
    move |status, headers| {
        let status = StatusCode::from_u16(status).unwrap();
        repeat.should_retry_response(status, headers, UNIX_EPOCH)
    }
}

fn statuses(rule: RetryRule, is_idempotent: bool) -> Vec<u16> {
    let repeat = repeat(rule, is_idempotent);
    (300..600)
        .filter(|status| repeat(*status, &HeaderMap::new()))
        .collect()
}

#[test]
fn retryable_statuses() {
    let expected: Vec<u16> = [408, 409, 429].into_iter().chain(500..600).collect();
    for is_idempotent in [true, false] {
        assert_eq!(statuses(RetryRule::Stainless, is_idempotent), expected);
    }
    let expected: Vec<u16> = [408, 429].into_iter().chain(500..600).collect();
    assert_eq!(statuses(RetryRule::Rfc9110, true), expected);
    assert_eq!(statuses(RetryRule::Rfc9110, false), [429, 503]);
}

#[test]
fn an_accepted_wait_allows_a_retry() {
    for is_idempotent in [true, false] {
        let rfc = repeat(RetryRule::Rfc9110, is_idempotent);
        assert!(rfc(409, &headers(&[("retry-after", "1")])));
        assert!(rfc(500, &headers(&[("retry-after-ms", "20")])));
        assert!(!rfc(409, &headers(&[("retry-after", "3600")])));
        assert!(!rfc(409, &headers(&[("retry-after", "soon")])));
        let word = [("retry-after", "1"), ("x-should-retry", "false")];
        assert!(!rfc(503, &headers(&word)));
    }
    let stainless = repeat(RetryRule::Stainless, true);
    assert!(!stainless(404, &headers(&[("retry-after", "1")])));
}

#[test]
fn idempotent_methods_are_retried() {
    let methods = [
        "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY", "POST", "PATCH", "CONNECT",
        "LINK",
    ];
    let found = methods.map(|method| is_idempotent(&method.parse().unwrap()));
    assert_eq!(found.iter().filter(|found| **found).count(), 7);
    assert!(found[..7].iter().all(|found| *found));
}

#[test]
fn exact_should_retry_headers_decide() {
    for rule in [RetryRule::Rfc9110, RetryRule::Stainless] {
        let says = |status, word| {
            let headers = headers(&[("x-should-retry", word)]);
            repeat(rule, false)(status, &headers)
        };
        assert!(says(404, "true"));
        assert!(!says(503, "false"));
        assert!(!says(404, "True"));
        assert!(says(503, "0"));
    }
}
