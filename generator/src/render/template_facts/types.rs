//! Facts about types for the list of types.

use serde::Serialize;

use crate::plan::{ItemKind, Plan};

#[derive(Debug, Serialize)]
pub(super) struct TypeFacts {
    name: String,
    kind: &'static str,
    module: String,
    size: usize,
}

pub(super) fn types(plan: &Plan<'_>) -> Vec<TypeFacts> {
    plan.type_modules
        .iter()
        .flat_map(|type_module| {
            type_module
                .items()
                .map(move |id| (type_module, plan.item(id)))
        })
        .map(|(type_module, item)| {
            let (kind, size) = match &item.kind {
                _ if item.alias_of.is_some() => ("alias", 1),
                ItemKind::Struct(object) => ("struct", object.fields.len()),
                ItemKind::Enum(list) => ("enum", list.variants.len()),
                ItemKind::Union(union) => ("union", union.variants.len()),
                ItemKind::Alias(_) => ("newtype", 1),
                ItemKind::TypeAlias(_) => ("alias", 1),
                ItemKind::Params(params) => ("params", params.fields.len()),
                ItemKind::Outcome(outcome) => ("outcome", outcome.variants.len()),
            };
            TypeFacts {
                name: item.ident.to_string(),
                kind,
                module: type_module.path(),
                size,
            }
        })
        .collect()
}
