//! The scheme that signs the body and nothing else.

use http::HeaderMap;

use super::key::Keys;
use super::{WebhookError, check_signatures, header_text, legacy};

/// Checks a delivery: header, signature. There is no time to check.
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
