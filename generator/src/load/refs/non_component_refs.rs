//! References that do not name a component.

use serde_json::{Map, Value, json};

use super::Bundler;
use super::ref_target;
use crate::diagnostics::{Code, Diagnostic};
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;
use crate::source::PointerPath;

/// A reference of the root document that does not name a component.
pub(super) struct Found {
    kind: ObjectKind,
    reference: String,
    at: Pointer,
}

impl Bundler<'_> {
    /// Returns the references of the root document that do not name a component, in its order.
    pub(super) fn find_non_component_refs(&self) -> Vec<Found> {
        let mut finder = Finder::new(&self.root, self.version.is_swagger());
        finder.walk(&self.root, ObjectKind::Document, &PointerPath::root());
        finder.found
    }

    /// Determines the replacement of a reference of the root document.
    pub(super) fn resolve_non_component_ref(&mut self, found: &Found) {
        if found.kind == ObjectKind::PathItem {
            // These are copied to each reference, after all other components.
            return;
        }
        if self.names_schema(found) {
            self.wrap(found);
            let inner = Found {
                kind: ObjectKind::Schema,
                reference: found.reference.clone(),
                at: found.at.clone(),
            };
            return self.resolve_non_component_ref(&inner);
        }
        let key = (found.kind, found.reference.clone());
        if found
            .kind
            .component_section(self.version.is_swagger())
            .is_none()
        {
            if let Err(why) = self.locate(0, &found.reference, found.kind) {
                self.refuse(why, found.kind, found.at.clone());
            }
            return;
        }
        if matches!(self.resolved.get(&key), Some(Some(_))) {
            return;
        }
        let component = self.resolve_component(0, &found.reference, found.kind, &found.at);
        self.resolved.insert(key, component);
    }
}

impl Bundler<'_> {
    /// Whether a body or a response refers to a schema.
    fn names_schema(&self, found: &Found) -> bool {
        let home = ObjectKind::Schema.component_section(self.version.is_swagger());
        let name = home.and_then(|home| {
            let pointer = found.reference.strip_prefix('#')?;
            pointer.strip_prefix(home)?.strip_prefix('/')?;
            Some(Pointer::parse(&ref_target::decode(pointer)))
        });
        matches!(found.kind, ObjectKind::RequestBody | ObjectKind::Response)
            && name.is_some_and(|at| ref_target::get(&self.root, &at).is_some())
    }

    /// Moves the reference to a schema to the `schema` of a body or a response.
    fn wrap(&mut self, found: &Found) {
        let Some(parent) = found.at.parent() else {
            return;
        };
        let schema = json!({"$ref": found.reference});
        let (inner, wrapped) = if self.version.is_swagger() {
            (parent.child("schema"), json!({"schema": schema}))
        } else {
            let media_type = parent.child("content").child("application/json");
            let content = json!({"application/json": {"schema": schema}});
            (media_type.child("schema"), json!({"content": content}))
        };
        let message = format!(
            "`{}` is a schema; it is used as the schema of a JSON body",
            found.reference
        );
        let finding = Diagnostic::new(Code::SchemaRefAsBody, found.at.clone(), message);
        let help = "put it under `content`, `application/json` and `schema`";
        self.diagnostics.push(finding.help(help));
        self.moves.push((inner, 0, parent.clone()));
        if let Some(value) = ref_target::get_mut(&mut self.root, &parent) {
            *value = wrapped;
        }
    }
}

/// Whether a reference names an existing component without escapes.
pub(super) fn is_plain(reference: &str, home: &str, map: &Map<String, Value>) -> bool {
    reference
        .strip_prefix('#')
        .and_then(|pointer| pointer.strip_prefix(home))
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|name| !name.contains(['/', '~', '%']) && map.contains_key(name))
}

/// A walk that collects references.
pub(super) struct Finder<'r> {
    root: &'r Value,
    swagger: bool,
    found: Vec<Found>,
}

impl<'r> Finder<'r> {
    /// Creates a walk of this document.
    pub(super) const fn new(root: &'r Value, swagger: bool) -> Self {
        Self {
            root,
            swagger,
            found: Vec::new(),
        }
    }

    fn walk(&mut self, value: &Value, kind: ObjectKind, at: &PointerPath<'_>) {
        match value {
            Value::Object(map) => {
                if kind.is_referable()
                    && let Some(Value::String(reference)) = map.get("$ref")
                {
                    self.reference(kind, reference, &at.key("$ref"));
                }
                for (key, value) in map {
                    let kind = kind.child_kind(key);
                    if kind == ObjectKind::Mapping {
                        self.mapping(value, &at.key(key));
                    } else if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                        self.walk(value, kind, &at.key(key));
                    }
                }
            }
            Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
                for (i, value) in items.iter().enumerate() {
                    self.walk(value, kind.element_kind(), &at.index(i));
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, kind: ObjectKind, reference: &str, at: &PointerPath<'_>) {
        if !self.is_plain(kind, reference) {
            self.found.push(Found {
                kind,
                reference: reference.to_owned(),
                at: at.pointer(),
            });
        }
    }

    /// Whether a reference names an existing component.
    pub(super) fn is_plain(&self, kind: ObjectKind, reference: &str) -> bool {
        let Some(home) = kind.component_section(self.swagger) else {
            return false;
        };
        let mut segments = home.split('/').skip(1);
        let map = segments.try_fold(self.root, |value, segment| value.get(segment));
        map.and_then(Value::as_object)
            .is_some_and(|map| is_plain(reference, home, map))
    }

    fn mapping(&mut self, value: &Value, at: &PointerPath<'_>) {
        for (tag, reference) in value.as_object().into_iter().flatten() {
            if let Some(reference) = reference.as_str() {
                self.reference(ObjectKind::Schema, reference, &at.key(tag));
            }
        }
    }
}
