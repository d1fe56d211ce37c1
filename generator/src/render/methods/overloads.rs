//! The other methods of an operation: without its optional parameters, and with former names.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{FormerMethod, MethodPlan, RustIdent};
use crate::render::{fields, ident};

/// The signature that the methods of an operation share.
pub(super) struct Signature<'s> {
    /// The arguments for the path.
    pub(super) args: &'s [TokenStream],
    /// The type of the parameters.
    pub(super) params: Option<&'s TokenStream>,
    /// The return type.
    pub(super) returns: TokenStream,
}

/// Renders the method that sends no optional parameter.
pub(super) fn method_without_params(
    method: &MethodPlan<'_>,
    params_method: &RustIdent,
    signature: &Signature<'_>,
) -> TokenStream {
    let (name, params_method) = (ident(&method.ident), ident(params_method));
    let Signature {
        args,
        params,
        returns,
    } = signature;
    let params = params.iter().map(|params| quote!(#params::new()));
    let passed = path_args(method).chain(params);
    let many = fields::allow_arguments(1 + args.len());
    quote! {
        #many
        pub fn #name(&self, #(#args),*) -> #returns {
            self.#params_method(#(#passed),*)
        }
    }
}

/// Renders the former names of a method, with the arguments and the return type of the new one.
pub(super) fn former_methods(
    method: &MethodPlan<'_>,
    signature: &Signature<'_>,
) -> Vec<TokenStream> {
    let former_names = method.former_names.iter();
    former_names
        .map(|former| {
            let to = &former.to;
            let doc = format!(" The former name of [`{to}`](Self::{to}).");
            let attributes = quote!(#[doc = #doc]);
            former_method(method, former, (&attributes, &quote!(self)), signature)
        })
        .collect()
}

/// Renders a former name with its attributes. The method is called on `receiver`.
pub(super) fn former_method(
    method: &MethodPlan<'_>,
    former: &FormerMethod,
    (attributes, receiver): (&TokenStream, &TokenStream),
    signature: &Signature<'_>,
) -> TokenStream {
    let to = &former.to;
    let deprecated = fields::deprecated_because(former.since.as_deref(), &former.note);
    let (name, to) = (ident(&former.ident), ident(to));
    let Signature {
        args,
        params,
        returns,
    } = signature;
    let params = params.filter(|_| former.takes_params);
    let passed = path_args(method).chain(params.iter().map(|_| quote!(params)));
    let many = fields::allow_arguments(1 + args.len() + params.iter().count());
    let params = params.iter().map(|params| quote!(params: #params));
    quote! {
        #attributes
        #deprecated
        #many
        pub fn #name(&self, #(#args,)* #(#params)*) -> #returns {
            #receiver.#to(#(#passed),*)
        }
    }
}

fn path_args(method: &MethodPlan<'_>) -> impl Iterator<Item = TokenStream> {
    let args = method.path_args.iter().map(|arg| ident(&arg.ident));
    args.map(|arg| quote!(#arg))
}
