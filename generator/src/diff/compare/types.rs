//! Types: those that come and go, those that are renamed, and what differs in the others.

use std::collections::HashSet;

use super::context::{Context, Directions, item_snapshot};
use super::docs::{Documented, compare_docs};
use super::{enums, outcomes, structs, unions};
use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;
use crate::diff::effects::{Compile, Wire};
use crate::diff::surface::{ItemShape, ItemSurface};
use crate::plan::{ItemId, RustType};

/// Compares the types of both crates.
pub(super) fn compare_types(context: &Context<'_>, changes: &mut Vec<Change>) {
    let mut compared = HashSet::new();
    let mut gates = Vec::new();
    for (id, base) in context.base.items() {
        match context.items.head_of(id) {
            Some(head_id) => {
                if let Some(head) = context.head.item(head_id) {
                    let pair = ItemPair {
                        context,
                        base: (id, base),
                        head: (head_id, head),
                        group: context.group_of(head, false),
                    };
                    if pair.is_gate_narrower() {
                        gates.push((base, head));
                    }
                    pair.compare(&mut compared, changes);
                }
            }
            None if is_listed(context, base, true) => changes.push(removed(context, base)),
            None => {}
        }
    }
    for (id, head) in context.head.items() {
        if context.items.base_of(id).is_none() && is_listed(context, head, false) {
            changes.push(added(context, head));
        }
    }
    changes.extend(gate_change(context, &gates));
}

/// The change of all types that need other features: they follow from what uses the types.
fn gate_change(context: &Context<'_>, types: &[(&ItemSurface, &ItemSurface)]) -> Option<Change> {
    let (base, head) = types.first()?;
    let text = |item: &ItemSurface| match item.features.as_slice() {
        [] => "always".to_owned(),
        features => format!("with {}", features.join(" or ")),
    };
    let path = format!("types::{}", head.name);
    let summary = match types.len() {
        1 => format!("`{path}` is compiled with fewer features"),
        count => format!(
            "`{path}` and {} more types are compiled with fewer features",
            count - 1
        ),
    };
    let snapshot = |item: &ItemSurface| Snapshot::new(text(item), item.pointer.clone());
    let group = context.group_of(head, false);
    let mut change = Change::new(Code::FeatureGateChanged, group, path, summary)
        .between(snapshot(base), snapshot(head));
    change.related = types
        .iter()
        .skip(1)
        .map(|(_, item)| format!("types::{}", item.name))
        .collect();
    Some(change)
}

/// Whether a type that one of the crates lacks is a change of its own, and not a part of the change to
/// an operation.
fn is_listed(context: &Context<'_>, item: &ItemSurface, is_base: bool) -> bool {
    let is_of_method = matches!(item.shape, ItemShape::Params(_) | ItemShape::Outcome(_));
    // A former name that the new crate keeps is part of the rename.
    let is_kept_name = item.is_former_name && !is_base;
    !is_of_method && !is_kept_name && !context.is_of_lone_operation(item, is_base)
}

fn removed(context: &Context<'_>, item: &ItemSurface) -> Change {
    let path = format!("types::{}", item.name);
    let summary = format!("`{path}` is gone");
    Change::new(
        Code::TypeRemoved,
        context.group_of(item, true),
        path,
        summary,
    )
    .between(item_snapshot(context.base, item), None)
}

fn added(context: &Context<'_>, item: &ItemSurface) -> Change {
    let path = format!("types::{}", item.name);
    let summary = format!("`{path}` is new");
    Change::new(
        Code::TypeAdded,
        context.group_of(item, false),
        path,
        summary,
    )
    .between(None, item_snapshot(context.head, item))
}

