//! Client options for credentials, inferred without a configuration.

use super::{OptionSources, to_env_case};
use crate::ir::{ClientOption, CredentialPart, OptionRole, OptionType, SecurityScheme, Words};

/// An option for each credential that the document's schemes ask for.
pub(super) fn infer_credential_options(
    sources: OptionSources<'_>,
    env_prefix: &str,
) -> Vec<ClientOption> {
    let alone = sources.schemes.len() == 1;
    let mut options = Vec::new();
    for (name, scheme) in sources.schemes {
        let required = !sources.security.is_empty()
            && sources
                .security
                .iter()
                .all(|requirement| requirement.contains(name));
        for CredentialField { own, part, about } in list_credential_fields(scheme) {
            let words = if alone {
                Words::split(own)
            } else {
                Words::split(name).join(&suffix(own))
            };
            options.push(ClientOption {
                env: Some(env_name(sources, name, part).unwrap_or_else(|| {
                    let suffix = to_env_case(&words);
                    format!("{env_prefix}_{suffix}")
                })),
                name: words,
                description: about.map(str::to_owned),
                role: credential(name, part),
                ty: OptionType::String,
                default: None,
                // A token is as good as an id and a secret, and no more is needed.
                required: required && !(is_grant(scheme) && part == CredentialPart::Value),
                nullable: false,
            });
        }
    }
    options
}

/// Returns the environment variable that the document names for a whole credential.
fn env_name(sources: OptionSources<'_>, scheme: &str, part: CredentialPart) -> Option<String> {
    let is_whole = part == CredentialPart::Value;
    sources.env_names.get(scheme).filter(|_| is_whole).cloned()
}

/// The role of an option that is a part of a credential.
pub(super) fn credential(scheme: &str, part: CredentialPart) -> OptionRole {
    OptionRole::Credential {
        scheme: scheme.to_owned(),
        part,
    }
}

/// If there are several schemes, the name of an option contains its scheme.
fn suffix(own: &str) -> Words {
    match own {
        "username" | "password" | "client_id" | "client_secret" => Words::split(own),
        _ => Words::new(),
    }
}

/// A field of a credential, and the client option that sets it.
struct CredentialField {
    own: &'static str,
    part: CredentialPart,
    about: Option<&'static str>,
}

impl CredentialField {
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

fn list_credential_fields(scheme: &SecurityScheme) -> Vec<CredentialField> {
    match scheme {
        SecurityScheme::Basic | SecurityScheme::BasicPlain => vec![
            CredentialField::new("username", CredentialPart::Username),
            CredentialField::new("password", CredentialPart::Password),
        ],
        SecurityScheme::OAuth2 {
            token_url: Some(_), ..
        } => vec![
            CredentialField::new("client_id", CredentialPart::ClientId)
                .about("The id that access tokens are asked for with."),
            CredentialField::new("client_secret", CredentialPart::ClientSecret)
                .about("The secret that access tokens are asked for with."),
            CredentialField::new("token", CredentialPart::Value)
                .about("An access token, in place of the id and the secret."),
        ],
        SecurityScheme::Bearer { .. }
        | SecurityScheme::OAuth2 { .. }
        | SecurityScheme::OpenIdConnect => {
            vec![CredentialField::new("token", CredentialPart::Value)]
        }
        SecurityScheme::ApiKeyHeader(_)
        | SecurityScheme::ApiKeyQuery(_)
        | SecurityScheme::ApiKeyCookie(_) => {
            vec![CredentialField::new("api_key", CredentialPart::Value)]
        }
    }
}
