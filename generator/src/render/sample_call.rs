//! Sample calls for documentation: a method with sample values, and its imports.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident;
use super::sample_expr::{SampleContext, Writer};
use crate::ir::ReadmeCall;
use crate::plan::{MethodPlan, Plan, ResourcePlan, SampleExpr};

/// A call of a method.
pub(super) struct SampleCall {
    /// The `use` declaration of its types.
    pub(super) types: Option<TokenStream>,
    /// The other names that it needs.
    pub(super) runtime: Vec<Ident>,
    /// The expression after `client`, such as `.chats().list(ChatListParams::new())`.
    pub(super) call: TokenStream,
}

/// Returns a call with the values of the configuration, or else of the document's examples.
pub(super) fn sample_call(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    method: &MethodPlan<'_>,
    configured: Option<&ReadmeCall>,
) -> SampleCall {
    let mut writer = Writer::new(plan);
    let (path, params) = super::wire_tests::arguments(plan, method, configured);
    let mut args: Vec<TokenStream> = path
        .iter()
        .map(|(expr, by_ref)| argument(&mut writer, expr, *by_ref))
        .collect();
    let (name, params) = super::wire_tests::method_of_call(method, params.as_ref());
    args.extend(params.map(|expr| writer.write(expr, SampleContext::Argument)));
    let accessors = resource.path.iter().map(ident);
    let name = ident(name);
    let krate = quote::format_ident!("{}", plan.crate_ident);
    let items: Vec<_> = writer.items.iter().map(ident).collect();
    SampleCall {
        types: (!items.is_empty()).then(|| quote!(use #krate::types::{#(#items),*};)),
        runtime: writer
            .runtime
            .iter()
            .map(|name| quote::format_ident!("{name}"))
            .collect(),
        call: quote!(#(.#accessors())*.#name(#(#args),*)),
    }
}

fn argument(writer: &mut Writer<'_, '_>, expr: &SampleExpr, by_ref: bool) -> TokenStream {
    let arg = writer.write(
        expr,
        if by_ref {
            SampleContext::Exact
        } else {
            SampleContext::Argument
        },
    );
    if by_ref { quote!(&#arg) } else { arg }
}
