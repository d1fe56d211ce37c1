//! The secrets of a client, for its webhooks.

use crate::runtime::builder::ClientBuilder;
use crate::runtime::client::Client;
use crate::runtime::secret::Secret;

impl ClientBuilder {
    /// Sets the secret that webhooks are signed with.
    pub fn webhook_secret(self, secret: impl Into<Secret>) -> Self {
        self.webhook_secrets([secret.into()])
    }

    /// Sets several secrets, any of which webhooks may be signed with while one replaces another.
    pub fn webhook_secrets(mut self, secrets: impl IntoIterator<Item = impl Into<Secret>>) -> Self {
        self.webhook_secrets = secrets.into_iter().map(Into::into).collect();
        self
    }
}

impl Client {
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
