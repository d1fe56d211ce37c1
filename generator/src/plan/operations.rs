//! Operations: the items and the response type of each operation.

use super::context::PlanContext;
use super::item::{Item, ItemId, ItemKind, RustType};
use super::item_table::ItemTable;
use super::names::{Case, Scope};
use super::params::plan_params;
use super::responses::plan_response;
use crate::ir::{Docs, Operation, OperationId, Owner, Words};

/// Decisions about an operation, which all methods that call it share.
#[derive(Debug)]
pub(super) struct OperationPlan<'a> {
    /// Its id.
    pub(super) id: OperationId,
    /// The operation.
    pub(super) operation: &'a Operation,
    /// The type of its parameters, if it takes any.
    pub(super) params: Option<ItemId>,
    /// The type of its response.
    pub(super) returns: RustType,
    /// The `Accept` header, if the default of the response type is not enough.
    pub(super) accept: Option<String>,
}

/// Plans all operations in the order of their ids, and adds their items.
pub(super) fn plan_operations<'a>(
    context: &PlanContext<'a>,
    items: &mut ItemTable<'a>,
    names: &mut Scope,
) -> Vec<OperationPlan<'a>> {
    let mut plans: Vec<OperationPlan<'a>> = Vec::with_capacity(context.api.operations.len());
    for (index, operation) in context.api.operations.iter().enumerate() {
        let id = OperationId::new(index);
        let owner = Owner::Operation(id);
        let params = match operation.takes_params_of() {
            Some(usual) => plans.get(usual.index()).and_then(|plan| plan.params),
            None => plan_params_item(context, operation, &owner, items, names),
        };
        let (returns, accept) = plan_response(context, operation, &owner, items, names);
        plans.push(OperationPlan {
            id,
            operation,
            params,
            returns,
            accept,
        });
    }
    plans
}

fn plan_params_item<'a>(
    context: &PlanContext<'a>,
    operation: &'a Operation,
    owner: &Owner,
    items: &mut ItemTable<'a>,
    names: &mut Scope,
) -> Option<ItemId> {
    let params = plan_params(context, items, operation)?;
    let stream = operation.stream.as_ref();
    let explicit = stream.and_then(|stream| stream.params_name.clone());
    // If several operations have the same explicit name, the others are named after their resources.
    let explicit = explicit.filter(|name| !names.is_taken(name, Case::Type));
    let usual = operation.name.with("params");
    // A schema of the document can have the name.
    let other = operation.name.with("request params");
    let candidates: Vec<Words> = explicit.into_iter().chain([usual, other]).collect();
    Some(items.push(Item {
        ident: names.claim_first(&candidates, Case::Type),
        docs: Docs {
            deprecated: operation.docs.deprecated,
            ..Docs::default()
        },
        source: None,
        owner: owner.clone(),
        alias_of: None,
        is_shared: false,
        is_former_name: false,
        kind: ItemKind::Params(params),
    }))
}
