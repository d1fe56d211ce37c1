//! The facts of an API that the runtime needs: its name, servers and security.
//!
//! Generated code holds one `static` [`Api`]; nothing here is read from a file
//! or changes while the program runs.

use std::time::Duration;

use crate::runtime::events::EventRule;

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
    pub schemes: &'static [Scheme],
    /// The schemes that calls need: one of the lists, and of that list each scheme.
    pub security: &'static [&'static [&'static str]],
    /// The client options that fill the schemes.
    pub credentials: &'static [Credential],
    /// The environment variable of the secret that webhooks are signed with.
    pub webhook_secret_env: Option<&'static str>,
    /// Headers that every call carries.
    pub headers: &'static [(&'static str, &'static str)],
    /// The header of idempotency keys, when the API has one for all calls.
    pub idempotency_header: Option<&'static str>,
    /// What the events of a stream mean; without any, an event named `error` is one, and
    /// `[DONE]` is the end.
    pub event_rules: &'static [EventRule],
    /// How long one attempt may take, unless an option says otherwise.
    pub timeout: Duration,
    /// How often a call is repeated, unless an option says otherwise.
    pub max_retries: u32,
}

/// A named way to prove who makes a call.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// The name by which requirements refer to it.
    pub name: &'static str,
    /// Where the credential goes.
    pub kind: SchemeKind,
}

/// Where a credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`, from two credentials: the user's name, then the password.
    Basic,
    /// A header of this name.
    ApiKeyHeader(&'static str),
    /// A query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A cookie of this name.
    ApiKeyCookie(&'static str),
}

/// A client option that fills a [`Scheme`].
#[derive(Debug, Clone, Copy)]
pub struct Credential {
    /// The name of the option, which is the builder's method.
    pub option: &'static str,
    /// The name of the scheme that it fills.
    pub scheme: &'static str,
    /// The environment variable that stands in for the option.
    pub env: Option<&'static str>,
    /// Whether a client without it is refused.
    pub required: bool,
}
