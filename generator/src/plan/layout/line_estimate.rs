//! Line estimate: the approximate length of an item's code.
//!
//! Only rendering knows the exact length. The estimate is within about a quarter of it, which is enough
//! to distinguish long files from short ones.

use crate::ir::Docs;
use crate::plan::item::{FieldInit, FieldPlan, Item, ItemKind, StructPlan, UnionPlan};

/// Estimates the lines of a doc comment.
type DocEstimate = fn(&Docs) -> usize;

/// Estimates the lines of an item.
pub(super) fn estimate_lines(item: &Item<'_>) -> usize {
    estimate_item(item, estimate_doc_lines)
}

/// Estimates the lines of an item whose doc comments have one line each. So a change of a description
/// does not move the item.
pub(super) fn estimate_code_lines(item: &Item<'_>) -> usize {
    estimate_item(item, |_| 1)
}

fn estimate_item(item: &Item<'_>, doc_lines: DocEstimate) -> usize {
    let own = match &item.kind {
        _ if item.alias_of.is_some() => 1,
        ItemKind::Struct(object) => estimate_object_lines(object, doc_lines),
        ItemKind::Params(params) => {
            40 + estimate_field_lines(&params.fields, true, doc_lines) + params.fields.len()
        }
        ItemKind::Enum(list) => 36 + 4 * list.variants.len(),
        ItemKind::Union(union) => {
            estimate_union_lines(union, exceeds_line(item.ident.as_str()), doc_lines)
        }
        ItemKind::Outcome(outcome) => 32 + 4 * outcome.variants.len(),
        ItemKind::Alias(_) => 20,
        ItemKind::TypeAlias(_) => 1,
    };
    own + doc_lines(&item.docs)
}

fn estimate_object_lines(object: &StructPlan<'_>, doc_lines: DocEstimate) -> usize {
    let sent = object.constructor.is_some();
    let constructor = if sent { 12 } else { 0 };
    32 + constructor + estimate_field_lines(&object.fields, sent, doc_lines)
}

/// Estimates the lines of fields: the declarations, the codec and the setters.
fn estimate_field_lines(fields: &[FieldPlan<'_>], sent: bool, doc_lines: DocEstimate) -> usize {
    let setter = |field: &FieldPlan<'_>, more: usize| {
        let (set, null) = (
            sent && field.initial == FieldInit::Default,
            &field.null_setter,
        );
        usize::from(set) * (6 + more) + usize::from(set && null.is_some()) * 6
    };
    let lines = |field: &FieldPlan<'_>| {
        let more = if exceeds_line(field.ident.as_str()) {
            5
        } else {
            0
        };
        7 + more + doc_lines(field.docs) + setter(field, more)
    };
    fields.iter().map(lines).sum()
}

/// Whether a name is so long that the statements with it take additional lines.
const fn exceeds_line(name: &str) -> bool {
    name.len() > 32
}

fn estimate_union_lines(union: &UnionPlan, wraps: bool, doc_lines: DocEstimate) -> usize {
    let one = if union.constructible { 12 } else { 6 }
        + if wraps { 2 } else { 0 }
        + if union.lends { 9 } else { 0 };
    let variants = union.variants.iter();
    36 + variants
        .map(|variant| one + doc_lines(&variant.docs))
        .sum::<usize>()
}

/// Estimates the lines of a doc comment, which has at least one.
pub(super) fn estimate_doc_lines(docs: &Docs) -> usize {
    let lines = |text: &Option<String>| text.as_ref().map_or(0, |text| text.lines().count() + 1);
    (lines(&docs.summary) + lines(&docs.description)).max(2) - 1
}
