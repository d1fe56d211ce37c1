//! Lookup of the credentials and token sources that a client is configured with.

use std::sync::Arc;

use crate::runtime::auth::Tokens;
use crate::runtime::config::Config;
use crate::runtime::secret::Secret;

impl Config {
    /// Returns the credential that an option or its variable provides.
    #[inline]
    pub(crate) fn credential(&self, option: &str) -> Option<&Secret> {
        self.credentials
            .iter()
            .find(|(name, _)| *name == option)
            .map(|(_, secret)| secret)
    }

    /// Returns the token source of a scheme, if the client obtains tokens for it.
    #[inline]
    pub(crate) fn tokens(&self, scheme: &str) -> Option<&Arc<Tokens>> {
        self.tokens
            .iter()
            .find(|(name, _)| *name == scheme)
            .map(|(_, tokens)| tokens)
    }
}
