//! Which failures are worth another try, and how long to wait before it.
//!
//! Everything here is a function of its arguments, the clock and the dice
//! included, so that each rule can be tested by itself.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode};

use crate::runtime::api::{Backoff, RetryRule};

/// The longest wait that a server can ask for.
const LONGEST_ASKED: f64 = 60.0;
/// The shortest wait, in seconds: a server that asks for none would have all retries at once.
const SHORTEST_ASKED: f64 = 0.1;
/// The part of a wait that jitter may take off.
const JITTER: f64 = 0.25;

/// What is repeated of a call that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Repeat {
    pub(crate) rule: RetryRule,
    /// Whether to make the call twice is to make it once: by its method, or by its idempotency key.
    pub(crate) is_idempotent: bool,
}

impl Repeat {
    /// Whether a failing answer is worth another try.
    ///
    /// The server's own word in `x-should-retry` counts for more than the status.
    pub(crate) fn after_answer(
        self,
        status: StatusCode,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> bool {
        let asks = || hint(headers, now).is_some_and(is_granted);
        word(headers).unwrap_or_else(|| match (self.rule, self.is_idempotent) {
            (RetryRule::Stainless, _) => is_temporary(status),
            (RetryRule::Rfc9110, true) => matches!(status.as_u16(), 408 | 429 | 500..) || asks(),
            // Of these alone it is certain that the server did nothing.
            (RetryRule::Rfc9110, false) => matches!(status.as_u16(), 429 | 503) || asks(),
        })
    }

    /// Whether a request that was sent is sent again where no answer came.
    pub(crate) fn after_silence(self) -> bool {
        self.rule == RetryRule::Stainless || self.is_idempotent
    }
}

/// Whether a method is idempotent ([RFC 9110, section
/// 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)). `QUERY` is, as it is safe.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::PUT | Method::DELETE
    ) || method.as_str() == "QUERY"
}

/// Whether a failure may pass, as the server says or else its status.
pub(crate) fn may_pass(status: StatusCode, headers: &HeaderMap) -> bool {
    word(headers).unwrap_or_else(|| is_temporary(status))
}

fn is_temporary(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 409 | 429 | 500..)
}

/// What the server says of another try.
fn word(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
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
        .and_then(|headers| server_delay(headers, now))
        .unwrap_or_else(|| backoff.wait(retries, dice))
}

/// The wait that a server asks for, if it is one that we grant; a shorter one than a tenth of a second
/// is that long.
pub(crate) fn server_delay(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let seconds = hint(headers, now).filter(|seconds| is_granted(*seconds))?;
    Some(Duration::from_secs_f64(seconds.max(SHORTEST_ASKED)))
}

/// Whether a wait of so many seconds is granted.
fn is_granted(seconds: f64) -> bool {
    (0.0..=LONGEST_ASKED).contains(&seconds)
}

/// The seconds that a server asks to wait, however long.
pub(crate) fn hint(headers: &HeaderMap, now: SystemTime) -> Option<f64> {
    if let Some(milliseconds) = header_text(headers, "retry-after-ms").and_then(number) {
        return Some(milliseconds / 1000.0);
    }
    let hint = header_text(headers, "retry-after")?;
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

fn header_text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
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
