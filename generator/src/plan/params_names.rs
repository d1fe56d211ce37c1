//! Names of the types of parameters.
//!
//! Explicit names come first, those of the first path before others. Otherwise, a name would depend
//! on the order of operations.

use std::collections::HashMap;

use super::context::PlanContext;
use super::item_table::ItemTable;
use super::names::{Case, RustIdent, Scope};
use super::params::plan_params;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Operation, OperationId, ParamsName, ParamsNameSource, Words};

/// The explicit names of the types of parameters.
#[derive(Debug)]
pub(super) struct ParamsNames {
    explicit: HashMap<OperationId, RustIdent>,
}

impl ParamsNames {
    /// Claims all explicit names, and reports those that cannot be used.
    pub(super) fn claim_explicit(
        context: &PlanContext<'_>,
        items: &ItemTable<'_>,
        names: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let operations = context.api.operations.iter().enumerate();
        let mut named: Vec<_> = operations
            .filter_map(|(index, operation)| {
                let name = find_explicit_name(operation)?;
                Some((OperationId::new(index), operation, name))
            })
            .collect();
        named.sort_by_key(|(_, operation, _)| &operation.pointer);
        let mut explicit = HashMap::new();
        for (id, operation, name) in named {
            if plan_params(context, items, operation).is_none() {
                continue;
            }
            match find_problem(name, names) {
                Some(problem) => diagnostics.push(report_name(name, operation, &problem)),
                None => {
                    let ident = names.claim(&name.words, Case::Type);
                    explicit.insert(id, ident);
                }
            }
        }
        Self { explicit }
    }

    /// Returns the explicit name of an operation's parameters. Claims an inferred name without one.
    pub(super) fn take(
        &mut self,
        id: OperationId,
        operation: &Operation,
        names: &mut Scope,
    ) -> RustIdent {
        let usual = operation.name.with("params");
        // A schema of the document can have the name.
        let other = operation.name.with("request params");
        let explicit = self.explicit.remove(&id);
        explicit.unwrap_or_else(|| names.claim_first(&[usual, other], Case::Type))
    }
}

/// Returns the explicit name of an operation's parameters. It names those of the declared operation
/// only, and not those of its variants.
fn find_explicit_name(operation: &Operation) -> Option<&ParamsName> {
    let stream = operation.stream.as_ref()?;
    let declared = operation.media_type_variant.is_none();
    stream.params_name.as_ref().filter(|_| declared)
}

/// Returns the reason why a name cannot be used.
fn find_problem(name: &ParamsName, names: &Scope) -> Option<String> {
    let words: &Words = &name.words;
    if words.is_empty() {
        return Some("the name has neither letters nor digits".to_owned());
    }
    let is_taken = names.is_taken(words, Case::Type);
    is_taken.then(|| format!("another type has the name `{}`", words.pascal()))
}

fn report_name(name: &ParamsName, operation: &Operation, problem: &str) -> Diagnostic {
    let Operation { method, path, .. } = operation;
    let message = format!("{problem}; the parameters of `{method} {path}` have an inferred name");
    let warning = Diagnostic::new(Code::InvalidParamsName, name.pointer.clone(), message);
    let warning = warning.help("choose another name for the parameters");
    match name.source {
        ParamsNameSource::Document => warning,
        ParamsNameSource::Config => warning.in_config(),
    }
}
