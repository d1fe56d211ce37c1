//! Schemas with an `$id` and documents with a `$self`. References relative to such a URI become
//! references to the document ([JSON Schema, section
//! 8.2.1](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.1)).

use std::collections::HashMap;

use serde_json::Value;

use super::Bundler;
use super::ref_target;
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;
use crate::source::PointerPath;
use crate::source::uri;

impl Bundler<'_> {
    /// Rewrites the references of the root that are relative to a URI of the document.
    pub(super) fn resolve_ids(&mut self) {
        let own = self.root.get("$self").and_then(Value::as_str);
        let own = own.unwrap_or_default().to_owned();
        let mut found = HashMap::new();
        collect(
            &self.root,
            ObjectKind::Document,
            &own,
            &PointerPath::root(),
            &mut found,
        );
        if found.is_empty() && own.is_empty() {
            return;
        }
        if !own.is_empty() {
            found.insert(own.clone(), Pointer::root());
        }
        let mut root = std::mem::take(&mut self.root);
        let unchanged = root.clone();
        let ids = Ids {
            root: &unchanged,
            found,
        };
        let resource = Resource {
            base: own,
            at: Pointer::root(),
        };
        ids.walk(&mut root, ObjectKind::Document, &resource);
        self.root = root;
    }
}

/// Returns the URI of a schema.
fn id(value: &Value, kind: ObjectKind, base: &str) -> Option<String> {
    let id = value
        .get("$id")
        .filter(|_| kind == ObjectKind::Schema)?
        .as_str()?;
    let id = id.trim_end_matches('#');
    (!id.is_empty() && !id.starts_with('#')).then(|| uri::resolve(id, base))
}

fn collect(
    value: &Value,
    kind: ObjectKind,
    base: &str,
    at: &PointerPath<'_>,
    found: &mut HashMap<String, Pointer>,
) {
    let id = id(value, kind, base);
    let base = id.as_deref().unwrap_or(base);
    if let Some(id) = &id {
        found.entry(id.clone()).or_insert_with(|| at.pointer());
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let kind = kind.child_kind(key);
                if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                    collect(value, kind, base, &at.key(key), found);
                }
            }
        }
        Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
            for (i, value) in items.iter().enumerate() {
                collect(value, kind.element_kind(), base, &at.index(i), found);
            }
        }
        _ => {}
    }
}

/// The base of relative references.
struct Resource {
    base: String,
    at: Pointer,
}

struct Ids<'r> {
    root: &'r Value,
    found: HashMap<String, Pointer>,
}

impl Ids<'_> {
    fn walk(&self, value: &mut Value, kind: ObjectKind, outer: &Resource) {
        let own = id(value, kind, &outer.base).and_then(|base| {
            let at = self.found.get(&base)?.clone();
            Some(Resource { base, at })
        });
        let resource = own.as_ref().unwrap_or(outer);
        match value {
            Value::Object(map) => {
                if kind.is_referable()
                    && let Some(Value::String(reference)) = map.get_mut("$ref")
                    && let Some(new) = self.resolve(reference, resource)
                {
                    *reference = new;
                }
                for (key, value) in map.iter_mut() {
                    let kind = kind.child_kind(key);
                    if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                        self.walk(value, kind, resource);
                    }
                }
            }
            Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
                for value in items {
                    self.walk(value, kind.element_kind(), resource);
                }
            }
            _ => {}
        }
    }

    /// Returns the reference to a pointer of the document. Authors refer to the document's
    /// components within schemas with an `$id` too, so a reference without a target in the schema
    /// stays as it is.
    fn resolve(&self, reference: &str, resource: &Resource) -> Option<String> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let at = match uri {
            "" if resource.at == Pointer::root() => return None,
            "" => &resource.at,
            _ => self.found.get(&uri::resolve(uri, &resource.base))?,
        };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            // Names of schemas are unique in the whole document.
            return Some(format!("#{fragment}"));
        }
        let fragment = Pointer::parse(&ref_target::decode(fragment));
        let target = fragment
            .segments()
            .fold(at.clone(), |at, segment| at.child(&segment));
        ref_target::get(self.root, &target)?;
        // The fragment is decoded once already.
        Some(target.to_string().replace('%', "%25"))
    }
}
