//! The scheme of Standard Webhooks.

use std::time::SystemTime;

use base64::Engine as _;
use http::HeaderMap;

use super::key::{BASE64, Keys};
use super::scheme::WebhookHeaders;
use super::{
    MAX_SIGNATURE_BYTES, MAX_SIGNATURES, SIGNATURE, WebhookError, check_signatures, check_time,
    header_text,
};

/// Checks a delivery: secrets, headers, time, signatures.
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
        // With one, `{id}.{timestamp}` could be cut in two places.
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

/// The entries of the list, of however many lines.
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

/// Reads an entry of the list, `v1,<base64>`.
fn decode_signature(entry: &str) -> Result<[u8; SIGNATURE], WebhookError> {
    let (version, encoded) = entry
        .split_once(',')
        .ok_or(WebhookError::MalformedSignature)?;
    if version != "v1" {
        return Err(WebhookError::UnknownVersion);
    }
    // Where a proxy made one line of several, there is a comma between.
    let encoded = encoded.trim_end_matches(',');
    match BASE64.decode(encoded) {
        Ok(bytes) => bytes
            .try_into()
            .map_err(|_| WebhookError::TruncatedSignature),
        Err(_) if is_cut(encoded) => Err(WebhookError::TruncatedSignature),
        Err(_) => Err(WebhookError::MalformedSignature),
    }
}

/// Whether a text is base64 as far as it goes.
fn is_cut(encoded: &str) -> bool {
    encoded.len() < BASE64_LEN
        && encoded
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// The length of a signature in base64, unpadded.
const BASE64_LEN: usize = (SIGNATURE * 8).div_ceil(6);

/// How much a reason says: of several entries, the one that came closest is told.
fn rank(reason: &WebhookError) -> u8 {
    match reason {
        WebhookError::TruncatedSignature => 2,
        WebhookError::UnknownVersion => 1,
        _ => 0,
    }
}
