//! `#/$defs/Name` in a schema that has `$defs` of its own.
//!
//! Tools write such references when they embed a whole schema in a document. They mean the nearest
//! definitions.

use serde_json::Value;

use super::Bundler;
use super::ref_target;
use crate::diagnostics::{Code, Diagnostic};
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;
use crate::source::PointerPath;

/// Keywords that hold definitions.
const KEYWORDS: [&str; 2] = ["$defs", "definitions"];

impl Bundler<'_> {
    /// Redirects such references of the root document to the nearest definitions.
    pub(super) fn resolve_defs(&mut self) {
        let mut walk = Walk {
            root: &self.root,
            around: Vec::new(),
            found: Vec::new(),
        };
        walk.schema(&self.root, ObjectKind::Document, &PointerPath::root());
        let found = walk.found;
        if let Some((at, reference, _)) = found.first() {
            let message = format!(
                "`{reference}` is not defined in the document; the definition of an enclosing schema is used"
            );
            let finding = Diagnostic::new(Code::NestedDefs, at.child("$ref"), message);
            let help = "move the definitions to `components/schemas`";
            self.diagnostics.push(finding.help(help));
        }
        for (at, _, new) in found {
            if let Some(value) = ref_target::get_mut(&mut self.root, &at.child("$ref")) {
                *value = Value::String(new);
            }
        }
    }
}

struct Walk<'r> {
    root: &'r Value,
    /// The enclosing schemas with definitions, the outermost first.
    around: Vec<(Pointer, &'r Value)>,
    /// Each reference: its position, its text, and the text that replaces it.
    found: Vec<(Pointer, String, String)>,
}

impl<'r> Walk<'r> {
    fn schema(&mut self, value: &'r Value, kind: ObjectKind, at: &PointerPath<'_>) {
        match value {
            Value::Object(map) => {
                let has_own =
                    kind == ObjectKind::Schema && KEYWORDS.iter().any(|key| map.contains_key(*key));
                if has_own {
                    self.around.push((at.pointer(), value));
                }
                if kind == ObjectKind::Schema
                    && let Some(Value::String(reference)) = map.get("$ref")
                    && let Some(new) = self.nearest_definition(reference)
                {
                    self.found.push((at.pointer(), reference.clone(), new));
                }
                for (key, value) in map {
                    let kind = kind.child_kind(key);
                    if kind != ObjectKind::Data && (value.is_object() || value.is_array()) {
                        self.schema(value, kind, &at.key(key));
                    }
                }
                if has_own {
                    self.around.pop();
                }
            }
            Value::Array(items) if kind.element_kind() != ObjectKind::Data => {
                for (i, value) in items.iter().enumerate() {
                    self.schema(value, kind.element_kind(), &at.index(i));
                }
            }
            _ => {}
        }
    }

    /// Returns the reference to the nearest definition with this name, if the document itself has
    /// none.
    fn nearest_definition(&self, reference: &str) -> Option<String> {
        let way = reference.strip_prefix('#')?;
        let is_def = KEYWORDS.iter().any(|key| {
            let rest = way.strip_prefix('/').and_then(|way| way.strip_prefix(key));
            rest.is_some_and(|rest| rest.starts_with('/'))
        });
        if !is_def {
            return None;
        }
        let pointer = Pointer::parse(&ref_target::decode(way));
        if ref_target::get(self.root, &pointer).is_some() {
            return None;
        }
        let mut nearest = self.around.iter().rev();
        let (at, _) = nearest.find(|(_, schema)| ref_target::get(schema, &pointer).is_some())?;
        let definition = pointer
            .segments()
            .fold(at.clone(), |at, segment| at.child(&segment));
        // The fragment is decoded once already.
        Some(definition.to_string().replace('%', "%25"))
    }
}
