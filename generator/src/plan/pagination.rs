//! Pagination: what a page is taken apart by, in the terms of its struct.
//!
//! A type says once what it is as a page, whichever operation answers with it. Operations that
//! disagree about that are rare: the first is right, and the others return the page as it is.

use std::collections::BTreeMap;

use super::item::{FieldWrapper, ItemId, ItemKind, RustType};
use super::items::ItemTable;
use super::names::RustIdent;
use super::operations::OperationPlan;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, Operation, OperationId, PageFieldRole, PageFieldSource, Pagination, WireName,
};

/// What a struct is as a page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePlan {
    /// The type of its items.
    pub item: RustType,
    /// The way to the items.
    pub items: Vec<FieldStep>,
    /// What the page says, and the ways there.
    pub marks: BTreeMap<PageFieldRole, Vec<FieldStep>>,
}

/// A field on the way to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldStep {
    /// The field.
    pub ident: RustIdent,
    /// What holds its value.
    pub wrapper: FieldWrapper,
}

/// The structs that are pages, and the operations that answer with a page.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) structs: BTreeMap<ItemId, PagePlan>,
    pub(super) operations: Vec<OperationId>,
}

/// Finds the pages among what the operations answer.
pub(super) fn plan_pages(
    api: &Api,
    items: &ItemTable<'_>,
    operations: &[OperationPlan],
    diagnostics: &mut Diagnostics,
) -> Pages {
    let mut pages = Pages::default();
    for (index, (operation, plan)) in api.operations.iter().zip(operations).enumerate() {
        let id = OperationId::new(index);
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
                    diagnostics.push(disagreement(operation));
                }
            }
            _ => {}
        }
    }
    pages
}

/// The struct that an operation returns, or may return.
fn page_item(returns: &RustType) -> Option<ItemId> {
    match returns {
        RustType::Item(item) => Some(*item),
        RustType::Option(inner) => page_item(inner),
        _ => None,
    }
}

impl Pages {
    /// Adds what a struct is as a page, unless it is another page already.
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

fn disagreement(operation: &Operation) -> Diagnostic {
    let message = "another operation answers with the same type and takes its pages apart in \
                   another way; this one returns the page as it is";
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

/// The fields at the names of a path, and the type of the last one's value.
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
