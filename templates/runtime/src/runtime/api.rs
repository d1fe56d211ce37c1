//! The facts of an API that the runtime needs: its name, servers and security.
//!
//! Generated code holds one `static` [`Api`]; nothing here is read from a file
//! or changes while the program runs.

use std::time::Duration;

use crate::runtime::events::EventRule;
#[cfg(feature = "webhook")]
use crate::runtime::webhook::WebhookScheme;

/// What the description of an API says about all of its calls.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    /// The name that the `User-Agent` header carries.
    pub name: &'static str,
    /// The version of this SDK.
    pub version: &'static str,
    /// The start of the names of its environment variables, as in `{prefix}_BASE_URL`.
    pub env_prefix: &'static str,
    /// Names and base URLs of the servers; the first is the default.
    pub environments: &'static [(&'static str, &'static str)],
    /// The ways in which a call can prove who makes it.
    pub schemes: &'static [SecurityScheme],
    /// The schemes that calls need: one of the lists, and of that list each scheme.
    pub security: &'static [&'static [&'static str]],
    /// The client options that fill the schemes.
    pub credentials: &'static [Credential],
    /// The environment variable of the secret that webhooks are signed with.
    pub webhook_secret_env: Option<&'static str>,
    /// How webhooks are signed.
    #[cfg(feature = "webhook")]
    pub webhook_scheme: WebhookScheme,
    /// Headers that every call carries.
    pub headers: &'static [(&'static str, &'static str)],
    /// The header of idempotency keys, when the API has one for all calls.
    pub idempotency_header: Option<&'static str>,
    /// What the events of a stream mean; without any, an event named `error` is one, and
    /// `[DONE]` is the end.
    pub event_rules: &'static [EventRule],
    /// The options that go into calls as they are, or into the URLs of servers.
    pub settings: &'static [Setting],
    /// The member of a failing answer's body that says what went wrong, as a JSON pointer.
    pub error_message: Option<&'static str>,
    /// The header that carries the id of a call, where it is none of the usual ones.
    pub request_id_header: Option<&'static str>,
    /// How long one attempt may take, unless an option says otherwise.
    pub timeout: Duration,
    /// How often a call is repeated, unless an option says otherwise.
    pub max_retries: u32,
    /// Which calls are repeated after which failures.
    pub retry_rule: RetryRule,
    /// The waits between attempts, unless the server or an option says otherwise.
    pub backoff: Backoff,
}

/// Which calls are repeated after which failures. One whose connection could not be made is, by either
/// rule, and `x-should-retry` of a failing answer has the last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryRule {
    /// By [RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2): idempotent
    /// methods and calls with an idempotency key after a broken connection, a time-out, 408, 429 and
    /// all from 500 on; others only after 429 and 503. All of them where the server names a wait.
    Rfc9110,
    /// As SDKs made by Stainless do it: all methods after a broken connection, a time-out, 408, 409,
    /// 429 and all from 500 on.
    Stainless,
}

/// The waits between the attempts of a call: each is twice as long as the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait.
    pub first: Duration,
    /// The longest one.
    pub longest: Duration,
}

impl Backoff {
    /// Half a second to eight.
    pub const DEFAULT: Self = Self {
        first: Duration::from_millis(500),
        longest: Duration::from_secs(8),
    };
}

/// A client option that is sent, or that fills a place in a server's URL.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The name of the option, which is the builder's method.
    pub option: &'static str,
    /// The environment variable that stands in for the option.
    pub env: Option<&'static str>,
    /// What stands for it when nothing is set.
    pub default: Option<&'static str>,
    /// Whether a client without it is refused.
    pub required: bool,
    /// Where it goes.
    pub location: SettingLocation,
}

/// Where a [`Setting`] goes.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum SettingLocation {
    /// A header of every call.
    Header(&'static str),
    /// A query parameter of every call.
    Query(&'static str),
    /// The path parameter of this name, where a call gives it no value of its own.
    Path(&'static str),
    /// A member of the JSON object that a call sends, where the call gives it none of its own.
    BodyProperty {
        /// Its name.
        name: &'static str,
        /// Whether it is a text, and not a number or a boolean.
        is_text: bool,
    },
    /// A variable in the URLs of servers.
    Server {
        /// Its name, which stands in braces.
        name: &'static str,
        /// What stands for it when it is not set, by the name of the environment.
        defaults: &'static [(&'static str, &'static str)],
        /// The values that it can have; any, if there are none.
        values: &'static [&'static str],
    },
}

/// A named way to prove who makes a call.
#[derive(Debug, Clone, Copy)]
pub struct SecurityScheme {
    /// The name by which requirements refer to it.
    pub name: &'static str,
    /// Where the credential goes.
    pub kind: SecuritySchemeKind,
}

/// Where a credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecuritySchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization`, with this word in place of `Bearer`.
    Keyword(&'static str),
    /// `Authorization: Basic …`, from the user's name and the password.
    Basic,
    /// `Authorization: Basic …`, with both as they are and not in base64.
    BasicPlain,
    /// `Authorization: Bearer …`, with a token that a token endpoint gives for the client's own
    /// id and secret: OAuth 2.0's client credentials.
    OAuth2(&'static OAuth2),
    /// A header of this name.
    ApiKeyHeader(&'static str),
    /// A query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A cookie of this name.
    ApiKeyCookie(&'static str),
}

/// Where tokens come from, by OAuth 2.0's client credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OAuth2 {
    /// The token endpoint; one that is relative is relative to the client's base URL.
    pub token_url: &'static str,
    /// What a token is asked to allow, unless an option says otherwise.
    pub scopes: &'static [&'static str],
}

/// Which part of a credential an option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialPart {
    /// All of it: a key or a token.
    Value,
    /// The user's name.
    Username,
    /// The user's password.
    Password,
    /// The id that a token is asked for with.
    ClientId,
    /// The secret that a token is asked for with.
    ClientSecret,
}

/// A client option that fills a [`SecurityScheme`].
#[derive(Debug, Clone, Copy)]
pub struct Credential {
    /// The name of the option, which is the builder's method.
    pub option: &'static str,
    /// The name of the scheme that it fills.
    pub scheme: &'static str,
    /// Which part of the credential it is.
    pub part: CredentialPart,
    /// The environment variable that stands in for the option.
    pub env: Option<&'static str>,
    /// Whether a client without it is refused, unless its scheme has all that it needs.
    pub required: bool,
    /// Whether a call can do without it if the other schemes of a requirement are there.
    pub nullable: bool,
    /// The value that stands in for the option and its environment variable.
    pub default: Option<&'static str>,
}
