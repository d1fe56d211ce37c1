//! The schemas of a document: a table of its components, their shapes, and the
//! types that are built of them.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::rc::Rc;

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::annotations::Annotations;
use super::arena::{Arena, ArenaEnd};
use super::built_type::{BuiltType, TypeInProgress};
use super::schema_ref::{ComponentId, RefTarget, SchemaRef};
use super::schema_table::SchemaTable;
use super::shape::{PropertyShape, ResolvedSchema};
use super::undeclared_properties::RequiredProperties;
use crate::diagnostics::Code;
use crate::ir::{TypeId, Types};
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// How deep definitions may lead to each other before the stack is spared.
const DEEPEST: usize = 100;

/// The schemas of a document, on their way to being types.
#[derive(Debug)]
pub(in crate::lower) struct SchemaBuilder<'a> {
    /// The components.
    pub(in crate::lower) table: SchemaTable<'a>,
    /// The types so far.
    pub(in crate::lower) types: Types,
    /// What there is to say.
    pub(in crate::lower) findings: Findings,
    /// What is required and declared nowhere.
    pub(in crate::lower) required: RequiredProperties,
    /// Inline schemas that have been built, by their address in the document.
    pub(in crate::lower) built: HashMap<*const Schema, BuiltType>,
    /// Types without a component that are being built, each within the one before.
    pub(in crate::lower) open: Vec<TypeInProgress<'a>>,
    /// Components whose types are still to be built, because the stack was too
    /// deep when they were needed.
    pub(in crate::lower) deferred: Vec<(ComponentId, TypeId)>,
    /// How deep the stack is.
    pub(in crate::lower) depth: usize,
    /// How many variants the search for tags has looked at.
    pub(in crate::lower) visits: usize,
    /// Properties whose values are asked for, each for the one before.
    pub(in crate::lower) asked: Vec<SchemaRef<'a>>,
    /// How many unions are being merged with what stands beside them.
    pub(in crate::lower) distributing: usize,
    /// How many variants of unions have been merged with what stands beside them so far.
    pub(in crate::lower) distributed: usize,
    /// The resolution of each component.
    resolutions: Vec<Resolution<'a>>,
    /// The state of each component's type.
    states: Vec<State>,
    end: ArenaEnd<'a>,
}

/// How far the shape of a component is known.
#[derive(Debug, Clone)]
enum Resolution<'a> {
    New,
    Busy,
    Done(Rc<ResolvedSchema<'a>>),
}

/// How far the type of a component is built.
#[derive(Debug, Clone)]
pub(in crate::lower) enum State {
    /// It has not been needed.
    New,
    /// It is being built.
    Busy,
    /// It is being built, and contains itself: an alias breaks the circle.
    Circular(TypeId),
    /// It is built, or a place is reserved for it.
    Done(BuiltType),
}

impl<'a> SchemaBuilder<'a> {
    /// Returns a builder for the schemas of a document, which adds what it finds to `findings`.
    pub(in crate::lower) fn new(
        table: SchemaTable<'a>,
        arena: &'a Arena,
        findings: Findings,
    ) -> Self {
        let count = table.ids().len();
        Self {
            resolutions: vec![Resolution::New; count],
            states: vec![State::New; count],
            table,
            types: Types::default(),
            findings,
            required: RequiredProperties::default(),
            built: HashMap::new(),
            open: Vec::new(),
            deferred: Vec::new(),
            depth: 0,
            distributing: 0,
            distributed: 0,
            visits: 0,
            asked: Vec::new(),
            end: ArenaEnd::new(arena),
        }
    }

