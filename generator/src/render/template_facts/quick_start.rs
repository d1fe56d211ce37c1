//! The call that the README and the example show.

use serde::Serialize;

use crate::ir::ReadmeCall;
use crate::plan::{MethodPlan, Plan, ResourcePlan, response_field};
use crate::render::sample_call;
use crate::render::sample_layout::Statements;
use crate::render::sample_print::{print_field, print_statement};

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
    let mut body = Statements::reserving(&["client", "response"]);
    body.push_line("let client = Client::from_env()?;");
    let print = print_response(plan, method, configured);
    let head = print.as_ref().map_or("", |_| "let response = ");
    body.push(head, sample.of_client(&[".await?"]), ";");
    print.iter().for_each(|print| body.push_line(print));
    body.push_line("Ok(())");
    let code = format!(
        "{}\n#[tokio::main]\nasync fn main() -> Result<(), {}::Error> {{\n{}}}\n",
        sample.imports(plan, &["Client"]),
        plan.crate_ident,
        body.finish()
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

/// Returns the statement that prints the configured field of the response, or another one.
fn print_response(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    configured: Option<&ReadmeCall>,
) -> Option<String> {
    let property = configured.and_then(|call| call.response_property.as_ref());
    let field = property.and_then(|(property, _)| response_field(plan, method, property));
    if let Some(field) = field {
        return Some(print_field(plan, field, "response"));
    }
    if method.paging.is_some() {
        return Some("println!(\"{} items\", response.items().len());".to_owned());
    }
    print_statement(plan, &method.returns, "response")
}
