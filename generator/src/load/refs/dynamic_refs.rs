//! `$dynamicRef` and `$dynamicAnchor`: generic schemas with a part that other schemas fill in
//! ([JSON Schema, section
//! 8.2.3.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2)).
//!
//! A schema that refers to a generic schema and has the anchor itself gets a copy of it. In the
//! copy, the references lead to the schema's own anchor. Elsewhere, a dynamic reference leads to
//! the anchor of the enclosing schema.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::Bundler;
use super::ref_target;
use crate::load::document_structure::ObjectKind;
use crate::load::growth_limit::GrowthBudget;
use crate::source::Pointer;
use crate::source::PointerPath;

/// Greatest nesting depth of generic schemas.
const MAX_NESTED: usize = 8;

/// Keywords that describe a schema as a resource, and not its values.
const OF_RESOURCES: [&str; 7] = [
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "$vocabulary",
];

/// Targets of the anchors of a schema, by name.
type Anchors = BTreeMap<String, Pointer>;

impl Bundler<'_> {
    /// Resolves the dynamic references of the root document.
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
    /// Returns the names of all dynamic references.
    names: HashMap<Pointer, BTreeSet<String>>,
    budget: &'r mut GrowthBudget,
}

/// The enclosing schema resource, with the targets of its dynamic references.
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
            collect_dynamic_anchors(value, ObjectKind::Schema, &at, true, &mut anchors);
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
                    let inner = kind.child_kind(key);
                    if inner != ObjectKind::Data && (value.is_object() || value.is_array()) {
                        // A map of schemas belongs to the schema that contains it.
                        let around = resource
                            .or(outer.filter(|_| matches!(kind, ObjectKind::Collection(_))));
                        self.walk(value, inner, &at.key(key), around);
                    }
                }
                // The replacement is already resolved.
                if let Some(resource) = resource {
                    self.schema(map, resource, 0);
                }
            }
            Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
                for (i, value) in items.iter_mut().enumerate() {
                    self.walk(value, kind.element_kind(), &at.index(i), outer);
                }
            }
            _ => {}
        }
    }

    /// Resolves the references of one schema within a resource.
    fn schema(&mut self, map: &mut Map<String, Value>, resource: &Resource, nested: usize) {
        if let Some(name) = dynamic(map) {
            map.shift_remove("$dynamicRef");
            let anchor = resource.anchors.get(&name);
            let reference = anchor.map_or(format!("#{name}"), encode_reference);
            map.entry("$ref").or_insert(Value::String(reference));
            return;
        }
        let Some(generic) = self
            .find_generic(map, resource)
            .filter(|_| nested < MAX_NESTED)
        else {
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

    /// Returns the generic schema that a schema refers to, if the resource fills in a part of it.
    fn find_generic(&mut self, map: &Map<String, Value>, resource: &Resource) -> Option<Pointer> {
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

    /// Returns a copy of a generic schema with the parts of a resource.
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
                    let kind = kind.child_kind(key);
                    if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                        self.instantiate_in(value, kind, generic, resource, nested);
                    }
                }
                if kind == ObjectKind::Schema {
                    // In the copy, a reference from the generic schema to itself means the copy.
                    let itself = encode_reference(generic);
                    if map.get("$ref").and_then(Value::as_str) == Some(&itself) {
                        map.insert(
                            "$ref".to_owned(),
                            Value::String(encode_reference(&resource.at)),
                        );
                    }
                    self.schema(map, resource, nested);
                }
            }
            Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
                for value in items {
                    self.instantiate_in(value, kind.element_kind(), generic, resource, nested);
                }
            }
            _ => {}
        }
    }
}

/// Returns the name of the anchor that a schema refers to dynamically.
fn dynamic(map: &Map<String, Value>) -> Option<String> {
    let reference = map.get("$dynamicRef")?.as_str()?;
    let (_, name) = reference.split_once('#')?;
    (!name.is_empty() && !name.starts_with('/')).then(|| name.to_owned())
}

/// Returns the reference to a pointer. The pointer is decoded already.
fn encode_reference(at: &Pointer) -> String {
    at.to_string().replace('%', "%25")
}

/// Collects the names of the anchors that a value refers to dynamically.
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
                let kind = kind.child_kind(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    add_names(value, kind, found);
                }
            }
        }
        Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
            for value in items {
                add_names(value, kind.element_kind(), found);
            }
        }
        _ => {}
    }
}

/// Collects the dynamic anchors of a schema, except those of nested schemas with an `$id`.
fn collect_dynamic_anchors(
    value: &Value,
    kind: ObjectKind,
    at: &Pointer,
    is_root: bool,
    anchors: &mut Anchors,
) {
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
                let kind = kind.child_kind(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    collect_dynamic_anchors(value, kind, &at.child(key), false, anchors);
                }
            }
        }
        Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
            for (i, value) in items.iter().enumerate() {
                collect_dynamic_anchors(value, kind.element_kind(), &at.index(i), false, anchors);
            }
        }
        _ => {}
    }
}
