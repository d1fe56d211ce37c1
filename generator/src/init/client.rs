//! `environments` and `client_settings`.

use super::draft::{Draft, Section};
use super::spelling::spell;
use super::yaml::{Entry, Node, entry};
use crate::ir::{ClientOption, CredentialPart, OptionRole, OptionType};

/// Writes the base URLs, if there are any.
pub(super) fn environments(draft: &Draft<'_>) -> Option<Entry> {
    let environments = &draft.api.environments;
    let urls = environments.iter().map(|(name, url)| {
        let has_host = url.contains("://") || url.starts_with('{');
        let doubt = "This URL has no host. Callers must give the base URL.".to_owned();
        entry(name, Node::text(url)).comment((!has_host).then_some(doubt))
    });
    let is_written = draft.has(Section::Environments) && !environments.is_empty();
    is_written.then(|| {
        let several = (environments.len() > 1).then(|| "The first one is the default.".to_owned());
        entry("environments", Node::Map(urls.collect())).comment(several)
    })
}

/// Writes the settings of the client.
pub(super) fn settings(draft: &Draft<'_>) -> Entry {
    let package = &draft.api.package;
    let retries = entry("max_retries", Node::plain(package.max_retries));
    let mut entries = vec![
        entry("default_client_name", Node::text(&package.client_name)),
        entry("default_env_prefix", Node::text(&package.env_prefix)),
        entry("default_timeout", Node::plain(package.timeout_ms)),
        entry("default_retries", Node::Map(vec![retries])),
    ];
    let options = package.options.iter();
    let options: Vec<Entry> = options
        .map(|it| entry(spell(&it.name), option(it)))
        .collect();
    if draft.has(Section::Options) && !options.is_empty() {
        entries.push(entry("opts", Node::Map(options)));
    }
    entry("client_settings", Node::Map(entries))
}

fn option(option: &ClientOption) -> Node {
    let mut entries = vec![entry("type", Node::text(type_name(option.ty)))];
    if let Some(default) = &option.default {
        entries.push(entry("default", Node::text(default)));
    } else if option.nullable {
        entries.push(entry("nullable", Node::plain(true)));
    } else if !option.required {
        entries.push(entry("required", Node::plain(false)));
    }
    if let Some(description) = &option.description {
        entries.push(entry("description", Node::text(description)));
    }
    if let Some(env) = &option.env {
        entries.push(entry("read_env", Node::text(env)));
    }
    entries.extend(role(&option.role));
    Node::Map(entries)
}

const fn type_name(ty: OptionType) -> &'static str {
    match ty {
        OptionType::String => "string",
        OptionType::Integer => "integer",
        OptionType::Number => "number",
        OptionType::Boolean => "boolean",
    }
}

/// Writes what an option does. The method that verifies webhooks names its secret itself.
fn role(role: &OptionRole) -> Option<Entry> {
    Some(match role {
        OptionRole::WebhookSecret => return None,
        OptionRole::Credential { scheme, part } => {
            let mut auth = vec![entry("security_scheme", Node::text(scheme))];
            let role = match part {
                CredentialPart::Value => None,
                CredentialPart::Username => Some("username"),
                CredentialPart::Password => Some("password"),
                CredentialPart::ClientId => Some("client_id"),
                CredentialPart::ClientSecret => Some("client_secret"),
            };
            auth.extend(role.map(|role| entry("role", Node::text(role))));
            entry("auth", Node::Map(auth))
        }
        OptionRole::Header(name) => entry("send_in_header", Node::text(name)),
        OptionRole::Query(name) => entry("send_as_query_param", Node::text(name)),
        OptionRole::Path(name) => entry("send_as_path_param", Node::text(name)),
        OptionRole::Member(name) => entry("send_as_body_param", Node::text(name)),
        OptionRole::Server(variable) => entry("server_variable", Node::text(&variable.name)),
    })
}
