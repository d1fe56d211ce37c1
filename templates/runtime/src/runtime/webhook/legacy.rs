//! The legacy scheme, which predates Standard Webhooks.

use std::time::SystemTime;

use http::HeaderMap;

use super::key::Keys;
use super::scheme::WebhookHeaders;
use super::{SIGNATURE_BYTES, WebhookError, check_signatures, check_time, header_text};

const TIMESTAMP: &str = "x-webhook-timestamp";
const SIGNATURE_HEADER: &str = "x-webhook-signature";

/// Verifies a delivery: its headers, its timestamp and its signature.
pub(super) fn verify(
    keys: &Keys,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    if !headers.contains_key(TIMESTAMP) && !headers.contains_key(SIGNATURE_HEADER) {
        return Err(WebhookError::MissingHeader(WebhookHeaders::STANDARD.id));
    }
    let (timestamp, signature) = (
        header_text(headers, TIMESTAMP)?,
        header_text(headers, SIGNATURE_HEADER)?,
    );
    check_time(timestamp, now)?;
    let signature = decode_signature(signature)?;
    let parts: [&[u8]; 3] = [timestamp.as_bytes(), b".", body];
    check_signatures(keys.texts(), &parts, &[signature])
}

/// Decodes a signature in lower-case hex.
pub(super) fn decode_signature(text: &str) -> Result<[u8; SIGNATURE_BYTES], WebhookError> {
    let digits: Option<Vec<u8>> = text.bytes().map(digit).collect();
    let digits = digits.ok_or(WebhookError::MalformedSignature)?;
    if digits.len() != 2 * SIGNATURE_BYTES {
        return Err(WebhookError::TruncatedSignature);
    }
    let mut signature = [0; SIGNATURE_BYTES];
    for (byte, pair) in signature.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair.iter().fold(0, |byte, digit| byte << 4 | digit);
    }
    Ok(signature)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}
