//! References in positions where the specification does not allow them: an operation, a map, a
//! section.
//!
//! Documents that are split into files use them, and other tools follow them. The target is copied
//! into the position of the reference; properties next to the reference take precedence.

use serde_json::{Map, Value};

use super::Bundler;
use super::new_components::{PendingComponent, as_bare_reference};
use super::ref_target::{self, RefTarget};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;
use crate::source::PointerPath;

/// Greatest nesting depth of such references.
const MAX_NESTED: usize = 16;

impl Bundler<'_> {
    /// Inlines such references of the root document, the outer ones first.
    pub(super) fn inline_misplaced_refs(&mut self) {
        let mut positions = Vec::new();
        collect_misplaced(
            &self.root,
            ObjectKind::Document,
            &PointerPath::root(),
            &mut positions,
        );
        // Other references name components, so sections of components come first.
        let swagger = self.version.is_swagger();
        positions.sort_by_key(|(at, kind)| !is_section_of_components(at, *kind, swagger));
        for (at, kind) in positions {
            let value = ref_target::get_mut(&mut self.root, &at);
            let Some(mut value) = value.map(std::mem::take) else {
                continue;
            };
            self.rewrite_and_inline(&mut value, kind, 0, &at, 0);
            if let Some(own_pointer) = ref_target::get_mut(&mut self.root, &at) {
                *own_pointer = value;
            }
        }
    }

    /// Reports all such references in one diagnostic.
    pub(super) fn report_misplaced(&mut self) {
        let mut positions = std::mem::take(&mut self.misplaced).into_iter();
        let Some((at, what)) = positions.next() else {
            return;
        };
        let others = match positions.len() {
            0 => String::new(),
            1 => ", here and at one other location".to_owned(),
            more => format!(", here and at {more} other locations"),
        };
        let message =
            format!("the specification does not allow `$ref` for {what}{others}; it is followed");
        let finding = Diagnostic::new(Code::MisplacedRef, at.child("$ref"), message);
        let help =
            "refer to a path item, a component or a schema instead, or join the files by a tool";
        self.diagnostics.push(finding.help(help));
    }

    /// Rewrites the references of a value from the file `file`, which is or will be stored at `at`.
    ///
    /// References that the specification does not allow are replaced by their targets.
    pub(super) fn rewrite_and_inline(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        file: usize,
        at: &Pointer,
        nested: usize,
    ) {
        let mut removed = Vec::new();
        remove_misplaced(value, kind, file, &PointerPath::root(), &mut removed);
        if file != 0 {
            self.rewrite(value, kind, file, at);
        }
        for removed in removed.into_iter().rev() {
            let segments = removed.below.segments();
            let own_pointer = segments.fold(at.clone(), |at, segment| at.child(&segment));
            let copy = self.copy_misplaced_target(&removed, file, &own_pointer, nested);
            match (copy, ref_target::get_mut(value, &removed.below)) {
                (Some(copy), Some(slot)) => merge_copy(slot, copy),
                // Without a target, an object with no other property is absent.
                (None, Some(slot)) if slot.as_object().is_some_and(Map::is_empty) => {
                    *slot = Value::Null;
                }
                _ => {}
            }
        }
    }

    /// Returns a copy of the target of such a reference.
    fn copy_misplaced_target(
        &mut self,
        removed: &RemovedRef,
        file: usize,
        at: &Pointer,
        nested: usize,
    ) -> Option<Value> {
        let target = match self.locate(file, &removed.reference, removed.kind) {
            Ok(target) if nested < MAX_NESTED => target,
            Ok(_) => {
                let message = format!("`{}` leads back to itself", removed.reference);
                let help = "remove the reference";
                self.report(Code::CircularRef, at.child("$ref"), message, help);
                return None;
            }
            Err(why) => {
                self.refuse(why, removed.kind, at.child("$ref"));
                return None;
            }
        };
        if let Some(what) = describe_position(removed.kind) {
            self.misplaced.push((at.clone(), what));
            if file == 0 {
                // The reference keeps its position, even if the values around it are replaced.
                let own_pointer = at.child("$ref");
                self.moves.push((own_pointer.clone(), 0, own_pointer));
            }
        }
        let mut copy = self.copy(&target);
        if !self.adopt(&mut copy, removed.kind, &target, at) {
            self.rewrite_and_inline(&mut copy, removed.kind, target.file, at, nested + 1);
        }
        self.moves.push((at.clone(), target.file, target.pointer));
        Some(copy)
    }

    /// Makes components of the entries of a section, so that references in the section's own file
    /// lead to them.
    fn adopt(
        &mut self,
        copy: &mut Value,
        kind: ObjectKind,
        section: &RefTarget,
        at: &Pointer,
    ) -> bool {
        let Value::Object(map) = copy else {
            return false;
        };
        if kind == ObjectKind::Components {
            for (key, value) in map {
                let inner = RefTarget {
                    pointer: section.pointer.child(key),
                    kind: kind.child_kind(key),
                    ..section.clone()
                };
                let own_pointer = at.child(key);
                if !self.adopt(value, inner.kind, &inner, &own_pointer) {
                    self.rewrite_and_inline(value, inner.kind, section.file, &own_pointer, 1);
                }
            }
            return true;
        }
        if !is_section_of_components(at, kind, self.version.is_swagger()) {
            return false;
        }
        let kind = kind.child_kind("");
        for (key, value) in map {
            self.adopt_component(value, kind, section, key, &at.child(key));
        }
        true
    }

    fn adopt_component(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        section: &RefTarget,
        key: &str,
        at: &Pointer,
    ) {
        let mut target = RefTarget {
            pointer: section.pointer.child(key),
            kind,
            ..section.clone()
        };
        if let Some(reference) = as_bare_reference(value).map(str::to_owned)
            && let Ok(end) = self.locate(section.file, &reference, kind)
            && !self.made.contains_key(&end)
        {
            *value = self.copy(&end);
            self.moves.push((at.clone(), end.file, end.pointer.clone()));
            target = end;
        }
        if target.file != 0 {
            self.queue.push(PendingComponent {
                file: target.file,
                pointer: at.clone(),
                kind,
            });
        }
        self.made.insert(target, at.to_string());
    }
}

