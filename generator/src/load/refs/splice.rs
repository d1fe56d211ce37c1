//! References where the specification has none: an operation, a map, a section.
//!
//! Documents that are divided into files have them, and other tools follow them. What such a
//! reference leads to is copied into its place, under what stands there already.

use serde_json::{Map, Value};

use super::Bundle;
use super::new_components::{PendingComponent, only_reference};
use super::ref_target::{self, RefTarget};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::grammar::ObjectKind;
use crate::source::Pointer;
use crate::source::PointerPath;

/// How often what is copied may hold another such reference.
const MAX_NESTED: usize = 16;

impl Bundle<'_> {
    /// Follows such references of the root, the outer ones first.
    pub(super) fn place_inline_refs(&mut self) {
        let mut sites = Vec::new();
        collect(
            &self.root,
            ObjectKind::Document,
            &PointerPath::root(),
            &mut sites,
        );
        // Others refer to components, which have to have their names by then.
        let swagger = self.version.is_swagger();
        sites.sort_by_key(|(at, kind)| !is_section_of_components(at, *kind, swagger));
        for (at, kind) in sites {
            let value = ref_target::get_mut(&mut self.root, &at);
            let Some(mut value) = value.map(std::mem::take) else {
                continue;
            };
            self.splice(&mut value, kind, 0, &at, 0);
            if let Some(place) = ref_target::get_mut(&mut self.root, &at) {
                *place = value;
            }
        }
    }

    /// Says once that there are such references.
    pub(super) fn report_misplaced(&mut self) {
        let mut sites = std::mem::take(&mut self.misplaced).into_iter();
        let Some((at, what)) = sites.next() else {
            return;
        };
        let others = match sites.len() {
            0 => String::new(),
            1 => ", here and in one other place".to_owned(),
            more => format!(", here and in {more} other places"),
        };
        let message = format!(
            "`$ref` stands where the specification has none, for {what}{others}; it is followed"
        );
        let finding = Diagnostic::new(Code::MisplacedRef, at.child("$ref"), message);
        let help =
            "refer to a path item, a component or a schema instead, or join the files by a tool";
        self.diagnostics.push(finding.help(help));
    }

    /// Rewrites the references of a value of the file `file`, which stands or will stand at `at`,
    /// and follows those that the specification does not have.
    pub(super) fn splice(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        file: usize,
        at: &Pointer,
        nested: usize,
    ) {
        let mut taken = Vec::new();
        take(value, kind, file, &PointerPath::root(), &mut taken);
        if file != 0 {
            self.rewrite(value, kind, file, at);
        }
        for taken in taken.into_iter().rev() {
            let segments = taken.below.segments();
            let place = segments.fold(at.clone(), |at, segment| at.child(&segment));
            let copy = self.misplaced_copy(&taken, file, &place, nested);
            match (copy, ref_target::get_mut(value, &taken.below)) {
                (Some(copy), Some(slot)) => merge(slot, copy),
                // What is nothing but a reference to nowhere is not there.
                (None, Some(slot)) if slot.as_object().is_some_and(Map::is_empty) => {
                    *slot = Value::Null;
                }
                _ => {}
            }
        }
    }

    /// What such a reference leads to, as it is to stand in its place.
    fn misplaced_copy(
        &mut self,
        taken: &Taken,
        file: usize,
        at: &Pointer,
        nested: usize,
    ) -> Option<Value> {
        let target = match self.locate(file, &taken.reference, taken.kind) {
            Ok(target) if nested < MAX_NESTED => target,
            Ok(_) => {
                let message = format!("`{}` leads back to itself", taken.reference);
                let help = "take the reference out";
                self.report(Code::CircularRef, at.child("$ref"), message, help);
                return None;
            }
            Err(why) => {
                self.refuse(why, taken.kind, at.child("$ref"));
                return None;
            }
        };
        if let Some(what) = misplaced(taken.kind) {
            self.misplaced.push((at.clone(), what));
            if file == 0 {
                // The reference stands where it stood, whatever takes the place around it.
                let place = at.child("$ref");
                self.moves.push((place.clone(), 0, place));
            }
        }
        let mut copy = self.copy(&target);
        if !self.adopt(&mut copy, taken.kind, &target, at) {
            self.splice(&mut copy, taken.kind, target.file, at, nested + 1);
        }
        self.moves.push((at.clone(), target.file, target.pointer));
        Some(copy)
    }

    /// Makes components of what stands in a section of components: whoever refers to one of them
    /// in its own file means the same.
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
                    kind: kind.member(key),
                    ..section.clone()
                };
                let place = at.child(key);
                if !self.adopt(value, inner.kind, &inner, &place) {
                    self.splice(value, inner.kind, section.file, &place, 1);
                }
            }
            return true;
        }
        if !is_section_of_components(at, kind, self.version.is_swagger()) {
            return false;
        }
        let kind = kind.member("");
        for (key, value) in map {
            self.adopt_one(value, kind, section, key, &at.child(key));
        }
        true
    }

    fn adopt_one(
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
        if let Some(reference) = only_reference(value).map(str::to_owned)
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

/// Whether a place is that of the components, or of those of one kind.
fn is_section_of_components(at: &Pointer, kind: ObjectKind, swagger: bool) -> bool {
    match kind {
        ObjectKind::Components => true,
        ObjectKind::Each(_) => kind.member("").home(swagger) == Some(at.as_str()),
        _ => false,
    }
}

/// The places of the root where such a reference stands, outer ones first.
fn collect(
    value: &Value,
    kind: ObjectKind,
    at: &PointerPath<'_>,
    sites: &mut Vec<(Pointer, ObjectKind)>,
) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref")
                && is_followed(kind, 0, reference)
            {
                sites.push((at.pointer(), kind));
            }
            for (key, value) in map {
                let kind = kind.member(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    collect(value, kind, &at.key(key), sites);
                }
            }
        }
        Value::Array(items) if kind.element() != ObjectKind::Data => {
            for (i, value) in items.iter().enumerate() {
                collect(value, kind.element(), &at.index(i), sites);
            }
        }
        _ => {}
    }
}

