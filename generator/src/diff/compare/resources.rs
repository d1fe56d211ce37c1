//! Resources: those that come and go as a whole, and those that are renamed.

use std::collections::{HashMap, HashSet};

use super::context::{Context, resource_group};
use super::docs::prose_change;
use crate::diff::change::{Change, Confidence, Snapshot};
use crate::diff::codes::Code;
use crate::diff::effects::{Compile, Wire, WireEffect};
use crate::diff::surface::{MethodSurface, ResourceSurface, Surface, to_item_path};

/// The resources whose changes say all about their methods' comings and goings.
pub(super) struct ResourceChanges {
    /// The paths in the new crate of renamed resources, by their old paths.
    renamed: HashMap<Vec<String>, Vec<String>>,
    removed: HashSet<Vec<String>>,
    added: HashSet<Vec<String>>,
}

impl ResourceChanges {
    /// Whether a resource has the other path now, and no more happened to it.
    pub(super) fn is_renamed(&self, base: &[String], head: &[String]) -> bool {
        self.renamed
            .get(base)
            .is_some_and(|renamed| renamed == head)
    }

    /// Whether a resource of the old crate is gone with all its methods.
    pub(super) fn is_removed(&self, path: &[String]) -> bool {
        self.removed.contains(path)
    }

    /// Whether a resource of the new crate came with all its methods.
    pub(super) fn is_added(&self, path: &[String]) -> bool {
        self.added.contains(path)
    }
}

/// Finds the resources that come, go or are renamed, and lists them as changes.
pub(super) fn compare_resources(
    context: &Context<'_>,
    changes: &mut Vec<Change>,
) -> ResourceChanges {
    let paths = |surface: &Surface| -> HashSet<Vec<String>> {
        surface
            .resources
            .iter()
            .map(|resource| resource.path.clone())
            .collect()
    };
    let (old_paths, new_paths) = (paths(context.base), paths(context.head));
    let mut found = ResourceChanges {
        renamed: HashMap::new(),
        removed: HashSet::new(),
        added: HashSet::new(),
    };
    for (index, resource) in context.base.resources.iter().enumerate() {
        if new_paths.contains(&resource.path) {
            continue;
        }
        match successors(context, index).as_slice() {
            [] => {
                found.removed.insert(resource.path.clone());
                changes.push(removed(context, index, resource));
            }
            [only] => {
                let new = context.head.resources.get(*only);
                if let Some(new) = new.filter(|new| !old_paths.contains(&new.path)) {
                    found
                        .renamed
                        .insert(resource.path.clone(), new.path.clone());
                    let former = &context.head.former_paths;
                    let is_kept = former.leads_to_resource(&resource.path, &new.path)
                        || keeps_methods(context, index);
                    changes.push(renamed(resource, new, is_kept));
                }
            }
            _ => {}
        }
    }
    let renamed: HashSet<&Vec<String>> = found.renamed.values().collect();
    let mut added = HashSet::new();
    for (index, resource) in context.head.resources.iter().enumerate() {
        let is_new = !old_paths.contains(&resource.path) && !renamed.contains(&resource.path);
        let mut pairs = context.methods.iter();
        let has_old_method = pairs.any(|pair| {
            let method = pair.head.and_then(|index| context.head.methods.get(index));
            pair.base.is_some() && method.is_some_and(|method| method.resource == index)
        });
        if is_new && !has_old_method {
            added.insert(resource.path.clone());
            changes.push(self::added(context, index, resource));
        }
    }
    found.added = added;
    compare_descriptions(context, changes);
    compare_former_paths(context, changes);
    found
}

/// Lists the former paths that the new crate does not keep. Code that still uses them breaks.
fn compare_former_paths(context: &Context<'_>, changes: &mut Vec<Change>) {
    let head = context.head;
    let (base, kept) = (&context.base.former_paths, &head.former_paths);
    for (path, current) in &base.resources {
        let mut resources = head.resources.iter();
        let mut others = kept.resources.iter();
        if !resources.any(|it| it.path == *path) && !others.any(|(former, _)| former == path) {
            let (item, current) = (to_item_path(path), to_item_path(current));
            let summary = format!("`{item}`, the former path of `{current}`, is gone");
            let group = resource_group(path);
            let change = Change::new(Code::ResourceRemoved, group, item.clone(), summary);
            changes.push(change.between(Snapshot::new(item, None), None));
        }
    }
    for (path, current) in &base.methods {
        let mut others = kept.methods.iter();
        let is_kept = others.any(|(former, _)| former == path);
        let (Some((name, above)), Some((new, below))) = (path.split_last(), current.split_last())
        else {
            continue;
        };
        let mut methods = head.methods.iter();
        let exists = methods.any(|method| {
            let resource = head.resources.get(method.resource);
            method.name == *name && resource.is_some_and(|it| it.path == above)
        });
        if !is_kept && !exists {
            let item = format!("{}.{name}", to_item_path(above));
            let current = format!("{}.{new}", to_item_path(below));
            let summary = format!("`{item}`, the former path of `{current}`, is gone");
            let group = resource_group(above);
            let change = Change::new(Code::MethodRemoved, group, item.clone(), summary);
            changes.push(change.between(Snapshot::new(item, None), None));
        }
    }
}

