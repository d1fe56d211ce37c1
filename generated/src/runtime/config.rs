//! Resolved options of a client, from the builder, the environment and the API's defaults.

use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName};

use crate::runtime::api::{Api, Backoff};
use crate::runtime::auth::Tokens;
use crate::runtime::log::LogLevel;
use crate::runtime::query::Pair;
use crate::runtime::secret::Secret;
use crate::runtime::uri::BaseUrl;

/// The configuration that all calls of a client share.
pub(crate) struct Config {
    pub(crate) api: &'static Api,
    pub(crate) base_url: BaseUrl,
    /// Whether the base URL is one of the API's own. If so, operations may use their own server.
    pub(crate) base_url_is_own: bool,
    /// Credentials by option name.
    pub(crate) credentials: Vec<(&'static str, Secret)>,
    /// Whether calls are sent without credentials.
    pub(crate) is_anonymous: bool,
    /// Token sources by scheme name.
    pub(crate) tokens: Vec<(&'static str, Arc<Tokens>)>,
    /// Headers that authentication overrides: those of the SDK and of the API.
    pub(crate) own_headers: HeaderMap,
    /// Headers that override authentication: those of the environment and of the builder.
    pub(crate) headers: HeaderMap,
    pub(crate) removed: Vec<HeaderName>,
    pub(crate) query: Vec<Pair>,
    pub(crate) timeout: Duration,
    pub(crate) max_retries: u32,
    /// Whether the caller set the value, as opposed to the API's default.
    pub(crate) timeout_is_set: bool,
    pub(crate) max_retries_are_set: bool,
    pub(crate) backoff: Backoff,
    /// Default values of path parameters, percent-encoded.
    pub(crate) path: Vec<(&'static str, String)>,
    /// Default values of JSON body properties, as JSON.
    pub(crate) body_properties: Vec<(&'static str, Vec<u8>)>,
    /// Values of the variables in server URLs.
    pub(crate) variables: Vec<(&'static str, String)>,
    pub(crate) max_response_bytes: usize,
    pub(crate) counts_retries: bool,
    pub(crate) log: LogLevel,
    #[cfg(feature = "webhook")]
    pub(crate) webhook_secrets: Vec<Secret>,
    #[cfg(feature = "webhook")]
    pub(crate) webhook_verifier: Option<crate::runtime::webhook::Verifier>,
}
