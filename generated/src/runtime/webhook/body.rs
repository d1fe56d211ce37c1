//! The scheme that signs only the body.

use http::HeaderMap;

use super::key::Keys;
use super::{WebhookError, check_signatures, header_text, legacy};

/// Verifies a delivery: its header and its signature. This scheme has no timestamp.
pub(super) fn verify(
    keys: &Keys,
    header: &'static str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), WebhookError> {
    let signature = header_text(headers, header)?;
    let hex = signature.strip_prefix("sha256=");
    let signature = legacy::decode_signature(hex.ok_or(WebhookError::UnknownVersion)?)?;
    check_signatures(keys.texts(), &[body], &[signature])
}
