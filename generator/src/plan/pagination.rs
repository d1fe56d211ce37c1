//! Pagination: the fields of a page that hold its items and the data for the next request.
//!
//! Each type has one description as a page, for all operations that return it. If operations disagree,
//! which is rare, the first one decides, and the others return the struct without pagination.

use std::collections::BTreeMap;

use super::item::{FieldWrapper, ItemId, ItemKind, RustType};
use super::item_table::ItemTable;
use super::names::RustIdent;
use super::operations::OperationPlan;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Operation, OperationId, PageFieldRole, PageFieldSource, Pagination, WireName};

/// The description of a struct as a page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePlan {
    /// The type of its items.
    pub item: RustType,
    /// The path of fields to the items.
    pub items: Vec<FieldStep>,
    /// The paths of fields to the data for the next request.
    pub marks: BTreeMap<PageFieldRole, Vec<FieldStep>>,
}

/// A field in a path.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldStep {
    /// The field.
    pub ident: RustIdent,
    /// The wrapper of its value.
    pub wrapper: FieldWrapper,
}

/// The structs that are pages, and the operations that return a page.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) structs: BTreeMap<ItemId, PagePlan>,
    pub(super) operations: Vec<OperationId>,
}

/// Finds the pages among the responses of operations.
pub(super) fn plan_pages(
    items: &ItemTable<'_>,
    operations: &[OperationPlan<'_>],
    diagnostics: &mut Diagnostics,
) -> Pages {
    let mut pages = Pages::default();
    for plan in operations {
        let OperationPlan { id, operation, .. } = *plan;
        let Some(paging) = &operation.pagination else {
            continue;
        };
        match &plan.returns {
            RustType::Vec(_) if paging.items.is_empty() => pages.operations.push(id),
            returns if let Some(item) = page_item(returns) => {
                let Some(page) = plan_page(items, item, paging) else {
                    continue;
                };
                if pages.add(item, page) {
                    pages.operations.push(id);
                } else {
                    diagnostics.push(disagreement_diagnostic(operation));
                }
            }
            _ => {}
        }
    }
    pages
}

/// Returns the struct that an operation returns, possibly in an `Option`.
fn page_item(returns: &RustType) -> Option<ItemId> {
    match returns {
        RustType::Item(item) => Some(*item),
        RustType::Option(inner) => page_item(inner),
        _ => None,
    }
}

impl Pages {
    /// Adds the description of a page, unless the struct has a different one.
    fn add(&mut self, item: ItemId, page: PagePlan) -> bool {
        let Some(known) = self.structs.get_mut(&item) else {
            self.structs.insert(item, page);
            return true;
        };
        let agrees = known.items == page.items
            && page
                .marks
                .iter()
                .all(|(mark, steps)| known.marks.get(mark).is_none_or(|others| others == steps));
        if agrees {
            known.marks.extend(page.marks);
        }
        agrees
    }
}

fn disagreement_diagnostic(operation: &Operation) -> Diagnostic {
    let message = "another operation returns the same type with a different pagination; this method \
                   returns the response without pagination";
    Diagnostic::new(
        Code::ConflictingPagination,
        operation.pointer.clone(),
        message,
    )
}

fn plan_page(table: &ItemTable<'_>, item: ItemId, paging: &Pagination) -> Option<PagePlan> {
    let (items, list) = resolve_steps(table, item, &paging.items)?;
    let RustType::Vec(inner) = list else {
        return None;
    };
    let marks = paging.fields.iter().filter_map(|(mark, source)| {
        let PageFieldSource::Field(path) = source else {
            return None;
        };
        Some((*mark, resolve_steps(table, item, path)?.0))
    });
    Some(PagePlan {
        item: *inner,
        items,
        marks: marks.collect(),
    })
}

/// Resolves a path of property names to fields and the type of the last value.
fn resolve_steps(
    table: &ItemTable<'_>,
    item: ItemId,
    path: &[WireName],
) -> Option<(Vec<FieldStep>, RustType)> {
    let mut here = RustType::Item(item);
    let mut steps = Vec::new();
    for name in path {
        let id = match here {
            RustType::Item(id) => id,
            RustType::Boxed(inner) => match *inner {
                RustType::Item(id) => id,
                _ => return None,
            },
            _ => return None,
        };
        let ItemKind::Struct(object) = &table.get(id)?.kind else {
            return None;
        };
        let field = object.fields.iter().find(|field| field.wire == name)?;
        steps.push(FieldStep {
            ident: field.ident.clone(),
            wrapper: field.wrapper,
        });
        here = field.ty.clone();
    }
    Some((steps, here))
}
