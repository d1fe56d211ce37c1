//! The package: what the crate is called, and how its client is configured.

use indexmap::IndexMap;
use openapiv3::OpenAPI;

use super::servers::Variable;
use crate::config::{ArrayFormat, At, AuthRole, ClientOption as Configured, Config, NestedFormat};
use crate::ir::{
    ClientOption, CredentialPart, Manifest, OptionRole, OptionType, Package, QueryArrays,
    QueryMembers, SecurityRequirement, SecurityScheme, ServerVariable, Webhooks, Words,
};

/// What the options of the client are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct OptionSources<'a> {
    pub(super) variables: &'a [Variable],
    pub(super) schemes: &'a IndexMap<String, SecurityScheme>,
    pub(super) security: &'a [SecurityRequirement],
    pub(super) webhooks: Option<&'a Webhooks>,
}

/// The package that is made from a document.
pub(super) fn package(openapi: &OpenAPI, config: &Config, sources: OptionSources<'_>) -> Package {
    let (target, client) = (&config.target, &config.client);
    let product = product(openapi, config);
    let env_prefix = client
        .env_prefix
        .as_ref()
        .map_or_else(|| shout(&product), |prefix| prefix.value.clone());
    Package {
        name: target
            .package_name
            .as_ref()
            .map_or_else(|| crate_name(&product), |name| name.value.clone()),
        client_name: client
            .client_name
            .as_ref()
            .map_or_else(|| product.pascal(), |name| name.value.clone()),
        version: target
            .version
            .as_ref()
            .map_or_else(|| "0.1.0".to_owned(), |version| version.value.clone()),
        custom: target.custom,
        date_times: target.date_times,
        license: target
            .license
            .as_ref()
            .or(config.settings.license.as_ref())
            .map_or_else(
                || "MIT OR Apache-2.0".to_owned(),
                |license| license.value.clone(),
            ),
        manifest: manifest(config),
        options: options(config, sources, &env_prefix),
        headers: client
            .default_headers
            .iter()
            .map(|(name, value)| (name.clone(), value.value.clone()))
            .collect(),
        error_message: config.errors.message_property.as_ref().map(pointer),
        request_id_header: client
            .request_id_header
            .as_ref()
            .map(|header| header.value.clone()),
        delays_ms: (client.retries.initial_delay_ms, client.retries.max_delay_ms),
        env_prefix,
        idempotency_header: client
            .idempotency_header
            .as_ref()
            .map(|header| header.value.clone()),
        timeout_ms: client
            .timeout_ms
            .as_ref()
            .map_or(60_000, |timeout| timeout.value),
        max_retries: client
            .retries
            .max_retries
            .as_ref()
            .map_or(2, |retries| retries.value),
        query_arrays: config
            .array_format
            .as_ref()
            .map_or(QueryArrays::Declared, |format| match format.value {
                ArrayFormat::Comma => QueryArrays::Comma,
                ArrayFormat::Repeat => QueryArrays::Repeat,
                ArrayFormat::Brackets => QueryArrays::Brackets,
                ArrayFormat::Indices => QueryArrays::Indices,
            }),
        query_members: match config.nested_format.as_deref() {
            Some(NestedFormat::Dots) => QueryMembers::Dots,
            Some(NestedFormat::Brackets) | None => QueryMembers::Brackets,
        },
    }
}

fn manifest(config: &Config) -> Manifest {
    let target = &config.target;
    let text = |text: &Option<At<String>>| text.as_ref().map(|text| text.value.clone());
    let texts = |list: &[At<String>]| list.iter().map(|text| text.value.clone()).collect();
    Manifest {
        description: text(&target.description),
        repository: text(&target.repository),
        homepage: text(&target.homepage)
            .or_else(|| text(&target.documentation))
            .or_else(|| text(&config.organization.docs)),
        keywords: texts(&target.keywords),
        categories: texts(&target.categories),
        authors: texts(&target.authors),
        rust_version: text(&target.rust_version),
        readme_title: text(&target.readme_title),
    }
}

/// What the API is called: by the configuration, or by the title without the
/// words that every title has.
fn product(openapi: &OpenAPI, config: &Config) -> Words {
    if let Some(name) = &config.organization.name {
        return Words::split(name);
    }
    let title = ascii(&openapi.info.title);
    let words: Vec<&String> = title
        .iter()
        .take_while(|word| !is_noise(word))
        .take(4)
        .collect();
    let short = words
        .iter()
        .fold(Words::new(), |name, word| name.with(word));
    match (short.is_empty(), title.is_empty()) {
        (false, _) => short,
        (true, false) => title,
        (true, true) => Words::split("api"),
    }
}

fn is_noise(word: &str) -> bool {
    matches!(
        word,
        "api" | "apis" | "rest" | "openapi" | "swagger" | "specification" | "documentation"
    )
}

/// The words of a text that crates and variables can be named with.
fn ascii(text: &str) -> Words {
    let plain: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let known = if plain.trim().is_empty() {
        String::new()
    } else {
        plain
    };
    if known.is_empty() {
        Words::new()
    } else {
        Words::split(&known)
    }
}

/// A crate's name begins with a letter.
fn crate_name(product: &Words) -> String {
    let name = product.with("sdk").snake().replace('_', "-");
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("api-{name}")
    }
}

fn shout(words: &Words) -> String {
    words.snake().to_ascii_uppercase()
}

