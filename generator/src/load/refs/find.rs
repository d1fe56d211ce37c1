//! Finding the references that do not name a component.

use serde_json::{Map, Value};

use super::Bundle;
use crate::load::Pointer;
use crate::load::grammar::Kind;
use crate::load::place::Place;

/// A reference of the root that does not name a component.
pub(super) struct Found {
    kind: Kind,
    reference: String,
    at: Pointer,
}

impl Bundle<'_> {
    /// The references of the root that do not name a component, in its order.
    pub(super) fn odd_references(&self) -> Vec<Found> {
        let mut finder = Finder::new(&self.root, self.form.is_swagger());
        finder.walk(&self.root, Kind::Document, &Place::root());
        finder.found
    }

    /// Finds out what a reference of the root is to be rewritten to.
    pub(super) fn settle(&mut self, found: &Found) {
        if found.kind == Kind::PathItem {
            // Copied to where it is used, once all else is in place.
            return;
        }
        let key = (found.kind, found.reference.clone());
        if found.kind.home(self.form.is_swagger()).is_none() {
            if let Err(why) = self.locate(0, &found.reference, found.kind) {
                self.guess(why.code, found.at.clone(), why.message, why.help);
            }
            return;
        }
        if matches!(self.resolved.get(&key), Some(Some(_))) {
            return;
        }
        let component = self.component(0, &found.reference, found.kind, &found.at);
        self.resolved.insert(key, component);
    }
}

/// Whether a reference names a component that is there, by a name that needs
/// no escapes.
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
    /// A walk of this document.
    pub(super) const fn new(root: &'r Value, swagger: bool) -> Self {
        Self {
            root,
            swagger,
            found: Vec::new(),
        }
    }

    fn walk(&mut self, value: &Value, kind: Kind, at: &Place<'_>) {
        match value {
            Value::Object(map) => {
                if kind.is_referable()
                    && let Some(Value::String(reference)) = map.get("$ref")
                {
                    self.reference(kind, reference, &at.key("$ref"));
                }
                for (key, value) in map {
                    let kind = kind.member(key);
                    if kind == Kind::Mapping {
                        self.mapping(value, &at.key(key));
                    } else if kind != Kind::Data && (value.is_object() || value.is_array()) {
                        self.walk(value, kind, &at.key(key));
                    }
                }
            }
            Value::Array(items) if kind.element() != Kind::Data => {
                for (i, value) in items.iter().enumerate() {
                    self.walk(value, kind.element(), &at.index(i));
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, kind: Kind, reference: &str, at: &Place<'_>) {
        if !self.is_plain(kind, reference) {
            self.found.push(Found {
                kind,
                reference: reference.to_owned(),
                at: at.pointer(),
            });
        }
    }

    /// Whether a reference names a component that is there.
    pub(super) fn is_plain(&self, kind: Kind, reference: &str) -> bool {
        let Some(home) = kind.home(self.swagger) else {
            return false;
        };
        let mut segments = home.split('/').skip(1);
        let map = segments.try_fold(self.root, |value, segment| value.get(segment));
        map.and_then(Value::as_object)
            .is_some_and(|map| is_plain(reference, home, map))
    }

    fn mapping(&mut self, value: &Value, at: &Place<'_>) {
        for (tag, reference) in value.as_object().into_iter().flatten() {
            if let Some(reference) = reference.as_str() {
                self.reference(Kind::Schema, reference, &at.key(tag));
            }
        }
    }
}
