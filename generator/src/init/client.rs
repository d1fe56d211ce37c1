//! `environments` and `client_settings`.

use super::draft::{Draft, Section};
use super::spelling::spell;
use super::yaml::{Entry, Node, make_entry};
use crate::ir::{ClientOption, CredentialPart, OptionRole, OptionType};

/// Writes the base URLs, if there are any.
pub(super) fn environments(draft: &Draft<'_>) -> Option<Entry> {
    let environments = &draft.api.environments;
    let urls = environments.iter();
    let urls = urls.map(|(name, url)| write_environment(name, url));
    let is_written = draft.has(Section::Environments) && !environments.is_empty();
    is_written.then(|| {
        let several = (environments.len() > 1).then(|| "The first one is the default.".to_owned());
        make_entry("environments", Node::Map(urls.collect())).comment(several)
    })
}

/// Writes an environment.
pub(crate) fn write_environment(name: &str, url: &str) -> Entry {
    let has_host = url.contains("://") || url.starts_with('{');
    let doubt = "This URL has no host. Callers must give the base URL.".to_owned();
    make_entry(name, Node::text(url)).comment((!has_host).then_some(doubt))
}

/// Writes the settings of the client.
pub(super) fn settings(draft: &Draft<'_>) -> Entry {
    let package = &draft.api.package;
    let retries = make_entry("max_retries", Node::plain(package.max_retries));
    let mut entries = vec![
        make_entry("default_client_name", Node::text(&package.client_name)),
        make_entry("default_env_prefix", Node::text(&package.env_prefix)),
        make_entry("default_timeout", Node::plain(package.timeout_ms)),
        make_entry("default_retries", Node::Map(vec![retries])),
    ];
    let options = package.options.iter();
    let options: Vec<Entry> = options
        .map(|it| write_option(&spell(&it.name), it))
        .collect();
    if draft.has(Section::Options) && !options.is_empty() {
        entries.push(make_entry("opts", Node::Map(options)));
    }
    make_entry("client_settings", Node::Map(entries))
}

/// Writes an option under a name.
pub(crate) fn write_option(name: &str, option: &ClientOption) -> Entry {
    let mut entries = vec![make_entry("type", Node::text(type_name(option.ty)))];
    if let Some(default) = &option.default {
        entries.push(make_entry("default", Node::text(default)));
    } else if option.nullable {
        entries.push(make_entry("nullable", Node::plain(true)));
    } else if !option.required {
        entries.push(make_entry("required", Node::plain(false)));
    }
    if let Some(description) = &option.description {
        entries.push(make_entry("description", Node::text(description)));
    }
    if let Some(env) = &option.env {
        entries.push(make_entry("read_env", Node::text(env)));
    }
    entries.extend(role(&option.role));
    make_entry(name, Node::Map(entries))
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
            let mut auth = vec![make_entry("security_scheme", Node::text(scheme))];
            let role = match part {
                CredentialPart::Value => None,
                CredentialPart::Username => Some("username"),
                CredentialPart::Password => Some("password"),
                CredentialPart::ClientId => Some("client_id"),
                CredentialPart::ClientSecret => Some("client_secret"),
            };
            auth.extend(role.map(|role| make_entry("role", Node::text(role))));
            make_entry("auth", Node::Map(auth))
        }
        OptionRole::Header(name) => make_entry("send_in_header", Node::text(name)),
        OptionRole::Query(name) => make_entry("send_as_query_param", Node::text(name)),
        OptionRole::Path(name) => make_entry("send_as_path_param", Node::text(name)),
        OptionRole::BodyProperty(name) => make_entry("send_as_body_param", Node::text(name)),
        OptionRole::Server(variable) => make_entry("server_variable", Node::text(&variable.name)),
    })
}
