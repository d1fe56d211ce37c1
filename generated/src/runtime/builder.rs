//! The options of a client, as callers set them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::variables::Variables;
use crate::runtime::api::{Api, Backoff};
use crate::runtime::auth::{ClientAuthentication, TokenProvider, Tokens};
use crate::runtime::client::Client;
use crate::runtime::error::Error;
use crate::runtime::reqwest_transport::ReqwestTransport;
use crate::runtime::secret::Secret;
use crate::runtime::transport::Transport;

mod resolve;
mod settings;
mod tokens;
mod variables;

/// Collects the options of a [`Client`].
///
/// An option that is not set here is taken from its environment variable, if it has one,
/// when [`build`](Self::build) is called. Blank variables count as unset.
#[derive(Clone)]
#[must_use = "a builder makes no client until `build` is called"]
pub struct ClientBuilder {
    api: &'static Api,
    credentials: Vec<(&'static str, Secret)>,
    /// Whether no call proves who makes it.
    is_anonymous: bool,
    oauth: OAuthOptions,
    /// The tokens of the client that this builder comes from.
    tokens: Vec<Arc<Tokens>>,
    base_url: Option<String>,
    environment: Option<String>,
    headers: Vec<(String, String)>,
    removed: Vec<String>,
    query: Vec<(String, String)>,
    timeout: Option<Duration>,
    max_retries: Option<u32>,
    max_response_bytes: usize,
    counts_retries: bool,
    #[cfg(feature = "webhook")]
    pub(crate) webhook_secrets: Vec<Secret>,
    #[cfg(feature = "webhook")]
    pub(crate) webhook_verifier: Option<crate::runtime::webhook::Verifier>,
    transport: Option<Arc<dyn Transport>>,
    env: Variables,
    settings: Vec<(&'static str, String)>,
    retry_delays: Option<Backoff>,
}

/// How access tokens are had.
#[derive(Clone, Default)]
struct OAuthOptions {
    provider: Option<Arc<dyn TokenProvider>>,
    token_url: Option<String>,
    scopes: Option<Vec<String>>,
    params: Vec<(String, String)>,
    authentication: ClientAuthentication,
}

impl ClientBuilder {
    /// Starts from the defaults of an API.
    #[inline]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            credentials: Vec::new(),
            is_anonymous: false,
            oauth: OAuthOptions::default(),
            tokens: Vec::new(),
            base_url: None,
            environment: None,
            headers: Vec::new(),
            removed: Vec::new(),
            query: Vec::new(),
            timeout: None,
            max_retries: None,
            max_response_bytes: 64 << 20,
            counts_retries: true,
            #[cfg(feature = "webhook")]
            webhook_secrets: Vec::new(),
            #[cfg(feature = "webhook")]
            webhook_verifier: None,
            transport: None,
            env: Variables::new(|name| std::env::var(name).ok()),
            settings: Vec::new(),
            retry_delays: None,
        }
    }

    /// Sets a credential by the name of its option.
    pub fn credential(mut self, option: &'static str, value: impl Into<Secret>) -> Self {
        self.credentials.retain(|(name, _)| *name != option);
        self.credentials.push((option, value.into()));
        self.is_anonymous = false;
        self
    }

    /// Makes a client whose calls carry no credentials, for a server that asks for none although the
    /// API's description does.
    ///
    /// No credential is required, and none is taken from the environment. One that is set after
    /// this ends it. For one call there is [`Request::anonymous`](crate::runtime::Request::anonymous).
    pub fn anonymous(mut self) -> Self {
        self.credentials.clear();
        self.oauth.provider = None;
        self.is_anonymous = true;
        self
    }

