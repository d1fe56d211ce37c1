//! The call that the README and the example show.

use quote::quote;
use serde::Serialize;

use crate::ir::ReadmeCall;
use crate::plan::{MethodPlan, Plan, ResourcePlan, RustType, response_field};
use crate::render::{ident, rust_file, sample_call};

/// A whole program that makes one call.
#[derive(Debug, Serialize)]
pub(in crate::render) struct QuickStart {
    pub(super) file: String,
    code: String,
    params: String,
    call: String,
    /// The feature that it needs in addition to the client.
    feature: Option<String>,
}

/// Selects the call of the quick start: the configured one, or else preferably one that is not deprecated,
/// has a body and needs no id.
pub(super) fn quick_start(plan: &Plan<'_>) -> Option<QuickStart> {
    let calls = plan.resources.iter().flat_map(|resource| {
        let methods = resource.methods.iter();
        // The README has a section on streams.
        methods
            .filter(|method| method.stream.is_none())
            .map(move |method| (resource, method))
    });
    let takes = |(_, method): &(&ResourcePlan<'_>, &MethodPlan<'_>)| {
        method.operation.body.is_some() && method.path_args.is_empty()
    };
    let configured = plan.api.readme.quick_start.as_ref();
    let is_configured = |(_, method): &(&ResourcePlan<'_>, &MethodPlan<'_>)| {
        configured.is_some_and(|call| call.operation == method.id)
    };
    let chosen = calls.clone().find(is_configured);
    let configured = configured.filter(|_| chosen.is_some());
    let (resource, method) = chosen
        .or_else(|| calls.min_by_key(|call| (call.1.operation.docs.deprecated, !takes(call))))?;
    let params_name = method
        .params
        .map(|id| plan.item(id).ident.to_string())
        .unwrap_or_default();
    let sample = sample_call::sample_call(plan, resource, method, configured);
    let krate = quote::format_ident!("{}", plan.crate_ident);
    let (types, call) = (&sample.types, &sample.call);
    let client = quote::format_ident!("Client");
    let runtime = sample.runtime.iter().chain([&client]);
    let (bind, print) = if method.returns == RustType::Unit {
        (quote!(), quote!())
    } else {
        let property = configured.and_then(|call| printed_property(plan, method, call));
        let print = match property {
            Some(field) => quote!(println!("{:?}", response.#field);),
            None => quote!(println!("{response:?}");),
        };
        (quote!(let response =), print)
    };
    let code = rust_file::render_program(
        quote!(use #krate::{#(#runtime),*}; #types),
        quote! {
            #[tokio::main]
            async fn main() -> Result<(), #krate::Error> {
                let client = Client::from_env()?;
                #bind client #call.await?;
                #print
                Ok(())
            }
        },
    );
    let singular = resource
        .path
        .last()
        .map(|word| crate::ir::Words::split(word.as_str()).singular().snake())
        .unwrap_or_default();
    Some(QuickStart {
        file: format!("{}_{singular}", method.ident)
            .trim_end_matches('_')
            .to_owned(),
        code,
        feature: resource.feature.clone(),
        params: params_name,
        call: resource
            .path
            .iter()
            .map(|word| format!("{word}()."))
            .collect::<String>()
            + &format!("{}()", method.ident),
    })
}

/// Returns the field of the response that the configuration prints.
fn printed_property<'a>(
    plan: &Plan<'a>,
    method: &MethodPlan<'a>,
    call: &ReadmeCall,
) -> Option<proc_macro2::Ident> {
    let (property, _) = call.response_property.as_ref()?;
    response_field(plan, method, property).map(|field| ident(&field.ident))
}
