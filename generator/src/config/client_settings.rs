//! `client_settings`: the options and defaults of the client.

use indexmap::IndexMap;
use serde_json::Value;

use super::At;
use super::duration;
use super::reader::Reader;
use crate::diagnostics::Code;
use crate::ir::CredentialPart;
use crate::source::Pointer;

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
    /// `response_headers.request_id`: the header with the id of a request.
    pub request_id_header: Option<At<String>>,
    /// `omit_stainless_headers` or `omit_platform_headers`: send no headers that describe the
    /// caller's platform.
    pub omit_platform_headers: bool,
}

/// `default_retries`.
#[derive(Debug, Clone, Default)]
pub struct RetryPolicy {
    /// `max_retries`; 0 disables retries.
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
    /// `nullable`: the option is optional.
    pub nullable: bool,
    /// `required`: whether a client needs it. Otherwise `nullable` and `default` decide.
    pub required: Option<bool>,
    /// `read_env`: the environment variable with the default.
    pub env: Option<At<String>>,
    /// `auth`: the option is a credential or a part of one.
    pub auth: Option<OptionAuth>,
    /// `server_variable`: it fills in `{name}` in the environment's URL.
    pub server_variable: Option<At<String>>,
    /// `send_in_header`.
    pub header: Option<At<String>>,
    /// `send_as_query_param`.
    pub query: Option<At<String>>,
    /// `send_as_path_param`: the default for path parameters of this name.
    pub path: Option<At<String>>,
    /// `send_as_body_param`: a property of every JSON body.
    pub body: Option<At<String>>,
    /// Position in the configuration.
    pub pointer: Pointer,
}

/// `auth` of a client option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionAuth {
    /// `security_scheme`: its name.
    pub scheme: At<String>,
    /// `role`.
    pub role: CredentialPart,
}

const ROLES: &[(&str, CredentialPart)] = &[
    ("value", CredentialPart::Value),
    ("username", CredentialPart::Username),
    ("password", CredentialPart::Password),
    ("client_id", CredentialPart::ClientId),
    ("client_secret", CredentialPart::ClientSecret),
];

impl Reader<'_> {
    pub(super) fn client_settings(&mut self, node: Option<At<Value>>) -> ClientSettings {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return ClientSettings::default();
        };
        let options = self.entries(fields.take("opts"));
        let headers = self.entries(fields.take("default_headers"));
        let settings = ClientSettings {
            options: options
                .into_iter()
                .filter_map(|(name, node)| Some((name, self.client_option(node)?)))
                .collect(),
            timeout_ms: fields
                .take("default_timeout")
                .and_then(|node| self.timeout(node)),
            retries: self.retries(fields.take("default_retries")),
            default_headers: headers
                .into_iter()
                .filter_map(|(name, value)| Some((name, self.text(Some(value))?)))
                .collect(),
            idempotency_header: self.only(
                fields.take("idempotency"),
                "client_settings.idempotency",
                "header",
            ),
            env_prefix: self.text(fields.take("default_env_prefix")),
            client_name: self.text(fields.take("default_client_name")),
            request_id_header: self.only(
                fields.take("response_headers"),
                "client_settings.response_headers",
                "request_id",
            ),
            omit_platform_headers: self.flag(fields.take("omit_stainless_headers"))
                | self.flag(fields.take("omit_platform_headers")),
        };
        self.finish(fields, "client_settings");
        settings
    }

    /// Reads a mapping in which only this key is supported.
    fn only(&mut self, node: Option<At<Value>>, parent: &str, key: &str) -> Option<At<String>> {
        let mut fields = self.fields(node?)?;
        let text = self.text(fields.take(key));
        self.finish(fields, parent);
        text
    }

    /// Reads milliseconds, or a duration of ISO 8601.
    pub(super) fn timeout(&mut self, node: At<Value>) -> Option<At<u64>> {
        let ms = match &node.value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => duration::milliseconds(text),
            _ => None,
        };
        if ms.is_none() {
            let message = format!("{} is not a duration", node.value);
            let help = "write milliseconds, as in `60000`, or ISO 8601, as in `PT60S`";
            self.error(Code::InvalidDuration, &node.pointer, message, help);
        }
        Some(At::new(ms?, node.pointer))
    }

    fn retries(&mut self, node: Option<At<Value>>) -> RetryPolicy {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return RetryPolicy::default();
        };
        let policy = RetryPolicy {
            max_retries: self.small(fields.take("max_retries")),
            initial_delay_ms: self.seconds(fields.take("initial_delay_seconds")),
            max_delay_ms: self.seconds(fields.take("max_delay_seconds")),
        };
        self.finish(fields, "client_settings.default_retries");
        policy
    }

    /// Reads a count. Larger counts become `u32::MAX`.
    pub(super) fn small(&mut self, node: Option<At<Value>>) -> Option<At<u32>> {
        let count = self.count(node)?;
        Some(At::new(
            u32::try_from(count.value).unwrap_or(u32::MAX),
            count.pointer,
        ))
    }

    fn seconds(&mut self, node: Option<At<Value>>) -> Option<u64> {
        let node = node?;
        match node.value.as_f64().filter(|s| *s >= 0.0) {
            // Saturates: a longer delay is never reached.
            Some(seconds) => Some((seconds * 1000.0) as u64),
            None => {
                let message = format!("{} is not a number of seconds", node.value);
                self.error(
                    Code::InvalidDuration,
                    &node.pointer,
                    message,
                    "write seconds, as in `0.5`",
                );
                None
            }
        }
    }

    fn client_option(&mut self, node: At<Value>) -> Option<ClientOption> {
        let mut fields = self.fields(node)?;
        let option = ClientOption {
            ty: self
                .plain(fields.take("type"))
                .unwrap_or_else(|| "string".to_owned()),
            description: self.plain(fields.take("description")),
            example: fields.take("example").map(|node| node.value),
            default: fields.take("default").map(|node| node.value),
            nullable: self.flag(fields.take("nullable")),
            required: fields.take("required").map(|node| self.flag(Some(node))),
            env: self.text(fields.take("read_env")),
            auth: self.option_auth(fields.take("auth")),
            server_variable: self.text(fields.take("server_variable")),
            header: self.text(fields.take("send_in_header")),
            query: self.text(fields.take("send_as_query_param")),
            path: self.text(fields.take("send_as_path_param")),
            body: self.text(fields.take("send_as_body_param")),
            pointer: fields.at.clone(),
        };
        self.finish(fields, "client_settings.opts.*");
        Some(option)
    }

    fn option_auth(&mut self, node: Option<At<Value>>) -> Option<OptionAuth> {
        let mut fields = self.fields(node?)?;
        let scheme = self.text(fields.take("security_scheme"));
        let role = self.word(fields.take("role"), ROLES);
        if scheme.is_none() {
            let message = "no `security_scheme` is named".to_owned();
            self.error(
                Code::MissingConfigKey,
                &fields.at.clone(),
                message,
                "name one of the security schemes",
            );
        }
        self.finish(fields, "client_settings.opts.*.auth");
        Some(OptionAuth {
            scheme: scheme?,
            role: role.map(|role| role.value).unwrap_or_default(),
        })
    }
}
