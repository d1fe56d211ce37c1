//! The Standard Webhooks scheme.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;

use super::key::{BASE64, Keys};
use super::scheme::WebhookHeaders;
use super::{
    MAX_SIGNATURE_BYTES, MAX_SIGNATURES, SIGNATURE_BYTES, WebhookError, check_signatures,
    check_time, header_text,
};

/// Verifies a delivery: its secrets, headers, timestamp and signatures.
pub(super) fn verify(
    keys: &Keys,
    names: WebhookHeaders,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    let keys = keys.decoded()?;
    let (id, timestamp) = (
        header_text(headers, names.id)?,
        header_text(headers, names.timestamp)?,
    );
    if id.contains('.') {
        // With a dot in the ID, `{id}.{timestamp}` would be ambiguous.
        return Err(WebhookError::MalformedHeader(names.id));
    }
    let entries = entries(headers, names.signature)?;
    check_time(timestamp, now)?;
    let mut signatures = Vec::new();
    let mut worst = WebhookError::MalformedSignature;
    for entry in entries {
        match decode_signature(entry) {
            Ok(signature) => signatures.push(signature),
            Err(reason) if rank(&reason) > rank(&worst) => worst = reason,
            Err(_) => {}
        }
    }
    if signatures.is_empty() {
        return Err(worst);
    }
    let parts: [&[u8]; 5] = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
    let keys = keys.iter().map(|key| key.as_slice());
    check_signatures(keys, &parts, &signatures)
}

/// Returns the headers of a delivery that is signed at `now`.
pub(super) fn sign(
    secret: &str,
    id: &str,
    body: &[u8],
    now: SystemTime,
) -> Result<HeaderMap, WebhookError> {
    let mut keys = Keys::default();
    keys.add(secret)?;
    let keys = keys.decoded()?;
    let key = keys.first().ok_or(WebhookError::MalformedSecret)?;
    let timestamp = now
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let timestamp = timestamp.to_string();
    let parts: [&[u8]; 5] = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
    let signature = super::sign(key.as_slice(), &parts).ok_or(WebhookError::MalformedSecret)?;
    let names = WebhookHeaders::STANDARD;
    let mut headers = HeaderMap::new();
    for (name, text) in [
        (names.id, id.to_owned()),
        (names.timestamp, timestamp),
        (
            names.signature,
            format!("v1,{}", STANDARD.encode(signature)),
        ),
    ] {
        let value = text.try_into();
        let value = value.map_err(|_| WebhookError::MalformedHeader(name))?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Returns the entries of a signature list, which may span several header lines.
fn entries<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<Vec<&'h str>, WebhookError> {
    let mut entries = Vec::new();
    let mut bytes = 0_usize;
    for line in headers.get_all(name) {
        bytes = bytes.saturating_add(line.len());
        if bytes > MAX_SIGNATURE_BYTES {
            return Err(WebhookError::TooManySignatures);
        }
        let line = line.to_str();
        let line = line.map_err(|_| WebhookError::MalformedHeader(name))?;
        entries.extend(line.split_ascii_whitespace());
    }
    match entries.len() {
        0 => Err(WebhookError::MissingHeader(name)),
        1..=MAX_SIGNATURES => Ok(entries),
        _ => Err(WebhookError::TooManySignatures),
    }
}

/// Decodes an entry of the list, `v1,<base64>`.
fn decode_signature(entry: &str) -> Result<[u8; SIGNATURE_BYTES], WebhookError> {
    let (version, encoded) = entry
        .split_once(',')
        .ok_or(WebhookError::MalformedSignature)?;
    if version != "v1" {
        return Err(WebhookError::UnknownVersion);
    }
    // A proxy that joins several header lines inserts a comma.
    let encoded = encoded.trim_end_matches(',');
    match BASE64.decode(encoded) {
        Ok(bytes) => bytes
            .try_into()
            .map_err(|_| WebhookError::TruncatedSignature),
        Err(_) if is_truncated(encoded) => Err(WebhookError::TruncatedSignature),
        Err(_) => Err(WebhookError::MalformedSignature),
    }
}

/// Returns `true` if a text is truncated base64.
fn is_truncated(encoded: &str) -> bool {
    encoded.len() < BASE64_LEN
        && encoded
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// Length of an unpadded base64 signature.
const BASE64_LEN: usize = (SIGNATURE_BYTES * 8).div_ceil(6);

/// Returns the priority of a reason. Of several invalid entries, the error reports the one that
/// came closest to being valid.
fn rank(reason: &WebhookError) -> u8 {
    match reason {
        WebhookError::TruncatedSignature => 2,
        WebhookError::UnknownVersion => 1,
        _ => 0,
    }
}
