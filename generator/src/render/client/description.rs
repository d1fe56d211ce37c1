//! The description of an API for the runtime: the static `API` of a crate.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::options::{self, optional_text};
use crate::ir::{
    CredentialPart, EventHandling, EventRule, OptionRole, Package, RetryRule, SecurityScheme,
    WebhookSignature,
};
use crate::plan::Plan;
use crate::render::imports::Imports;

/// Renders the description of the API for the runtime.
pub(super) fn description(plan: &Plan<'_>, imports: &mut Imports) -> TokenStream {
    imports.runtime(&["Api"]);
    let api = plan.api;
    let package = &api.package;
    if !api.security_schemes.is_empty() {
        imports.runtime(&["SecurityScheme", "SecuritySchemeKind"]);
    }
    let (name, prefix) = (&package.client_name, &package.env_prefix);
    let environments = api
        .environments
        .iter()
        .map(|(name, url)| quote!((#name, #url)));
    let schemes = api.security_schemes.iter().map(|(name, scheme)| {
        let kind = scheme_kind(scheme);
        quote!(SecurityScheme { name: #name, kind: #kind })
    });
    let security = api.security.iter().map(|set| quote!(&[#(#set),*]));
    let credentials = credentials(package);
    if !credentials.is_empty() {
        imports.runtime(&["Credential", "CredentialPart"]);
    }
    let headers = package.headers.iter();
    let headers = headers.map(|(name, value)| quote!((#name, #value)));
    let options = package.options.iter().filter_map(options::option_tokens);
    let error_message = optional_text(package.error_message.as_deref());
    let request_id = optional_text(package.request_id_header.as_deref());
    let backoff = options::backoff_tokens(package.delays_ms);
    let retry_rule = match package.retry_rule {
        RetryRule::Rfc9110 => quote!(Rfc9110),
        RetryRule::Stainless => quote!(Stainless),
    };
    let scheme = webhook_scheme(api.webhooks.as_ref().map(|webhooks| &webhooks.signature));
    let secret = webhook_secret_env(package);
    let event_rules: Vec<_> = plan.api.event_rules.iter().map(event_rule).collect();
    if !event_rules.is_empty() {
        imports.runtime(&["EventHandling", "EventRule"]);
    }
    let idempotency = optional_text(package.idempotency_header.as_deref());
    let (timeout, retries) = (
        Literal::u64_unsuffixed(package.timeout_ms),
        Literal::u32_unsuffixed(package.max_retries),
    );
    quote! {
        /// The description of the API for the runtime.
        static API: Api = Api {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            env_prefix: #prefix,
            environments: &[#(#environments),*],
            schemes: &[#(#schemes),*],
            security: &[#(#security),*],
            credentials: &[#(#credentials),*],
            webhook_secret_env: #secret,
            #[cfg(feature = "webhook")]
            webhook_scheme: crate::runtime::__private::WebhookScheme::#scheme,
            headers: &[#(#headers),*],
            options: &[#(#options),*],
            error_message: #error_message,
            request_id_header: #request_id,
            idempotency_header: #idempotency,
            event_rules: &[#(#event_rules),*],
            timeout: std::time::Duration::from_millis(#timeout),
            max_retries: #retries,
            retry_rule: crate::runtime::__private::RetryRule::#retry_rule,
            backoff: #backoff,
        };
    }
}

fn scheme_kind(scheme: &SecurityScheme) -> TokenStream {
    match scheme {
        SecurityScheme::Bearer { keyword } if keyword != "Bearer" => {
            quote!(SecuritySchemeKind::Keyword(#keyword))
        }
        SecurityScheme::OAuth2 {
            token_url: Some(url),
            scopes,
        } => quote! {
            SecuritySchemeKind::OAuth2(&crate::runtime::__private::OAuth2 { token_url: #url, scopes: &[#(#scopes),*] })
        },
        SecurityScheme::Bearer { .. }
        | SecurityScheme::OAuth2 { .. }
        | SecurityScheme::OpenIdConnect => quote!(SecuritySchemeKind::Bearer),
        SecurityScheme::Basic => quote!(SecuritySchemeKind::Basic),
        SecurityScheme::BasicPlain => quote!(SecuritySchemeKind::BasicPlain),
        SecurityScheme::ApiKeyHeader(name) => quote!(SecuritySchemeKind::ApiKeyHeader(#name)),
        SecurityScheme::ApiKeyQuery(name) => quote!(SecuritySchemeKind::ApiKeyQuery(#name)),
        SecurityScheme::ApiKeyCookie(name) => quote!(SecuritySchemeKind::ApiKeyCookie(#name)),
    }
}

fn credentials(package: &Package) -> Vec<TokenStream> {
    package
        .options
        .iter()
        .filter_map(|option| match &option.role {
            OptionRole::Credential { scheme, part } => Some((option, scheme, *part)),
            _ => None,
        })
        .map(|(option, scheme, part)| {
            let name = option.name.snake();
            let env = optional_text(option.env.as_deref());
            let (required, nullable) = (option.required, option.nullable);
            let default = optional_text(option.default.as_deref());
            let role = role(part);
            quote!(Credential {
                option: #name,
                scheme: #scheme,
                part: CredentialPart::#role,
                env: #env,
                required: #required,
                nullable: #nullable,
                default: #default,
            })
        })
        .collect()
}

fn role(part: CredentialPart) -> Ident {
    let name = match part {
        CredentialPart::Value => "Value",
        CredentialPart::Username => "Username",
        CredentialPart::Password => "Password",
        CredentialPart::ClientId => "ClientId",
        CredentialPart::ClientSecret => "ClientSecret",
    };
    format_ident!("{name}")
}

/// Renders the signature scheme of webhooks.
fn webhook_scheme(signature: Option<&WebhookSignature>) -> TokenStream {
    match signature {
        None | Some(WebhookSignature::Usual) => quote!(Detect),
        Some(WebhookSignature::Standard(prefix)) => {
            let [id, timestamp, signature] =
                ["id", "timestamp", "signature"].map(|name| format!("{prefix}-{name}"));
            quote!(Standard(crate::runtime::__private::WebhookHeaders {
                id: #id,
                timestamp: #timestamp,
                signature: #signature,
            }))
        }
        Some(WebhookSignature::Body(header)) => quote!(Body { header: #header }),
        Some(WebhookSignature::Unknown(header)) => quote!(Unknown { header: #header }),
    }
}

fn webhook_secret_env(package: &Package) -> TokenStream {
    let secret = package
        .options
        .iter()
        .find(|option| option.role == OptionRole::WebhookSecret);
    optional_text(secret.and_then(|option| option.env.as_deref()))
}

fn event_rule(rule: &EventRule) -> TokenStream {
    let names = match &rule.names {
        Some(names) => quote!(Some(&[#(#names),*])),
        None => quote!(None),
    };
    let start = &rule.data_starts_with;
    let handling = match rule.handling {
        EventHandling::Yield => quote!(Yield),
        EventHandling::Done => quote!(Done),
        EventHandling::Error => quote!(Error),
    };
    quote!(EventRule {
        names: #names,
        data_starts_with: #start,
        handling: EventHandling::#handling,
    })
}
