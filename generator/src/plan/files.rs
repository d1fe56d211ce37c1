//! Files: which items stand together, and which methods.
//!
//! A family is what a reviewer wants to see at once: a schema of the document
//! with everything that stands inside it, or an operation with its parameters
//! and the schemas of its own. A family is a file, and so is a resource, unless
//! it would be too long to read: then what is most of it, by the words of its
//! name, has a file of its own.

mod divide;
mod folders;
mod lines;

pub(crate) use divide::{Part, WORTH_A_FILE, divide};
pub use folders::Folder;
pub(super) use folders::folders;

use std::collections::HashMap;

use indexmap::IndexMap;

use self::divide::Group;
use super::features::Gate;
use super::item::{Item, ItemId};
use super::methods::MethodPlan;
use super::names::{Case, RustIdent, Scope};
use crate::ir::{Api, Owner, Words};

/// The lines of a method.
const METHOD: usize = 61;

/// The lines of the accessor of a resource.
const ACCESSOR: usize = 9;

/// A file of the `types` module.
#[derive(Debug)]
pub struct Family {
    /// The module's name, and the file's.
    pub module: RustIdent,
    /// Its items, in the order of the document.
    pub items: Vec<ItemId>,
    /// When it is compiled.
    pub gate: Gate,
    /// The folder that it stands in, if there are many files.
    pub folder: Option<RustIdent>,
}

impl Family {
    /// Its file below the folder of all types, without the ending.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.folder {
            Some(folder) => format!("{folder}/{}", self.module),
            None => self.module.to_string(),
        }
    }
}

/// Puts each item with its owner's others, those apart that other owners share
/// with it; the result is sorted by name.
///
/// Modules are named in the order of the items, so that a clash is settled the
/// same way however the files are sorted. Those of long families' parts come
/// last, so that a family that grows too long renames no other.
pub(super) fn families(
    api: &Api,
    owners: &[Owner],
    items: &[Item<'_>],
    shared: &[bool],
) -> Vec<Family> {
    let mut groups: IndexMap<(bool, &Owner), Vec<Part<ItemId>>> = IndexMap::new();
    let facts = owners.iter().zip(items).zip(shared);
    for (index, ((owner, item), shared)) in facts.enumerate() {
        groups.entry((*shared, owner)).or_default().push(Part {
            words: words_of(&item.ident),
            lines: lines::lines(item),
            of: ItemId::new(index),
        });
    }
    // On file systems that ignore case, and on Windows, these are taken; among
    // the tests, `support` is.
    let mut scope =
        Scope::reserving(&["mod", "lib", "main", "support", "con", "prn", "aux", "nul"]);
    let mut families = Vec::new();
    let mut further = Vec::new();
    for ((shared, owner), parts) in groups {
        let words = words(api, owner);
        let name = if shared { words.with("shared") } else { words };
        let mut groups = divide(&name, parts, WORTH_A_FILE).into_iter();
        families.extend(groups.next().map(|group| family(group, &mut scope)));
        further.extend(groups);
    }
    families.extend(further.into_iter().map(|group| family(group, &mut scope)));
    families.sort_by(|a, b| a.module.cmp(&b.module));
    families
}

/// The place of each type's file among all, by the type's name.
pub(super) fn homes(families: &[Family], items: &[Item<'_>]) -> HashMap<RustIdent, usize> {
    let families = families.iter().enumerate();
    families
        .flat_map(|(place, family)| family.items.iter().map(move |id| (id, place)))
        .filter_map(|(id, place)| Some((items.get(id.index())?.ident.clone(), place)))
        .collect()
}

fn family(group: Group<ItemId>, scope: &mut Scope) -> Family {
    Family {
        module: scope.claim(&group.name, Case::Module),
        items: group.parts,
        gate: Gate::open(),
        folder: None,
    }
}

fn words(api: &Api, owner: &Owner) -> Words {
    match owner {
        Owner::Component(name) => name.words(),
        Owner::Operation(id) => api.operation(*id).name.clone(),
        Owner::Webhooks => Words::split("webhook_events"),
    }
}

/// What stands in one file of a resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// The places of the methods among those of the resource.
    pub methods: Vec<usize>,
    /// The places of the accessors among those of the resource.
    pub children: Vec<usize>,
}

/// A further file of a resource that has too much for one.
#[derive(Debug)]
pub struct FurtherFile {
    /// The module's name, and the file's.
    pub module: RustIdent,
    /// What stands in it.
    pub members: Members,
}

/// A method or an accessor, by its place.
enum Member {
    Method(usize),
    Child(usize),
}

impl FromIterator<Member> for Members {
    fn from_iter<I: IntoIterator<Item = Member>>(list: I) -> Self {
        let mut members = Self::default();
        for member in list {
            match member {
                Member::Method(place) => members.methods.push(place),
                Member::Child(place) => members.children.push(place),
            }
        }
        members
    }
}

/// Puts the methods of a resource and the accessors of those below it into
/// files: the first is the resource's own.
pub(super) fn members(
    methods: &[MethodPlan<'_>],
    children: &[(RustIdent, usize)],
) -> (Members, Vec<FurtherFile>) {
    let accessors = children.iter().enumerate().map(|(index, (ident, _))| Part {
        words: words_of(ident),
        lines: ACCESSOR,
        of: Member::Child(index),
    });
    let methods = methods.iter().enumerate().map(|(index, method)| Part {
        words: words_of(&method.ident),
        lines: METHOD + lines::docs(&method.operation.docs),
        of: Member::Method(index),
    });
    let mut own = Members::default();
    let mut files = Vec::new();
    let mut scope = Scope::reserving(&["mod"]);
    let parts = accessors.chain(methods).collect();
    for group in divide(&Words::new(), parts, WORTH_A_FILE) {
        let members = group.parts.into_iter().collect();
        if group.name.is_empty() {
            own = members;
        } else {
            files.push(FurtherFile {
                module: scope.claim(&group.name, Case::Module),
                members,
            });
        }
    }
    files.sort_by(|a, b| a.module.cmp(&b.module));
    (own, files)
}

fn words_of(ident: &RustIdent) -> Vec<String> {
    Words::split(ident.as_str()).iter().cloned().collect()
}
