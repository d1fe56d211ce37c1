//! Properties that a schema requires but does not declare.
//!
//! They matter for values that users create, because the API rejects such values without them. In
//! responses, undeclared properties are kept.

use std::collections::HashMap;

use super::context::PlanContext;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::UndeclaredProperties;
use crate::source::Pointer;

/// Warns about properties that requests need and types do not have.
pub(super) fn warn_of_undeclared(context: &PlanContext<'_>, diagnostics: &mut Diagnostics) {
    let api = context.api;
    if api.undeclared_properties.is_empty() {
        return;
    }
    let mut sent: HashMap<&Pointer, bool> = HashMap::new();
    for (id, def) in api.types.iter() {
        *sent.entry(&def.pointer).or_default() |= context.directions.is_sent(id);
    }
    for undeclared in &api.undeclared_properties {
        let mut known = undeclared
            .schemas
            .iter()
            .filter_map(|at| sent.get(at))
            .peekable();
        // The direction of a schema without a type of its own is unknown.
        if known.peek().is_none() || known.any(|is_sent| *is_sent) {
            diagnostics.push(undeclared_diagnostic(undeclared));
        }
    }
}

fn undeclared_diagnostic(undeclared: &UndeclaredProperties) -> Diagnostic {
    let names: Vec<String> = undeclared
        .names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let message = match names.as_slice() {
        [only] => format!("{only} is required but not declared; the type has no such property"),
        many => format!(
            "{} are required but not declared; the type has no such properties",
            many.join(", ")
        ),
    };
    let at = undeclared.pointer.clone();
    let warning = Diagnostic::new(Code::UndeclaredRequiredProperty, at, message);
    warning.help("declare it under `properties`, or remove it from `required`")
}
