//! Which failures are worth another try, and how long to wait before it.
//!
//! Everything here is a function of its arguments, the clock and the dice
//! included, so that each rule can be tested by itself.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use crate::runtime::api::Backoff;

/// The longest wait that a server can ask for.
const LONGEST_ASKED: f64 = 60.0;
/// The shortest wait, in seconds: a server that asks for none would have all retries at once.
const SHORTEST_ASKED: f64 = 0.1;
/// The part of a wait that jitter may take off.
const JITTER: f64 = 0.25;

/// Whether a failing answer is worth another try.
///
/// The server's own word in `x-should-retry` counts for more than the status.
pub(crate) fn is_worthwhile(status: StatusCode, headers: &HeaderMap) -> bool {
    match headers
        .get("x-should-retry")
        .map(http::HeaderValue::as_bytes)
    {
        Some(b"true") => true,
        Some(b"false") => false,
        _ => matches!(status.as_u16(), 408 | 409 | 429 | 500..),
    }
}

/// How long to wait before the retry after `retries` others.
///
/// `dice` is a number from 0 to 1.
pub(crate) fn delay(
    hints: Option<&HeaderMap>,
    backoff: Backoff,
    retries: u32,
    now: SystemTime,
    dice: f64,
) -> Duration {
    hints
        .and_then(|headers| asked(headers, now))
        .unwrap_or_else(|| backoff.wait(retries, dice))
}

/// The wait that a server asks for, if it is one that we grant; a shorter one than a tenth of a second
/// is that long.
pub(crate) fn asked(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let seconds = hint(headers, now)?;
    (0.0..=LONGEST_ASKED)
        .contains(&seconds)
        .then(|| Duration::from_secs_f64(seconds.max(SHORTEST_ASKED)))
}

/// The seconds that a server asks to wait, however long.
pub(crate) fn hint(headers: &HeaderMap, now: SystemTime) -> Option<f64> {
    if let Some(milliseconds) = text(headers, "retry-after-ms").and_then(number) {
        return Some(milliseconds / 1000.0);
    }
    let hint = text(headers, "retry-after")?;
    number(hint).or_else(|| seconds_until(hint, now))
}

impl Backoff {
    /// The wait after `retries` retries when the server asks for none.
    pub(crate) fn wait(self, retries: u32, dice: f64) -> Duration {
        let doubled = self.first.saturating_mul(2_u32.saturating_pow(retries));
        doubled
            .min(self.longest)
            .mul_f64(1.0 - JITTER * dice.clamp(0.0, 1.0))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// A decimal number; the words that `f64` would take, such as `inf`, are none.
fn number(text: &str) -> Option<f64> {
    let decimal = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E'));
    text.parse().ok().filter(|_| decimal)
}

/// The seconds from `now` to an HTTP date, in any of its three spellings.
fn seconds_until(text: &str, now: SystemTime) -> Option<f64> {
    let date = httpdate::parse_http_date(text).ok()?;
    Some(match date.duration_since(now) {
        Ok(wait) => wait.as_secs_f64(),
        Err(past) => -past.duration().as_secs_f64(),
    })
}
