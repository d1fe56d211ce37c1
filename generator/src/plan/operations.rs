//! Operations: the items and the response type of each operation.

use super::context::PlanContext;
use super::item::{Item, ItemId, ItemKind, ParamsPlan, RustType};
use super::item_table::ItemTable;
use super::names::{RustIdent, Scope};
use super::params::plan_params;
use super::params_names::ParamsNames;
use super::responses::plan_response;
use crate::diagnostics::Diagnostics;
use crate::ir::{Docs, Operation, OperationId, Owner};

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
    diagnostics: &mut Diagnostics,
) -> Vec<OperationPlan<'a>> {
    let mut params_names = ParamsNames::claim_explicit(context, items, names, diagnostics);
    let mut plans: Vec<OperationPlan<'a>> = Vec::with_capacity(context.api.operations.len());
    for (index, operation) in context.api.operations.iter().enumerate() {
        let id = OperationId::new(index);
        let owner = Owner::Operation(id);
        let params = match operation.takes_params_of() {
            Some(usual) => plans.get(usual.index()).and_then(|plan| plan.params),
            None => plan_params(context, items, operation).map(|params| {
                let ident = params_names.take(id, operation, names);
                items.push(make_params_item(ident, params, operation, &owner))
            }),
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

fn make_params_item<'a>(
    ident: RustIdent,
    params: ParamsPlan<'a>,
    operation: &Operation,
    owner: &Owner,
) -> Item<'a> {
    Item {
        ident,
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
    }
}
