//! Secrets, in the two forms in which they are keys.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::zeroize::Zeroizing;

use super::WebhookError;

/// The prefix that tells people what a secret is for.
const PREFIX: &str = "whsec_";

/// Base64 with or without padding.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The secrets of a check.
#[derive(Default)]
pub(super) struct Keys(Vec<Zeroizing<String>>);

impl Keys {
    /// Adds a secret, unless it is none: a key of no bytes would let anyone sign.
    pub(super) fn add(&mut self, secret: &str) -> Result<(), WebhookError> {
        if secret.trim().is_empty() {
            return Err(WebhookError::EmptySecret);
        }
        if secret.trim() == PREFIX {
            return Err(WebhookError::BarePrefix);
        }
        self.0.push(Zeroizing::new(secret.to_owned()));
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The secrets' own bytes, prefix and all.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|secret| secret.as_bytes())
    }

    /// The bytes that the secrets encode.
    pub(super) fn decoded(&self) -> Result<Vec<Zeroizing<Vec<u8>>>, WebhookError> {
        self.0.iter().map(|secret| decode(secret)).collect()
    }
}

fn decode(secret: &str) -> Result<Zeroizing<Vec<u8>>, WebhookError> {
    let encoded = secret.strip_prefix(PREFIX).unwrap_or(secret);
    match BASE64.decode(encoded) {
        Ok(key) if key.is_empty() => Err(WebhookError::EmptySecret),
        Ok(key) => Ok(Zeroizing::new(key)),
        Err(_) => Err(WebhookError::MalformedSecret),
    }
}
