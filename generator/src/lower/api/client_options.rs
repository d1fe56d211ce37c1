//! Client options: those of the configuration, or one for each credential and each server
//! variable.

pub(in crate::lower) mod credential_checks;
mod credentials;

use std::collections::HashMap;

use indexmap::IndexMap;

use self::credentials::{credential, infer_credential_options};
use crate::config::{ClientOption as Configured, Config};
use crate::ir::{
    ClientOption, OptionRole, OptionType, SecurityRequirement, SecurityScheme, ServerVariable,
    Webhooks, Words,
};
use crate::lower::api::client_headers::ClientHeader;
use crate::lower::api::servers::Variable;
use crate::lower::api::webhooks::key_option;

/// The sources of client options.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct OptionSources<'a> {
    pub(in crate::lower) variables: &'a [Variable],
    pub(in crate::lower) schemes: &'a IndexMap<String, SecurityScheme>,
    pub(in crate::lower) security: &'a [SecurityRequirement],
    pub(in crate::lower) webhooks: Option<&'a Webhooks>,
    pub(in crate::lower) headers: &'a [ClientHeader],
    /// The environment variables that the document names, by security scheme.
    pub(in crate::lower) env_names: &'a HashMap<String, String>,
}

/// Returns the options of a client.
pub(in crate::lower) fn options(
    config: &Config,
    sources: OptionSources<'_>,
    env_prefix: &str,
) -> Vec<ClientOption> {
    let variables = sources.variables;
    let mut options: Vec<ClientOption> = if config.client.options.is_empty() {
        infer_credential_options(sources, env_prefix)
    } else {
        configured_options(config, variables)
    };
    options.extend(list_variable_options(variables, &options, env_prefix));
    let headers = sources.headers.iter();
    options.extend(headers.map(|header| header_option(header, env_prefix)));
    let has_secret = options
        .iter()
        .any(|option| option.role == OptionRole::WebhookSecret);
    let verifies = sources.webhooks.is_some_and(Webhooks::is_verified);
    if verifies && !has_secret {
        options.push(ClientOption {
            name: Words::split("webhook_secret"),
            description: Some(
                "The signing secret that webhook deliveries are verified with.".to_owned(),
            ),
            env: Some(format!("{env_prefix}_WEBHOOK_SECRET")),
            role: OptionRole::WebhookSecret,
            ty: OptionType::String,
            default: None,
            required: false,
            nullable: false,
        });
    }
    options
}

/// Returns the options of the configuration.
fn configured_options(config: &Config, variables: &[Variable]) -> Vec<ClientOption> {
    let all = config.client.options.iter();
    all.filter_map(|(name, option)| list_configured_options(name, option, config, variables))
        .collect()
}

/// Returns the option for a common header.
fn header_option(header: &ClientHeader, env_prefix: &str) -> ClientOption {
    let name = header.wire.as_str();
    let bare = name.strip_prefix("X-").or_else(|| name.strip_prefix("x-"));
    let words = Words::split(bare.unwrap_or(name));
    ClientOption {
        env: Some(format!("{env_prefix}_{}", to_env_case(&words))),
        name: words,
        description: header.description.clone(),
        role: OptionRole::Header(name.to_owned()),
        ty: header.ty,
        default: header.default.clone(),
        required: header.required && header.default.is_none(),
        nullable: false,
    }
}

/// Returns options for the server variables without one.
fn list_variable_options(
    variables: &[Variable],
    options: &[ClientOption],
    env_prefix: &str,
) -> Vec<ClientOption> {
    let is_set = |variable: &&Variable| {
        options.iter().any(|option| {
            matches!(&option.role, OptionRole::Server(server) if server.name == variable.inner.name)
        })
    };
    let unset = variables.iter().filter(|variable| !is_set(variable));
    unset
        .map(|variable| {
            let words = Words::split(&variable.inner.name);
            ClientOption {
                env: Some(format!("{env_prefix}_{}", to_env_case(&words))),
                name: words,
                description: variable.description.clone(),
                role: OptionRole::Server(variable.inner.clone()),
                ty: OptionType::String,
                default: None,
                required: false,
                nullable: false,
            }
        })
        .collect()
}

fn list_configured_options(
    name: &str,
    option: &Configured,
    config: &Config,
    variables: &[Variable],
) -> Option<ClientOption> {
    Some(ClientOption {
        name: Words::split(name),
        description: option.description.clone(),
        env: option.env.as_ref().map(|env| env.value.clone()),
        role: role(name, option, config, variables)?,
        ty: match option.ty.as_str() {
            "integer" => OptionType::Integer,
            "number" => OptionType::Number,
            "boolean" => OptionType::Boolean,
            _ => OptionType::String,
        },
        default: option.default.as_ref().and_then(text),
        required: option
            .required
            .unwrap_or(!option.nullable && option.default.is_none()),
        nullable: option.nullable,
    })
}

/// Returns a default as text.
fn text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn role(
    name: &str,
    option: &Configured,
    config: &Config,
    variables: &[Variable],
) -> Option<OptionRole> {
    if let Some(auth) = &option.auth {
        return Some(credential(&auth.scheme.value, auth.role));
    }
    if key_option(config) == Some(name) {
        return Some(OptionRole::WebhookSecret);
    }
    let header = option
        .header
        .as_ref()
        .map(|header| OptionRole::Header(header.value.clone()));
    let query = || Some(OptionRole::Query(option.query.as_ref()?.value.clone()));
    let path = || Some(OptionRole::Path(option.path.as_ref()?.value.clone()));
    let server = || {
        let name = &option.server_variable.as_ref()?.value;
        let known = variables.iter().find(|known| known.inner.name == *name);
        let variable = known.map(|known| known.inner.clone());
        Some(OptionRole::Server(variable.unwrap_or(ServerVariable {
            name: name.clone(),
            defaults: Vec::new(),
            values: Vec::new(),
        })))
    };
    let member = || {
        Some(OptionRole::BodyProperty(
            option.body.as_ref()?.value.clone(),
        ))
    };
    header
        .or_else(query)
        .or_else(path)
        .or_else(member)
        .or_else(server)
}

/// Returns the words in the case of environment variables: `LINQ_API`.
pub(in crate::lower) fn to_env_case(words: &Words) -> String {
    words.snake().to_ascii_uppercase()
}
