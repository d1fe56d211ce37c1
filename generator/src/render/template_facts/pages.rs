//! Facts about pagination for the README.

use quote::quote;
use serde::Serialize;

use crate::plan::{MethodPlan, Plan, ResourcePlan};
use crate::render::{rust_file, sample_call};

#[derive(Debug, Serialize)]
pub(in crate::render) struct PagesFacts {
    /// A function that iterates over all items of a list.
    code: String,
}

/// Selects the configured list, or else the first one that needs no id, or else the first one.
pub(super) fn pages(plan: &Plan<'_>) -> Option<PagesFacts> {
    let paged = plan.resources.iter().flat_map(|resource| {
        let methods = resource.methods.iter();
        methods
            .filter(|method| method.paging.is_some())
            .map(move |method| (resource, method))
    });
    let needs_no_id =
        |(_, method): &(&ResourcePlan<'_>, &MethodPlan<'_>)| method.path_args.is_empty();
    let configured = plan.api.readme.pagination.as_ref();
    let is_configured = |(_, method): &(&ResourcePlan<'_>, &MethodPlan<'_>)| {
        configured.is_some_and(|call| call.operation == method.id)
    };
    let chosen = paged.clone().find(is_configured);
    let configured = configured.filter(|_| chosen.is_some());
    let found = chosen.or_else(|| paged.clone().find(needs_no_id));
    let (resource, method) = found.or_else(|| paged.clone().next())?;
    let sample = sample_call::sample_call(plan, resource, method, configured);
    let (krate, call) = (quote::format_ident!("{}", plan.crate_ident), &sample.call);
    let mut runtime = sample.runtime;
    runtime.extend([
        quote::format_ident!("Client"),
        quote::format_ident!("Error"),
    ]);
    let types = sample.types;
    Some(PagesFacts {
        code: rust_file::render_program(
            quote!(use #krate::{#(#runtime),*}; #types),
            quote! {
                async fn print_all(client: &Client) -> Result<(), Error> {
                    let mut items = client #call.items();
                    while let Some(item) = items.next().await {
                        let item = item?;
                        println!("{item:?}");
                    }
                    Ok(())
                }
            },
        ),
    })
}
