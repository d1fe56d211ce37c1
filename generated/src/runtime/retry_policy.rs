//! Conditions for retries, and the delays before them.
//!
//! All functions depend only on their arguments, including the time and the random numbers, so that
//! each rule can be tested separately.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode};

use crate::runtime::api::{Backoff, RetryRule};

/// Maximum delay in seconds that a server can request.
const MAX_REQUESTED_DELAY: f64 = 60.0;
/// Minimum delay in seconds. Without it, a server that requests no delay would receive all retries
/// at once.
const MIN_REQUESTED_DELAY: f64 = 0.1;
/// Maximum fraction of a delay that jitter removes.
const JITTER: f64 = 0.25;

/// The conditions under which a call is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Repeat {
    pub(crate) rule: RetryRule,
    /// Whether sending the call twice has the same effect as once, by its method or its idempotency
    /// key.
    pub(crate) is_idempotent: bool,
}

impl Repeat {
    /// Returns `true` if a retry may succeed after an error response.
    ///
    /// The header `x-should-retry` takes precedence over the status.
    pub(crate) fn should_retry_response(
        self,
        status: StatusCode,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> bool {
        let asks = || requested_seconds(headers, now).is_some_and(is_acceptable);
        read_retry_instruction(headers).unwrap_or_else(|| match (self.rule, self.is_idempotent) {
            (RetryRule::Stainless, _) => is_temporary(status),
            (RetryRule::Rfc9110, true) => matches!(status.as_u16(), 408 | 429 | 500..) || asks(),
            // Only these statuses guarantee that the server did not process the call.
            (RetryRule::Rfc9110, false) => matches!(status.as_u16(), 429 | 503) || asks(),
        })
    }

    /// Returns `true` if a request is sent again after it received no response.
    pub(crate) fn should_retry_without_response(self) -> bool {
        self.rule == RetryRule::Stainless || self.is_idempotent
    }
}

/// Returns `true` if a method is idempotent ([RFC 9110, section
/// 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)). `QUERY` is idempotent because it
/// is safe.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::PUT | Method::DELETE
    ) || method.as_str() == "QUERY"
}

/// Returns `true` if a failure may be temporary, according to the server or the status.
pub(crate) fn is_transient(status: StatusCode, headers: &HeaderMap) -> bool {
    read_retry_instruction(headers).unwrap_or_else(|| is_temporary(status))
}

fn is_temporary(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 409 | 429 | 500..)
}

/// Returns the server's instruction about a retry.
fn read_retry_instruction(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

/// Returns the delay before the next retry, after `retries` retries.
///
/// `dice` is a random number from 0 to 1.
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

/// Returns the delay that the server requests, if it is acceptable. Delays under 0.1 seconds are
/// raised to 0.1 seconds.
pub(crate) fn server_delay(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let seconds = requested_seconds(headers, now).filter(|seconds| is_acceptable(*seconds))?;
    Some(Duration::from_secs_f64(seconds.max(MIN_REQUESTED_DELAY)))
}

/// Returns `true` if a delay in seconds is acceptable.
fn is_acceptable(seconds: f64) -> bool {
    (0.0..=MAX_REQUESTED_DELAY).contains(&seconds)
}

/// Returns the delay in seconds that the server requests, without a limit.
pub(crate) fn requested_seconds(headers: &HeaderMap, now: SystemTime) -> Option<f64> {
    if let Some(milliseconds) = header_text(headers, "retry-after-ms").and_then(number) {
        return Some(milliseconds / 1000.0);
    }
    let hint = header_text(headers, "retry-after")?;
    number(hint).or_else(|| seconds_until(hint, now))
}

impl Backoff {
    /// Returns the delay after `retries` retries, if the server does not request one.
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

/// Parses a decimal number. Words that `f64` accepts, such as `inf`, are rejected.
fn number(text: &str) -> Option<f64> {
    let decimal = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E'));
    text.parse().ok().filter(|_| decimal)
}

/// Returns the seconds from `now` to an HTTP date, in any of its three formats.
fn seconds_until(text: &str, now: SystemTime) -> Option<f64> {
    let date = httpdate::parse_http_date(text).ok()?;
    Some(match date.duration_since(now) {
        Ok(wait) => wait.as_secs_f64(),
        Err(past) => -past.duration().as_secs_f64(),
    })
}
