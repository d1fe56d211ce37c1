//! The builder for a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::environment_variables::EnvironmentVariables;
use crate::runtime::api::{Api, Backoff};
use crate::runtime::auth::{ClientAuthentication, TokenProvider, Tokens};
use crate::runtime::client::Client;
use crate::runtime::error::Error;
#[cfg(feature = "reqwest")]
use crate::runtime::reqwest_transport::ReqwestTransport;
use crate::runtime::secret::Secret;
use crate::runtime::transport::Transport;

mod client_options;
mod environment_variables;
mod headers;
mod resolve;
mod tokens;

/// A builder for a [`Client`].
///
/// Options that are not set here are read from their environment variables when
/// [`build`](Self::build) is called. Blank variables count as unset.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static Api,
    credentials: Vec<(&'static str, Secret)>,
    /// Whether calls are sent without credentials.
    is_anonymous: bool,
    oauth: OAuthOptions,
    /// Tokens of the client that this builder was created from.
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
    env: EnvironmentVariables,
    option_values: Vec<(&'static str, String)>,
    retry_delays: Option<Backoff>,
}

/// Options for obtaining access tokens.
#[derive(Clone, Default)]
struct OAuthOptions {
    provider: Option<Arc<dyn TokenProvider>>,
    token_url: Option<String>,
    scopes: Option<Vec<String>>,
    params: Vec<(String, String)>,
    authentication: ClientAuthentication,
}

impl ClientBuilder {
    /// Creates a builder with the defaults of an API.
    #[doc(hidden)]
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
            env: EnvironmentVariables::new(|name| std::env::var(name).ok()),
            option_values: Vec::new(),
            retry_delays: None,
        }
    }

    /// Sets a credential by the name of its option.
    #[doc(hidden)]
    pub fn credential(mut self, option: &'static str, value: impl Into<Secret>) -> Self {
        self.credentials.retain(|(name, _)| *name != option);
        self.credentials.push((option, value.into()));
        self.is_anonymous = false;
        self
    }

    /// Makes all calls without credentials, for a server that needs none although the API description
    /// asks for them.
    ///
    /// No credential is required, and none is read from the environment. A credential that is set
    /// later takes effect again. [`Request::anonymous`](crate::runtime::Request::anonymous) does the
    /// same for one call.
    pub fn anonymous(mut self) -> Self {
        self.credentials.clear();
        self.oauth.provider = None;
        self.is_anonymous = true;
        self
    }

    /// Takes access tokens from a provider, instead of configured tokens and client secrets.
    ///
    /// The provider serves every security scheme that sends a token in the `Authorization` header.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.oauth.provider = Some(Arc::new(provider));
        self.is_anonymous = false;
        self
    }

    /// Requests access tokens from this URL instead of the token endpoint of the API.
    ///
    /// The URL must use https, or point to this machine. Falls back to the environment variable
    /// `{PREFIX}_TOKEN_URL`.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.oauth.token_url = Some(url.into());
        self
    }

    /// Requests access tokens with these scopes instead of the scopes of the API (RFC 6749, 3.3).
    pub fn token_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.oauth.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a parameter to the request for an access token, such as `audience`.
    pub fn token_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.oauth.params.push((name.into(), value.into()));
        self
    }

    /// Chooses where the request for an access token carries the client id and secret (RFC 6749,
    /// 2.3.1).
    #[inline]
    pub fn client_authentication(mut self, location: ClientAuthentication) -> Self {
        self.oauth.authentication = location;
        self
    }

    /// Sends all calls to this URL. A slash at its end makes no difference.
    ///
    /// Falls back to the environment variable `{PREFIX}_BASE_URL`, then to the server that
    /// [`environment`](Self::environment) names. The last call of the two methods takes effect.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Selects one of the API's servers by its name, and drops a [`base_url`](Self::base_url) that was
    /// set before.
    ///
    /// An operation that declares a server of its own is still sent to that server.
    pub fn environment(mut self, name: impl Into<String>) -> Self {
        self.base_url = None;
        self.environment = Some(name.into());
        self
    }

    /// Limits the duration of each attempt, including the reading of its response.
    #[inline]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sets the maximum number of retries of a call. With 0, each call is made once.
    #[inline]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = Some(retries);
        self
    }

    /// Sets the delay before a retry, where the server asks for none.
    ///
    /// The first delay is `first`. It doubles with each retry, up to `longest`.
    #[inline]
    pub fn retry_delays(mut self, first: Duration, longest: Duration) -> Self {
        self.retry_delays = Some(Backoff { first, longest });
        self
    }

    /// Sets a client option by its name.
    #[doc(hidden)]
    pub fn client_option(mut self, option: &'static str, value: impl fmt::Display) -> Self {
        self.option_values.retain(|(name, _)| *name != option);
        self.option_values.push((option, value.to_string()));
        self
    }

    /// Sets the maximum size of a response body, in bytes. The default is 64 MiB.
    #[inline]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Sends a header with every call, instead of the value that the SDK sets.
    ///
    /// Falls back to the environment variable `{PREFIX}_CUSTOM_HEADERS`, which holds one
    /// `Name: value` per line.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.removed
            .retain(|removed| !removed.eq_ignore_ascii_case(&name));
        self.headers.push((name, value.into()));
        self
    }

    /// Removes a header that the SDK sets from every call.
    pub fn remove_header(mut self, name: impl Into<String>) -> Self {
        self.removed.push(name.into());
        self
    }

    /// Sends a query parameter with every call. It replaces an earlier value of the same name.
    pub fn default_query(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        let name = name.into();
        let mut this = self.remove_query(&name);
        this.query.push((name, value.to_string()));
        this
    }

    /// Removes a query parameter that [`default_query`](Self::default_query) set.
    pub fn remove_query(mut self, name: impl AsRef<str>) -> Self {
        self.query.retain(|(known, _)| known != name.as_ref());
        self
    }

    /// Sets whether each retry carries its number in `X-Retry-Count`. The default is `true`.
    #[inline]
    pub fn retry_count_header(mut self, on: bool) -> Self {
        self.counts_retries = on;
        self
    }

    /// Sends requests through another [`Transport`](crate::runtime::Transport).
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends requests through a configured `reqwest` client, for example one with a proxy or
    /// certificates.
    ///
    /// Build it with `redirect::Policy::none()`. The SDK follows redirects itself, and sends
    /// credentials to no other origin.
    #[cfg(feature = "reqwest")]
    #[inline]
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(ReqwestTransport::from(client))
    }

    /// Reads environment variables through `lookup`. Pass `|_| None` to ignore the environment.
    pub fn env(mut self, lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        self.env = EnvironmentVariables::new(lookup);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::runtime::Error::Config) if a required option is missing or an option
    /// is invalid.
    #[inline]
    pub fn build(mut self) -> Result<Client, Error> {
        self.env.remember();
        let config = resolve::resolve(&self)?;
        let transport = match self.transport.take() {
            Some(transport) => transport,
            None => default_transport()?,
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
    /// Omits credentials and header values.
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

/// Returns the transport of a client that sets none.
#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    let transport = ReqwestTransport::new().map_err(crate::runtime::ConfigError::transport)?;
    Ok(Arc::new(transport))
}

/// Returns a transport that sends nothing. Such a client can still build requests for programs that do
/// their own I/O.
#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(crate::runtime::transport::MissingTransport))
}
