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
    /// Adds a secret, unless it is none: a key of no bytes would let anyone sign. The space around
    /// it, such as the end of the line in a file, is no part of it.
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

    /// The secrets' own bytes, prefix and all.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|secret| secret.as_bytes())
    }

    /// The bytes that the secrets encode.
    ///
    /// One that encodes none may be there for the older scheme: it is an error only if it is the
    /// same with all of them.
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
