//! Files of resources.
//!
//! A top-level resource and its nested resources are in one file. If it would be too long, nested
//! resources whose names begin with the same words get a file of their own, and a resource with very
//! many methods gets several.

use indexmap::IndexMap;

use super::split::{FileLimits, LayoutEntry, split_by_words};
use super::{ident_words, line_estimate};
use crate::ir::Words;
use crate::plan::methods::{MethodPlan, ResourcePlan};
use crate::plan::names::{Case, RustIdent, Scope};
use crate::plan::reserved_names::RESERVED_RESOURCE_MODULES;

/// Estimated lines of a resource without its methods.
const RESOURCE_LINES: usize = 20;

/// Estimated lines of a method.
const METHOD_LINES: usize = 61;

/// Estimated lines of the accessor of a resource.
const ACCESSOR_LINES: usize = 9;

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

/// Gives nested resources the module of their top-level resource, or one that they share if that is too
/// long.
pub(in crate::plan) fn join_nested_resources(resources: &mut [ResourcePlan<'_>]) {
    let mut scope = Scope::reserving(RESERVED_RESOURCE_MODULES);
    let mut trees: IndexMap<RustIdent, Vec<LayoutEntry<usize>>> = IndexMap::new();
    for (index, resource) in resources.iter().enumerate() {
        let words = ident_words(&resource.module);
        let Some(top) = resource.path.first() else {
            scope.claim(&words.iter().collect(), Case::Module);
            continue;
        };
        let members =
            resource.methods.len() * METHOD_LINES + resource.children.len() * ACCESSOR_LINES;
        trees.entry(top.clone()).or_default().push(LayoutEntry {
            words,
            lines: RESOURCE_LINES + members,
            value: index,
        });
    }
    for entries in trees.into_values() {
        // Parents come before their children.
        let top = entries.first().map(|top| top.words.iter().collect());
        let top: Words = top.unwrap_or_default();
        for group in split_by_words(&top, entries, FileLimits::SEVERAL_OWNERS) {
            let module = scope.claim(&group.name, Case::Module);
            for index in group.parts {
                if let Some(resource) = resources.get_mut(index) {
                    resource.module = module.clone();
                }
            }
        }
    }
}

/// Splits the methods of a resource and the accessors of its nested resources into files. The first is
/// the resource's own file.
pub(in crate::plan) fn split_resource(
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
    for group in split_by_words(&Words::new(), parts, FileLimits::ONE_OWNER) {
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
