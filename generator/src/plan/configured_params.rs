//! Checks of the configured parameters: the values of examples, and
//! `positional_params`.

use serde_json::Value;

use super::item::{FieldLocation, FieldPlan, ItemKind, RustType};
use super::{MethodPlan, Plan};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{ReadmeCall, WireName};
use crate::source::Pointer;

/// Warns of names that are not parameters, and of values that a parameter cannot have.
pub(super) fn warn_of_params(plan: &Plan<'_>, diagnostics: &mut Diagnostics) {
    let readme = &plan.api.readme;
    for call in readme.quick_start.iter().chain(&readme.pagination) {
        warn_of_example(plan, call, diagnostics);
    }
    for method in plan.methods() {
        for (name, at) in &method.operation.positional_params {
            if find_type(plan, method, name.as_str()).is_none() {
                let message = format!("the operation has no parameter `{name}`");
                let help = "name a parameter, or a property of the body";
                diagnostics.push(config_warning(
                    Code::UnknownPositionalParam,
                    at,
                    message,
                    help,
                ));
            }
        }
    }
}

fn warn_of_example(plan: &Plan<'_>, call: &ReadmeCall, diagnostics: &mut Diagnostics) {
    let Some(method) = plan.methods().find(|it| it.id == call.operation) else {
        return;
    };
    let code = Code::InvalidExampleRequest;
    for (name, value) in &call.params {
        let at = call.params_pointer.child(name);
        let found = find_type(plan, method, name);
        if let Some(warning) = check_value(plan, name, value, found, &at) {
            diagnostics.push(warning);
        }
    }
    if let Some((property, at)) = &call.response_property
        && response_field(plan, method, property).is_none()
    {
        let message = format!("the response has no property `{property}`; the example prints all");
        let help = "name a property of the response, or remove `response_property`";
        diagnostics.push(config_warning(code, at, message, help));
    }
}

fn check_value(
    plan: &Plan<'_>,
    name: &str,
    value: &Value,
    ty: Option<RustType>,
    at: &Pointer,
) -> Option<Diagnostic> {
    let code = Code::InvalidExampleRequest;
    let Some(ty) = ty else {
        let message = format!("the operation has no parameter `{name}`; the example omits it");
        let help = "name a parameter, or a property of the body";
        return Some(config_warning(code, at, message, help));
    };
    plan.sample(&ty, value).is_none().then(|| {
        let message = format!("the value of `{name}` does not have the type of the parameter");
        let help = "write a value that the document allows";
        config_warning(code, at, message, help)
    })
}

fn config_warning(code: Code, at: &Pointer, message: String, help: &str) -> Diagnostic {
    let warning = Diagnostic::new(code, at.clone(), message);
    warning.help(help).in_config()
}

/// Returns the type of a parameter or a property of the body, by its name on the wire.
fn find_type(plan: &Plan<'_>, method: &MethodPlan<'_>, wire: &str) -> Option<RustType> {
    let mut args = method.path_args.iter();
    if let Some(arg) = args.find(|arg| arg.wire.as_str() == wire) {
        return Some(arg.ty.clone());
    }
    let ItemKind::Params(params) = &plan.item(method.params?).kind else {
        return None;
    };
    let mut fields = params.fields.iter();
    let field = fields.find(|field| field.name_on_wire() == wire);
    field.map(FieldPlan::full_type)
}

impl FieldPlan<'_> {
    /// The name of a parameter on the wire. A body that is one value has the name of its argument.
    pub(crate) fn name_on_wire(&self) -> &str {
        match self.location {
            FieldLocation::Body => self.ident.as_str(),
            _ => self.wire.as_str(),
        }
    }
}

/// Returns the field of a property of the response.
pub(crate) fn response_field<'p, 'a>(
    plan: &'p Plan<'a>,
    method: &MethodPlan<'a>,
    property: &WireName,
) -> Option<&'p FieldPlan<'a>> {
    let RustType::Item(id) = &method.returns else {
        return None;
    };
    let item = plan.item(*id);
    let item = item.alias_of.map_or(item, |id| plan.item(id));
    let ItemKind::Struct(object) = &item.kind else {
        return None;
    };
    object.fields.iter().find(|field| field.wire == property)
}
