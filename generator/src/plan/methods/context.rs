//! The facts that planning a method reads.

use crate::ir::OperationId;
use crate::plan::context::PlanContext;
use crate::plan::item_table::ItemTable;
use crate::plan::operations::OperationPlan;
use crate::plan::pagination::Pages;

/// Everything that planning a method reads.
pub(in crate::plan) struct MethodContext<'p, 'a> {
    /// The API and the facts about its types.
    pub(in crate::plan) context: &'p PlanContext<'a>,
    /// The items of types and operations.
    pub(in crate::plan) items: &'p ItemTable<'a>,
    /// The decisions about each operation, by its id.
    pub(in crate::plan) operations: &'p [OperationPlan<'a>],
    /// The responses that are pages of lists.
    pub(in crate::plan) pages: &'p Pages,
}

impl<'a> MethodContext<'_, 'a> {
    pub(super) fn operation_plan(&self, id: OperationId) -> &OperationPlan<'a> {
        let plan = self.operations.get(id.index());
        plan.expect("each operation of the model has a plan")
    }
}
