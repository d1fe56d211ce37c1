//! New components, made from the targets of references.

use serde_json::{Map, Value};

use super::Bundler;
use super::component_names;
use super::ref_target::{self, RefTarget};
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;

/// A component from another file, with references that are still relative to that file.
pub(super) struct PendingComponent {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
    pub(super) kind: ObjectKind,
}

impl Bundler<'_> {
    /// Returns the replacement of a reference in the file `from`. `None`: the reference has no
    /// target, which is reported at `at`.
    pub(super) fn resolve_component(
        &mut self,
        from: usize,
        reference: &str,
        kind: ObjectKind,
        at: &Pointer,
    ) -> Option<String> {
        match self.locate(from, reference, kind) {
            Ok(target) => self.create_component(target),
            Err(why) => {
                self.refuse(why, kind, at.clone());
                None
            }
        }
    }

    /// Returns the reference to the component for the target, and creates it if necessary.
    fn create_component(&mut self, target: RefTarget) -> Option<String> {
        if self.is_component(target.file, &target.pointer, target.kind) {
            return Some(target.pointer.to_string());
        }
        if let Some(made) = self.made.get(&target) {
            return Some(made.clone());
        }
        let home = Pointer::parse(target.kind.component_section(self.version.is_swagger())?);
        let file = self.value(target.file)?;
        let name =
            component_names::component_name(file, &target.pointer, self.files.stem(target.file));
        let new_pointer = self.find_free_pointer(&home, &name);
        self.fill_component(&new_pointer, target);
        Some(new_pointer.to_string())
    }

    /// Stores the target at `new_pointer`, which is free or only refers to the target.
    pub(super) fn fill_component(&mut self, new_pointer: &Pointer, target: RefTarget) {
        let value = self.take(&target, new_pointer);
        self.put(new_pointer, value);
        self.moves
            .push((new_pointer.clone(), target.file, target.pointer.clone()));
        if target.file != 0 {
            self.queue.push(PendingComponent {
                file: target.file,
                pointer: new_pointer.clone(),
                kind: target.kind,
            });
        }
        self.made.insert(target, new_pointer.to_string());
    }

    /// Moves a value out of its position, and leaves a reference to `new_pointer`. A value of another
    /// kind or from another file is copied.
    fn take(&mut self, target: &RefTarget, new_pointer: &Pointer) -> Value {
        let stays = target.file != 0
            || target.pointer == Pointer::root()
            || ref_target::find_kind(&self.root, &target.pointer) != target.kind;
        if stays {
            return self.copy(target);
        }
        let reference =
            Map::from_iter([("$ref".to_owned(), Value::String(new_pointer.to_string()))]);
        ref_target::get_mut(&mut self.root, &target.pointer)
            .map(|value| std::mem::replace(value, Value::Object(reference)))
            .unwrap_or_default()
    }

    /// Returns a copy of a value that stays in its position.
    pub(super) fn copy(&mut self, target: &RefTarget) -> Value {
        let mut budget = std::mem::take(&mut self.budget);
        budget.grow(self.files.newly_read());
        let file = self.value(target.file);
        let value = file.and_then(|file| ref_target::get(file, &target.pointer));
        let copy = value.map(|value| budget.copy(value)).unwrap_or_default();
        self.budget = budget;
        copy
    }

    /// Returns an unused pointer below `home`.
    fn find_free_pointer(&self, home: &Pointer, name: &str) -> Pointer {
        let name = if name.is_empty() { "Unnamed" } else { name };
        let taken = ref_target::get(&self.root, home);
        let is_free = |name: &str| taken.is_none_or(|map| map.get(name).is_none());
        if is_free(name) {
            return home.child(name);
        }
        let numbered = (2_usize..).map(|i| format!("{name}_{i}"));
        let free = numbered.into_iter().find(|name| is_free(name));
        home.child(&free.unwrap_or_default())
    }

    /// Stores a value, with the mappings on the way to it.
    fn put(&mut self, new_pointer: &Pointer, new: Value) {
        let mut value = &mut self.root;
        for segment in new_pointer.segments() {
            if !value.is_object() {
                *value = Value::Object(Map::new());
            }
            let Value::Object(map) = value else {
                return;
            };
            value = map.entry(segment).or_insert(Value::Null);
        }
        *value = new;
    }

    /// Replaces components that only refer to another file or position by their targets, under
    /// their own names.
    pub(super) fn fill_components(&mut self) {
        let mut aliases = Vec::new();
        for kind in KEPT {
            let Some(home) = kind
                .component_section(self.version.is_swagger())
                .map(Pointer::parse)
            else {
                continue;
            };
            let Some(Value::Object(map)) = ref_target::get(&self.root, &home) else {
                continue;
            };
            for (name, value) in map {
                if let Some(reference) = as_bare_reference(value)
                    && !super::non_component_refs::is_plain(reference, home.as_str(), map)
                {
                    aliases.push((*kind, home.child(name), reference.to_owned()));
                }
            }
        }
        for (kind, new_pointer, reference) in aliases {
            self.fill_alias(kind, &new_pointer, &reference);
        }
    }

    fn fill_alias(&mut self, kind: ObjectKind, new_pointer: &Pointer, reference: &str) {
        // The walk over all references reports a missing target.
        let Ok(target) = self.locate(0, reference, kind) else {
            return;
        };
        let is_known = self.is_component(target.file, &target.pointer, kind)
            || self.made.contains_key(&target)
            || target.pointer == *new_pointer;
        if !is_known {
            self.fill_component(new_pointer, target);
        }
    }

    /// Rewrites the references of the components from other files, which may add more of them.
    pub(super) fn rewrite_pending(&mut self) {
        while let Some(pending) = self.queue.pop() {
            let value = ref_target::get_mut(&mut self.root, &pending.pointer);
            let Some(mut value) = value.map(std::mem::take) else {
                continue;
            };
            self.rewrite_and_inline(&mut value, pending.kind, pending.file, &pending.pointer, 0);
            self.put(&pending.pointer, value);
        }
    }
}

/// The kinds of components.
const KEPT: &[ObjectKind] = &[
    ObjectKind::Schema,
    ObjectKind::Parameter,
    ObjectKind::Response,
    ObjectKind::RequestBody,
    ObjectKind::Header,
    ObjectKind::Example,
    ObjectKind::SecurityScheme,
];

/// Returns the reference of an object that has no other property.
pub(super) fn as_bare_reference(value: &Value) -> Option<&str> {
    let map = value.as_object()?;
    if map.len() != 1 {
        return None;
    }
    map.get("$ref")?.as_str()
}
