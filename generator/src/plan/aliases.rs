//! Aliases: additional names of types.

use super::context::PlanContext;
use super::item::{Item, ItemId, ItemKind, RustType};
use super::item_table::ItemTable;
use super::names::{Case, RustIdent, Scope};
use super::operations::OperationPlan;
use super::pagination::Pages;
use super::type_items::is_schema;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Docs, Operation, Owner, TypeAlias, TypeId};

/// Claims the names of the configured aliases, before any other type has a name.
pub(super) fn claim_configured_aliases(
    context: &PlanContext<'_>,
    names: &mut Scope,
) -> Vec<RustIdent> {
    let aliases = context.api.aliases.iter();
    aliases
        .map(|alias| names.claim(&alias.name, Case::Type))
        .collect()
}

/// Adds the aliases that the configuration names.
pub(super) fn add_configured_aliases(
    context: &PlanContext<'_>,
    idents: Vec<RustIdent>,
    items: &mut ItemTable<'_>,
) {
    for (alias, ident) in context.api.aliases.iter().zip(idents) {
        let TypeAlias {
            ty, docs, owner, ..
        } = alias;
        let ty = context.resolver.resolve(ty);
        items.push(alias_item(ident, ty, docs.clone(), owner.clone()));
    }
}

/// Adds an alias, named for the operation, for each component that an operation returns and the
/// configuration does not name. Stainless SDKs of the same configuration have these types.
pub(super) fn add_response_aliases(
    context: &PlanContext<'_>,
    operations: &[OperationPlan<'_>],
    pages: &Pages,
    items: &mut ItemTable<'_>,
    names: &mut Scope,
) {
    if !context.api.names_responses {
        return;
    }
    let operations = operations.iter();
    for plan in operations.filter(|plan| plan.operation.media_type_variant.is_none()) {
        let OperationPlan { id, operation, .. } = *plan;
        let RustType::Item(item) = &plan.returns else {
            continue;
        };
        let name = operation.name.with("response");
        if pages.operations.contains(&id)
            || operation.stream.is_some()
            || !is_unnamed_component(context, items, *item)
            || names.is_taken(&name, Case::Type)
        {
            continue;
        }
        items.push(alias_item(
            names.claim(&name, Case::Type),
            plan.returns.clone(),
            response_docs(operation),
            Owner::Operation(id),
        ));
    }
}

fn response_docs(operation: &Operation) -> Docs {
    let (method, path) = (&operation.method, &operation.path);
    Docs {
        description: Some(format!("The response of `{method} {path}`.")),
        ..Docs::default()
    }
}

/// Adds the configured types that exist only as the parameters of an operation.
pub(super) fn add_parameter_aliases(
    context: &PlanContext<'_>,
    operations: &[OperationPlan<'_>],
    items: &mut ItemTable<'_>,
    names: &mut Scope,
) {
    let api = context.api;
    let models = api.configured_types.iter();
    for model in models.filter(|model| context.resolver.item(model.id).is_none()) {
        let found = operations.iter().find_map(|plan| {
            let spread = context.directions.spread_struct(api, plan.operation);
            let params = plan.params.filter(|_| spread == Some(model.id))?;
            Some((plan.id, params))
        });
        let def = api.types.get(model.id);
        if let Some((id, params)) = found
            && !names.is_taken(&def.name, Case::Type)
        {
            items.push(alias_item(
                names.claim(&def.name, Case::Type),
                RustType::Item(params),
                def.docs.clone(),
                Owner::Operation(id),
            ));
        }
    }
}

/// Whether an item is a component that the configuration does not name.
fn is_unnamed_component(context: &PlanContext<'_>, items: &ItemTable<'_>, item: ItemId) -> bool {
    let Some(id) = items.get(item).and_then(|item| item.source) else {
        return false;
    };
    is_schema(context.api.types.get(id)) && !is_configured(context, id)
}

fn is_configured(context: &PlanContext<'_>, id: TypeId) -> bool {
    let mut configured = context.api.configured_types.iter();
    configured.any(|model| model.id == id)
}

/// Warns about each configured type that no operation or webhook uses.
pub(super) fn warn_of_unreachable_models(context: &PlanContext<'_>, diagnostics: &mut Diagnostics) {
    let directions = &context.directions;
    for model in &context.api.configured_types {
        if !directions.is_sent(model.id) && !directions.is_received(model.id) {
            let message = format!("No method uses the model `{}`.", model.path);
            let warning = Diagnostic::new(Code::UnusedModel, model.pointer.clone(), message);
            let help = "Add a method that sends or returns it, or remove the model.";
            diagnostics.push(warning.help(help).in_config());
        }
    }
}

fn alias_item<'a>(ident: RustIdent, ty: RustType, docs: Docs, owner: Owner) -> Item<'a> {
    Item {
        ident,
        docs,
        source: None,
        owner,
        alias_of: None,
        is_shared: false,
        is_former_name: false,
        kind: ItemKind::TypeAlias(ty),
    }
}
