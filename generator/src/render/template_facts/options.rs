//! The options of the client.

use serde::Serialize;

use crate::ir::{ClientOption, CredentialPart, OptionRole, OptionType, SecurityScheme};
use crate::plan::{ChoicePlan, Plan};
use crate::source::text::single_line;

/// An option of the client.
#[derive(Debug, Serialize)]
pub(in crate::render) struct OptionFacts {
    name: String,
    env: Option<String>,
    required: bool,
    /// Its possible values, if they are a fixed list.
    choice: Option<ChoiceFacts>,
    /// Its value in tests, if they set it.
    sample: Option<String>,
}

/// The type of an option, and its values.
#[derive(Debug, Serialize)]
struct ChoiceFacts {
    name: String,
    values: String,
}

/// Most values of an option that the README lists.
const MAX_SHOWN_VALUES: usize = 4;

/// The environments, and their type.
#[derive(Debug, Serialize)]
pub(in crate::render) struct EnvironmentFacts {
    name: String,
    servers: Vec<ServerFacts>,
}

#[derive(Debug, Serialize)]
struct ServerFacts {
    name: String,
    variant: String,
    url: String,
}

/// The options for the id and the secret of token requests.
#[derive(Debug, Serialize)]
pub(in crate::render) struct GrantFacts {
    id: String,
    secret: String,
    token_url: String,
}

pub(super) fn options(plan: &Plan<'_>) -> Vec<OptionFacts> {
    let options = plan.options.iter();
    options
        .map(|plan| OptionFacts {
            name: plan.name.to_string(),
            choice: plan.choice.as_ref().map(collect_choice_facts),
            env: plan.option.env.as_deref().map(single_line),
            required: plan.option.required,
            sample: sample(plan.option),
        })
        .collect()
}

/// Returns the enums of options with a fixed list of values.
pub(super) fn choices(plan: &Plan<'_>) -> Vec<String> {
    let choices = plan.options.iter().filter_map(|plan| plan.choice.as_ref());
    let choices = choices.chain(&plan.environment);
    choices.map(|choice| choice.ident.to_string()).collect()
}

pub(super) fn environment(plan: &Plan<'_>) -> Option<EnvironmentFacts> {
    let choice = plan.environment.as_ref()?;
    let servers = plan.api.environments.iter().zip(&choice.variants);
    Some(EnvironmentFacts {
        name: choice.ident.to_string(),
        servers: servers
            .map(|((name, url), (variant, _))| ServerFacts {
                name: single_line(name),
                variant: variant.to_string(),
                url: single_line(url),
            })
            .collect(),
    })
}

fn collect_choice_facts(choice: &ChoicePlan) -> ChoiceFacts {
    let variants = choice.variants.iter();
    let shown = variants
        .take(MAX_SHOWN_VALUES)
        .map(|(name, _)| format!("`{name}`"));
    let more = (choice.variants.len() > MAX_SHOWN_VALUES).then(|| "…".to_owned());
    ChoiceFacts {
        name: choice.ident.to_string(),
        values: shown.chain(more).collect::<Vec<_>>().join(", "),
    }
}

/// Returns the value of an option in tests. Tests do not call a token endpoint, so they set no client
/// credentials.
pub(in crate::render) fn sample(option: &ClientOption) -> Option<String> {
    match option.role {
        OptionRole::Credential {
            part: CredentialPart::ClientId | CredentialPart::ClientSecret,
            ..
        } => None,
        // Tests set the base URL instead.
        OptionRole::Server(_) => None,
        _ => Some(
            match option.ty {
                OptionType::String => "\"whsec_dGVzdA==\"",
                OptionType::Integer => "1",
                OptionType::Number => "1.0",
                OptionType::Boolean => "true",
            }
            .to_owned(),
        ),
    }
}

pub(super) const fn is_token_scheme(scheme: &SecurityScheme) -> bool {
    matches!(
        scheme,
        SecurityScheme::Bearer { .. }
            | SecurityScheme::OAuth2 { .. }
            | SecurityScheme::OpenIdConnect
    )
}

pub(super) fn grant(plan: &Plan<'_>) -> Option<GrantFacts> {
    let mut schemes = plan.api.security_schemes.iter();
    let (scheme, url) = schemes.find_map(|(name, scheme)| match scheme {
        SecurityScheme::OAuth2 { token_url, .. } => Some((name, token_url.as_ref()?)),
        _ => None,
    })?;
    let option = |part: CredentialPart| {
        let role = OptionRole::Credential {
            scheme: scheme.clone(),
            part,
        };
        let mut options = plan.options.iter();
        let plan = options.find(|plan| plan.option.role == role)?;
        Some(plan.name.to_string())
    };
    Some(GrantFacts {
        id: option(CredentialPart::ClientId)?,
        secret: option(CredentialPart::ClientSecret)?,
        token_url: single_line(url),
    })
}

/// Whether a call needs a security scheme that the SDK does not support.
pub(super) fn needs_unsupported_scheme(plan: &Plan<'_>) -> bool {
    let own = plan.methods().filter_map(|method| method.security);
    let mut names = own
        .chain([plan.api.security.as_slice()])
        .flatten()
        .flatten();
    names.any(|name| !plan.api.security_schemes.contains_key(name))
}
