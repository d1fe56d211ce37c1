//! The scheme of Standard Webhooks.

use std::time::SystemTime;

use base64::Engine as _;
use http::HeaderMap;

use super::key::{BASE64, Keys};
use super::{SIGNATURE, WebhookError, check_time, is_signed, text};

pub(super) const ID: &str = "webhook-id";
const TIMESTAMP: &str = "webhook-timestamp";
const SIGNATURES: &str = "webhook-signature";

/// Whether a delivery claims to follow this scheme.
pub(super) fn is_meant(headers: &HeaderMap) -> bool {
    [ID, TIMESTAMP, SIGNATURES]
        .iter()
        .any(|name| headers.contains_key(*name))
}

/// Checks a delivery: secrets, headers, time, signatures.
pub(super) fn verify(
    keys: &Keys,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<(), WebhookError> {
    let keys = keys.decoded()?;
    let (id, timestamp) = (text(headers, ID)?, text(headers, TIMESTAMP)?);
    let entries = entries(headers)?;
    check_time(timestamp, now)?;
    let parts: [&[u8]; 5] = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
    let mut worst = WebhookError::MalformedSignature;
    for entry in entries {
        match read(entry) {
            Ok(signature) => {
                // Every key is tried, so that the time does not tell which one is right.
                if keys.iter().fold(false, |found, key| {
                    found | is_signed(key, &parts, &signature)
                }) {
                    return Ok(());
                }
                worst = WebhookError::NoMatch;
            }
            Err(reason) if rank(&reason) > rank(&worst) => worst = reason,
            Err(_) => {}
        }
    }
    Err(worst)
}

/// The entries of the list, of however many lines.
fn entries(headers: &HeaderMap) -> Result<Vec<&str>, WebhookError> {
    let mut entries = Vec::new();
    for line in headers.get_all(SIGNATURES) {
        let line = line.to_str();
        let line = line.map_err(|_| WebhookError::MalformedHeader(SIGNATURES))?;
        entries.extend(line.split_ascii_whitespace());
    }
    match entries.is_empty() {
        true => Err(WebhookError::MissingHeader(SIGNATURES)),
        false => Ok(entries),
    }
}

/// Reads an entry of the list, `v1,<base64>`.
fn read(entry: &str) -> Result<[u8; SIGNATURE], WebhookError> {
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
        WebhookError::NoMatch => 3,
        WebhookError::TruncatedSignature => 2,
        WebhookError::UnknownVersion => 1,
        _ => 0,
    }
}
