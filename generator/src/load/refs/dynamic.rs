//! `$dynamicRef` and `$dynamicAnchor`: schemas with a part that others fill in
//! ([JSON Schema, section 8.2.3.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2)).
//!
//! A schema that refers to such a generic one and has the anchor itself gets a copy of it in which
//! the references lead to its own. Elsewhere a dynamic reference leads to the anchor of the schema
//! that it stands in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::Bundle;
use super::ref_target;
use crate::load::budget::Budget;
use crate::load::grammar::ObjectKind;
use crate::source::Pointer;
use crate::source::PointerPath;

/// How often a generic schema may refer to another.
const MAX_NESTED: usize = 8;

/// Keywords that say something of a schema as a resource, and not of its values.
const OF_RESOURCES: [&str; 7] = [
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "$vocabulary",
];

/// What the anchors of a schema lead to, by their names.
type Anchors = BTreeMap<String, Pointer>;

impl Bundle<'_> {
    /// Resolves the dynamic references of the root.
    pub(super) fn resolve_dynamic(&mut self) {
        if names(&self.root, ObjectKind::Document).is_empty() {
            return;
        }
        let mut root = std::mem::take(&mut self.root);
        let unchanged = root.clone();
        let mut generics = Generics {
            root: &unchanged,
            names: HashMap::new(),
            budget: &mut self.budget,
        };
        generics.walk(&mut root, ObjectKind::Document, &PointerPath::root(), None);
        self.root = root;
    }
}

struct Generics<'r> {
    root: &'r Value,
    /// The names of the anchors that schemas refer to dynamically.
    names: HashMap<Pointer, BTreeSet<String>>,
    budget: &'r mut Budget,
}

/// The schema that a walk is in, with what its dynamic references lead to.
struct Resource {
    at: Pointer,
    anchors: Anchors,
}

impl Generics<'_> {
    fn walk(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        at: &PointerPath<'_>,
        outer: Option<&Resource>,
    ) {
        let is_resource = kind == ObjectKind::Schema
            && value.is_object()
            && (outer.is_none() || value.get("$id").is_some());
        let own = is_resource.then(|| {
            let at = at.pointer();
            let mut anchors = Anchors::new();
            collect(value, ObjectKind::Schema, &at, true, &mut anchors);
            Resource { at, anchors }
        });
        let resource = if kind == ObjectKind::Schema {
            own.as_ref().or(outer)
        } else {
            None
        };
        match value {
            Value::Object(map) => {
                for (key, value) in map.iter_mut() {
                    let inner = kind.member(key);
                    if inner != ObjectKind::Data && (value.is_object() || value.is_array()) {
                        // A map of schemas is within the schema that has it.
                        let around =
                            resource.or(outer.filter(|_| matches!(kind, ObjectKind::Each(_))));
                        self.walk(value, inner, &at.key(key), around);
                    }
                }
                // What is put here is resolved already.
                if let Some(resource) = resource {
                    self.schema(map, resource, 0);
                }
            }
            Value::Array(items) if kind.element() != ObjectKind::Data => {
                for (i, value) in items.iter_mut().enumerate() {
                    self.walk(value, kind.element(), &at.index(i), outer);
                }
            }
            _ => {}
        }
    }

    /// Resolves the references of one schema within a resource.
    fn schema(&mut self, map: &mut Map<String, Value>, resource: &Resource, nested: usize) {
        if let Some(name) = dynamic(map) {
            map.shift_remove("$dynamicRef");
            let meant = resource.anchors.get(&name);
            let reference = meant.map_or(format!("#{name}"), encoded_reference);
            map.entry("$ref").or_insert(Value::String(reference));
            return;
        }
        let Some(generic) = self.generic(map, resource).filter(|_| nested < MAX_NESTED) else {
            return;
        };
        let copy = self.instantiate(&generic, resource, nested);
        map.shift_remove("$ref");
        if map.keys().all(|key| OF_RESOURCES.contains(&key.as_str())) {
            if let Value::Object(copy) = copy {
                map.extend(copy);
            }
            return;
        }
        let all = map
            .entry("allOf")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(all) = all {
            all.insert(0, copy);
        }
    }

    /// The generic schema that a schema refers to, if the resource fills in a part of it.
    fn generic(&mut self, map: &Map<String, Value>, resource: &Resource) -> Option<Pointer> {
        let reference = map.get("$ref")?.as_str()?.strip_prefix("#/")?;
        let at = Pointer::parse(&format!("/{}", ref_target::decode(reference)));
        if resource.anchors.is_empty() || at == resource.at {
            return None;
        }
        if !self.names.contains_key(&at) {
            let found = ref_target::get(self.root, &at)?;
            self.names
                .insert(at.clone(), names(found, ObjectKind::Schema));
        }
        let names = self.names.get(&at)?;
        let is_filled = |name: &String| {
            let anchor = resource.anchors.get(name);
            anchor.is_some_and(|anchor| !anchor.as_str().starts_with(at.as_str()))
        };
        names.iter().any(is_filled).then_some(at)
    }

    /// A copy of a generic schema with the parts of a resource.
    fn instantiate(&mut self, generic: &Pointer, resource: &Resource, nested: usize) -> Value {
        let found = ref_target::get(self.root, generic);
        let mut copy = found
            .map(|found| self.budget.copy(found))
            .unwrap_or_default();
        if let Value::Object(map) = &mut copy {
            map.retain(|key, _| !OF_RESOURCES.contains(&key.as_str()));
        }
        self.instantiate_in(&mut copy, ObjectKind::Schema, generic, resource, nested + 1);
        copy
    }

    fn instantiate_in(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        generic: &Pointer,
        resource: &Resource,
        nested: usize,
    ) {
        match value {
            Value::Object(map) => {
                for (key, value) in map.iter_mut() {
                    let kind = kind.member(key);
                    if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                        self.instantiate_in(value, kind, generic, resource, nested);
                    }
                }
                if kind == ObjectKind::Schema {
                    // What is generic and refers to itself is this schema.
                    let itself = encoded_reference(generic);
                    if map.get("$ref").and_then(Value::as_str) == Some(&itself) {
                        map.insert(
                            "$ref".to_owned(),
                            Value::String(encoded_reference(&resource.at)),
                        );
                    }
                    self.schema(map, resource, nested);
                }
            }
            Value::Array(items) if kind.element() != ObjectKind::Data => {
                for value in items {
                    self.instantiate_in(value, kind.element(), generic, resource, nested);
                }
            }
            _ => {}
        }
    }
}

