//! Former names: deprecated aliases of methods and types.

use super::context::PlanContext;
use super::former_paths::{FormerPathBuilder, FormerPaths, has_member, plan_former_methods};
use super::item::{Item, ItemId, ItemKind, RustType};
use super::item_table::ItemTable;
use super::methods::ResourcePlan;
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

/// Adds the former names of methods to their methods. Returns those of other resources.
pub(super) fn add_former_methods(
    api: &Api,
    resources: &mut [ResourcePlan<'_>],
    diagnostics: &mut Diagnostics,
) -> FormerPaths {
    let mut builder = FormerPathBuilder::default();
    for name in &api.former_names.resources {
        let path: Vec<&str> = name.to.split('.').collect();
        let Some(index) = find_resource(resources, &path) else {
            let message = format!("no resource of the crate is called `{}`", name.to);
            diagnostics.push(unknown_alias(name, message));
            continue;
        };
        if !builder.add_resource(name, index, resources) {
            diagnostics.push(conflicting_alias(name));
        }
    }
    for name in &api.former_names.methods {
        let (former_path, former) = split_path(&name.former);
        let (path, new) = split_path(&name.to);
        let found = find_resource(resources, &path);
        let method = found.and_then(|index| {
            let mut methods = resources.get(index)?.methods.iter();
            methods.position(|method| method.ident.as_str() == new)
        });
        let (Some(resource), Some(index)) = (found, method) else {
            let message = format!("no method of the crate is called `{}`", name.to);
            diagnostics.push(unknown_alias(name, message));
            continue;
        };
        if former_path != path {
            let moved = (&former_path[..], former, resource, index);
            if !builder.add_method(name, moved, resources) {
                diagnostics.push(conflicting_alias(name));
            }
            continue;
        }
        let Some(resource) = resources.get_mut(resource) else {
            continue;
        };
        let Some(method) = resource.methods.get(index) else {
            continue;
        };
        let added = plan_former_methods(name, &Words::split(former), method, "");
        if added
            .iter()
            .any(|former| has_member(resource, &former.ident))
        {
            diagnostics.push(conflicting_alias(name));
        } else if let Some(method) = resource.methods.get_mut(index) {
            method.former_names.extend(added);
        }
    }
    builder.finish(resources)
}

/// Returns the resource at a path of accessors.
fn find_resource(resources: &[ResourcePlan<'_>], path: &[&str]) -> Option<usize> {
    resources.iter().position(|resource| {
        let accessors = resource.path.iter().map(RustIdent::as_str);
        accessors.eq(path.iter().copied())
    })
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
    let help = "write the new name as in the crate: `pets.list`, `pets` or `PetListParams`";
    error.help(help).in_config()
}

fn conflicting_alias(name: &FormerName) -> Diagnostic {
    let message = format!("the crate has another item called `{}`", name.former);
    let error = Diagnostic::new(Code::ConflictingAlias, name.pointer.clone(), message);
    error.help("remove the alias").in_config()
}