/// Whether a reference in the place of this kind is followed here, and not where components are.
fn is_followed(kind: ObjectKind, file: usize, reference: &str) -> bool {
    match kind {
        // Those of the root are copied where they are used.
        ObjectKind::PathItem => file != 0,
        ObjectKind::MediaType => file != 0 || !reference.starts_with("#/components/mediaTypes/"),
        kind => misplaced(kind).is_some(),
    }
}

/// What a reference stands for that the specification does not have there.
fn misplaced(kind: ObjectKind) -> Option<&'static str> {
    Some(match kind {
        ObjectKind::Components => "the components",
        ObjectKind::Operation => "an operation",
        ObjectKind::Encoding => "an encoding",
        ObjectKind::Discriminator => "a discriminator",
        ObjectKind::Each(_) => "a map or a list",
        ObjectKind::Section => "a section",
        _ => return None,
    })
}

/// A reference that was taken out of a value.
struct Taken {
    /// Where, within the value.
    below: Pointer,
    kind: ObjectKind,
    reference: String,
}

/// Takes such references out of a value of the file `file`, the outer ones first.
fn take(
    value: &mut Value,
    kind: ObjectKind,
    file: usize,
    below: &PointerPath<'_>,
    taken: &mut Vec<Taken>,
) {
    match value {
        Value::Object(map) => {
            let is_taken = map
                .get("$ref")
                .and_then(Value::as_str)
                .is_some_and(|reference| is_followed(kind, file, reference));
            if is_taken && let Some(Value::String(reference)) = map.shift_remove("$ref") {
                taken.push(Taken {
                    below: below.pointer(),
                    kind,
                    reference,
                });
            }
            for (key, value) in map.iter_mut() {
                let kind = kind.member(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    take(value, kind, file, &below.key(key), taken);
                }
            }
        }
        Value::Array(items) if kind.element() != ObjectKind::Data => {
            for (i, value) in items.iter_mut().enumerate() {
                take(value, kind.element(), file, &below.index(i), taken);
            }
        }
        _ => {}
    }
}

/// Adds what was copied to what stands there, which counts for more.
fn merge(own: &mut Value, copy: Value) {
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
