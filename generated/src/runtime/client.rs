//! The client that all calls go through.

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
/// A clone shares the connections and options of its original and costs next to nothing.
#[derive(Clone)]
pub struct Client {
    /// A field, so that no method of generated code can clash with it.
    pub(crate) shared: Arc<Shared>,
}

/// What the clones of a client share.
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) transport: Arc<dyn Transport>,
    /// The options that the client was made of, its transport and tokens among them.
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

    /// A builder with the options of this client, for one that differs from it.
    ///
    /// What that builder makes shares the connections and the access tokens of this client. The
    /// environment is not looked at again.
    pub fn to_builder(&self) -> ClientBuilder {
        self.shared.options.clone()
    }

    /// A client like this one but for the options that `change` sets; this one stays as it is.
    ///
    /// ```text
    /// let patient = client.with_options(|options| options.timeout(Duration::from_secs(600)))?;
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when an option cannot be used.
    pub fn with_options(
        &self,
        change: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<Self, Error> {
        change(self.to_builder()).build()
    }

    /// The URL that calls are sent to.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.shared.config.base_url.as_str()
    }

    /// Calls any path of the API with `GET`, documented or not.
    ///
    /// The path is sent as it is written, its query included, so ids in it must be encoded already.
    /// The answer is JSON of any form, and [`Request::cast`] asks for a type instead.
    pub fn get(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::GET, path)
    }

    /// Calls any path of the API with `POST`; see [`get`](Self::get) and [`Request::json`].
    pub fn post(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::POST, path)
    }

    /// Calls any path of the API with `PUT`; see [`get`](Self::get) and [`Request::json`].
    pub fn put(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::PUT, path)
    }

    /// Calls any path of the API with `PATCH`; see [`get`](Self::get) and [`Request::json`].
    pub fn patch(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::PATCH, path)
    }

    /// Calls any path of the API with `DELETE`; see [`get`](Self::get).
    pub fn delete(&self, path: impl Into<String>) -> Request<'_, Value> {
        self.request(Method::DELETE, path)
    }

    /// Calls any path of the API with any method; see [`get`](Self::get).
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request<'_, Value> {
        Request::with_path(self, method, path.into().into())
    }
}

impl fmt::Debug for Client {
    /// Leaves out credentials and the values of headers.
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
