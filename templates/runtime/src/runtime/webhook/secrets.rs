//! The secrets of a client, for its webhooks.

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
    /// [`Error::Webhook`] if the signature is not valid, or if the body has another type.
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

    /// Reads the body of a delivery without checking that it is genuine.
    ///
    /// # Errors
    ///
    /// [`Error::Webhook`] if the body is not of the expected form.
    pub fn unwrap_webhook_unverified<T: Decode>(&self, body: &[u8]) -> Result<T, Error> {
        Ok(super::decode_event(body)?)
    }

    /// The secret that webhooks are signed with; of several, the first.
    #[must_use]
    pub fn webhook_secret(&self) -> Option<&Secret> {
        self.webhook_secrets().first()
    }

    /// The secrets that webhooks may be signed with.
    #[must_use]
    pub fn webhook_secrets(&self) -> &[Secret] {
        &self.shared.config.webhook_secrets
    }
}

/// Those that are set, or else the one of the environment.
pub(crate) fn secrets(set: &[Secret], env: Option<String>) -> Vec<Secret> {
    if set.is_empty() {
        return env.map(Secret::from).into_iter().collect();
    }
    set.to_vec()
}