    /// Takes access tokens from a provider, in place of tokens and client secrets that are set here.
    ///
    /// It serves every scheme that sends a token in the `Authorization` header.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.oauth.provider = Some(Arc::new(provider));
        self.is_anonymous = false;
        self
    }

    /// Asks for access tokens at this URL, in place of the one that the API names.
    ///
    /// It must be https, or on this machine. Falls back to the variable `{PREFIX}_TOKEN_URL`.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.oauth.token_url = Some(url.into());
        self
    }

    /// Asks for access tokens with these scopes, in place of those that the API names.
    pub fn token_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.oauth.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sends one more parameter with the request for an access token, such as `audience`.
    pub fn token_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.oauth.params.push((name.into(), value.into()));
        self
    }

    /// Chooses where the request for an access token has the client's id and secret.
    #[inline]
    pub fn client_authentication(mut self, place: ClientAuthentication) -> Self {
        self.oauth.authentication = place;
        self
    }

    /// Sends all calls to this URL, with or without a slash at its end.
    ///
    /// Falls back to the variable `{PREFIX}_BASE_URL`, then to the environment. Of this option and
    /// [`environment`](Self::environment), the one that is set last counts.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Chooses one of the API's servers by its name, in place of a [`base_url`](Self::base_url) that
    /// was set before.
    ///
    /// Operations that have a server of their own are sent to that one still.
    pub fn environment(mut self, name: impl Into<String>) -> Self {
        self.base_url = None;
        self.environment = Some(name.into());
        self
    }

    /// Limits how long each attempt of a call may take, the reading of its answer included.
    #[inline]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Limits how often a failed call is repeated; with 0 it is made once.
    #[inline]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = Some(retries);
        self
    }

    /// Sets how long to wait before a call is repeated, where the server does not say: `first`, then
    /// twice as long each time, at most `longest`.
    #[inline]
    pub fn retry_delays(mut self, first: Duration, longest: Duration) -> Self {
        self.retry_delays = Some(Backoff { first, longest });
        self
    }

    /// Sets an option of this API by its name.
    pub fn setting(mut self, option: &'static str, value: impl fmt::Display) -> Self {
        self.settings.retain(|(name, _)| *name != option);
        self.settings.push((option, value.to_string()));
        self
    }

    /// Limits the size of an answer's body; 64 MiB by default.
    #[inline]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Sends a header with every call, in place of one that the SDK sets.
    ///
    /// Falls back to the variable `{PREFIX}_CUSTOM_HEADERS`, which holds one `Name: value` a line.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.removed
            .retain(|removed| !removed.eq_ignore_ascii_case(&name));
        self.headers.push((name, value.into()));
        self
    }

    /// Leaves a header that the SDK sets out of every call.
    pub fn remove_header(mut self, name: impl Into<String>) -> Self {
        self.removed.push(name.into());
        self
    }

    /// Sends a query parameter with every call, in place of one of this name that was set before.
    pub fn default_query(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        let name = name.into();
        let mut this = self.remove_query(&name);
        this.query.push((name, value.to_string()));
        this
    }

    /// Sends a parameter of [`default_query`](Self::default_query) no more.
    pub fn remove_query(mut self, name: impl AsRef<str>) -> Self {
        self.query.retain(|(known, _)| known != name.as_ref());
        self
    }

    /// Chooses whether attempts tell their number in `X-Retry-Count`; they do by default.
    #[inline]
    pub fn retry_count_header(mut self, on: bool) -> Self {
        self.counts_retries = on;
        self
    }

    /// Sends requests by another transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends requests by a `reqwest` client of one's own, for proxies, certificates and the like.
    ///
    /// It should be built with `redirect::Policy::none()`: this SDK follows redirects itself,
    /// and keeps credentials from other origins.
    #[inline]
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(ReqwestTransport::from(client))
    }

    /// Looks environment variables up elsewhere; `|_| None` ignores the environment.
    pub fn env(mut self, lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        self.env = Variables::new(lookup);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when a required option is missing or one cannot be used.
    #[inline]
    pub fn build(mut self) -> Result<Client, Error> {
        self.env.remember();
        let config = resolve::resolve(&self)?;
        let transport = match self.transport.take() {
            Some(transport) => transport,
            None => {
                Arc::new(ReqwestTransport::new().map_err(crate::runtime::ConfigError::transport)?)
            }
        };
        self.transport = Some(Arc::clone(&transport));
        self.tokens = config
            .tokens
            .iter()
            .map(|(_, tokens)| Arc::clone(tokens))
            .collect();
        Ok(Client::new(config, transport, self))
    }
}

impl fmt::Debug for ClientBuilder {
    /// Leaves out credentials and the values of headers.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("credentials", &self.credentials)
            .field("environment", &self.environment)
            .field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            )
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}