/// The resources of the new crate that have the methods of this one, by their indices.
fn successors(context: &Context<'_>, resource: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for pair in context.methods {
        let base = pair.base.and_then(|index| context.base.methods.get(index));
        let head = pair.head.and_then(|index| context.head.methods.get(index));
        if let (Some(base), Some(head)) = (base, head)
            && base.resource == resource
            && !found.contains(&head.resource)
        {
            found.push(head.resource);
        }
    }
    found
}

fn signature(surface: &Surface, index: usize, resource: &ResourceSurface) -> String {
    let methods = surface.methods.iter();
    let methods = methods.filter(|method| method.resource == index);
    let methods: Vec<&str> = methods.map(|method| method.name.as_str()).collect();
    match methods.as_slice() {
        [] => resource.item_path(),
        methods => format!("{} {{ {} }}", resource.item_path(), methods.join(", ")),
    }
}

fn related(context: &Context<'_>, index: usize, is_base: bool) -> Vec<String> {
    let surface = if is_base { context.base } else { context.head };
    let methods = surface
        .methods
        .iter()
        .filter(|method| method.resource == index);
    methods
        .flat_map(|method| {
            let path = surface.method_path(method);
            std::iter::once(path).chain(context.related_types(method, is_base))
        })
        .collect()
}

fn removed(context: &Context<'_>, index: usize, resource: &ResourceSurface) -> Change {
    let path = resource.item_path();
    let methods = context.base.methods.iter();
    let mut methods = methods.filter(|method| method.resource == index);
    let pointer = methods.next().map(|method| method.pointer.clone());
    let is_called = pointer.is_some();
    let summary = format!("`{path}` is gone");
    let before = Snapshot::new(signature(context.base, index, resource), pointer);
    let mut change = Change::new(
        Code::ResourceRemoved,
        resource_group(&resource.path),
        path,
        summary,
    )
    .between(before, None)
    .wire(Wire::new(
        WireEffect::breaks_if(is_called),
        WireEffect::Works,
    ));
    change.related = related(context, index, true);
    change
}

fn added(context: &Context<'_>, index: usize, resource: &ResourceSurface) -> Change {
    let path = resource.item_path();
    let methods = context.head.methods.iter();
    let mut methods = methods.filter(|method| method.resource == index);
    let pointer = methods.next().map(|method| method.pointer.clone());
    let summary = format!("`{path}` is new");
    let after = Snapshot::new(signature(context.head, index, resource), pointer);
    let mut change = Change::new(
        Code::ResourceAdded,
        resource_group(&resource.path),
        path,
        summary,
    )
    .between(None, after);
    change.related = related(context, index, false);
    change
}

/// Whether each method of a resource can still be called under its old path.
fn keeps_methods(context: &Context<'_>, resource: usize) -> bool {
    let path_of = |surface: &Surface, method: &MethodSurface| {
        let resource = surface.resources.get(method.resource)?;
        Some([resource.path.as_slice(), std::slice::from_ref(&method.name)].concat())
    };
    let mut pairs = context.methods.iter();
    pairs.all(|pair| {
        let base = pair.base.and_then(|index| context.base.methods.get(index));
        let Some(base) = base.filter(|base| base.resource == resource) else {
            return true;
        };
        let head = pair.head.and_then(|index| context.head.methods.get(index));
        let former = path_of(context.base, base);
        let current = head.and_then(|head| path_of(context.head, head));
        former.zip(current).is_some_and(|(former, current)| {
            context.head.former_paths.leads_to_method(&former, &current)
        })
    })
}

fn renamed(old: &ResourceSurface, new: &ResourceSurface, is_kept: bool) -> Change {
    let (from, to) = (old.item_path(), new.item_path());
    let summary = format!("`{to}` was `{from}`");
    Change::new(
        Code::ResourceRenamed,
        resource_group(&new.path),
        to.clone(),
        summary,
    )
    .between(Snapshot::new(from.clone(), None), Snapshot::new(to, None))
    .renamed_from(from, Confidence::Certain)
    .compile(match is_kept {
        true => Compile::Additive,
        false => Compile::Breaking,
    })
}

fn compare_descriptions(context: &Context<'_>, changes: &mut Vec<Change>) {
    for old in &context.base.resources {
        let mut resources = context.head.resources.iter();
        let new = resources.find(|new| new.path == old.path);
        if let Some(new) = new.filter(|new| new.description != old.description) {
            let (group, path) = (resource_group(&new.path), new.item_path());
            let texts = (old.description.as_deref(), new.description.as_deref());
            changes.push(prose_change(group, path, texts, (&None, &None)));
        }
    }
}
