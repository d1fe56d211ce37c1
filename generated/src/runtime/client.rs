//! The client that sends all calls.

use std::fmt;
use std::sync::Arc;

use http::Method;
use serde_json::Value;

use crate::runtime::builder::ClientBuilder;
use crate::runtime::config::Config;
use crate::runtime::error::Error;
use crate::runtime::request::Request;
use crate::runtime::transport::Transport;

/// A client of the API.
///
/// Clones share the connections and options of the original. Cloning is cheap.
#[derive(Clone)]
pub struct Client {
    /// A field instead of methods, so that generated methods cannot conflict with it.
    pub(crate) shared: Arc<Shared>,
}

/// State that the clones of a client share.
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) transport: Arc<dyn Transport>,
    /// Options that the client was built with, including its transport and tokens.
    pub(crate) options: ClientBuilder,
}

impl Client {
    pub(crate) fn new(
        config: Config,
        transport: Arc<dyn Transport>,
        options: ClientBuilder,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                config,
                transport,
                options,
            }),
        }
    }

    /// Returns a builder with the options of this client.
    ///
    /// Clients that it builds share the connections and access tokens of this one. The environment
    /// is not read again.
    pub fn to_builder(&self) -> ClientBuilder {
        self.shared.options.clone()
    }

    /// Returns a client with the options that `change` sets. All other options are those of this
    /// client.
    ///
    /// ```text
    /// let patient = client.with_options(|options| options.timeout(Duration::from_secs(600)))?;
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if an option is invalid.
    pub fn with_options(
        &self,
        change: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<Self, Error> {
        change(self.to_builder()).build()
    }

    /// Returns the base URL of calls.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.shared.config.base_url.as_str()
    }

    /// Makes a `GET` request to any path of the API, documented or not.
    ///
    /// The path may have a query. It is sent as it is, so values in it must already be
    /// percent-encoded. The response is JSON of any type; [`Request::cast`] selects another type.
    pub fn get(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::GET, path)
    }

    /// Makes a `POST` request to any path of the API; see [`get`](Self::get) and [`Request::json`].
    pub fn post(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::POST, path)
    }

    /// Makes a `PUT` request to any path of the API; see [`get`](Self::get) and [`Request::json`].
    pub fn put(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::PUT, path)
    }

    /// Makes a `PATCH` request to any path of the API; see [`get`](Self::get) and [`Request::json`].
    pub fn patch(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::PATCH, path)
    }

    /// Makes a `DELETE` request to any path of the API; see [`get`](Self::get).
    pub fn delete(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::DELETE, path)
    }

    /// Makes a request with any method to any path of the API; see [`get`](Self::get).
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request<'_, Value> {
        Request::with_path(self, method, path.into().into())
    }
}

impl fmt::Debug for Client {
    /// Omits credentials and header values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = &self.shared.config;
        f.debug_struct("Client")
            .field("api", &config.api.name)
            .field("base_url", &self.base_url())
            .field("timeout", &config.timeout)
            .field("max_retries", &config.max_retries)
            .finish_non_exhaustive()
    }
}
