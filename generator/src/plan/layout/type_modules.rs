//! Files of types.
//!
//! The types that only one resource of the client uses are in a file with the name of the resource, and
//! those that only one other type uses are in the file of that type. So small types do not cost a file
//! each. Where a type is depends on its name, its users and the length of its code. So a change of a
//! `description` moves no type, and a new type moves few others.

use std::collections::{BTreeMap, HashMap};

use super::owner_items::{OwnerItems, SoleUser};
use super::split::{FileLimits, LayoutEntry, split_by_words};
use super::{RESERVED_MODULES, ident_words, line_estimate};
use crate::ir::Words;
use crate::plan::feature_gate::FeatureGate;
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
///
/// Names of further files come last, so that a file that grows too long renames no other.
pub(in crate::plan) fn group_into_modules(
    owners: Vec<OwnerItems>,
    items: &[Item<'_>],
) -> Vec<TypeModule> {
    let mut users: BTreeMap<SoleUser, Vec<LayoutEntry<OwnerItems>>> = BTreeMap::new();
    for mut owner in owners {
        let user = owner.sole_user.take();
        let user = user.unwrap_or_else(|| SoleUser::Owner(owner.name.clone()));
        let lines = owner.items.iter().filter_map(|id| items.get(id.index()));
        let entry = LayoutEntry {
            words: words_in_file(&Words::split(user.name().as_str()), &owner.name),
            lines: lines.map(line_estimate::estimate_code_lines).sum(),
            value: owner,
        };
        users.entry(user).or_default().push(entry);
    }
    let mut scope = Scope::reserving(RESERVED_MODULES);
    let mut modules = Vec::new();
    let mut further = Vec::new();
    for (user, mut entries) in users {
        entries.sort_by_key(|entry| entry.value.name != *user.name());
        let name = Words::split(user.name().as_str());
        let mut groups = split_by_words(&name, entries, FileLimits::SEVERAL_OWNERS).into_iter();
        if let Some(first) = groups.next() {
            // A type may have the name of a resource.
            let candidates = [first.name.clone(), first.name.with("resource")];
            let module = scope.claim_first(&candidates, Case::Module);
            modules.push(build_module(module, first.parts));
        }
        further.extend(groups);
    }
    for group in further {
        let module = scope.claim(&group.name, Case::Module);
        modules.push(build_module(module, group.parts));
    }
    modules.sort_by(|a, b| a.module.cmp(&b.module));
    modules
}

/// Returns the words of a file, followed by those of an owner in it. They begin with the file's only
/// once: `order_item` in the file `orders` is `orders_item`.
fn words_in_file(file: &Words, owner: &RustIdent) -> Vec<String> {
    let words = ident_words(owner);
    let count = file.iter().count();
    let first: Words = words.iter().take(count).collect();
    let repeated = if first.singulars() == file.singulars() {
        count
    } else {
        0
    };
    let own = words.into_iter().skip(repeated);
    file.iter().cloned().chain(own).collect()
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
