//! Operations: the items and the response type of each operation.

use std::collections::HashMap;

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
    let explicit = assign_explicit_names(&context.api.operations);
    for (index, operation) in context.api.operations.iter().enumerate() {
        let id = OperationId::new(index);
        let owner = Owner::Operation(id);
        let params = match operation.takes_params_of() {
            Some(usual) => plans.get(usual.index()).and_then(|plan| plan.params),
            None => plan_params_item(context, operation, &owner, &explicit, items, names),
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

/// Returns the operation of each explicit name of parameters. If several operations have the same
/// name, the first path has it, and the others are named after their resources.
fn assign_explicit_names(operations: &[Operation]) -> HashMap<&Words, &Operation> {
    let mut assigned: HashMap<&Words, &Operation> = HashMap::new();
    for operation in operations {
        let Some(name) = explicit_name(operation) else {
            continue;
        };
        let first = assigned.entry(name).or_insert(operation);
        if operation.pointer < first.pointer {
            *first = operation;
        }
    }
    assigned
}

fn explicit_name(operation: &Operation) -> Option<&Words> {
    operation.stream.as_ref()?.params_name.as_ref()
}

fn plan_params_item<'a>(
    context: &PlanContext<'a>,
    operation: &'a Operation,
    owner: &Owner,
    explicit: &HashMap<&Words, &Operation>,
    items: &mut ItemTable<'a>,
    names: &mut Scope,
) -> Option<ItemId> {
    let params = plan_params(context, items, operation)?;
    let name = explicit_name(operation).filter(|name| {
        let assigned = explicit.get(name);
        assigned.is_some_and(|it| it.pointer == operation.pointer)
    });
    let explicit = name
        .filter(|name| !names.is_taken(name, Case::Type))
        .cloned();
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
