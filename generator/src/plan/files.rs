//! Files: which items stand together, and which tests.
//!
//! A family is what a reviewer wants to see at once: a schema of the document
//! with everything that stands inside it, or an operation with its parameters
//! and the schemas of its own. A family is a file, and
//! several where one would be too long to be read.

mod lines;
mod split;

use std::ops::Range;

use indexmap::IndexMap;

use super::item::{Item, ItemId};
use super::methods::ResourcePlan;
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

/// A file of tests that make calls.
#[derive(Debug)]
pub struct TestFile {
    /// The module's name, and the file's.
    pub module: RustIdent,
    /// The place of the resource in the plan.
    pub resource: usize,
    /// The methods of that resource that are tested there.
    pub methods: Range<usize>,
}

/// As many methods are tested in a file.
const METHODS: usize = 40;

/// The files of the tests, in the order of the resources. Those that a resource
/// needs beside its first are named last, as parts of families are.
pub(super) fn tests(resources: &[ResourcePlan<'_>]) -> Vec<TestFile> {
    let mut scope = Scope::reserving(&["mod", "main", "support"]);
    let mut files = Vec::new();
    for first in [true, false] {
        for (index, resource) in resources.iter().enumerate() {
            let all = resource.methods.len();
            let starts = (0..all).step_by(METHODS);
            for start in starts.filter(|start| (*start == 0) == first) {
                files.push(TestFile {
                    module: scope.claim(&Words::split(resource.module.as_str()), Case::Snake),
                    resource: index,
                    methods: start..all.min(start + METHODS),
                });
            }
        }
    }
    files.sort_by_key(|file| (file.resource, file.methods.start));
    files
}

/// Puts each item with its owner's others; the result is sorted by name.
///
/// Modules are named in the order of the items, so that a clash is settled the
/// same way however the files are sorted; those of parts come last, so that a
/// family that grows too long renames no other.
pub(super) fn families(api: &Api, owners: &[Owner], items: &[Item<'_>]) -> Vec<Family> {
    let mut groups: IndexMap<&Owner, Vec<ItemId>> = IndexMap::new();
    for (index, owner) in owners.iter().enumerate() {
        groups.entry(owner).or_default().push(ItemId::new(index));
    }
    // On file systems that ignore case, and on Windows, these are taken; among
    // the tests of types, `support` is ours.
    let mut scope =
        Scope::reserving(&["mod", "lib", "main", "support", "con", "prn", "aux", "nul"]);
    let mut families = Vec::with_capacity(groups.len());
    let mut parts = Vec::new();
    for (owner, family) in groups {
        let module = scope.claim(&words(api, owner), Case::Snake);
        let mut split = split::split(items, family).into_iter();
        if let Some((_, items)) = split.next() {
            families.push(Family { module, items });
        }
        parts.extend(split);
    }
    for (head, family) in parts {
        let name = head.and_then(|head| items.get(head.index()));
        let name = name.map(|item| Words::split(item.ident.as_str()));
        families.push(Family {
            module: scope.claim(&name.unwrap_or_default(), Case::Snake),
            items: family,
        });
    }
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