/// `error.message` as a JSON pointer.
fn pointer(property: &At<String>) -> String {
    let names = property.value.split('.');
    names
        .map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
        .collect()
}

fn options(config: &Config, sources: OptionSources<'_>, env_prefix: &str) -> Vec<ClientOption> {
    let variables = sources.variables;
    let mut options: Vec<ClientOption> = if config.client.options.is_empty() {
        inferred(sources, env_prefix)
    } else {
        configured_options(config, variables)
    };
    options.extend(unset(variables, &options, env_prefix));
    let has_secret = options
        .iter()
        .any(|option| option.role == OptionRole::WebhookSecret);
    if sources.webhooks.is_some() && !has_secret {
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
        });
    }
    options
}

/// The options of the configuration.
fn configured_options(config: &Config, variables: &[Variable]) -> Vec<ClientOption> {
    let all = config.client.options.iter();
    all.filter_map(|(name, option)| configured(name, option, config, variables))
        .collect()
}

/// The variables of servers that no option is for yet.
fn unset(variables: &[Variable], options: &[ClientOption], env_prefix: &str) -> Vec<ClientOption> {
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
                env: Some(format!("{env_prefix}_{}", shout(&words))),
                name: words,
                description: variable.description.clone(),
                role: OptionRole::Server(variable.inner.clone()),
                ty: OptionType::String,
                default: None,
                required: false,
            }
        })
        .collect()
}

fn configured(
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
        required: !option.nullable && option.default.is_none(),
    })
}

/// A default as it is sent.
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
        let part = match auth.role {
            AuthRole::Value => CredentialPart::Value,
            AuthRole::Username => CredentialPart::Username,
            AuthRole::Password => CredentialPart::Password,
            AuthRole::ClientId => CredentialPart::ClientId,
            AuthRole::ClientSecret => CredentialPart::ClientSecret,
        };
        return Some(credential(&auth.scheme.value, part));
    }
    if super::webhooks::key_option(config) == Some(name) {
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
    let member = || Some(OptionRole::Member(option.body.as_ref()?.value.clone()));
    header
        .or_else(query)
        .or_else(path)
        .or_else(member)
        .or_else(server)
}

/// An option for each credential that the document's schemes ask for.
fn inferred(sources: OptionSources<'_>, env_prefix: &str) -> Vec<ClientOption> {
    let alone = sources.schemes.len() == 1;
    let mut options = Vec::new();
    for (name, scheme) in sources.schemes {
        let required = !sources.security.is_empty()
            && sources
                .security
                .iter()
                .all(|requirement| requirement.contains(name));
        for Part { own, part, about } in parts(scheme) {
            let words = if alone {
                Words::split(own)
            } else {
                Words::split(name).join(&suffix(own))
            };
            options.push(ClientOption {
                env: Some(format!("{env_prefix}_{}", shout(&words))),
                name: words,
                description: about.map(str::to_owned),
                role: credential(name, part),
                ty: OptionType::String,
                default: None,
                // A token is as good as an id and a secret, and no more is needed.
                required: required && !(is_grant(scheme) && part == CredentialPart::Value),
            });
        }
    }
    options
}

fn credential(scheme: &str, part: CredentialPart) -> OptionRole {
    OptionRole::Credential {
        scheme: scheme.to_owned(),
        part,
    }
}

/// Where there are several schemes an option is named for its scheme.
fn suffix(own: &str) -> Words {
    match own {
        "username" | "password" | "client_id" | "client_secret" => Words::split(own),
        _ => Words::new(),
    }
}

/// A part of a credential, and the option that it is.
struct Part {
    own: &'static str,
    part: CredentialPart,
    about: Option<&'static str>,
}

impl Part {
    const fn new(own: &'static str, part: CredentialPart) -> Self {
        Self {
            own,
            part,
            about: None,
        }
    }

    const fn about(mut self, text: &'static str) -> Self {
        self.about = Some(text);
        self
    }
}

/// Whether tokens are asked for with an id and a secret.
const fn is_grant(scheme: &SecurityScheme) -> bool {
    matches!(
        scheme,
        SecurityScheme::OAuth2 {
            token_url: Some(_),
            ..
        }
    )
}

fn parts(scheme: &SecurityScheme) -> Vec<Part> {
    match scheme {
        SecurityScheme::Basic | SecurityScheme::BasicPlain => vec![
            Part::new("username", CredentialPart::Username),
            Part::new("password", CredentialPart::Password),
        ],
        SecurityScheme::OAuth2 {
            token_url: Some(_), ..
        } => vec![
            Part::new("client_id", CredentialPart::ClientId)
                .about("The id that access tokens are asked for with."),
            Part::new("client_secret", CredentialPart::ClientSecret)
                .about("The secret that access tokens are asked for with."),
            Part::new("token", CredentialPart::Value)
                .about("An access token, in place of the id and the secret."),
        ],
        SecurityScheme::Bearer { .. }
        | SecurityScheme::OAuth2 { .. }
        | SecurityScheme::OpenIdConnect => vec![Part::new("token", CredentialPart::Value)],
        SecurityScheme::ApiKeyHeader(_)
        | SecurityScheme::ApiKeyQuery(_)
        | SecurityScheme::ApiKeyCookie(_) => vec![Part::new("api_key", CredentialPart::Value)],
    }
}
