//! Files: which items stand together.
//!
//! A family is what a reviewer wants to see at once: a schema of the document
//! with everything that stands inside it, or an operation with its parameters
//! and the schemas of its own. A family is a file.

use indexmap::IndexMap;

use super::item::ItemId;
use super::names::{Case, RustIdent, Scope};
use crate::ir::{Api, Owner, Words};

/// A file of the `types` module.
#[derive(Debug)]
pub struct Family {
    /// The module's name, and the file's.
    pub module: RustIdent,
    /// Its items, in the order of the document.
    pub items: Vec<ItemId>,
}

/// Puts each item with its owner's others; the result is sorted by name.
///
/// Modules are named in the order of the items, so that a clash is settled the
/// same way however the files are sorted.
pub(super) fn families(api: &Api, owners: &[Owner]) -> Vec<Family> {
    let mut groups: IndexMap<&Owner, Vec<ItemId>> = IndexMap::new();
    for (index, owner) in owners.iter().enumerate() {
        groups.entry(owner).or_default().push(ItemId::new(index));
    }
    // On file systems that ignore case, and on Windows, these are taken.
    let mut scope = Scope::reserving(&["mod", "lib", "main", "con", "prn", "aux", "nul"]);
    let mut families: Vec<Family> = groups
        .into_iter()
        .map(|(owner, items)| Family {
            module: scope.claim(&words(api, owner), Case::Snake),
            items,
        })
        .collect();
    families.sort_by(|a, b| a.module.cmp(&b.module));
    families
}

fn words(api: &Api, owner: &Owner) -> Words {
    match owner {
        Owner::Component(name) => name.words(),
        Owner::Operation(id) => api.operation(*id).name.clone(),
        Owner::Webhooks => Words::split("webhook_events"),
    }
}
