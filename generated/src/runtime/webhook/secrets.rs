//! A client's webhook secrets.

use std::sync::Arc;

use http::HeaderMap;

use super::scheme::WebhookVerifier;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::client::Client;
use crate::runtime::clock;
use crate::runtime::codec::Decode;
use crate::runtime::error::Error;
use crate::runtime::secret::Secret;

impl ClientBuilder {
    /// Sets the secret that signs webhook deliveries.
    pub fn webhook_secret(self, secret: impl Into<Secret>) -> Self {
        self.webhook_secrets([secret.into()])
    }

    /// Sets several secrets. A delivery may be signed with any of them, for example while one replaces
    /// another.
    pub fn webhook_secrets(mut self, secrets: impl IntoIterator<Item = impl Into<Secret>>) -> Self {
        self.webhook_secrets = secrets.into_iter().map(Into::into).collect();
        self
    }

    /// Verifies webhook deliveries with a custom verifier instead of secrets.
    ///
    /// Use it for an API whose signature scheme this SDK does not support.
    pub fn webhook_verifier(mut self, verifier: impl WebhookVerifier) -> Self {
        self.webhook_verifier = Some(Verifier(Arc::new(verifier)));
        self
    }
}

/// A custom verifier, which replaces the secrets.
#[derive(Clone)]
pub(crate) struct Verifier(Arc<dyn WebhookVerifier>);

impl Client {
    /// Verifies the signature of a delivery, then decodes its body.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Webhook`] if the signature is invalid, or if the body is not of type `T`.
    pub fn unwrap_webhook<T: Decode>(&self, headers: &HeaderMap, body: &[u8]) -> Result<T, Error> {
        let config = &self.shared.config;
        match &config.webhook_verifier {
            Some(Verifier(verifier)) => verifier.verify(headers, body),
            None => {
                let secrets = config.webhook_secrets.iter().map(Secret::expose);
                let scheme = config.api.webhook_scheme;
                super::verify_scheme(scheme, secrets, headers, body, clock::now())
            }
        }?;
        Ok(super::decode_event(body)?)
    }

    /// Decodes the body of a delivery without verifying it.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Webhook`] if the body is not of type `T`.
    pub fn unwrap_webhook_unverified<T: Decode>(&self, body: &[u8]) -> Result<T, Error> {
        Ok(super::decode_event(body)?)
    }

    /// Returns the signing secret of webhooks. If there are several, returns the first.
    #[must_use]
    pub fn webhook_secret(&self) -> Option<&Secret> {
        self.webhook_secrets().first()
    }

    /// Returns all signing secrets of webhooks.
    #[must_use]
    pub fn webhook_secrets(&self) -> &[Secret] {
        &self.shared.config.webhook_secrets
    }
}

/// Returns the secrets that are set, or the one from the environment.
pub(crate) fn secrets(set: &[Secret], env: Option<String>) -> Vec<Secret> {
    if set.is_empty() {
        return env.map(Secret::from).into_iter().collect();
    }
    set.to_vec()
}
