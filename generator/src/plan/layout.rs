//! Module layout: the files of types and of resources.
//!
//! A file of types contains related types: a schema of the document with its nested schemas, or an
//! operation with its parameters and inline schemas. Each resource is a file as well. If
//! a file would be too long, the largest groups of items whose names begin with the same word get files
//! of their own.

mod folders;
mod line_estimate;
mod split;

pub use folders::TypeFolder;
pub(super) use folders::group_into_folders;
pub(crate) use split::{LayoutEntry, MAX_FILE_LINES, MIN_FILE_LINES, split_by_words};

use std::collections::HashMap;

use indexmap::IndexMap;

use self::split::LayoutGroup;
use super::features::FeatureGate;
use super::item::{Item, ItemId};
use super::methods::MethodPlan;
use super::names::{Case, RustIdent, Scope};
use crate::ir::{Api, Owner, Words};

/// Estimated lines of a method.
const METHOD_LINES: usize = 61;

/// Estimated lines of the accessor of a resource.
const ACCESSOR_LINES: usize = 9;

/// A file of the `types` module.
#[derive(Debug)]
pub struct TypeModule {
    /// The name of the module and of the file.
    pub module: RustIdent,
    /// Its items, in the order of the document.
    pub items: Vec<ItemId>,
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
}

/// Puts each item with its owner's others, those apart that other owners share
/// with it; the result is sorted by name.
///
/// Modules are named in the order of the items, so that a clash is settled the
/// same way however the files are sorted. Those of long type_modules' parts come
/// last, so that a type_module that grows too long renames no other.
pub(super) fn group_into_modules(api: &Api, items: &[Item<'_>]) -> Vec<TypeModule> {
    let mut groups: IndexMap<(bool, &Owner), Vec<ItemId>> = IndexMap::new();
    for (index, item) in items.iter().enumerate() {
        groups
            .entry((item.is_shared, &item.owner))
            .or_default()
            .push(ItemId::new(index));
    }
    // These names are reserved on Windows and on file systems that ignore case. `support` is a file of
    // the tests.
    let mut scope =
        Scope::reserving(&["mod", "lib", "main", "support", "con", "prn", "aux", "nul"]);
    let mut type_modules = Vec::new();
    let mut further = Vec::new();
    for ((shared, owner), ids) in groups {
        let words = owner_words(api, owner);
        let name = if shared { words.with("shared") } else { words };
        let mut groups = split_items(&name, ids, items).into_iter();
        type_modules.extend(groups.next().map(|group| build_module(group, &mut scope)));
        further.extend(groups);
    }
    type_modules.extend(
        further
            .into_iter()
            .map(|group| build_module(group, &mut scope)),
    );
    type_modules.sort_by(|a, b| a.module.cmp(&b.module));
    type_modules
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
    split_by_words(name, entries.collect(), MIN_FILE_LINES)
}

/// Maps the name of each type to the index of its file.
pub(super) fn index_by_type(
    type_modules: &[TypeModule],
    items: &[Item<'_>],
) -> HashMap<RustIdent, usize> {
    let type_modules = type_modules.iter().enumerate();
    type_modules
        .flat_map(|(index, type_module)| type_module.items.iter().map(move |id| (id, index)))
        .filter_map(|(id, index)| Some((items.get(id.index())?.ident.clone(), index)))
        .collect()
}

fn build_module(group: LayoutGroup<ItemId>, scope: &mut Scope) -> TypeModule {
    TypeModule {
        module: scope.claim(&group.name, Case::Module),
        items: group.parts,
        gate: FeatureGate::always(),
        folder: None,
    }
}

fn owner_words(api: &Api, owner: &Owner) -> Words {
    match owner {
        Owner::Component(name) => name.words(),
        Owner::Operation(id) => api.operation(*id).name.clone(),
        Owner::Webhooks => Words::split("webhook_events"),
    }
}

/// The contents of one file of a resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourceMembers {
    /// Indices of methods of the resource.
    pub methods: Vec<usize>,
    /// Indices of accessors of the resource.
    pub children: Vec<usize>,
}

/// An additional file of a resource that is too long for one file.
#[derive(Debug)]
pub struct ResourceFile {
    /// The name of the module and of the file.
    pub module: RustIdent,
    /// Its contents.
    pub members: ResourceMembers,
}

/// The index of a method or of an accessor.
enum Member {
    Method(usize),
    Child(usize),
}

impl FromIterator<Member> for ResourceMembers {
    fn from_iter<I: IntoIterator<Item = Member>>(list: I) -> Self {
        let mut members = Self::default();
        for member in list {
            match member {
                Member::Method(index) => members.methods.push(index),
                Member::Child(index) => members.children.push(index),
            }
        }
        members
    }
}

/// Splits the methods of a resource and the accessors of its nested resources into files. The first is
/// the resource's own file.
pub(super) fn split_resource(
    methods: &[MethodPlan<'_>],
    children: &[(RustIdent, usize)],
) -> (ResourceMembers, Vec<ResourceFile>) {
    let accessors = children
        .iter()
        .enumerate()
        .map(|(index, (ident, _))| LayoutEntry {
            words: ident_words(ident),
            lines: ACCESSOR_LINES,
            value: Member::Child(index),
        });
    let methods = methods
        .iter()
        .enumerate()
        .map(|(index, method)| LayoutEntry {
            words: ident_words(&method.ident),
            lines: METHOD_LINES + line_estimate::estimate_doc_lines(&method.operation.docs),
            value: Member::Method(index),
        });
    let mut own = ResourceMembers::default();
    let mut files = Vec::new();
    let mut scope = Scope::reserving(&["mod"]);
    let parts = accessors.chain(methods).collect();
    for group in split_by_words(&Words::new(), parts, MIN_FILE_LINES) {
        let members = group.parts.into_iter().collect();
        if group.name.is_empty() {
            own = members;
        } else {
            files.push(ResourceFile {
                module: scope.claim(&group.name, Case::Module),
                members,
            });
        }
    }
    files.sort_by(|a, b| a.module.cmp(&b.module));
    (own, files)
}

fn ident_words(ident: &RustIdent) -> Vec<String> {
    Words::split(ident.as_str()).iter().cloned().collect()
}
