//! Resources: the namespaces of the client, with one short method per operation.

mod former_paths;
mod members_table;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::imports::{Imports, type_tokens};
use super::methods::render_method;
use super::parallel::render_files_in_parallel;
use super::rust_file::{self, RustFile};
use super::{Files, ident};
use crate::plan::{
    FeatureGate, Plan, ResourceFile, ResourceMembers, ResourcePlan, RustIdent, RustType,
    WebhookMethodPlan, WebhookPlan,
};

/// A resource, and its index in the plan.
type IndexedResource<'p, 'a> = (usize, &'p ResourcePlan<'a>);

/// Renders the files of resources, additional files of long resources, and the module that declares
/// them.
pub(super) fn render_resources(plan: &Plan<'_>, files: &mut Files) {
    let below: Vec<IndexedResource<'_, '_>> = plan.resources.iter().enumerate().skip(1).collect();
    let mut by_module: IndexMap<&RustIdent, Vec<IndexedResource<'_, '_>>> = IndexMap::new();
    for &(index, resource) in &below {
        by_module
            .entry(&resource.module)
            .or_default()
            .push((index, resource));
    }
    let by_module: Vec<_> = by_module.into_iter().collect();
    render_files_in_parallel(&by_module, files, |(module, resources)| {
        let path = format!("src/resources/{module}.rs");
        Some((path, render_file(plan, resources)))
    });
    let parts: Vec<_> = below
        .iter()
        .flat_map(|(_, resource)| resource.files.iter().map(move |part| (*resource, part)))
        .collect();
    render_files_in_parallel(&parts, files, |(resource, part)| {
        let path = format!("src/resources/{}/{}.rs", resource.module, part.module);
        Some((path, additional_file(plan, resource, part)))
    });
    let gate = |resources: &[IndexedResource<'_, '_>]| match resources.first() {
        Some((_, resource)) => resource.gate(),
        None => FeatureGate::always(),
    };
    let mut modules: Vec<_> = by_module
        .iter()
        .map(|(module, resources)| (*module, gate(resources)))
        .collect();
    if let Some(module) = &plan.former_paths.module {
        let path = format!("src/resources/{module}.rs");
        files.insert(path, former_paths::render_former_paths(plan));
        if plan.former_paths.has_types() {
            modules.push((module, FeatureGate::always()));
        }
    }
    modules.sort_by_key(|(module, _)| *module);
    let docs = "The resources of the API. The client's accessors return them.";
    let mut text = rust_file::module(docs, None, &modules);
    if let Some(module) = &plan.former_paths.module
        && !plan.former_paths.has_types()
    {
        text.push_str(&format!("\nmod {module};\n"));
    }
    files.insert("src/resources.rs".to_owned(), text);
}

fn render_file(plan: &Plan<'_>, resources: &[IndexedResource<'_, '_>]) -> String {
    let mut file = RustFile::new();
    let mut imports = Imports::default();
    imports.runtime(&["Client"]);
    for (_, resource) in resources {
        imports.hidden(&resource.ident);
    }
    let parts = resources.iter().flat_map(|(_, resource)| &resource.files);
    let parts: Vec<_> = parts.map(|part| ident(&part.module)).collect();
    if !parts.is_empty() {
        file.push(quote!(#(mod #parts;)*));
    }
    for (index, resource) in resources {
        render_resource(plan, *index, resource, &mut file, &mut imports);
    }
    file.finish(plan, &imports)
}

/// Renders the struct of a resource, and the methods that are in the same file.
fn render_resource(
    plan: &Plan<'_>,
    index: usize,
    resource: &ResourcePlan<'_>,
    file: &mut RustFile,
    imports: &mut Imports,
) {
    let name = ident(&resource.ident);
    let path = resource
        .path
        .iter()
        .map(|word| format!("{word}()"))
        .collect::<Vec<_>>()
        .join(".");
    let mut doc = Doc::default();
    if let Some(description) = resource.description {
        doc.prose(description);
    }
    doc.paragraph(format!("`client.{path}`."));
    members_table::add_table(plan, index, resource, &mut doc);
    let docs = doc.tokens();
    file.push(quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'c> {
            pub(crate) client: &'c Client,
        }
    });
    let accessors = accessors(plan, resource, &resource.own_file, &quote!(self.client));
    let methods = methods(plan, resource, &resource.own_file, imports);
    let unwraps: Vec<_> = plan
        .webhooks
        .iter()
        .flat_map(|webhooks| {
            webhooks
                .methods_of(index)
                .map(move |method| (webhooks, method))
        })
        .map(|(webhooks, method)| unwrap(plan, webhooks, method, imports))
        .collect();
    if accessors.is_empty() && methods.is_empty() && unwraps.is_empty() {
        return;
    }
    file.push(quote! {
        impl<'c> #name<'c> {
            #accessors
            #(#methods)*
            #(#unwraps)*
        }
    });
}

