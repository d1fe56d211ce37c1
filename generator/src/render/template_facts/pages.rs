//! Facts about pagination for the README.

use serde::Serialize;

use crate::plan::{MethodPlan, Plan, ResourcePlan, RustType};
use crate::render::sample_call;
use crate::render::sample_layout::Statements;
use crate::render::sample_print::print_statement;

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
    let mut body = Statements::reserving(&["client", "items", "item"]);
    body.push("let mut items = ", sample.of_client(&[".items()"]), ";");
    let item = item_type(plan, method);
    let print = item.and_then(|item| print_statement(plan, item, "item"));
    let print = print.unwrap_or_else(|| "println!(\"{item:?}\");".to_owned());
    body.push_line("while let Some(item) = items.next().await {");
    body.push_line("    let item = item?;");
    body.push_line(&format!("    {print}"));
    body.push_line("}");
    body.push_line("Ok(())");
    let code = format!(
        "{}\nasync fn print_all(client: &Client) -> Result<(), Error> {{\n{}}}\n",
        sample.imports(plan, &["Client", "Error"]),
        body.finish()
    );
    Some(PagesFacts { code })
}

/// Returns the type of the items of a page.
fn item_type<'p>(plan: &'p Plan<'_>, method: &'p MethodPlan<'_>) -> Option<&'p RustType> {
    match &method.returns {
        RustType::Item(id) => plan.pages.get(id).map(|page| &page.item),
        RustType::Vec(inner) => Some(inner),
        _ => None,
    }
}