/// Whether a pointer is that of `components` or of a section of it.
fn is_section_of_components(at: &Pointer, kind: ObjectKind, swagger: bool) -> bool {
    match kind {
        ObjectKind::Components => true,
        ObjectKind::Collection(_) => {
            kind.child_kind("").component_section(swagger) == Some(at.as_str())
        }
        _ => false,
    }
}

/// Collects the positions of such references in the root document, the outer ones first.
fn collect_misplaced(
    value: &Value,
    kind: ObjectKind,
    at: &PointerPath<'_>,
    positions: &mut Vec<(Pointer, ObjectKind)>,
) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref")
                && is_followed(kind, 0, reference)
            {
                positions.push((at.pointer(), kind));
            }
            for (key, value) in map {
                let kind = kind.child_kind(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    collect_misplaced(value, kind, &at.key(key), positions);
                }
            }
        }
        Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
            for (i, value) in items.iter().enumerate() {
                collect_misplaced(value, kind.element_kind(), &at.index(i), positions);
            }
        }
        _ => {}
    }
}

/// Whether a reference in the position of this kind is inlined here.
fn is_followed(kind: ObjectKind, file: usize, reference: &str) -> bool {
    match kind {
        // Path items and media types of the root document are copied where they are used.
        ObjectKind::PathItem => file != 0,
        ObjectKind::MediaType => file != 0 || !reference.starts_with("#/components/mediaTypes/"),
        kind => describe_position(kind).is_some(),
    }
}

/// Returns the position in words, if the specification does not allow a reference there.
fn describe_position(kind: ObjectKind) -> Option<&'static str> {
    Some(match kind {
        ObjectKind::Components => "the components",
        ObjectKind::Operation => "an operation",
        ObjectKind::Encoding => "an encoding",
        ObjectKind::Discriminator => "a discriminator",
        ObjectKind::Collection(_) => "a map or a list",
        ObjectKind::Section => "a section",
        _ => return None,
    })
}

/// A reference that was removed from a value.
struct RemovedRef {
    /// Position within the value.
    below: Pointer,
    kind: ObjectKind,
    reference: String,
}

/// Removes such references from a value of the file `file`, the outer ones first.
fn remove_misplaced(
    value: &mut Value,
    kind: ObjectKind,
    file: usize,
    below: &PointerPath<'_>,
    removed: &mut Vec<RemovedRef>,
) {
    match value {
        Value::Object(map) => {
            let is_taken = map
                .get("$ref")
                .and_then(Value::as_str)
                .is_some_and(|reference| is_followed(kind, file, reference));
            if is_taken && let Some(Value::String(reference)) = map.shift_remove("$ref") {
                removed.push(RemovedRef {
                    below: below.pointer(),
                    kind,
                    reference,
                });
            }
            for (key, value) in map.iter_mut() {
                let kind = kind.child_kind(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    remove_misplaced(value, kind, file, &below.key(key), removed);
                }
            }
        }
        Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
            for (i, value) in items.iter_mut().enumerate() {
                remove_misplaced(value, kind.element_kind(), file, &below.index(i), removed);
            }
        }
        _ => {}
    }
}

/// Merges a copy into the value at its position, whose properties take precedence.
fn merge_copy(own: &mut Value, copy: Value) {
    match (own, copy) {
        (Value::Object(own), Value::Object(copy)) => {
            let mut merged: Map<String, Value> = copy;
            for (key, value) in std::mem::take(own) {
                merged.insert(key, value);
            }
            *own = merged;
        }
        (own, copy) => *own = copy,
    }
}