/// The name of the anchor that a schema refers to dynamically.
fn dynamic(map: &Map<String, Value>) -> Option<String> {
    let reference = map.get("$dynamicRef")?.as_str()?;
    let (_, name) = reference.split_once('#')?;
    (!name.is_empty() && !name.starts_with('/')).then(|| name.to_owned())
}

/// The reference to a place. What was decoded once is not to be decoded again.
fn encoded_reference(at: &Pointer) -> String {
    at.to_string().replace('%', "%25")
}

/// The names of the anchors that a value refers to dynamically.
fn names(value: &Value, kind: ObjectKind) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    add_names(value, kind, &mut found);
    found
}

fn add_names(value: &Value, kind: ObjectKind, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if kind == ObjectKind::Schema {
                found.extend(dynamic(map));
            }
            for (key, value) in map {
                let kind = kind.member(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    add_names(value, kind, found);
                }
            }
        }
        Value::Array(items) if kind.element() != ObjectKind::Data => {
            for value in items {
                add_names(value, kind.element(), found);
            }
        }
        _ => {}
    }
}

/// Collects the dynamic anchors of a schema, but for those of others within it that have an id.
fn collect(value: &Value, kind: ObjectKind, at: &Pointer, is_root: bool, anchors: &mut Anchors) {
    match value {
        Value::Object(map) => {
            if kind == ObjectKind::Schema && !is_root && map.contains_key("$id") {
                return;
            }
            if let Some(Value::String(name)) = map.get("$dynamicAnchor")
                && kind == ObjectKind::Schema
            {
                anchors.entry(name.clone()).or_insert_with(|| at.clone());
            }
            for (key, value) in map {
                let kind = kind.member(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    collect(value, kind, &at.child(key), false, anchors);
                }
            }
        }
        Value::Array(items) if kind.element() != ObjectKind::Data => {
            for (i, value) in items.iter().enumerate() {
                collect(value, kind.element(), &at.index(i), false, anchors);
            }
        }
        _ => {}
    }
}
