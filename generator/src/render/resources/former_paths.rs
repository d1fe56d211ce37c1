//! Resources and methods under their former paths.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{FormerAccessor, FormerOwner, MovedMethod, Plan, ResourcePlan, RustIdent};
use crate::render::imports::Imports;
use crate::render::methods::{FormerCall, render_former_call};
use crate::render::rust_file::RustFile;
use crate::render::{fields, ident};
use crate::source::text::code_span;

/// Renders the file of all former paths.
pub(super) fn render_former_paths(plan: &Plan<'_>) -> String {
    let mut file = RustFile::documented("Calls under the paths of earlier versions.");
    let mut imports = Imports::default();
    let former = &plan.former_paths;
    for resource in &former.resources {
        imports.runtime(&["Client"]);
        imports.hidden(&resource.ident);
        let name = ident(&resource.ident);
        let doc = format!(" {}, whose methods moved.", call_text(&resource.path, None));
        file.push(quote! {
            #[doc = #doc]
            #[derive(Debug, Clone, Copy)]
            pub struct #name<'c> {
                pub(crate) client: &'c Client,
            }
        });
    }
    for renamed in &former.structs {
        let owner = FormerOwner::Current(renamed.resource);
        imports.hidden(&renamed.ident);
        let (name, current) = (ident(&renamed.ident), struct_path(plan, owner));
        let path = former.path_of(&plan.resources, owner);
        let doc = format!(" The former name of {}.", call_text(path, None));
        let deprecated = fields::deprecated_because(renamed.since.as_deref(), &renamed.note);
        let gate = gate(plan, owner);
        file.push(quote! {
            #[doc = #doc]
            #deprecated
            #gate
            pub type #name<'c> = #current<'c>;
        });
    }
    let owners = former.accessors.iter().map(|it| it.owner);
    let mut distinct: Vec<FormerOwner> = Vec::new();
    for owner in owners.chain(former.methods.iter().map(|it| it.owner)) {
        if !distinct.contains(&owner) {
            distinct.push(owner);
        }
    }
    for owner in distinct {
        let block = render_members(plan, owner, &mut imports);
        file.push(block);
    }
    file.finish(plan, &imports)
}

/// Renders the former accessors and methods of a resource.
fn render_members(plan: &Plan<'_>, owner: FormerOwner, imports: &mut Imports) -> TokenStream {
    let former = &plan.former_paths;
    let accessors = former.accessors.iter().filter(|it| it.owner == owner);
    let accessors: Vec<_> = accessors.map(|it| render_accessor(plan, it)).collect();
    let methods = former.methods.iter().filter(|it| it.owner == owner);
    let methods: Vec<_> = methods
        .map(|it| render_moved_method(plan, it, imports))
        .collect();
    let head = match owner {
        FormerOwner::Current(0) => {
            imports.runtime(&["Client"]);
            quote!(impl Client)
        }
        _ => {
            let (gate, name) = (gate(plan, owner), struct_path(plan, owner));
            quote!(#gate impl<'c> #name<'c>)
        }
    };
    quote!(#head { #(#accessors)* #(#methods)* })
}

/// Returns the attribute for the feature of a resource.
fn gate(plan: &Plan<'_>, owner: FormerOwner) -> Option<TokenStream> {
    let FormerOwner::Current(index) = owner else {
        return None;
    };
    let feature = plan.resources.get(index)?.feature.as_ref()?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// Returns the path of a resource's struct.
fn struct_path(plan: &Plan<'_>, owner: FormerOwner) -> TokenStream {
    let found = match owner {
        FormerOwner::Current(index) => plan.resources.get(index).map(|it| &it.ident),
        FormerOwner::Former(index) => plan.former_paths.resources.get(index).map(|it| &it.ident),
    };
    let name = found.map(ident);
    quote!(crate::resources::#name)
}

/// Returns the client that a resource has, and the lifetime of its requests.
fn client_of(owner: FormerOwner) -> (TokenStream, TokenStream) {
    match owner {
        FormerOwner::Current(0) => (quote!(self), quote!('_)),
        _ => (quote!(self.client), quote!('c)),
    }
}

fn render_accessor(plan: &Plan<'_>, accessor: &FormerAccessor) -> TokenStream {
    let (client, life) = client_of(accessor.owner);
    let path = plan.former_paths.path_of(&plan.resources, accessor.returns);
    let doc = match accessor.returns {
        FormerOwner::Current(_) => format!(" The former path of {}.", call_text(path, None)),
        FormerOwner::Former(_) => " The path of methods that moved.".to_owned(),
    };
    let deprecated = fields::deprecated_because(accessor.since.as_deref(), &accessor.note);
    let (name, gate) = (ident(&accessor.ident), gate(plan, accessor.returns));
    let returned = struct_path(plan, accessor.returns);
    quote! {
        #[doc = #doc]
        #deprecated
        #gate
        pub fn #name(&self) -> #returned<#life> {
            #returned { client: #client }
        }
    }
}

fn render_moved_method(plan: &Plan<'_>, moved: &MovedMethod, imports: &mut Imports) -> TokenStream {
    let resource: Option<&ResourcePlan<'_>> = plan.resources.get(moved.resource);
    let found = resource.and_then(|it| Some((it, it.methods.get(moved.method)?)));
    let Some((resource, method)) = found else {
        return TokenStream::new();
    };
    let (client, life) = client_of(moved.owner);
    let accessors = resource.path.iter().map(ident);
    let doc = call_text(&resource.path, Some(&moved.former.to));
    let doc = format!(" The former path of {doc}.");
    let gate = gate(plan, FormerOwner::Current(moved.resource));
    let call = FormerCall {
        former: &moved.former,
        attributes: quote!(#[doc = #doc] #gate),
        receiver: quote!(#client #(.#accessors())*),
        life,
    };
    render_former_call(plan, method, &call, imports)
}

/// Writes a call as users do.
fn call_text(path: &[RustIdent], method: Option<&RustIdent>) -> String {
    let accessors = path.iter().map(|it| format!(".{it}()"));
    let method = method.map(|it| format!(".{it}"));
    let text: String = accessors.chain(method).collect();
    code_span(&format!("client{text}"))
}
