//! The options of a client, resolved: what the builder, the environment and the API's
//! own defaults say together.

use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName};

use crate::runtime::api::{Api, Backoff};
use crate::runtime::auth::Tokens;
use crate::runtime::query::Pair;
use crate::runtime::secret::Secret;
use crate::runtime::uri::BaseUrl;

/// What every call of a client needs to know.
pub(crate) struct Config {
    pub(crate) api: &'static Api,
    pub(crate) base_url: BaseUrl,
    /// Whether the base URL is one of the API's own, so that operations may name another.
    pub(crate) base_url_is_own: bool,
    /// By the name of their option.
    pub(crate) credentials: Vec<(&'static str, Secret)>,
    /// Whether no call proves who makes it.
    pub(crate) is_anonymous: bool,
    /// By the name of their scheme.
    pub(crate) tokens: Vec<(&'static str, Arc<Tokens>)>,
    /// Headers below authentication: those of the SDK and of the API.
    pub(crate) own_headers: HeaderMap,
    /// Headers above authentication: those of the environment and the builder.
    pub(crate) headers: HeaderMap,
    pub(crate) removed: Vec<HeaderName>,
    pub(crate) query: Vec<Pair>,
    pub(crate) timeout: Duration,
    pub(crate) max_retries: u32,
    /// Whether those two are the caller's, and not the API's.
    pub(crate) timeout_is_set: bool,
    pub(crate) max_retries_are_set: bool,
    pub(crate) backoff: Backoff,
    /// What path parameters are that a call does not give, percent-encoded.
    pub(crate) path: Vec<(&'static str, String)>,
    /// What members of JSON bodies are that a call does not give, as JSON.
    pub(crate) members: Vec<(&'static str, Vec<u8>)>,
    /// What stands for the variables in the URLs of servers.
    pub(crate) variables: Vec<(&'static str, String)>,
    pub(crate) max_response_bytes: usize,
    pub(crate) counts_retries: bool,
    #[cfg(feature = "webhook")]
    pub(crate) webhook_secrets: Vec<Secret>,
    #[cfg(feature = "webhook")]
    pub(crate) webhook_verifier: Option<crate::runtime::webhook::Verifier>,
}

impl Config {
    /// The credential that an option or its variable gave.
    #[inline]
    pub(crate) fn credential(&self, option: &str) -> Option<&Secret> {
        self.credentials
            .iter()
            .find(|(name, _)| *name == option)
            .map(|(_, secret)| secret)
    }

    /// Where the tokens of a scheme come from, if the client gets them by itself.
    #[inline]
    pub(crate) fn tokens(&self, scheme: &str) -> Option<&Arc<Tokens>> {
        self.tokens
            .iter()
            .find(|(name, _)| *name == scheme)
            .map(|(_, tokens)| tokens)
    }
}
