//! Methods: each describes a request and passes it to the runtime.

mod docs;
mod overloads;
mod path_args;
mod streams;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::{Imports, type_tokens};
use super::{ident, pagination};
use crate::ir::{Method, Operation};
use crate::plan::{FormerMethod, MethodPlan, Plan};
pub(super) use path_args::is_by_reference;

/// Renders a method, which describes a request and passes it to the runtime.
pub(super) fn render_method(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    client: &TokenStream,
    life: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    imports.runtime(&["Request"]);
    let docs = docs::method_docs(plan, method).tokens();
    let deprecated = super::fields::deprecated(&method.operation.docs);
    let name = ident(&method.ident);
    let new = request_tokens(
        &method.operation.method,
        method.operation.request_path(),
        client,
        imports,
    );
    let (args, segments): (Vec<_>, Vec<_>) = method
        .path_args
        .iter()
        .map(|arg| path_args::render(plan, arg, imports))
        .unzip();
    let params = method
        .params
        .map(|id| imports.use_item(&plan.item(id).ident));
    let switch = streams::render_switch(plan, method, imports);
    let mutable = switch.iter().map(|_| quote!(mut)).next();
    let params_arg = params.iter().map(|name| quote!(#mutable params: #name));
    let params_call = params.iter().map(|_| quote!(.params(&params)));
    let returns = returned_type(plan, method, imports);
    let stream = streams::calls(method, imports);
    let paging = method.paging;
    let paged = paging.map(|paging| pagination::paged_call(paging, imports));
    let property = method.property.map(crate::ir::WireName::as_str);
    let property = property.iter().map(|name| quote!(.property(#name)));
    let accept = method.accept.iter().map(|accept| quote!(.accept(#accept)));
    let security = method.security.map(|own| {
        let sets = own.iter().map(|set| quote!(&[#(#set),*]));
        quote!(.security(&[#(#sets),*]))
    });
    let idempotency = method
        .idempotency_header
        .iter()
        .map(|name| quote!(.idempotency_header(#name)));
    let limits = operation_limits(method.operation);
    // The receiver counts.
    let many = super::fields::allow_arguments(1 + args.len() + params.iter().count());
    let server = method.server.iter().map(|server| quote!(.server(#server)));
    let call = quote! {
        #switch
        #new #(#segments)* #(#params_call)* #stream #(#accept)* #(#property)* #security #(#idempotency)* #(#server)* #limits #paged
    };
    let signature = overloads::Signature {
        args: &args,
        params: params.as_ref(),
        returns: quote!(Request<#life, #returns>),
    };
    let former = overloads::former_methods(method, &signature);
    let Some(params_method) = &method.params_method else {
        return quote! {
            #docs
            #deprecated
            #many
            pub fn #name(&self, #(#args,)* #(#params_arg)*) -> Request<#life, #returns> { #call }
            #(#former)*
        };
    };
    let short = overloads::method_without_params(method, params_method, &signature);
    let (params_docs, params_method) = (docs::params_method_docs(method), ident(params_method));
    quote! {
        #docs
        #deprecated
        #short
        #params_docs
        #deprecated
        #many
        pub fn #params_method(&self, #(#args,)* #(#params_arg)*) -> Request<#life, #returns> { #call }
        #(#former)*
    }
}

/// A former method of another resource, which calls the method that it became.
pub(super) struct FormerCall<'f> {
    /// Its name, and the name of the method.
    pub(super) former: &'f FormerMethod,
    /// Its attributes.
    pub(super) attributes: TokenStream,
    /// The resource that has the method.
    pub(super) receiver: TokenStream,
    /// The lifetime of the request.
    pub(super) life: TokenStream,
}

/// Renders a method under a former path, with its arguments and its return type.
pub(super) fn render_former_call(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    call: &FormerCall<'_>,
    imports: &mut Imports,
) -> TokenStream {
    imports.runtime(&["Request"]);
    let args = method.path_args.iter();
    let args: Vec<_> = args
        .map(|arg| path_args::render(plan, arg, imports).0)
        .collect();
    let params = method.params.filter(|_| call.former.takes_params);
    let params = params.map(|id| imports.use_item(&plan.item(id).ident));
    let (life, returns) = (&call.life, returned_type(plan, method, imports));
    let signature = overloads::Signature {
        args: &args,
        params: params.as_ref(),
        returns: quote!(Request<#life, #returns>),
    };
    let forwarding = (&call.attributes, &call.receiver);
    overloads::former_method(method, call.former, forwarding, &signature)
}

/// Returns the type that a method's request returns.
fn returned_type(plan: &Plan<'_>, method: &MethodPlan<'_>, imports: &mut Imports) -> TokenStream {
    let returns =
        streams::response_type(method, type_tokens(plan, &method.returns, imports), imports);
    if method.paging.is_none() {
        return returns;
    }
    imports.runtime(&["Page"]);
    quote!(Page<#returns>)
}

/// Renders the calls that set the operation's own timeout and number of retries.
fn operation_limits(operation: &Operation) -> TokenStream {
    let timeout = operation.timeout_ms.map(Literal::u64_unsuffixed);
    let timeout = timeout
        .iter()
        .map(|ms| quote!(.default_timeout(std::time::Duration::from_millis(#ms))));
    let retries = operation.max_retries.map(Literal::u32_unsuffixed);
    let retries = retries.iter().map(|n| quote!(.default_max_retries(#n)));
    quote!(#(#timeout)* #(#retries)*)
}

/// Renders the request with its HTTP method and path.
fn request_tokens(
    method: &Method,
    path: &str,
    client: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let verb = method.as_str();
    if let Method::Other(_) = method {
        return quote!(Request::with_method(#client, #verb, #path));
    }
    imports.runtime(&["Method"]);
    let verb = quote::format_ident!("{verb}");
    quote!(Request::new(#client, Method::#verb, #path))
}
