//! `client_settings`: what a client is made with, and how it behaves.

use indexmap::IndexMap;
use serde_json::Value;

use super::At;
use crate::load::Pointer;

/// `client_settings`.
#[derive(Debug, Clone, Default)]
pub struct ClientSettings {
    /// `opts`: the options of the constructor, by name.
    pub options: IndexMap<String, ClientOption>,
    /// `default_timeout`, in milliseconds.
    pub timeout_ms: Option<At<u64>>,
    /// `default_retries`.
    pub retries: RetryPolicy,
    /// `default_headers`: sent on every call.
    pub default_headers: IndexMap<String, At<String>>,
    /// `idempotency.header`.
    pub idempotency_header: Option<At<String>>,
    /// `default_env_prefix`: `LINQ_API_V3`.
    pub env_prefix: Option<At<String>>,
    /// `default_client_name`.
    pub client_name: Option<At<String>>,
    /// `response_headers.request_id`: the header that names a request.
    pub request_id_header: Option<At<String>>,
    /// `omit_stainless_headers` or `omit_platform_headers`: no headers that
    /// describe the caller's platform.
    pub omit_platform_headers: bool,
}

/// `default_retries`.
#[derive(Debug, Clone, Default)]
pub struct RetryPolicy {
    /// `max_retries`; 0 switches retries off.
    pub max_retries: Option<At<u32>>,
    /// `initial_delay_seconds`, in milliseconds.
    pub initial_delay_ms: Option<u64>,
    /// `max_delay_seconds`, in milliseconds.
    pub max_delay_ms: Option<u64>,
}

/// An option of the client's constructor.
#[derive(Debug, Clone)]
pub struct ClientOption {
    /// `type`: `string`, `number`, `integer`, `boolean`, `null`. Default `string`.
    pub ty: String,
    /// `description`.
    pub description: Option<String>,
    /// `example`.
    pub example: Option<Value>,
    /// `default`.
    pub default: Option<Value>,
    /// `nullable`: the option may be left out.
    pub nullable: bool,
    /// `read_env`: the environment variable that it falls back to.
    pub env: Option<At<String>>,
    /// `auth`: it is (a part of) a credential.
    pub auth: Option<OptionAuth>,
    /// `server_variable`: it fills in `{name}` in the environment's URL.
    pub server_variable: Option<At<String>>,
    /// `send_in_header`.
    pub header: Option<At<String>>,
    /// `send_as_query_param`.
    pub query: Option<At<String>>,
    /// `send_as_path_param`: the default for path parameters of this name.
    pub path: Option<At<String>>,
    /// `send_as_body_param`: a member of every JSON body.
    pub body: Option<At<String>>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// `auth` of a client option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionAuth {
    /// `security_scheme`: its name.
    pub scheme: At<String>,
    /// `role`.
    pub role: AuthRole,
}

/// `role`: which part of a credential an option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AuthRole {
    /// `value`: all of it.
    #[default]
    Value,
    /// `username` of HTTP Basic.
    Username,
    /// `password` of HTTP Basic.
    Password,
    /// `client_id` of OAuth 2.0.
    ClientId,
    /// `client_secret` of OAuth 2.0.
    ClientSecret,
}
