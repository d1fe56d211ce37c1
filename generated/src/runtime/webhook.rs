//! Verification of webhook deliveries.
//!
//! Two signature schemes are supported:
//!
//! - Standard Webhooks signs `{id}.{timestamp}.{body}`. The key is the base64-decoded secret. The
//!   headers are `webhook-id`, `webhook-timestamp` and `webhook-signature`. Svix sends the same
//!   headers as `svix-id`, `svix-timestamp` and `svix-signature`.
//! - The legacy scheme signs `{timestamp}.{body}`. The key is the text of the secret. The headers
//!   are `X-Webhook-Timestamp` and `X-Webhook-Signature`.
//!
//! If any header of Standard Webhooks is present, only that scheme is checked.
//!
//! [`WebhookScheme`] declares other schemes of an API. A [`WebhookVerifier`] implements schemes that
//! this module does not support.
//!
//! The body is parsed only after its signature has been verified. Only an explicitly named method of
//! the client skips the verification.

mod body;
mod error;
mod key;
mod legacy;
mod scheme;
#[cfg(feature = "client")]
mod secrets;
mod standard;

use std::time::{SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};

pub use self::error::WebhookError;
use self::key::Keys;
pub use self::scheme::{WebhookHeaders, WebhookScheme, WebhookVerifier};
#[cfg(feature = "client")]
pub(crate) use self::secrets::{Verifier, secrets};
use crate::runtime::clock;
use crate::runtime::codec::{self, Decode};

/// Maximum difference between the clocks of sender and receiver, in seconds.
const MAX_CLOCK_SKEW_SECONDS: u64 = 300;

/// Length of a signature in bytes.
const SIGNATURE_BYTES: usize = 32;

/// Maximum total length in bytes of a delivery's signature headers.
///
/// Anyone can send a delivery, so the work for it has to be limited.
const MAX_SIGNATURE_BYTES: usize = 4096;

/// Maximum number of signatures of a delivery. A sender that rotates its secrets sends two.
const MAX_SIGNATURES: usize = 32;

/// Verifies that a delivery was signed with one of `secrets` within the last five minutes.
///
/// `body` is the body as received, byte for byte. Do not parse and serialize it first. A secret may
/// start with `whsec_`. During the rotation of a secret, pass both the old and the new one. They
/// may be of different schemes.
///
/// # Errors
///
/// Returns the reason if the delivery is not authentic.
pub fn verify<S: AsRef<str>>(
    secrets: impl IntoIterator<Item = S>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), WebhookError> {
    verify_at(secrets, headers, body, clock::now())
}

/// Verifies a delivery like [`verify`], as if it were received at `now`.
///
/// # Errors
///
/// Returns the reason if the delivery is not authentic.
pub fn verify_at<S: AsRef<str>>(
    secrets: impl IntoIterator<Item = S>,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    verify_scheme(WebhookScheme::Detect, secrets, headers, body, now)
}

/// Verifies a delivery of one signature scheme, as if it were received at `now`.
///
/// # Errors
///
/// Returns the reason if the delivery is not authentic. An unknown scheme always results in an
/// error.
pub fn verify_scheme<S: AsRef<str>>(
    scheme: WebhookScheme,
    secrets: impl IntoIterator<Item = S>,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    if let WebhookScheme::Unknown { header } = scheme {
        return Err(WebhookError::UnknownScheme(header));
    }
    let mut keys = Keys::default();
    secrets
        .into_iter()
        .try_for_each(|secret| keys.add(secret.as_ref()))?;
    if keys.is_empty() {
        return Err(WebhookError::NoSecret);
    }
    let (standard_headers, svix) = (WebhookHeaders::STANDARD, WebhookHeaders::SVIX);
    match scheme {
        WebhookScheme::Standard(names) => standard::verify(&keys, names, headers, body, now),
        WebhookScheme::Body { header } => body::verify(&keys, header, headers, body),
        _ if standard_headers.are_in(headers) => {
            standard::verify(&keys, standard_headers, headers, body, now)
        }
        _ if svix.are_in(headers) => standard::verify(&keys, svix, headers, body, now),
        _ => legacy::verify(&keys, headers, body, now),
    }
}

/// Verifies a delivery like [`verify`], and then decodes its body.
///
/// # Errors
///
/// Returns the reason if the delivery is not authentic, or if its body is not of type `T`.
pub fn unwrap<T: Decode, S: AsRef<str>>(
    secrets: impl IntoIterator<Item = S>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<T, WebhookError> {
    verify(secrets, headers, body)?;
    decode_event(body)
}

/// Signs a delivery by Standard Webhooks, for tests of receivers. Returns the headers to send it with.
///
/// # Errors
///
/// Returns an error if the secret is not valid base64, or if a header cannot have this ID.
pub fn sign_delivery(
    secret: impl AsRef<str>,
    id: &str,
    body: &[u8],
) -> Result<HeaderMap, WebhookError> {
    standard::sign(secret.as_ref(), id, body, clock::now())
}

/// Decodes the body of a delivery.
fn decode_event<T: Decode>(body: &[u8]) -> Result<T, WebhookError> {
    codec::from_slice(body).map_err(|error| WebhookError::Payload(Box::new(error)))
}

/// Returns the text of a header. An empty header counts as missing.
///
/// A repeated header is rejected. Only one of its values can be the signed one, and other code may
/// read the other.
fn header_text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().ok_or(WebhookError::MissingHeader(name))?;
    if values.next().is_some() {
        return Err(WebhookError::RepeatedHeader(name));
    }
    match value.to_str().map(str::trim) {
        Ok("") => Err(WebhookError::MissingHeader(name)),
        Ok(text) => Ok(text),
        Err(_) => Err(WebhookError::MalformedHeader(name)),
    }
}

/// Checks that a timestamp is a whole number of seconds, and close enough to `now`.
fn check_time(timestamp: &str, now: SystemTime) -> Result<(), WebhookError> {
    let digits = timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let sent: u64 = timestamp
        .parse()
        .ok()
        .filter(|_| digits)
        .ok_or(WebhookError::MalformedTimestamp)?;
    let now = now
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    if now.saturating_sub(sent) > MAX_CLOCK_SKEW_SECONDS {
        Err(WebhookError::Stale)
    } else if sent.saturating_sub(now) > MAX_CLOCK_SKEW_SECONDS {
        Err(WebhookError::Future)
    } else {
        Ok(())
    }
}

/// Returns the signature of the concatenated `parts`.
fn sign(key: &[u8], parts: &[&[u8]]) -> Option<[u8; SIGNATURE_BYTES]> {
    // HMAC accepts keys of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    parts.iter().for_each(|part| mac.update(part));
    Some(mac.finalize().into_bytes().into())
}

/// Checks that one of `signatures` is that of the concatenated `parts`, for one of `keys`.
///
/// Each key signs only once. All pairs are compared in constant time, so that the duration does not
/// reveal which signature matches.
fn check_signatures<'k>(
    keys: impl Iterator<Item = &'k [u8]>,
    parts: &[&[u8]],
    signatures: &[[u8; SIGNATURE_BYTES]],
) -> Result<(), WebhookError> {
    let mut matches = Choice::from(0);
    for expected in keys.filter_map(|key| sign(key, parts)) {
        for signature in signatures {
            matches |= expected.ct_eq(signature);
        }
    }
    match bool::from(matches) {
        true => Ok(()),
        false => Err(WebhookError::NoMatch),
    }
}
