//! The items of an owner, which stay together: a schema of the document with its nested schemas, or an
//! operation with its parameters and inline schemas.

use indexmap::IndexMap;

use super::split::{FileLimits, LayoutEntry, LayoutGroup, MAX_FILE_LINES, split_by_words};
use super::{RESERVED_MODULES, ident_words, line_estimate};
use crate::ir::{Api, Owner, Words};
use crate::plan::feature_gate::FeatureGate;
use crate::plan::item::{Item, ItemId};
use crate::plan::names::{Case, RustIdent, Scope};
use crate::plan::type_items::is_schema;

/// The items of an owner, or some of them if they are too long for a file.
#[derive(Debug)]
pub struct OwnerItems {
    /// The name of the owner, which no other has.
    pub name: RustIdent,
    /// The items, in the order of the document.
    pub items: Vec<ItemId>,
    /// Their feature gate.
    pub gate: FeatureGate,
    /// The sole user of them, if there is one.
    pub(in crate::plan) sole_user: Option<SoleUser>,
}

/// The resource or the owner through which all others reach an owner. It is the owner itself if several
/// reach it directly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::plan) enum SoleUser {
    /// An owner, by its name.
    Owner(RustIdent),
    /// A top-level resource, by its accessor.
    Resource(RustIdent),
}

impl SoleUser {
    /// Returns the name of the owner or of the resource.
    pub(in crate::plan) const fn name(&self) -> &RustIdent {
        match self {
            Self::Owner(name) | Self::Resource(name) => name,
        }
    }
}

/// Puts each item with the others of its owner. Items that other owners share with it are apart. The
/// result is sorted by name.
///
/// Names are claimed in the order of the owners' positions, so that the order of the document does not
/// decide between equal names. Schemas whose types have other names, because the names of two differ only in
/// case, come later and fall back to those. Further files come last, so that an owner that grows too
/// long renames no other.
pub(in crate::plan) fn group_by_owner(api: &Api, items: &[Item<'_>]) -> Vec<OwnerItems> {
    let mut groups: IndexMap<(bool, &Owner), Vec<ItemId>> = IndexMap::new();
    for (index, item) in items.iter().enumerate() {
        groups
            .entry((item.is_shared, &item.owner))
            .or_default()
            .push(ItemId::new(index));
    }
    let groups = groups.into_iter().map(|((shared, owner), ids)| {
        let words = owner_words(api, owner);
        let fallback = find_type_words(api, items, &ids).filter(|other| *other != words);
        let name = |words: Words| if shared { words.with("shared") } else { words };
        let position = owner_position(api, owner);
        (fallback.map(name), name(words), ids, position)
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by(|a, b| (a.0.is_some(), &a.3).cmp(&(b.0.is_some(), &b.3)));
    let mut scope = Scope::reserving(RESERVED_MODULES);
    let mut owners = Vec::new();
    let mut further = Vec::new();
    for (fallback, name, ids, _) in groups {
        let mut groups = split_items(&name, ids, items).into_iter();
        owners.extend(groups.next().map(|group| {
            let names: Vec<Words> = [group.name].into_iter().chain(fallback).collect();
            build_owner(scope.claim_first(&names, Case::Module), group.parts)
        }));
        further.extend(groups);
    }
    owners.extend(
        further
            .into_iter()
            .map(|group| build_owner(scope.claim(&group.name, Case::Module), group.parts)),
    );
    owners.sort_by(|a, b| a.name.cmp(&b.name));
    owners
}

/// Splits the items of an owner by name, if they are too long for one file.
fn split_items(name: &Words, ids: Vec<ItemId>, items: &[Item<'_>]) -> Vec<LayoutGroup<ItemId>> {
    let lines = |id: &ItemId| {
        let item = items.get(id.index());
        item.map_or(0, line_estimate::estimate_lines)
    };
    if ids.iter().map(lines).sum::<usize>() <= MAX_FILE_LINES {
        return vec![LayoutGroup {
            name: name.clone(),
            parts: ids,
        }];
    }
    let entries = ids.into_iter().map(|id| LayoutEntry {
        words: items
            .get(id.index())
            .map(|item| ident_words(&item.ident))
            .unwrap_or_default(),
        lines: lines(&id),
        value: id,
    });
    split_by_words(name, entries.collect(), FileLimits::ONE_OWNER)
}

fn build_owner(name: RustIdent, items: Vec<ItemId>) -> OwnerItems {
    OwnerItems {
        name,
        items,
        gate: FeatureGate::always(),
        sole_user: None,
    }
}

/// Returns the words of the type of a schema, from the items of its owner.
fn find_type_words(api: &Api, items: &[Item<'_>], ids: &[ItemId]) -> Option<Words> {
    let mut items = ids.iter().filter_map(|id| items.get(id.index()));
    let item = items.find(|item| {
        let source = item.source.map(|id| api.types.get(id));
        source.is_some_and(is_schema)
    })?;
    Some(Words::split(item.ident.as_str()))
}

/// Returns the text that orders owners: the name of a schema, or the position of an operation.
fn owner_position<'o>(api: &'o Api, owner: &'o Owner) -> &'o str {
    match owner {
        Owner::Component(name) => name.as_str(),
        Owner::Operation(id) => api.operation(*id).pointer.as_str(),
        Owner::Webhooks => "",
    }
}

fn owner_words(api: &Api, owner: &Owner) -> Words {
    match owner {
        Owner::Component(name) => name.words(),
        Owner::Operation(id) => api.operation(*id).name.clone(),
        Owner::Webhooks => Words::split("webhook_events"),
    }
}
