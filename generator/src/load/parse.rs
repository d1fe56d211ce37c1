//! Parsing: from a tree of JSON values to the typed document, with repairs.
//!
//! The parser knows the grammar of OpenAPI. It consumes the tree as it goes, so it copies nothing.
//! It cannot fail: it repairs harmless mistakes and drops values without a meaning, with a warning
//! for each. `serde` would stop at the first `required: "true"`, and takes three times as long.

mod body;
mod document;
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
mod sse_event;
mod value;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr};
use serde_json::{Map, Value};

use self::schema::UnknownKeywords;
use self::sse_event::StreamEvents;
use super::OtherMethod;
use super::upgrade::{self, SpecVersion};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::PointerPath;
use crate::source::{NumberLexemes, Pointer};

/// The parser, with the state that all objects share.
pub(crate) struct Parser<'a> {
    diagnostics: &'a mut Diagnostics,
    version: SpecVersion,
    /// The numbers as the document spells them.
    lexemes: &'a NumberLexemes<'a>,
    /// The components. They are parsed before the operations.
    components: Components,
    /// Mutual TLS schemes. The transport handles them, so requests need nothing.
    proven_by_tls: HashSet<String>,
    /// Pointers of moved values: `(now, before)`.
    moves: Vec<(Pointer, Pointer)>,
    /// First use of each `operationId`.
    operation_ids: HashMap<String, Pointer>,
    /// Unknown keywords and formats that the document uses.
    unknown: UnknownKeywords,
    /// Operations with methods that 3.0 does not have, by path.
    other_methods: IndexMap<String, Vec<OtherMethod>>,
    /// Number of `callbacks`.
    callbacks: usize,
    /// Schemas of the events of streams.
    events: StreamEvents,
}

impl<'a> Parser<'a> {
    /// Creates a parser for a document of this version.
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

    /// Returns a reference in the form of 3.0.
    fn upgrade_reference(&self, reference: String) -> String {
        if self.version.is_swagger() {
            upgrade::swagger::convert_reference(reference)
        } else {
            reference
        }
    }

    /// Parses a value or a reference to one.
    fn parse_referable<T>(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
        build: impl FnOnce(&mut Self, Map<String, Value>, &PointerPath<'_>) -> Option<T>,
    ) -> Option<ReferenceOr<T>> {
        let mut map = self.read_object(value, at)?;
        match map.remove("$ref") {
            Some(Value::String(reference)) => Some(ReferenceOr::Reference {
                reference: self.upgrade_reference(reference),
            }),
            Some(other) => {
                self.report_wrong_type(&at.key("$ref"), "a reference", &other, "it is ignored");
                build(self, map, at).map(ReferenceOr::Item)
            }
            None => build(self, map, at).map(ReferenceOr::Item),
        }
    }

    /// Parses a map, value by value.
    fn parse_map<T>(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
        mut build: impl FnMut(&mut Self, Value, &PointerPath<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let Some(map) = self.read_object(value, at) else {
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
