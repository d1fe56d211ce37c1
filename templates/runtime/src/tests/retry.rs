//! Each row of the table of hints, and the shape of the back-off.

use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, StatusCode};

use crate::runtime::Backoff;
use crate::runtime::retry::{asked, is_worthwhile};

/// Sun, 06 Nov 1994 08:49:37 GMT.
const NOW: Duration = Duration::from_secs(784_111_777);

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
        .collect()
}

fn wait(pairs: &[(&'static str, &'static str)]) -> Option<f64> {
    asked(&headers(pairs), UNIX_EPOCH + NOW).map(|wait| wait.as_secs_f64())
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
fn unreadable_milliseconds_leave_the_seconds() {
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
fn up_to_a_minute_is_granted() {
    assert_eq!(wait(&[("retry-after", "60")]), Some(60.0));
    assert_eq!(wait(&[("retry-after", "60.1")]), None);
    assert_eq!(
        wait(&[("retry-after-ms", "60001"), ("retry-after", "1")]),
        None
    );
}

#[test]
fn dates_in_all_spellings() {
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
fn hints_of_no_use() {
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
        .map(|retries| Backoff::USUAL.wait(retries, 0.0).as_secs_f64())
        .collect();
    let shortest: Vec<f64> = (0..7)
        .map(|retries| Backoff::USUAL.wait(retries, 1.0).as_secs_f64())
        .collect();
    assert_eq!(longest, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]);
    assert_eq!(shortest, [0.375, 0.75, 1.5, 3.0, 6.0, 6.0, 6.0]);
    assert_eq!(Backoff::USUAL.wait(u32::MAX, 0.0), Duration::from_secs(8));
}

#[test]
fn statuses_worth_another_try() {
    let worthwhile: Vec<u16> = (300..600)
        .filter(|status| is_worthwhile(StatusCode::from_u16(*status).unwrap(), &HeaderMap::new()))
        .collect();
    let expected: Vec<u16> = [408, 409, 429].into_iter().chain(500..600).collect();
    assert_eq!(worthwhile, expected);
}

#[test]
fn the_server_has_the_last_word_if_it_is_exact() {
    let says = |status, word| is_worthwhile(status, &headers(&[("x-should-retry", word)]));
    assert!(says(StatusCode::NOT_FOUND, "true"));
    assert!(!says(StatusCode::SERVICE_UNAVAILABLE, "false"));
    assert!(!says(StatusCode::NOT_FOUND, "True"));
    assert!(says(StatusCode::SERVICE_UNAVAILABLE, "0"));
}
