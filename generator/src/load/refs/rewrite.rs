//! Walking the references of a document: to find them, and to rewrite them.

use serde_json::{Map, Value};

use super::Bundle;
use super::target;
use crate::load::Pointer;
use crate::load::grammar::Kind;
use crate::load::place::Place;

/// A reference of the root that does not name a component.
pub(super) struct Found {
    kind: Kind,
    reference: String,
    at: Pointer,
}

/// How often path items and media types may stand in each other.
const MAX_INLINE: usize = 16;

impl Bundle<'_> {
    /// The references of the root that do not name a component, in its order.
    pub(super) fn odd_references(&self) -> Vec<Found> {
        let mut finder = Finder {
            root: &self.root,
            swagger: self.form.is_swagger(),
            found: Vec::new(),
        };
        finder.walk(&self.root, Kind::Document, &Place::root());
        finder.found
    }

    /// Finds out what a reference of the root is to be rewritten to.
    pub(super) fn settle(&mut self, found: &Found) {
        let key = (found.kind, found.reference.clone());
        if found.kind.home(self.form.is_swagger()).is_none() {
            // Copied to where it is used, once all else is in place.
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

    /// Rewrites the references of the root.
    pub(super) fn rewrite_root(&mut self) {
        let mut root = std::mem::take(&mut self.root);
        // Copies are made of the root as it was, whose references are
        // rewritten where the copies stand.
        let media_types = target::get(&root, &Pointer::parse("/components/mediaTypes")).cloned();
        let mut writer = Writer {
            resolve: &mut |kind, reference: &str, _: &Place<'_>| {
                let key = (kind, reference.to_owned());
                self.resolved.get(&key).cloned()
            },
            media_types: media_types.as_ref(),
        };
        writer.walk(&mut root, Kind::Document, &Place::root(), 0);
        self.root = root;
    }

    /// Rewrites the references of a value that came from the file `file` and
    /// will stand at `at`.
    pub(super) fn rewrite(&mut self, value: &mut Value, kind: Kind, file: usize, at: &Pointer) {
        let mut writer = Writer {
            resolve: &mut |kind, reference: &str, place: &Place<'_>| {
                Some(self.component(file, reference, kind, &place.pointer()))
            },
            media_types: None,
        };
        writer.walk(value, kind, &Place::at(at.as_str()), 0);
    }

    /// Puts the path items that paths refer to in their place.
    pub(super) fn inline_path_items(&mut self) {
        for section in ["paths", "webhooks", "x-webhooks"] {
            let section = Pointer::root().child(section);
            let Some(Value::Object(map)) = target::get(&self.root, &section) else {
                continue;
            };
            let references: Vec<_> = map
                .iter()
                .filter_map(|(path, item)| Some((section.child(path), item.get("$ref")?.as_str()?)))
                .map(|(place, reference)| (place, reference.to_owned()))
                .collect();
            for (place, reference) in references {
                self.inline_path_item(&place, &reference);
            }
        }
    }

    fn inline_path_item(&mut self, place: &Pointer, reference: &str) {
        let target = match self.locate(0, reference, Kind::PathItem) {
            Ok(target) => target,
            Err(why) => {
                self.guess(why.code, place.child("$ref"), why.message, why.help);
                if let Some(Value::Object(own)) = target::get_mut(&mut self.root, place) {
                    own.remove("$ref");
                }
                return;
            }
        };
        let file = self.value(target.file);
        let item = file.and_then(|file| target::get(file, &target.pointer));
        let Some(mut item) = item.cloned() else {
            return;
        };
        if target.file != 0 {
            self.rewrite(&mut item, Kind::PathItem, target.file, place);
        }
        let (Some(Value::Object(own)), Value::Object(item)) =
            (target::get_mut(&mut self.root, place), item)
        else {
            return;
        };
        // What the path says itself goes first.
        own.remove("$ref");
        for (key, value) in item {
            own.entry(key).or_insert(value);
        }
        self.moves
            .push((place.clone(), target.file, target.pointer));
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

struct Finder<'r> {
    root: &'r Value,
    swagger: bool,
    found: Vec<Found>,
}

impl Finder<'_> {
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

    fn is_plain(&self, kind: Kind, reference: &str) -> bool {
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

/// What a reference at a place becomes. `None`: it stays; `Some(None)`: it dangles.
type Resolve<'f> = dyn FnMut(Kind, &str, &Place<'_>) -> Option<Option<String>> + 'f;

struct Writer<'w> {
    resolve: &'w mut Resolve<'w>,
    /// `components.mediaTypes`, which are copied to where they are used.
    media_types: Option<&'w Value>,
}

impl Writer<'_> {
    fn walk(&mut self, value: &mut Value, kind: Kind, at: &Place<'_>, inlined: usize) {
        let mut inlined = inlined;
        if kind == Kind::MediaType && inlined < MAX_INLINE && self.inline(value) {
            inlined += 1;
        }
        match value {
            Value::Object(map) => {
                if kind.is_referable() && map.contains_key("$ref") && !self.reference(map, kind, at)
                {
                    // A schema that refers to nothing is still a schema.
                    if kind != Kind::Schema {
                        *value = Value::Null;
                        return;
                    }
                }
                self.members(value, kind, at, inlined);
            }
            Value::Array(items) if kind.element() != Kind::Data => {
                for (i, value) in items.iter_mut().enumerate() {
                    self.walk(value, kind.element(), &at.index(i), inlined);
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, value: &mut Value, kind: Kind, at: &Place<'_>, inlined: usize) {
        let Value::Object(map) = value else {
            return;
        };
        for (key, value) in map.iter_mut() {
            let kind = kind.member(key);
            if kind == Kind::Mapping {
                self.mapping(value, &at.key(key));
            } else if kind != Kind::Data && (value.is_object() || value.is_array()) {
                self.walk(value, kind, &at.key(key), inlined);
            }
        }
    }

    /// Rewrites the `$ref` of an object; `false` if it dangles.
    fn reference(&mut self, map: &mut Map<String, Value>, kind: Kind, at: &Place<'_>) -> bool {
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

    fn mapping(&mut self, value: &mut Value, at: &Place<'_>) {
        let Value::Object(map) = value else {
            return;
        };
        map.retain(|tag, value| {
            let Value::String(reference) = value else {
                return true;
            };
            match (self.resolve)(Kind::Schema, reference, &at.key(tag)) {
                None => true,
                Some(Some(new)) => {
                    *reference = new;
                    true
                }
                Some(None) => false,
            }
        });
    }

    /// Puts the media type that is referred to in the place of the reference.
    fn inline(&self, value: &mut Value) -> bool {
        let found = value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix("#/components/mediaTypes/"))
            .and_then(|name| self.media_types?.get(name));
        match found {
            Some(found) => {
                *value = found.clone();
                true
            }
            None => false,
        }
    }
}