/// Renders an additional file of a resource.
fn additional_file(plan: &Plan<'_>, resource: &ResourcePlan<'_>, part: &ResourceFile) -> String {
    let mut file = RustFile::new();
    let mut imports = Imports::default();
    imports.hidden(&resource.ident);
    let name = ident(&resource.ident);
    let accessors = accessors(plan, resource, &part.members, &quote!(self.client));
    let methods = methods(plan, resource, &part.members, &mut imports);
    file.push(quote! {
        impl<'c> super::#name<'c> {
            #accessors
            #(#methods)*
        }
    });
    file.finish(plan, &imports)
}

fn methods(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    members: &ResourceMembers,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    resource
        .methods_of(members)
        .map(|m| render_method(plan, m, &quote!(self.client), &quote!('c), imports))
        .collect()
}

/// Renders the accessors of nested resources.
pub(super) fn accessors(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    members: &ResourceMembers,
    client: &TokenStream,
) -> TokenStream {
    let root = resource.path.is_empty();
    resource
        .children_of(members)
        .filter_map(|(accessor, index)| Some((accessor, plan.resources.get(*index)?)))
        .map(|(accessor, child)| {
            let mut doc = Doc::default();
            if let Some(description) = child.description {
                doc.prose(description);
            }
            let docs = doc
                .or(format!("Returns the resource `{accessor}`."))
                .tokens();
            let name = ident(&child.ident);
            let accessor = ident(accessor);
            let life = if root { quote!('_) } else { quote!('c) };
            let gate = root.then_some(child.feature.as_ref()).flatten();
            let gate = gate.map(|feature| quote!(#[cfg(feature = #feature)]));
            quote! {
                #docs
                #gate
                pub fn #accessor(&self) -> crate::resources::#name<#life> {
                    crate::resources::#name { client: #client }
                }
            }
        })
        .collect()
}

/// Renders a method that decodes the event of a delivery.
fn unwrap(
    plan: &Plan<'_>,
    webhooks: &WebhookPlan,
    method: &WebhookMethodPlan,
    imports: &mut Imports,
) -> TokenStream {
    imports.runtime(&["Error"]);
    let event = type_tokens(plan, &RustType::Item(webhooks.event), imports);
    let name = ident(&method.ident);
    if !method.is_verified {
        return quote! {
            /// Decodes the event of a delivery without verifying its signature.
            ///
            /// Anybody can send such a delivery. Authenticate the sender in another way
            /// before you act on it.
            ///
            /// # Errors
            ///
            /// [`Error::Webhook`](crate::Error::Webhook) if the body is not an event.
            pub fn #name(&self, body: impl AsRef<[u8]>) -> Result<#event, Error> {
                self.client.unwrap_webhook_unverified(body.as_ref())
            }
        };
    }
    quote! {
        /// Verifies the signature of a delivery, then decodes its event.
        ///
        /// Pass the headers and the exact body of the request: a body that was
        /// decoded and encoded again does not match the signature. The secrets
        /// are those of the client, unless it has a `webhook_verifier`.
        ///
        /// # Errors
        ///
        /// [`Error::Webhook`](crate::Error::Webhook) if the signature is missing,
        /// malformed, expired or invalid, if its timestamp is in the future, if the
        /// client has no secret, or if the body is not an event.
        pub fn #name(&self, headers: &crate::HeaderMap, body: impl AsRef<[u8]>) -> Result<#event, Error> {
            self.client.unwrap_webhook(headers, body.as_ref())
        }
    }
}
