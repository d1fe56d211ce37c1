//! Tells deliveries of the API's webhooks from forgeries.
//!
//! Two schemes are known. *Standard Webhooks* signs `{id}.{timestamp}.{body}` with the bytes that the secret encodes
//! in base64, and sends `webhook-id`, `webhook-timestamp` and `webhook-signature`. The older scheme signs
//! `{timestamp}.{body}` with the secret's own text, and sends `X-Webhook-Timestamp` and `X-Webhook-Signature`.
//! If any header of the first is there, the first decides; the second never makes up for it. Svix sends the
//! headers of the first as `svix-id` and so on.
//!
//! An API can sign in another way: [`WebhookScheme`] says what its description tells, and a
//! [`WebhookVerifier`] checks what this module does not know.
//!
//! Nothing is parsed before its signature was found right. Only a client can leave the check out, by a method
//! whose name says so.

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

/// How far the clocks of sender and receiver may be apart, in seconds.
const TOLERANCE: u64 = 300;

/// The length of a signature in bytes.
const SIGNATURE: usize = 32;

/// The bytes that the values of a delivery's signature headers have at most, together.
///
/// Anybody can send a delivery, so that what it makes this program do has to be bounded.
const MAX_SIGNATURE_BYTES: usize = 4096;

/// The signatures that a delivery has at most. A sender that rotates its secrets sends two.
const MAX_SIGNATURES: usize = 32;

/// Checks that a delivery was signed with one of `secrets`, and within the last five minutes.
///
/// `body` is the body as it came, byte for byte: not parsed and written again. A secret may start with `whsec_`.
/// While a new secret replaces an old one, give both, also where they are of different schemes.
///
/// # Errors
///
/// Fails with the reason unless everything about the delivery is in order.
pub fn verify<S: AsRef<str>>(
    secrets: impl IntoIterator<Item = S>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), WebhookError> {
    verify_at(secrets, headers, body, clock::now())
}

/// Checks a delivery as [`verify`] does, as if it came at the moment `now`.
///
/// # Errors
///
/// Fails with the reason unless everything about the delivery is in order.
pub fn verify_at<S: AsRef<str>>(
    secrets: impl IntoIterator<Item = S>,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    verify_scheme(WebhookScheme::Detect, secrets, headers, body, now)
}

/// Checks a delivery that is signed by one scheme, as if it came at the moment `now`.
///
/// # Errors
///
/// Fails with the reason unless everything about the delivery is in order, and always if the scheme is
/// not known.
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
    let (usual, svix) = (WebhookHeaders::STANDARD, WebhookHeaders::SVIX);
    match scheme {
        WebhookScheme::Standard(names) => standard::verify(&keys, names, headers, body, now),
        WebhookScheme::Body { header } => body::verify(&keys, header, headers, body),
        _ if usual.are_in(headers) => standard::verify(&keys, usual, headers, body, now),
        _ if svix.are_in(headers) => standard::verify(&keys, svix, headers, body, now),
        _ => legacy::verify(&keys, headers, body, now),
    }
}

/// Checks a delivery as [`verify`] does, and then reads its body.
///
/// # Errors
///
/// Fails with the reason unless everything about the delivery is in order and its body is of the expected form.
pub fn unwrap<T: Decode, S: AsRef<str>>(
    secrets: impl IntoIterator<Item = S>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<T, WebhookError> {
    verify(secrets, headers, body)?;
    decode_event(body)
}

/// Reads the body of a delivery.
fn decode_event<T: Decode>(body: &[u8]) -> Result<T, WebhookError> {
    codec::from_slice(body).map_err(|error| WebhookError::Payload(Box::new(error)))
}

/// The text of a header; one that is empty counts as missing.
///
/// A second value is refused: only one of them can be the signed one, and other code may read the other.
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
    if now.saturating_sub(sent) > TOLERANCE {
        Err(WebhookError::Stale)
    } else if sent.saturating_sub(now) > TOLERANCE {
        Err(WebhookError::Future)
    } else {
        Ok(())
    }
}

/// The signature of the joined `parts`.
fn sign(key: &[u8], parts: &[&[u8]]) -> Option<[u8; SIGNATURE]> {
    // HMAC takes keys of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    parts.iter().for_each(|part| mac.update(part));
    Some(mac.finalize().into_bytes().into())
}

/// Checks that one of `signatures` is that of the joined `parts` with one of `keys`.
///
/// Each key signs once, however many signatures there are. Each pair is compared, in a time that
/// does not depend on where the two differ, so that the time does not say which one is right.
fn check_signatures<'k>(
    keys: impl Iterator<Item = &'k [u8]>,
    parts: &[&[u8]],
    signatures: &[[u8; SIGNATURE]],
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
