//! Files of types.
//!
//! The types that only one resource of the client uses are in a file with the name of the resource, so
//! that small types do not cost a file each. A type that several resources use is in the file of its
//! owner. Where a type is depends on its name, its users and the length of its code. So a change of a
//! description moves no type, and a new type moves few others.

use std::collections::{BTreeMap, HashMap};

use super::owner_items::OwnerItems;
use super::split::{FileLimits, LayoutEntry, split_by_words};
use super::{RESERVED_MODULES, ident_words, line_estimate};
use crate::ir::Words;
use crate::plan::features::FeatureGate;
use crate::plan::item::{Item, ItemId};
use crate::plan::names::{Case, RustIdent, Scope};

/// A file of the `types` module.
#[derive(Debug)]
pub struct TypeModule {
    /// The name of the module and of the file.
    pub module: RustIdent,
    /// The owners of its items, in the order of their names.
    pub owners: Vec<OwnerItems>,
    /// Its feature gate.
    pub gate: FeatureGate,
    /// Its folder, if there are many files.
    pub folder: Option<RustIdent>,
}

impl TypeModule {
    /// Returns its path below `types`, without the extension.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.folder {
            Some(folder) => format!("{folder}/{}", self.module),
            None => self.module.to_string(),
        }
    }

    /// Returns its items, in order.
    pub fn items(&self) -> impl Iterator<Item = ItemId> {
        self.owners.iter().flat_map(|owner| &owner.items).copied()
    }
}

/// Groups the items of owners into files, which are sorted by name.
pub(in crate::plan) fn group_into_modules(
    owners: Vec<OwnerItems>,
    items: &[Item<'_>],
) -> Vec<TypeModule> {
    let mut scope = Scope::reserving(RESERVED_MODULES);
    let mut modules = Vec::new();
    let mut resources: BTreeMap<RustIdent, Vec<LayoutEntry<OwnerItems>>> = BTreeMap::new();
    for owner in owners {
        let Some(resource) = owner.only_resource.clone() else {
            let module = scope.claim(&Words::split(owner.name.as_str()), Case::Module);
            modules.push(build_module(module, vec![owner]));
            continue;
        };
        let lines = owner.items.iter().filter_map(|id| items.get(id.index()));
        let entry = LayoutEntry {
            words: words_in_resource(&Words::split(resource.as_str()), &owner.name),
            lines: lines.map(line_estimate::estimate_code_lines).sum(),
            value: owner,
        };
        resources.entry(resource).or_default().push(entry);
    }
    for (resource, entries) in resources {
        let name = Words::split(resource.as_str());
        for group in split_by_words(&name, entries, FileLimits::SEVERAL_OWNERS) {
            let candidates = [group.name.clone(), group.name.with("resource")];
            let module = scope.claim_first(&candidates, Case::Module);
            modules.push(build_module(module, group.parts));
        }
    }
    modules.sort_by(|a, b| a.module.cmp(&b.module));
    modules
}

/// Returns the words of a resource, followed by those of an owner. They begin with the resource only
/// once: `order_item` of the resource `orders` is `orders_item`.
fn words_in_resource(resource: &Words, owner: &RustIdent) -> Vec<String> {
    let words = ident_words(owner);
    let count = resource.iter().count();
    let first: Words = words.iter().take(count).collect();
    let repeated = if first.singulars() == resource.singulars() {
        count
    } else {
        0
    };
    let own = words.into_iter().skip(repeated);
    resource.iter().cloned().chain(own).collect()
}

fn build_module(module: RustIdent, owners: Vec<OwnerItems>) -> TypeModule {
    let first = owners.first().map(|owner| owner.gate.any.clone());
    TypeModule {
        module,
        gate: FeatureGate {
            client: owners.iter().all(|owner| owner.gate.client),
            any: first.unwrap_or_default(),
        },
        owners,
        folder: None,
    }
}

/// Maps the name of each type to the index of its file.
pub(in crate::plan) fn index_by_type(
    type_modules: &[TypeModule],
    items: &[Item<'_>],
) -> HashMap<RustIdent, usize> {
    let type_modules = type_modules.iter().enumerate();
    type_modules
        .flat_map(|(index, type_module)| type_module.items().map(move |id| (id, index)))
        .filter_map(|(id, index)| Some((items.get(id.index())?.ident.clone(), index)))
        .collect()
}
