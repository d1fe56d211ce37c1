//! Description of an API for the runtime: its name, servers and security.
//!
//! Generated code holds one `static` [`Api`]. It is not read from a file and does not change at run
//! time.

use std::time::Duration;

use crate::runtime::events::EventRule;
#[cfg(feature = "webhook")]
use crate::runtime::webhook::WebhookScheme;

/// Properties that apply to all calls of an API.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    /// Name in the `User-Agent` header.
    pub name: &'static str,
    /// Version of this SDK.
    pub version: &'static str,
    /// Prefix of the environment variables, as in `{prefix}_BASE_URL`.
    pub env_prefix: &'static str,
    /// Names and base URLs of the servers. The first is the default.
    pub environments: &'static [(&'static str, &'static str)],
    /// Security schemes of the API.
    pub schemes: &'static [SecurityScheme],
    /// Default security requirement: a list of alternatives, each a list of schemes that are all
    /// required.
    pub security: &'static [&'static [&'static str]],
    /// Client options that provide credentials.
    pub credentials: &'static [Credential],
    /// Environment variable of the webhook signing secret.
    pub webhook_secret_env: Option<&'static str>,
    /// Signature scheme of webhooks.
    #[cfg(feature = "webhook")]
    pub webhook_scheme: WebhookScheme,
    /// Headers of every call.
    pub headers: &'static [(&'static str, &'static str)],
    /// Header for idempotency keys, if the API uses one for all calls.
    pub idempotency_header: Option<&'static str>,
    /// Rules for the events of a stream. Without rules, an event named `error` reports an error,
    /// and the data `[DONE]` ends the stream.
    pub event_rules: &'static [EventRule],
    /// Options that are sent with calls, or that fill variables in server URLs.
    pub options: &'static [ClientOption],
    /// JSON pointer to the message in an error body.
    pub error_message: Option<&'static str>,
    /// Header with the request ID, if it is not a common one.
    pub request_id_header: Option<&'static str>,
    /// Default timeout of an attempt.
    pub timeout: Duration,
    /// Default number of retries.
    pub max_retries: u32,
    /// Conditions for retries.
    pub retry_rule: RetryRule,
    /// Default delays between attempts.
    pub backoff: Backoff,
}

/// Conditions under which a call is retried.
///
/// Under both rules, a call is retried if the connection could not be established. The response
/// header `x-should-retry` overrides the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryRule {
    /// Follows [RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2).
    ///
    /// Idempotent methods and calls with an idempotency key are retried after a lost connection, a
    /// timeout, 408, 429, and 500 and above. Other calls are retried only after 429 and 503. All
    /// calls are retried if the server names a delay.
    Rfc9110,
    /// Follows the SDKs made by Stainless. All methods are retried after a lost connection, a
    /// timeout, 408, 409, 429, and 500 and above.
    Stainless,
}

/// Exponential backoff between the attempts of a call. Each delay is twice the previous one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// First delay.
    pub first: Duration,
    /// Maximum delay.
    pub longest: Duration,
}

impl Backoff {
    /// From 0.5 to 8 seconds.
    pub const DEFAULT: Self = Self {
        first: Duration::from_millis(500),
        longest: Duration::from_secs(8),
    };
}

/// A client option that is sent with calls, or that fills a variable in a server URL.
#[derive(Debug, Clone, Copy)]
pub struct ClientOption {
    /// Name of the option, which is also the name of the builder's method.
    pub name: &'static str,
    /// Environment variable of the option.
    pub env: Option<&'static str>,
    /// Default value.
    pub default: Option<&'static str>,
    /// Whether the option is required.
    pub required: bool,
    /// Location of the value.
    pub location: ClientOptionLocation,
}

/// The location of a [`ClientOption`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum ClientOptionLocation {
    /// A header of every call.
    Header(&'static str),
    /// A query parameter of every call.
    Query(&'static str),
    /// The path parameter of this name, unless the call sets it.
    Path(&'static str),
    /// A property of the JSON object in the request body, unless the call sets it.
    BodyProperty {
        /// Name of the property.
        name: &'static str,
        /// Whether the value is a string, as opposed to a number or a boolean.
        is_text: bool,
    },
    /// A variable in server URLs.
    Server {
        /// Name of the variable, which appears in braces.
        name: &'static str,
        /// Default values by environment name.
        defaults: &'static [(&'static str, &'static str)],
        /// Allowed values. If empty, all values are allowed.
        values: &'static [&'static str],
    },
}

/// A named security scheme.
#[derive(Debug, Clone, Copy)]
pub struct SecurityScheme {
    /// Name that security requirements refer to.
    pub name: &'static str,
    /// Type of the scheme, and location of the credential.
    pub kind: SecuritySchemeKind,
}

/// The type of a security scheme, and the location of its credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecuritySchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization` with this keyword instead of `Bearer`.
    Keyword(&'static str),
    /// `Authorization: Basic …`, from a username and a password.
    Basic,
    /// `Authorization: Basic …`, with the username and the password in plain text instead of
    /// base64.
    BasicPlain,
    /// `Authorization: Bearer …`, with a token from a token endpoint: OAuth 2.0's client
    /// credentials grant.
    OAuth2(&'static OAuth2),
    /// A header of this name.
    ApiKeyHeader(&'static str),
    /// A query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A cookie of this name.
    ApiKeyCookie(&'static str),
}

/// Configuration of OAuth 2.0's client credentials grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OAuth2 {
    /// URL of the token endpoint. A relative URL is resolved against the client's base URL.
    pub token_url: &'static str,
    /// Default scopes of a token request.
    pub scopes: &'static [&'static str],
}

/// The part of a credential that an option provides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialPart {
    /// The whole credential: a key or a token.
    Value,
    /// The username.
    Username,
    /// The password.
    Password,
    /// The client ID for token requests.
    ClientId,
    /// The client secret for token requests.
    ClientSecret,
}

/// A client option that provides a credential for a [`SecurityScheme`].
#[derive(Debug, Clone, Copy)]
pub struct Credential {
    /// Name of the option, which is also the name of the builder's method.
    pub option: &'static str,
    /// Name of the scheme.
    pub scheme: &'static str,
    /// Part of the credential that the option provides.
    pub part: CredentialPart,
    /// Environment variable of the option.
    pub env: Option<&'static str>,
    /// Whether the option is required, unless the scheme is complete without it.
    pub required: bool,
    /// Whether a call can omit the credential if it has the other schemes of a requirement.
    pub nullable: bool,
    /// Default value, used if neither the option nor its environment variable is set.
    pub default: Option<&'static str>,
}
