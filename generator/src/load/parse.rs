//! From the tree to the typed document, repairing on the way.
//!
//! The walk knows the grammar of OpenAPI and consumes the tree as it goes, so
//! nothing is copied and nothing is parsed twice. It cannot fail: what is
//! harmlessly wrong is put right with a warning that names the place, and what
//! means nothing is left out with one. `serde` would stop at the first
//! `required: "true"`, and takes three times as long.

mod body;
mod document;
mod event;
mod example;
mod header;
mod oauth;
mod operation;
mod parameter;
mod path;
mod path_template;
mod response;
mod schema;
mod security;
mod server;
mod value;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr};
use serde_json::{Map, Value};

use self::event::StreamEvents;
use self::schema::UnknownKeywords;
use super::OtherMethod;
use super::upgrade::{self, SpecVersion};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::PointerPath;
use crate::source::{NumberLexemes, Pointer};

/// The walk, with what it has to know wherever it stands.
pub(crate) struct Parser<'a> {
    diagnostics: &'a mut Diagnostics,
    version: SpecVersion,
    /// How numbers were written.
    lexemes: &'a NumberLexemes<'a>,
    /// The components so far. Operations are read after them.
    components: Components,
    /// The security schemes that the transport proves, so that calls have nothing to do.
    proven_by_tls: HashSet<String>,
    /// Where what stands at a pointer now stood before: `(now, before)`.
    moves: Vec<(Pointer, Pointer)>,
    /// Where each `operationId` was first used.
    operation_ids: HashMap<String, Pointer>,
    /// The keywords and formats that are not known, of those that were met.
    unknown: UnknownKeywords,
    /// Operations of other methods, by their paths.
    other_methods: IndexMap<String, Vec<OtherMethod>>,
    /// How many `callbacks` there are.
    callbacks: usize,
    /// The components that are events of streams.
    events: StreamEvents,
}

impl<'a> Parser<'a> {
    /// A walk of a document that was written in this form.
    pub(crate) fn new(
        diagnostics: &'a mut Diagnostics,
        version: SpecVersion,
        lexemes: &'a NumberLexemes<'a>,
    ) -> Self {
        Self {
            diagnostics,
            version,
            lexemes,
            components: Components::default(),
            proven_by_tls: HashSet::new(),
            moves: Vec::new(),
            operation_ids: HashMap::new(),
            unknown: UnknownKeywords::default(),
            other_methods: IndexMap::new(),
            callbacks: 0,
            events: StreamEvents::default(),
        }
    }

    fn report(&mut self, code: Code, at: &PointerPath<'_>, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::new(code, at.pointer(), message));
    }

    fn report_with_help(
        &mut self,
        code: Code,
        at: &PointerPath<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic::new(code, at.pointer(), message);
        self.diagnostics.push(diagnostic.help(help));
    }

    /// A reference in the form of 3.0.
    fn reference(&self, reference: String) -> String {
        if self.version.is_swagger() {
            upgrade::swagger::reference(reference)
        } else {
            reference
        }
    }

    /// A value or a reference to one.
    fn referable<T>(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
        build: impl FnOnce(&mut Self, Map<String, Value>, &PointerPath<'_>) -> Option<T>,
    ) -> Option<ReferenceOr<T>> {
        let mut map = self.object(value, at)?;
        match map.remove("$ref") {
            Some(Value::String(reference)) => Some(ReferenceOr::Reference {
                reference: self.reference(reference),
            }),
            Some(other) => {
                self.wrong_type(&at.key("$ref"), "a reference", &other, "it is ignored");
                build(self, map, at).map(ReferenceOr::Item)
            }
            None => build(self, map, at).map(ReferenceOr::Item),
        }
    }

    /// A map of values, of which each is built on its own.
    fn members<T>(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
        mut build: impl FnMut(&mut Self, Value, &PointerPath<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let Some(map) = self.object(value, at) else {
            return IndexMap::new();
        };
        let mut members = IndexMap::with_capacity(map.len());
        for (name, value) in map {
            if let Some(member) = build(self, value, &at.key(&name)) {
                members.insert(name, member);
            }
        }
        members
    }
}
