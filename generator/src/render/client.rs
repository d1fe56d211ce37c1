//! Client: the description of the API for the runtime, the builder's setters and the accessors.

mod choices;
mod description;
mod options;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::Doc;
use super::imports::{Imports, type_tokens};
use super::methods::render_method;
use super::parallel::render_files_in_parallel;
use super::resources::accessors;
use super::rust_file::RustFile;
use super::{Files, ident};
use crate::ir::{OptionRole, RuntimeSource};
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
    file.push(description::description(plan, &mut imports));
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
        .map(|m| render_method(plan, m, &quote!(self), &quote!('_), imports))
        .collect()
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
    doc.line(format!(
        "- {}: `info` or `debug` writes a line for each attempt to standard error",
        code_span(&format!("{}_LOG", package.env_prefix))
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
    options::describe(option, &mut doc);
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
        | OptionRole::BodyProperty(_)
        | OptionRole::Server(_) => {
            let (ty, value) = options::setter_argument(option.ty, plan.choice.as_ref());
            quote! {
                #docs
                pub fn #name(self, value: #ty) -> Self {
                    self.client_option(#text, #value)
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
