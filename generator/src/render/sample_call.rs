//! Sample calls for documentation: a method with sample values, and its imports.

use super::code::use_declaration_within;
use super::sample_expr::{SampleContext, Writer};
use super::sample_layout::{SampleCode, SampleItem};
use crate::ir::ReadmeCall;
use crate::plan::{MethodPlan, Plan, ResourcePlan, SampleExpr};

/// The width at which rustfmt breaks a list of imports.
const MAX_IMPORT_WIDTH: usize = 98;

/// A call of a method.
pub(super) struct SampleCall {
    /// The types that it names.
    items: Vec<String>,
    /// The other names that it needs.
    runtime: Vec<String>,
    /// The calls after `client`, such as `.chats()` and `.list()`.
    calls: Vec<SampleCode>,
}

impl SampleCall {
    /// Returns the call of a client, followed by other calls such as `.await?`.
    pub(super) fn of_client(&self, others: &[&str]) -> SampleCode {
        let others = others.iter().map(|call| SampleCode::atom(*call));
        let calls = self.calls.iter().cloned().chain(others);
        SampleCode::Chain(Box::new(SampleCode::atom("client")), calls.collect())
    }

    /// Returns the `use` declarations, with these names of the crate, as rustfmt sorts them.
    pub(super) fn imports(&self, plan: &Plan<'_>, names: &[&str]) -> String {
        let krate = &plan.crate_ident;
        let mut runtime = self.runtime.clone();
        runtime.extend(names.iter().map(|name| (*name).to_owned()));
        runtime.sort();
        let runtime_use = use_declaration_within(MAX_IMPORT_WIDTH, krate, &runtime);
        let types = format!("{krate}::types");
        let types = use_declaration_within(MAX_IMPORT_WIDTH, &types, &self.items);
        match runtime.len() {
            1 => runtime_use + &types,
            _ => types + &runtime_use,
        }
    }
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
    let names = method.path_args.iter().map(|arg| arg.ident.to_string());
    let mut args: Vec<SampleItem> = path
        .iter()
        .zip(names)
        .map(|((expr, by_ref), name)| SampleItem {
            name,
            code: path_argument(&mut writer, expr, *by_ref),
        })
        .collect();
    let (name, params) = super::wire_tests::method_of_call(method, params.as_ref());
    args.extend(params.map(|expr| SampleItem {
        name: "params".to_owned(),
        code: writer.code(expr, SampleContext::Argument),
    }));
    let accessors = resource.path.iter();
    let accessors = accessors.map(|accessor| SampleCode::Atom(format!(".{accessor}()")));
    let call = SampleCode::call(format!(".{name}("), args);
    SampleCall {
        calls: accessors.chain([call]).collect(),
        items: writer.items.iter().map(ToString::to_string).collect(),
        runtime: writer
            .runtime
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
    }
}

fn path_argument(writer: &mut Writer<'_, '_>, expr: &SampleExpr, by_ref: bool) -> SampleCode {
    if !by_ref {
        return writer.code(expr, SampleContext::Argument);
    }
    writer.code(expr, SampleContext::Exact).prefixed("&")
}
