//! Former names: deprecated aliases of methods and types.

use super::context::PlanContext;
use super::item::{Item, ItemId, ItemKind, RustType};
use super::item_table::ItemTable;
use super::methods::{FormerMethod, MethodPlan, PARAMS_METHOD_SUFFIX, ResourcePlan};
use super::names::{Case, RustIdent, Scope};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Docs, FormerName, Words};

/// Adds an alias for each former name of a type.
pub(super) fn add_former_types(
    context: &PlanContext<'_>,
    items: &mut ItemTable<'_>,
    names: &mut Scope,
    diagnostics: &mut Diagnostics,
) {
    for name in &context.api.former_names.types {
        let mut declared = items.as_slice().iter().enumerate();
        let Some((index, target)) = declared.find(|(_, item)| item.ident.as_str() == name.to)
        else {
            let message = format!("no type of the crate is called `{}`", name.to);
            diagnostics.push(unknown_alias(name, message));
            continue;
        };
        let owner = target.owner.clone();
        let words = Words::split(&name.former);
        if names.is_taken(&words, Case::Type) {
            diagnostics.push(conflicting_alias(name));
            continue;
        }
        items.push(Item {
            ident: names.claim(&words, Case::Type),
            docs: Docs {
                description: Some(format!("The former name of `{}`.", name.to)),
                deprecated: true,
                deprecation: Some(name.deprecation(&name.to)),
                deprecated_since: name.since.clone(),
                ..Docs::default()
            },
            source: None,
            owner,
            alias_of: None,
            is_shared: false,
            is_former_name: true,
            kind: ItemKind::TypeAlias(RustType::Item(ItemId::new(index))),
        });
    }
}

/// Adds the former names of methods to their methods.
pub(super) fn add_former_methods(
    api: &Api,
    resources: &mut [ResourcePlan<'_>],
    diagnostics: &mut Diagnostics,
) {
    for name in &api.former_names.methods {
        let (former_path, former) = split_path(&name.former);
        let (path, new) = split_path(&name.to);
        let found = resources.iter_mut().find(|resource| {
            let accessors = resource.path.iter().map(RustIdent::as_str);
            accessors.eq(path.iter().copied())
        });
        let index = found.as_ref().and_then(|resource| {
            let mut methods = resource.methods.iter();
            methods.position(|method| method.ident.as_str() == new)
        });
        let (Some(resource), Some(index)) = (found, index) else {
            let message = format!("no method of the crate is called `{}`", name.to);
            diagnostics.push(unknown_alias(name, message));
            continue;
        };
        if former_path != path {
            let message = format!(
                "`{}` and `{}` belong to different resources",
                name.former, name.to
            );
            diagnostics.push(unknown_alias(name, message));
            continue;
        }
        let Some(method) = resource.methods.get(index) else {
            continue;
        };
        let added = plan_former_methods(name, &Words::split(former), method);
        if added
            .iter()
            .any(|former| has_member(resource, &former.ident))
        {
            diagnostics.push(conflicting_alias(name));
        } else if let Some(method) = resource.methods.get_mut(index) {
            method.former_names.extend(added);
        }
    }
}

/// Plans the former name of a method, and of the method that takes its optional parameters.
fn plan_former_methods(
    name: &FormerName,
    former: &Words,
    method: &MethodPlan<'_>,
) -> Vec<FormerMethod> {
    let plan = |words: &Words, to: &RustIdent, takes_params| FormerMethod {
        ident: Scope::default().claim(words, Case::Snake),
        to: to.clone(),
        takes_params,
        note: name.deprecation(to.as_str()),
        since: name.since.clone(),
    };
    let takes_params = method.params.is_some() && method.params_method.is_none();
    let mut planned = vec![plan(former, &method.ident, takes_params)];
    if let Some(params_method) = &method.params_method {
        let former = former.with(PARAMS_METHOD_SUFFIX);
        planned.push(plan(&former, params_method, true));
    }
    planned
}

/// Whether a resource has a method or an accessor of a name.
fn has_member(resource: &ResourcePlan<'_>, name: &RustIdent) -> bool {
    let mut methods = resource.methods.iter();
    let mut children = resource.children.iter();
    methods.any(|method| {
        let mut former = method.former_names.iter();
        method.ident == *name
            || method.params_method.as_ref() == Some(name)
            || former.any(|former| former.ident == *name)
    }) || children.any(|(accessor, _)| accessor == name)
}

/// Splits `pets.toys.list` into the accessors and the method.
fn split_path(path: &str) -> (Vec<&str>, &str) {
    match path.rsplit_once('.') {
        Some((accessors, method)) => (accessors.split('.').collect(), method),
        None => (Vec::new(), path),
    }
}

fn unknown_alias(name: &FormerName, message: String) -> Diagnostic {
    let error = Diagnostic::new(Code::UnknownAlias, name.pointer.clone(), message);
    let help = "write the new name as in the crate: `pets.list` or `PetListParams`";
    error.help(help).in_config()
}

fn conflicting_alias(name: &FormerName) -> Diagnostic {
    let message = format!("the crate has another item called `{}`", name.former);
    let error = Diagnostic::new(Code::ConflictingAlias, name.pointer.clone(), message);
    error.help("remove the alias").in_config()
}
