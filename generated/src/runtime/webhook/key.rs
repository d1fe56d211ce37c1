//! Conversion of secrets into keys.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::zeroize::Zeroizing;

use super::WebhookError;

/// Prefix that identifies webhook secrets.
const PREFIX: &str = "whsec_";

/// Base64 with or without padding.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The secrets for a verification.
#[derive(Default)]
pub(super) struct Keys(Vec<Zeroizing<String>>);

impl Keys {
    /// Adds a secret. An empty secret is rejected, because anyone could sign with an empty key.
    /// Surrounding whitespace is removed, such as the newline at the end of a file.
    pub(super) fn add(&mut self, secret: &str) -> Result<(), WebhookError> {
        let secret = secret.trim();
        if secret.is_empty() {
            return Err(WebhookError::EmptySecret);
        }
        if secret == PREFIX {
            return Err(WebhookError::BarePrefix);
        }
        self.0.push(Zeroizing::new(secret.to_owned()));
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the secrets as bytes, including the prefix.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|secret| secret.as_bytes())
    }

    /// Returns the base64-decoded secrets.
    ///
    /// A secret that is not base64 may be intended for the legacy scheme. It is an error only if no
    /// secret is base64.
    pub(super) fn decoded(&self) -> Result<Vec<Zeroizing<Vec<u8>>>, WebhookError> {
        let mut keys = Vec::new();
        let mut wrong = None;
        for secret in &self.0 {
            match decode(secret) {
                Ok(key) => keys.push(key),
                Err(error) => wrong = wrong.or(Some(error)),
            }
        }
        match wrong {
            Some(error) if keys.is_empty() => Err(error),
            _ => Ok(keys),
        }
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
