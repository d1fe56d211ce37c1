//! The items of an owner, which stay together: a schema of the document with its nested schemas, or an
//! operation with its parameters and inline schemas.

use indexmap::IndexMap;

use super::split::{FileLimits, LayoutEntry, LayoutGroup, MAX_FILE_LINES, split_by_words};
use super::{RESERVED_MODULES, ident_words, line_estimate};
use crate::ir::{Api, Owner, Words};
use crate::plan::feature_gate::FeatureGate;
use crate::plan::item::{Item, ItemId};
use crate::plan::names::{Case, RustIdent, Scope};

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

/// The part of the crate through which alone the rest reaches the items of an owner. It is the owner
/// itself if there are several.
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
/// Names are claimed in the order of the items, so that equal names get the same numbers however the
/// result is sorted. Those of further files come last, so that an owner that grows too long renames no
/// other.
pub(in crate::plan) fn group_by_owner(api: &Api, items: &[Item<'_>]) -> Vec<OwnerItems> {
    let mut groups: IndexMap<(bool, &Owner), Vec<ItemId>> = IndexMap::new();
    for (index, item) in items.iter().enumerate() {
        groups
            .entry((item.is_shared, &item.owner))
            .or_default()
            .push(ItemId::new(index));
    }
    let mut scope = Scope::reserving(RESERVED_MODULES);
    let mut owners = Vec::new();
    let mut further = Vec::new();
    for ((shared, owner), ids) in groups {
        let words = owner_words(api, owner);
        let name = if shared { words.with("shared") } else { words };
        let mut groups = split_items(&name, ids, items).into_iter();
        owners.extend(groups.next().map(|group| claim_name(group, &mut scope)));
        further.extend(groups);
    }
    owners.extend(
        further
            .into_iter()
            .map(|group| claim_name(group, &mut scope)),
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

fn claim_name(group: LayoutGroup<ItemId>, scope: &mut Scope) -> OwnerItems {
    OwnerItems {
        name: scope.claim(&group.name, Case::Module),
        items: group.parts,
        gate: FeatureGate::always(),
        sole_user: None,
    }
}

fn owner_words(api: &Api, owner: &Owner) -> Words {
    match owner {
        Owner::Component(name) => name.words(),
        Owner::Operation(id) => api.operation(*id).name.clone(),
        Owner::Webhooks => Words::split("webhook_events"),
    }
}
