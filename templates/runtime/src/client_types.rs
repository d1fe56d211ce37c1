//! The client types of an SDK that depends on this crate.
//!
//! An SDK gives its client methods of its own, which Rust allows only for a type of the same crate.
//! With a copy of the runtime, [`Client`](crate::Client) and
//! [`ClientBuilder`](crate::ClientBuilder) are such types. Without one, this macro declares types
//! that wrap them. A test compares their methods with those of the wrapped types.

/// Declares `Client` and `ClientBuilder`.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_types {
    () => {
        /// A client of the API.
        ///
        /// Clones share the connections and the options of their original, and cost next to
        /// nothing. All methods of [`runtime::Client`](crate::runtime::Client) can be called, too.
        #[derive(Clone)]
        pub struct Client($crate::Client);

        impl Client {
            /// Returns a builder with the options of this client.
            ///
            /// Clients that it builds share the connections and access tokens of this one. The
            /// environment is not read again.
            pub fn to_builder(&self) -> ClientBuilder {
                ClientBuilder(self.0.to_builder())
            }

            /// Returns a client with the options of this one, except those that `change` sets.
            ///
            /// # Errors
            ///
            /// [`Error::Config`](crate::Error::Config) if an option is invalid.
            pub fn with_options(
                &self,
                change: impl ::std::ops::FnOnce(ClientBuilder) -> ClientBuilder,
            ) -> ::std::result::Result<Self, $crate::Error> {
                change(self.to_builder()).build()
            }
        }

        impl ::std::ops::Deref for Client {
            type Target = $crate::Client;

            fn deref(&self) -> &$crate::Client {
                &self.0
            }
        }

        impl ::std::fmt::Debug for Client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        /// Collects the options of a [`Client`].
        ///
        /// [`build`](Self::build) reads the options that are not set here from their environment
        /// variables, if they have some. Blank variables count as unset.
        #[derive(Clone)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder($crate::ClientBuilder);

        impl ::std::fmt::Debug for ClientBuilder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl ClientBuilder {
            /// Creates a builder with the defaults of an API.
            #[doc(hidden)]
            pub fn new(api: &'static $crate::__private::Api) -> Self {
                Self($crate::ClientBuilder::new(api))
            }

            /// Sets a credential by the name of its option.
            #[doc(hidden)]
            pub fn credential(
                self,
                option: &'static str,
                value: impl Into<$crate::Secret>,
            ) -> Self {
                Self(self.0.credential(option, value))
            }

            /// Makes all calls without credentials, for a server that needs none although the API description
            /// asks for them.
            ///
            /// No credential is required, and none is read from the environment. A credential that is set
            /// later takes effect again. [`Request::anonymous`](crate::runtime::Request::anonymous) does the
            /// same for one call.
            pub fn anonymous(self) -> Self {
                Self(self.0.anonymous())
            }

            /// Takes access tokens from a provider, instead of configured tokens and client secrets.
            ///
            /// The provider serves every security scheme that sends a token in the `Authorization` header.
            pub fn token_provider(self, provider: impl $crate::auth::TokenProvider) -> Self {
                Self(self.0.token_provider(provider))
            }

            /// Requests access tokens from this URL instead of the token endpoint of the API.
            ///
            /// The URL must use https, or point to this machine. Falls back to the environment variable
            /// `{PREFIX}_TOKEN_URL`.
            pub fn token_url(self, url: impl Into<::std::string::String>) -> Self {
                Self(self.0.token_url(url))
            }

            /// Requests access tokens with these scopes instead of the scopes of the API (RFC 6749, 3.3).
            pub fn token_scopes(
                self,
                scopes: impl IntoIterator<Item = impl Into<::std::string::String>>,
            ) -> Self {
                Self(self.0.token_scopes(scopes))
            }

            /// Adds a parameter to the request for an access token, such as `audience`.
            pub fn token_param(
                self,
                name: impl Into<::std::string::String>,
                value: impl Into<::std::string::String>,
            ) -> Self {
                Self(self.0.token_param(name, value))
            }

            /// Chooses where the request for an access token carries the client id and secret (RFC 6749,
            /// 2.3.1).
            pub fn client_authentication(
                self,
                location: $crate::auth::ClientAuthentication,
            ) -> Self {
                Self(self.0.client_authentication(location))
            }

            /// Sends all calls to this URL. A slash at its end makes no difference.
            ///
            /// Falls back to the environment variable `{PREFIX}_BASE_URL`, then to the server that
            /// [`environment`](Self::environment) names. The last call of the two methods takes effect.
            pub fn base_url(self, url: impl Into<::std::string::String>) -> Self {
                Self(self.0.base_url(url))
            }

            /// Selects one of the API's servers by its name, and drops a [`base_url`](Self::base_url) that was
            /// set before.
            ///
            /// An operation that declares a server of its own is still sent to that server.
            pub fn environment(self, name: impl Into<::std::string::String>) -> Self {
                Self(self.0.environment(name))
            }

            /// Limits the duration of each attempt, including the reading of its response.
            pub fn timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// Sets the maximum number of retries of a call. With 0, each call is made once.
            pub fn max_retries(self, retries: u32) -> Self {
                Self(self.0.max_retries(retries))
            }

            /// Sets the delay before a retry, where the server asks for none.
            ///
            /// The first delay is `first`. It doubles with each retry, up to `longest`.
            pub fn retry_delays(
                self,
                first: ::std::time::Duration,
                longest: ::std::time::Duration,
            ) -> Self {
                Self(self.0.retry_delays(first, longest))
            }

            /// Sets a client option by its name.
            #[doc(hidden)]
            pub fn client_option(
                self,
                option: &'static str,
                value: impl ::std::fmt::Display,
            ) -> Self {
                Self(self.0.client_option(option, value))
            }

            /// Sets the maximum size of a response body, in bytes. The default is 64 MiB.
            pub fn max_response_bytes(self, limit: usize) -> Self {
                Self(self.0.max_response_bytes(limit))
            }

            /// Sends a header with every call, instead of the value that the SDK sets.
            ///
            /// Falls back to the environment variable `{PREFIX}_CUSTOM_HEADERS`, which holds one
            /// `Name: value` per line.
            pub fn default_header(
                self,
                name: impl Into<::std::string::String>,
                value: impl Into<::std::string::String>,
            ) -> Self {
                Self(self.0.default_header(name, value))
            }

            /// Removes a header that the SDK sets from every call.
            pub fn remove_header(self, name: impl Into<::std::string::String>) -> Self {
                Self(self.0.remove_header(name))
            }

            /// Sends a query parameter with every call. It replaces an earlier value of the same name.
            pub fn default_query(
                self,
                name: impl Into<::std::string::String>,
                value: impl ::std::fmt::Display,
            ) -> Self {
                Self(self.0.default_query(name, value))
            }

            /// Removes a query parameter that [`default_query`](Self::default_query) set.
            pub fn remove_query(self, name: impl AsRef<str>) -> Self {
                Self(self.0.remove_query(name))
            }

            /// Sets whether each retry carries its number in `X-Retry-Count`. The default is `true`.
            pub fn retry_count_header(self, on: bool) -> Self {
                Self(self.0.retry_count_header(on))
            }

            /// Sends requests through another [`Transport`](crate::runtime::Transport).
            pub fn transport(self, transport: impl $crate::Transport) -> Self {
                Self(self.0.transport(transport))
            }

            /// Sends requests through a configured `reqwest` client, for example one with a proxy or
            /// certificates.
            ///
            /// Build it with `redirect::Policy::none()`. The SDK follows redirects itself, and sends
            /// credentials to no other origin.
            #[cfg(feature = "reqwest")]
            pub fn http_client(self, client: $crate::reqwest::Client) -> Self {
                Self(self.0.http_client(client))
            }

            /// Reads environment variables through `lookup`. Pass `|_| None` to ignore the environment.
            pub fn env(
                self,
                lookup: impl Fn(&str) -> ::std::option::Option<::std::string::String>
                + Send
                + Sync
                + 'static,
            ) -> Self {
                Self(self.0.env(lookup))
            }

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// [`Error::Config`](crate::runtime::Error::Config) if a required option is missing or an option
            /// is invalid.
            pub fn build(self) -> ::std::result::Result<Client, $crate::Error> {
                self.0.build().map(Client)
            }

            /// Sets the secret that signs webhook deliveries.
            #[cfg(feature = "webhook")]
            pub fn webhook_secret(self, secret: impl Into<$crate::Secret>) -> Self {
                Self(self.0.webhook_secret(secret))
            }

            /// Sets several secrets. A delivery may be signed with any of them, for example while one replaces
            /// another.
            #[cfg(feature = "webhook")]
            pub fn webhook_secrets(
                self,
                secrets: impl IntoIterator<Item = impl Into<$crate::Secret>>,
            ) -> Self {
                Self(self.0.webhook_secrets(secrets))
            }

            /// Verifies webhook deliveries with a custom verifier instead of secrets.
            ///
            /// Use it for an API whose signature scheme this SDK does not support.
            #[cfg(feature = "webhook")]
            pub fn webhook_verifier(self, verifier: impl $crate::WebhookVerifier) -> Self {
                Self(self.0.webhook_verifier(verifier))
            }
        }
    };
}
