//! Facts about resources and their methods for the list of calls.

use serde::Serialize;

use crate::plan::{MethodPlan, Plan, ResourcePlan, RustIdent, RustType};
use crate::render::imports;
use crate::source::text::single_line;

#[derive(Debug, Serialize)]
pub(super) struct ResourceFacts {
    path: String,
    module: String,
    cfg: Option<String>,
    methods: Vec<MethodFacts>,
}

#[derive(Debug, Serialize)]
struct MethodFacts {
    name: String,
    verb: String,
    path: String,
    args: Vec<String>,
    returns: String,
}

pub(super) fn resource(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> ResourceFacts {
    ResourceFacts {
        path: resource
            .path
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("."),
        module: resource.module.to_string(),
        cfg: resource.gate().predicate(),
        methods: resource
            .methods
            .iter()
            .flat_map(|method| self::methods(plan, method))
            .collect(),
    }
}

/// Returns the facts about a method, and about the one with its optional parameters.
fn methods(plan: &Plan<'_>, method: &MethodPlan<'_>) -> Vec<MethodFacts> {
    let params = method.params.map(|id| plan.item(id).ident.to_string());
    match &method.params_method {
        None => vec![self::method(plan, method, &method.ident, params)],
        Some(params_method) => vec![
            self::method(plan, method, &method.ident, None),
            self::method(plan, method, params_method, params),
        ],
    }
}

fn method(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    name: &RustIdent,
    params: Option<String>,
) -> MethodFacts {
    let args = method.path_args.iter().map(|arg| arg.ident.to_string());
    let args = args.chain(params).collect();
    MethodFacts {
        name: name.to_string(),
        verb: method.operation.method.as_str().to_owned(),
        path: single_line(&method.operation.path),
        args,
        returns: match (&method.stream, method.paging) {
            (Some(_), _) => format!("EventStream<{}>", displayed_type(plan, &method.returns)),
            (None, Some(_)) => format!("Page<{}>", displayed_type(plan, &method.returns)),
            (None, None) => displayed_type(plan, &method.returns),
        },
    }
}

/// Returns a type as readers write it.
fn displayed_type(plan: &Plan<'_>, rust: &RustType) -> String {
    imports::type_tokens(plan, rust, &mut imports::Imports::default())
        .to_string()
        .replace(' ', "")
        .replace(',', ", ")
}
