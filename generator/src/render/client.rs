//! Client: the description of the API for the runtime, the builder's setters and the accessors.

mod choices;
mod settings;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::Doc;
use super::file::RustFile;
use super::imports::{Imports, type_tokens};
use super::resources::{accessors, method};
use super::{Files, ident, render_files_in_parallel};
use crate::ir::{
    CredentialPart, EventHandling, EventRule, OptionRole, Package, RetryRule, RuntimeSource,
    SecurityScheme, WebhookSignature,
};
use crate::plan::{OptionPlan, Plan, ResourceMembers, ResourcePlan};
use crate::source::text::code_span;

/// Renders the client of the API.
pub(super) fn render_client(plan: &Plan<'_>) -> String {
    let mut imports = Imports::default();
    let mut file =
        RustFile::documented("The client: its configuration and the resources that it reaches.");
    imports.runtime(&["Error"]);
    match plan.api.package.runtime {
        RuntimeSource::Vendored => imports.runtime(&["Client", "ClientBuilder"]),
        RuntimeSource::Dependency => file.push(quote!(crate::runtime::__client_types!();)),
    }
    let root = plan.resources.first();
    let below: Vec<Ident> = root
        .into_iter()
        .flat_map(|root| &root.files)
        .map(|part| ident(&part.module))
        .collect();
    if !below.is_empty() {
        file.push(quote!(#(mod #below;)*));
    }
    file.push(description(plan, &mut imports));
    file.push(constructors(plan));
    let setters: Vec<_> = plan
        .options
        .iter()
        .map(|option| setter(option, &mut imports))
        .collect();
    if setters.iter().any(|setter| !setter.is_empty()) {
        file.push(quote!(impl ClientBuilder { #(#setters)* }));
    }
    render_choices(plan, &mut file);
    if let Some(root) = root {
        let accessors = accessors(plan, root, &root.own_file, &quote!(self));
        let methods = methods(plan, root, &root.own_file, &mut imports);
        if !accessors.is_empty() || !methods.is_empty() {
            file.push(quote!(impl Client { #accessors #(#methods)* }));
        }
    }
    if let Some(body) = error_body(plan, &mut imports) {
        file.push(body);
    }
    file.finish(plan, &imports)
}

/// Renders the enums of options with a fixed list of values.
fn render_choices(plan: &Plan<'_>, file: &mut RustFile) {
    for plan in &plan.options {
        if let Some(choice) = &plan.choice {
            choices::render_choice(plan.name.as_str(), choice, &|_| None, file);
        }
    }
    if let Some(choice) = &plan.environment {
        let url = |name: &str| plan.api.environments.get(name).cloned();
        choices::render_choice("environment", choice, &url, file);
    }
}

/// Renders the additional files of the client, if it is too long for one file.
pub(super) fn render_additional_files(plan: &Plan<'_>, files: &mut Files) {
    let Some(root) = plan.resources.first() else {
        return;
    };
    render_files_in_parallel(&root.files, files, |part| {
        let mut file = RustFile::new();
        let mut imports = Imports::default();
        imports.runtime(&["Client"]);
        let accessors = accessors(plan, root, &part.members, &quote!(self));
        let methods = methods(plan, root, &part.members, &mut imports);
        file.push(quote!(impl Client { #accessors #(#methods)* }));
        let path = format!("src/client/{}.rs", part.module);
        Some((path, file.finish(plan, &imports)))
    });
}

/// Renders the client's own methods in one of its files.
fn methods(
    plan: &Plan<'_>,
    root: &ResourcePlan<'_>,
    members: &ResourceMembers,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    root.methods_of(members)
        .map(|m| method(plan, m, &quote!(self), &quote!('_), imports))
        .collect()
}

/// Renders the description of the API for the runtime.
fn description(plan: &Plan<'_>, imports: &mut Imports) -> TokenStream {
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
    let settings = package.options.iter().filter_map(settings::setting_tokens);
    let error_message = option_tokens(package.error_message.as_deref());
    let request_id = option_tokens(package.request_id_header.as_deref());
    let backoff = settings::backoff_tokens(package.delays_ms);
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
    let idempotency = option_tokens(package.idempotency_header.as_deref());
    let (timeout, retries) = (
        proc_macro2::Literal::u64_unsuffixed(package.timeout_ms),
        proc_macro2::Literal::u32_unsuffixed(package.max_retries),
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
            settings: &[#(#settings),*],
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

fn option_tokens(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
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
            let env = option_tokens(option.env.as_deref());
            let (required, nullable) = (option.required, option.nullable);
            let default = option_tokens(option.default.as_deref());
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
    quote::format_ident!("{name}")
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
    option_tokens(secret.and_then(|option| option.env.as_deref()))
}

fn constructors(plan: &Plan<'_>) -> TokenStream {
    let package = &plan.api.package;
    let mut doc = Doc::default();
    doc.line("Creates a client that is configured by environment variables.");
    doc.blank();
    for option in package.options.iter().filter(|option| option.env.is_some()) {
        let required = if option.required { ", required" } else { "" };
        doc.line(format!(
            "- {}: `{}`{required}",
            code_span(option.env.as_deref().unwrap_or_default()),
            option.name.snake()
        ));
    }
    doc.line(format!(
        "- {}: the base URL of the API",
        code_span(&format!("{}_BASE_URL", package.env_prefix))
    ));
    if plan.api.environments.len() > 1 {
        doc.line(format!(
            "- {}: the server to call",
            code_span(&format!("{}_ENVIRONMENT", package.env_prefix))
        ));
    }
    doc.line(format!(
        "- {}: additional headers, one `Name: value` per line",
        code_span(&format!("{}_CUSTOM_HEADERS", package.env_prefix))
    ));
    doc.paragraph("# Errors");
    doc.paragraph("[`Error::Config`](crate::Error::Config) if a required option is missing or an option is invalid.");
    let docs = doc.tokens();
    quote! {
        impl Client {
            #docs
            pub fn from_env() -> Result<Self, Error> {
                Self::builder().build()
            }
            /// Returns a builder of a client. Options that are not set fall back to their
            /// environment variables, as in [`Client::from_env`].
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API)
            }
        }
    }
}

fn setter(plan: &OptionPlan<'_>, imports: &mut Imports) -> TokenStream {
    let option = plan.option;
    let name = &plan.name;
    let mut doc = Doc::default();
    if let Some(description) = &option.description {
        doc.prose(description);
    }
    let mut doc = doc.or(format!("Sets `{name}`."));
    settings::describe(option, &mut doc);
    if let Some(env) = &option.env {
        let env = code_span(env);
        doc.paragraph(format!("Falls back to the environment variable {env}."));
    }
    let docs = doc.tokens();
    let (text, name) = (option.name.snake(), ident(name));
    match &option.role {
        OptionRole::Credential { .. } => {
            imports.runtime(&["Secret"]);
            quote! {
                #docs
                pub fn #name(self, value: impl Into<Secret>) -> Self {
                    self.credential(#text, value.into())
                }
            }
        }
        // The runtime's builder has a setter of this name.
        OptionRole::WebhookSecret if plan.name.as_str() == "webhook_secret" => TokenStream::new(),
        OptionRole::WebhookSecret => {
            imports.runtime(&["Secret"]);
            quote! {
                #docs
                #[cfg(feature = "webhook")]
                pub fn #name(self, value: impl Into<Secret>) -> Self {
                    self.webhook_secret(value)
                }
            }
        }
        OptionRole::Header(_)
        | OptionRole::Query(_)
        | OptionRole::Path(_)
        | OptionRole::Member(_)
        | OptionRole::Server(_) => {
            let (ty, value) = settings::setter_argument(option.ty, plan.choice.as_ref());
            quote! {
                #docs
                pub fn #name(self, value: #ty) -> Self {
                    self.setting(#text, #value)
                }
            }
        }
    }
}

/// Renders the typed body of errors, if all operations have the same.
fn error_body(plan: &Plan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let body = type_tokens(plan, plan.error_body.as_ref()?, imports);
    imports.runtime(&["ApiError"]);
    let doc = quote! {
        /// The body, if it is the one that the API declares for errors.
    };
    Some(match plan.api.package.runtime {
        RuntimeSource::Vendored => quote! {
            impl ApiError {
                #doc
                pub fn body(&self) -> Option<#body> {
                    self.decode().ok()
                }
            }
        },
        RuntimeSource::Dependency => quote! {
            /// Decodes the bodies of this API's errors.
            pub trait ApiErrorExt {
                #doc
                fn body(&self) -> Option<#body>;
            }

            impl ApiErrorExt for ApiError {
                fn body(&self) -> Option<#body> {
                    self.decode().ok()
                }
            }
        },
    })
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
