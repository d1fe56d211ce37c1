//! The builder, which resolves schemas and fills the types of the model.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::rc::Rc;

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::annotations::Annotations;
use super::built_type::{BuiltType, TypeInProgress};
use super::keywords::Keywords;
use super::parsed_schemas::{ParsedSchemas, ParsedSchemasEnd};
use super::schema_ref::{ComponentId, RefTarget, SchemaRef};
use super::schema_table::SchemaTable;
use super::shape::{PropertyShape, ResolvedSchema};
use super::undeclared_properties::RequiredProperties;
use crate::diagnostics::Code;
use crate::ir::{TypeId, Types};
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// Maximum depth of components that are resolved or built inside each other. Deeper ones are
/// deferred to spare the stack.
pub(in crate::lower) const MAX_COMPONENT_DEPTH: usize = 100;

/// Resolves the schemas of a document and builds their types.
#[derive(Debug)]
pub(in crate::lower) struct SchemaBuilder<'a> {
    /// The components.
    pub(in crate::lower) table: SchemaTable<'a>,
    /// The types that are built so far.
    pub(in crate::lower) types: Types,
    /// The diagnostics.
    pub(in crate::lower) findings: Findings,
    /// The properties that are required and not declared.
    pub(in crate::lower) required: RequiredProperties,
    /// The built inline schemas, by their address in the document.
    pub(in crate::lower) built: HashMap<*const Schema, BuiltType>,
    /// The types under construction, each inside the one before.
    pub(in crate::lower) open: Vec<TypeInProgress<'a>>,
    /// Components that are deferred because the stack was too deep.
    pub(in crate::lower) deferred: Vec<(ComponentId, TypeId)>,
    /// Current depth of components inside each other.
    pub(in crate::lower) depth: usize,
    /// Number of variants that the search for a discriminator has visited.
    pub(in crate::lower) visits: usize,
    /// Properties under inspection, each reached from the one before.
    pub(in crate::lower) asked: Vec<SchemaRef<'a>>,
    /// Number of unions that are being merged with other properties, inside each other.
    pub(in crate::lower) distributing: usize,
    /// Number of subschemas that are merged with other properties so far.
    pub(in crate::lower) distributed: usize,
    /// The resolution of each component.
    resolutions: Vec<Resolution<'a>>,
    /// The state of each component's type.
    states: Vec<State>,
    end: ParsedSchemasEnd<'a>,
}

/// The resolution state of a component.
#[derive(Debug, Clone)]
enum Resolution<'a> {
    New,
    Busy,
    Done(Rc<ResolvedSchema<'a>>),
}

/// The build state of a component's type.
#[derive(Debug, Clone)]
pub(in crate::lower) enum State {
    /// Not needed so far.
    New,
    /// It is being built.
    Busy,
    /// Under construction, and it contains itself: an alias breaks the cycle.
    Circular(TypeId),
    /// Built, or reserved.
    Done(BuiltType),
}

impl<'a> SchemaBuilder<'a> {
    /// Returns a builder for the schemas of a document, which adds diagnostics to `findings`.
    pub(in crate::lower) fn new(
        table: SchemaTable<'a>,
        parsed: &'a ParsedSchemas,
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
            end: ParsedSchemasEnd::new(parsed),
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

    /// State of a component's type.
    pub(in crate::lower) fn state(&self, id: ComponentId) -> &State {
        self.states.get(id.0).expect("each component has a state")
    }

    /// Changes how far the type of a component is built.
    pub(in crate::lower) fn set_state(&mut self, id: ComponentId, state: State) {
        if let Some(slot) = self.states.get_mut(id.0) {
            *slot = state;
        }
    }

    /// Parses a schema that the parser left as JSON.
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

    /// Parses a list of schemas that the parser left as JSON.
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

    /// Resolves a component. Returns `None` while it is being resolved, or if the stack is too
    /// deep.
    pub(in crate::lower) fn resolve_component(
        &mut self,
        id: ComponentId,
    ) -> Option<Rc<ResolvedSchema<'a>>> {
        match self.resolutions.get(id.0)? {
            Resolution::Done(resolved) => return Some(Rc::clone(resolved)),
            Resolution::Busy => return None,
            Resolution::New if self.depth >= MAX_COMPONENT_DEPTH => return None,
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

    /// Resolves a property.
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
            let constraints = Keywords::new(schema).constraints;
            resolved.constraints = resolved.constraints.narrow(constraints);
        }
        annotations.extend(&resolved.annotations);
        resolved.annotations = annotations;
        resolved
    }

    /// Whether a component becomes a named type.
    pub(in crate::lower) fn is_named(&mut self, id: ComponentId) -> bool {
        self.resolve_component(id)
            .is_some_and(|resolved| resolved.shape.is_named())
    }
}
