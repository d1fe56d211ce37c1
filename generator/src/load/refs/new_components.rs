//! Making components.

use serde_json::{Map, Value};

use super::Bundle;
use super::component_names;
use super::ref_target::{self, RefTarget};
use crate::load::grammar::ObjectKind;
use crate::source::Pointer;

/// A component from another file, whose references still speak of that file.
pub(super) struct PendingComponent {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
    pub(super) kind: ObjectKind,
}

impl Bundle<'_> {
    /// What a reference in the file `from` is to be rewritten to. `None`: it
    /// dangles, which has been said at the place `at`.
    pub(super) fn component(
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

    /// The reference to a component that is the target.
    fn create_component(&mut self, target: RefTarget) -> Option<String> {
        if self.is_component(target.file, &target.pointer, target.kind) {
            return Some(target.pointer.to_string());
        }
        if let Some(made) = self.made.get(&target) {
            return Some(made.clone());
        }
        let home = Pointer::parse(target.kind.home(self.version.is_swagger())?);
        let file = self.value(target.file)?;
        let name =
            component_names::component_name(file, &target.pointer, self.files.stem(target.file));
        let place = self.free(&home, &name);
        self.fill_component(&place, target);
        Some(place.to_string())
    }

    /// Puts the target at a place that is free, or that only refers to it.
    pub(super) fn fill_component(&mut self, place: &Pointer, target: RefTarget) {
        let value = self.take(&target, place);
        self.put(place, value);
        self.moves
            .push((place.clone(), target.file, target.pointer.clone()));
        if target.file != 0 {
            self.queue.push(PendingComponent {
                file: target.file,
                pointer: place.clone(),
                kind: target.kind,
            });
        }
        self.made.insert(target, place.to_string());
    }

    /// Takes a value from where it stands, and leaves a reference to `place`.
    /// What is not of the same kind there, or in another file, is copied.
    fn take(&mut self, target: &RefTarget, place: &Pointer) -> Value {
        let stays = target.file != 0
            || target.pointer == Pointer::root()
            || ref_target::kind_at(&self.root, &target.pointer) != target.kind;
        if stays {
            return self.copy(target);
        }
        let reference = Map::from_iter([("$ref".to_owned(), Value::String(place.to_string()))]);
        ref_target::get_mut(&mut self.root, &target.pointer)
            .map(|value| std::mem::replace(value, Value::Object(reference)))
            .unwrap_or_default()
    }

    /// A copy of a value that stays where it stands.
    pub(super) fn copy(&mut self, target: &RefTarget) -> Value {
        let mut budget = std::mem::take(&mut self.budget);
        budget.grow(self.files.newly_read());
        let file = self.value(target.file);
        let value = file.and_then(|file| ref_target::get(file, &target.pointer));
        let copy = value.map(|value| budget.copy(value)).unwrap_or_default();
        self.budget = budget;
        copy
    }

    /// A place below `home` that nothing stands at.
    fn free(&self, home: &Pointer, name: &str) -> Pointer {
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

    /// Puts a value at a place, making the mappings that lead there.
    fn put(&mut self, place: &Pointer, new: Value) {
        let mut value = &mut self.root;
        for segment in place.segments() {
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

    /// Gives the components that are only a reference to another file or to
    /// another place what they refer to, under the name that they have.
    pub(super) fn fill_components(&mut self) {
        let mut aliases = Vec::new();
        for kind in KEPT {
            let Some(home) = kind.home(self.version.is_swagger()).map(Pointer::parse) else {
                continue;
            };
            let Some(Value::Object(map)) = ref_target::get(&self.root, &home) else {
                continue;
            };
            for (name, value) in map {
                if let Some(reference) = only_reference(value)
                    && !super::odd_refs::is_plain(reference, home.as_str(), map)
                {
                    aliases.push((*kind, home.child(name), reference.to_owned()));
                }
            }
        }
        for (kind, place, reference) in aliases {
            self.fill_alias(kind, &place, &reference);
        }
    }

    fn fill_alias(&mut self, kind: ObjectKind, place: &Pointer, reference: &str) {
        // What dangles is said when all references are looked at.
        let Ok(target) = self.locate(0, reference, kind) else {
            return;
        };
        let is_known = self.is_component(target.file, &target.pointer, kind)
            || self.made.contains_key(&target)
            || target.pointer == *place;
        if !is_known {
            self.fill_component(place, target);
        }
    }

    /// Rewrites the references of the components that came from other files,
    /// which may bring in more of them.
    pub(super) fn rewrite_pending(&mut self) {
        while let Some(pending) = self.queue.pop() {
            let value = ref_target::get_mut(&mut self.root, &pending.pointer);
            let Some(mut value) = value.map(std::mem::take) else {
                continue;
            };
            self.splice(&mut value, pending.kind, pending.file, &pending.pointer, 0);
            self.put(&pending.pointer, value);
        }
    }
}

/// The kinds that components are of.
const KEPT: &[ObjectKind] = &[
    ObjectKind::Schema,
    ObjectKind::Parameter,
    ObjectKind::Response,
    ObjectKind::RequestBody,
    ObjectKind::Header,
    ObjectKind::Example,
    ObjectKind::SecurityScheme,
];

/// The reference of an object that is nothing else.
pub(super) fn only_reference(value: &Value) -> Option<&str> {
    let map = value.as_object()?;
    if map.len() != 1 {
        return None;
    }
    map.get("$ref")?.as_str()
}