/// A type of both crates.
struct ItemPair<'c, 's> {
    context: &'c Context<'s>,
    base: (ItemId, &'c ItemSurface),
    head: (ItemId, &'c ItemSurface),
    group: Group,
}

impl ItemPair<'_, '_> {
    fn compare(self, compared: &mut HashSet<(ItemId, ItemId)>, changes: &mut Vec<Change>) {
        self.compare_names(changes);
        self.compare_aliases(changes);
        let context = self.context;
        let ids = (
            context.base.canonical(self.base.0),
            context.head.canonical(self.head.0),
        );
        // Other names of the same types have the same changes.
        if compared.insert(ids) {
            self.compare_shapes(changes);
        }
    }

    fn change(&self, code: Code, summary: String) -> Change {
        let path = format!("types::{}", self.head.1.name);
        Change::new(code, self.group.clone(), path, summary).between(
            item_snapshot(self.context.base, self.base.1),
            item_snapshot(self.context.head, self.head.1),
        )
    }

    fn compare_names(&self, changes: &mut Vec<Change>) {
        let (old, new) = (&self.base.1.name, &self.head.1.name);
        if old != new {
            let confidence = self.context.items.confidence(self.base.0);
            let summary = format!("`types::{new}` was `{old}`");
            let change = self.change(Code::TypeRenamed, summary);
            let from = format!("types::{old}");
            let compile = match self.is_name_kept() {
                true => Compile::Additive,
                false => Compile::Breaking,
            };
            let change = change.compile(compile);
            changes.extend(confidence.map(|confidence| change.renamed_from(from, confidence)));
        }
    }

    /// Whether the new crate keeps the old name as an alias.
    fn is_name_kept(&self) -> bool {
        let mut items = self.context.head.items.iter();
        items.any(|item| {
            item.is_former_name
                && item.name == self.base.1.name
                && matches!(item.shape, ItemShape::TypeAlias(RustType::Item(id)) if id == self.head.0)
        })
    }

    fn compare_aliases(&self, changes: &mut Vec<Change>) {
        let (context, name) = (self.context, &self.head.1.name);
        let old = self
            .base
            .1
            .alias_of
            .and_then(|id| context.items.head_of(id));
        if let Some(old) = old
            && context.head.canonical(old) != context.head.canonical(self.head.0)
        {
            let other = context.head.name(old);
            let summary = format!("`types::{name}` and `types::{other}` are two types");
            changes.push(self.change(Code::TypesSeparated, summary));
        }
        let new = self
            .head
            .1
            .alias_of
            .and_then(|id| context.items.base_of(id));
        if let Some(new) = new
            && context.base.canonical(new) != context.base.canonical(self.base.0)
        {
            let other = context.base.name(new);
            let summary = format!("`types::{name}` is another name for `types::{other}`");
            changes.push(self.change(Code::TypeBecameAlias, summary));
        }
    }

    /// Whether the type needs a feature that it did not need.
    fn is_gate_narrower(&self) -> bool {
        let (old, new) = (&self.base.1.features, &self.head.1.features);
        // A feature that is gone is a change of its own.
        let known = &self.context.head.features;
        let is_lost = |name: &String| known.contains(name) && !new.contains(name);
        !new.is_empty() && (old.is_empty() || old.iter().any(is_lost))
    }

    fn compare_shapes(&self, changes: &mut Vec<Change>) {
        let (base, head) = (self.base.1, self.head.1);
        let (context, group) = (self.context, self.group.clone());
        let of = || Documented {
            group: group.clone(),
            item: format!("types::{}", head.name),
            before: item_snapshot(context.base, base),
            after: item_snapshot(context.head, head),
            type_docs: (None, None),
        };
        let codes = (Code::TypeDeprecated, Code::TypeUndeprecated);
        // Parameters have the prose of their method.
        if !matches!(head.shape, ItemShape::Params(_)) {
            compare_docs(&base.docs, &head.docs, codes, of, changes);
        }
        let is_same_page =
            context.is_same_optional(base.page_item.as_ref(), head.page_item.as_ref());
        if !is_same_page && base.page_item.is_some() {
            let summary = format!(
                "`types::{}` implements `ListPage` differently, or not at all",
                head.name
            );
            changes.push(self.change(Code::PageItemsChanged, summary));
        }
        match (&base.shape, &head.shape) {
            (ItemShape::Struct(old), ItemShape::Struct(new))
            | (ItemShape::Params(old), ItemShape::Params(new)) => {
                structs::compare_structs(context, group, (base, old), (head, new), changes);
            }
            (ItemShape::Enum(old), ItemShape::Enum(new)) => {
                enums::compare_enums(context, group, (base, old), (head, new), changes);
            }
            (ItemShape::Union(old), ItemShape::Union(new)) => {
                unions::compare_unions(context, group, (base, old), (head, new), changes);
            }
            (ItemShape::Outcome(old), ItemShape::Outcome(new)) => {
                outcomes::compare_outcomes(context, &group, (base, old), (head, new), changes);
            }
            (ItemShape::Wrapper(old), ItemShape::Wrapper(new))
            | (ItemShape::TypeAlias(old), ItemShape::TypeAlias(new)) => {
                if !context.is_same_type(old, new) {
                    let summary = format!("`types::{}` holds another type", head.name);
                    let directions = Directions::of_items(base, head);
                    let wire = context.type_wire(old, new, directions);
                    changes.push(self.change(Code::TypeInnerChanged, summary).wire(wire));
                }
            }
            (old, new) => {
                let summary = format!(
                    "`types::{}` is of the kind {}, not {}",
                    head.name,
                    new.kind(),
                    old.kind()
                );
                let directions = Directions::of_items(base, head);
                let wire = directions.wire(Wire::BREAKS, Wire::BREAKS);
                changes.push(self.change(Code::TypeKindChanged, summary).wire(wire));
            }
        }
    }
}
