//! Rewriting of the references of a document.

use serde_json::{Map, Value};

use super::Bundler;
use super::non_component_refs::Finder;
use super::ref_target;
use crate::load::document_structure::ObjectKind;
use crate::load::growth_limit::GrowthBudget;
use crate::source::Pointer;
use crate::source::PointerPath;

/// Greatest nesting depth of media types.
const MAX_INLINE: usize = 16;

impl Bundler<'_> {
    /// Rewrites the references of the root document.
    pub(super) fn rewrite_root(&mut self) {
        // A missing target may exist by now, under a name that was free.
        let finder = Finder::new(&self.root, self.version.is_swagger());
        self.resolved
            .retain(|(kind, reference), new| new.is_some() || !finder.is_plain(*kind, reference));
        let mut root = std::mem::take(&mut self.root);
        // Media types are copied from the original root. Their references are rewritten in the
        // copies.
        let media_types =
            ref_target::get(&root, &Pointer::parse("/components/mediaTypes")).cloned();
        let mut writer = Writer {
            resolve: &mut |kind, reference: &str, _: &PointerPath<'_>| {
                let key = (kind, reference.to_owned());
                self.resolved.get(&key).cloned()
            },
            media_types: media_types.as_ref(),
            budget: &mut self.budget,
        };
        writer.walk(&mut root, ObjectKind::Document, &PointerPath::root(), 0);
        self.root = root;
    }

    /// Rewrites the references of a value from the file `file` that will be stored at `at`.
    pub(super) fn rewrite(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        file: usize,
        at: &Pointer,
    ) {
        let mut writer = Writer {
            resolve: &mut |kind, reference: &str, path: &PointerPath<'_>| {
                Some(self.resolve_component(file, reference, kind, &path.pointer()))
            },
            media_types: None,
            budget: &mut GrowthBudget::default(),
        };
        writer.walk(value, kind, &PointerPath::at(at.as_str()), 0);
    }
}

/// The replacement of a reference. `None`: it stays. `Some(None)`: it has no target.
type Resolve<'f> = dyn FnMut(ObjectKind, &str, &PointerPath<'_>) -> Option<Option<String>> + 'f;

struct Writer<'w> {
    resolve: &'w mut Resolve<'w>,
    /// `components.mediaTypes`, which are copied to where they are used.
    media_types: Option<&'w Value>,
    budget: &'w mut GrowthBudget,
}

impl Writer<'_> {
    fn walk(&mut self, value: &mut Value, kind: ObjectKind, at: &PointerPath<'_>, inlined: usize) {
        let mut inlined = inlined;
        if kind == ObjectKind::MediaType && inlined < MAX_INLINE && self.inline(value) {
            inlined += 1;
        }
        match value {
            Value::Object(map) => {
                if kind.is_referable() && map.contains_key("$ref") && !self.reference(map, kind, at)
                {
                    // A schema without a target is still a schema.
                    if kind != ObjectKind::Schema {
                        *value = Value::Null;
                        return;
                    }
                }
                self.members(value, kind, at, inlined);
            }
            Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
                for (i, value) in items.iter_mut().enumerate() {
                    self.walk(value, kind.element_kind(), &at.index(i), inlined);
                }
            }
            _ => {}
        }
    }

    fn members(
        &mut self,
        value: &mut Value,
        kind: ObjectKind,
        at: &PointerPath<'_>,
        inlined: usize,
    ) {
        let Value::Object(map) = value else {
            return;
        };
        for (key, value) in map.iter_mut() {
            let kind = kind.child_kind(key);
            if kind == ObjectKind::Mapping {
                self.mapping(value, &at.key(key));
            } else if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                self.walk(value, kind, &at.key(key), inlined);
            }
        }
    }

    /// Rewrites the `$ref` of an object. Returns `false` if it has no target.
    fn reference(
        &mut self,
        map: &mut Map<String, Value>,
        kind: ObjectKind,
        at: &PointerPath<'_>,
    ) -> bool {
        let Some(Value::String(reference)) = map.get_mut("$ref") else {
            return true;
        };
        match (self.resolve)(kind, reference, &at.key("$ref")) {
            None => true,
            Some(Some(new)) => {
                *reference = new;
                true
            }
            Some(None) => {
                map.remove("$ref");
                false
            }
        }
    }

    fn mapping(&mut self, value: &mut Value, at: &PointerPath<'_>) {
        let Value::Object(map) = value else {
            return;
        };
        map.retain(|tag, value| {
            let Value::String(reference) = value else {
                return true;
            };
            match (self.resolve)(ObjectKind::Schema, reference, &at.key(tag)) {
                None => true,
                Some(Some(new)) => {
                    *reference = new;
                    true
                }
                Some(None) => false,
            }
        });
    }

    /// Replaces a reference to a media type by a copy.
    fn inline(&mut self, value: &mut Value) -> bool {
        let found = value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix("#/components/mediaTypes/"))
            .and_then(|name| self.media_types?.get(name));
        match found {
            Some(found) => {
                *value = self.budget.copy(found);
                true
            }
            None => false,
        }
    }
}