    /// Returns a schema of the document with its JSON pointer.
    pub(in crate::lower) fn schema_ref<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
        at: Pointer,
    ) -> SchemaRef<'a> {
        self.table.schema_ref(schema, at)
    }

    /// How far the type of a component is built.
    pub(in crate::lower) fn state(&self, id: ComponentId) -> &State {
        self.states.get(id.0).expect("each component has a state")
    }

    /// Changes how far the type of a component is built.
    pub(in crate::lower) fn set_state(&mut self, id: ComponentId, state: State) {
        if let Some(slot) = self.states.get_mut(id.0) {
            *slot = state;
        }
    }

    /// A schema that the parser left as JSON.
    pub(in crate::lower) fn parse(&mut self, value: &Value, at: Pointer) -> Option<SchemaRef<'a>> {
        match serde_json::from_value::<ReferenceOr<Schema>>(value.clone()) {
            Ok(schema) => Some(self.schema_ref(self.end.keep(schema), at)),
            Err(error) => {
                self.findings.warn(
                    Code::InvalidSchema,
                    &at,
                    format!("this schema is invalid: {error}"),
                );
                None
            }
        }
    }

    /// A list of schemas that the parser left as JSON.
    pub(in crate::lower) fn parse_list(
        &mut self,
        list: &[Value],
        at: &Pointer,
    ) -> Vec<SchemaRef<'a>> {
        list.iter()
            .enumerate()
            .filter_map(|(i, value)| self.parse(value, at.index(i)))
            .collect()
    }

    fn set_resolution(&mut self, id: ComponentId, resolution: Resolution<'a>) {
        if let Some(slot) = self.resolutions.get_mut(id.0) {
            *slot = resolution;
        }
    }

    /// The shape of a component, or `None` while it is being decided, or if the
    /// stack is too deep to decide it now.
    pub(in crate::lower) fn resolve_component(
        &mut self,
        id: ComponentId,
    ) -> Option<Rc<ResolvedSchema<'a>>> {
        match self.resolutions.get(id.0)? {
            Resolution::Done(resolved) => return Some(Rc::clone(resolved)),
            Resolution::Busy => return None,
            Resolution::New if self.depth >= DEEPEST => return None,
            Resolution::New => {}
        }
        self.set_resolution(id, Resolution::Busy);
        self.depth += 1;
        let schema_ref = self.table.definition(id);
        let resolved = match schema_ref.target {
            RefTarget::Schema(_) => self.resolve_inline(&schema_ref, Some(id)),
            _ => self.resolve(&schema_ref),
        };
        self.depth -= 1;
        let resolved = Rc::new(resolved);
        self.set_resolution(id, Resolution::Done(Rc::clone(&resolved)));
        Some(resolved)
    }

    /// The shape of a property.
    pub(in crate::lower) fn resolve_property(
        &mut self,
        property_shape: &PropertyShape<'a>,
    ) -> ResolvedSchema<'a> {
        match property_shape.sources.as_slice() {
            [only] => self.resolve(&only.schema_ref),
            many => {
                let schema_refs: Vec<SchemaRef<'a>> = many
                    .iter()
                    .map(|source| source.schema_ref.clone())
                    .collect();
                if let Some(narrowest) = self.table.narrowest(&schema_refs) {
                    return self.resolve_narrowest(narrowest, &schema_refs);
                }
                let (members, annotations) = self.flatten(&schema_refs, None);
                self.resolve_members(members, None, annotations)
            }
        }
    }

    fn resolve_narrowest(
        &mut self,
        narrowest: &SchemaRef<'a>,
        schema_refs: &[SchemaRef<'a>],
    ) -> ResolvedSchema<'a> {
        let mut resolved = self.resolve(narrowest);
        let mut annotations = Annotations::default();
        for schema in schema_refs.iter().rev().filter_map(SchemaRef::schema) {
            annotations.push(&schema.schema_data);
        }
        annotations.extend(&resolved.annotations);
        resolved.annotations = annotations;
        resolved
    }

    /// Whether a component becomes a type with a name of its own.
    pub(in crate::lower) fn is_named(&mut self, id: ComponentId) -> bool {
        self.resolve_component(id)
            .is_some_and(|resolved| resolved.shape.is_named())
    }
}
