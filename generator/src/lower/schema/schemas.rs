//! The schemas of a document: a table of its components, their shapes, and the
//! types that are built of them.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use openapiv3::{Components, ReferenceOr, Schema};
use serde_json::Value;

use super::annotations::Annotations;
use super::arena::{Arena, ArenaEnd};
use super::keywords::Keywords;
use super::schema_ref::{ComponentId, RefTarget, SchemaRef, target};
use super::shape::{PropertyShape, ResolvedSchema};
use super::types::{BuiltType, TypeInProgress};
use super::undeclared_properties::RequiredProperties;
use crate::diagnostics::Code;
use crate::ir::{Owner, TypeId, Types, WireName, Words};
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// How deep definitions may lead to each other before the stack is spared.
const DEEPEST: usize = 100;

/// The schemas of a document, on their way to being types.
#[derive(Debug)]
pub(in crate::lower) struct Schemas<'a> {
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
    components: Vec<Component<'a>>,
    index: HashMap<&'a str, ComponentId>,
    end: ArenaEnd<'a>,
}

/// A schema of `components.schemas`.
#[derive(Debug)]
struct Component<'a> {
    name: &'a str,
    words: Words,
    singular_is_taken: bool,
    owner: Rc<Owner>,
    schema_ref: SchemaRef<'a>,
    resolution: Resolution<'a>,
    state: State,
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

impl<'a> Schemas<'a> {
    /// The schemas of a document; `name` gives a component its words.
    pub(in crate::lower) fn new(
        components: Option<&'a Components>,
        arena: &'a Arena,
        name: impl Fn(&str) -> Words,
    ) -> Self {
        let list = components.map(|components| &components.schemas);
        let index: HashMap<&str, ComponentId> = list
            .into_iter()
            .flat_map(|list| list.keys().enumerate())
            .map(|(i, name)| (name.as_str(), ComponentId(i)))
            .collect();
        let at = Pointer::root().child("components").child("schemas");
        let find = |name: &str| index.get(name).copied();
        let named: Vec<Words> = list
            .into_iter()
            .flat_map(|list| list.keys())
            .map(|key| name(key))
            .collect();
        let taken: HashSet<String> = named.iter().map(Words::pascal).collect();
        let components = list
            .into_iter()
            .flatten()
            .zip(named)
            .map(|((key, schema), words)| Component {
                name: key,
                singular_is_taken: taken.contains(&words.singular().pascal()),
                words,
                owner: Rc::new(Owner::Component(WireName::new(key))),
                schema_ref: SchemaRef {
                    target: target(schema, find),
                    at: at.child(key),
                },
                resolution: Resolution::New,
                state: State::New,
            })
            .collect();
        Self {
            types: Types::default(),
            findings: Findings::default(),
            required: RequiredProperties::default(),
            built: HashMap::new(),
            open: Vec::new(),
            deferred: Vec::new(),
            depth: 0,
            distributing: 0,
            distributed: 0,
            visits: 0,
            asked: Vec::new(),
            components,
            index,
            end: ArenaEnd::new(arena),
        }
    }

    /// The components.
    pub(in crate::lower) fn ids(&self) -> impl ExactSizeIterator<Item = ComponentId> + use<> {
        (0..self.components.len()).map(ComponentId)
    }

    /// The component of this name.
    pub(in crate::lower) fn find(&self, name: &str) -> Option<ComponentId> {
        self.index.get(name).copied()
    }

    fn component(&self, id: ComponentId) -> &Component<'a> {
        self.components
            .get(id.0)
            .expect("a ComponentId is an index into its own table")
    }

    fn component_mut(&mut self, id: ComponentId) -> &mut Component<'a> {
        self.components
            .get_mut(id.0)
            .expect("a ComponentId is an index into its own table")
    }

    /// The name of a component in the document.
    pub(in crate::lower) fn name(&self, id: ComponentId) -> &'a str {
        self.component(id).name
    }

    /// The words that a component's type is named with.
    pub(in crate::lower) fn words(&self, id: ComponentId) -> &Words {
        &self.component(id).words
    }

    /// Whether one of many of a component has the name of another.
    pub(in crate::lower) fn singular_is_taken(&self, id: ComponentId) -> bool {
        self.component(id).singular_is_taken
    }

    /// What the types below a component belong to.
    pub(in crate::lower) fn owner(&self, id: ComponentId) -> Rc<Owner> {
        Rc::clone(&self.component(id).owner)
    }

    /// The schema of a component.
    pub(in crate::lower) fn definition(&self, id: ComponentId) -> SchemaRef<'a> {
        self.component(id).schema_ref.clone()
    }

    /// How far the type of a component is built.
    pub(in crate::lower) fn state(&self, id: ComponentId) -> &State {
        &self.component(id).state
    }

    /// Changes how far the type of a component is built.
    pub(in crate::lower) fn set_state(&mut self, id: ComponentId, state: State) {
        self.component_mut(id).state = state;
    }

    /// A schema of the document where it stands.
    pub(in crate::lower) fn schema_ref<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
        at: Pointer,
    ) -> SchemaRef<'a> {
        SchemaRef {
            target: target(schema, |name| self.find(name)),
            at,
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
                    format!("this schema cannot be read: {error}"),
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

    /// The shape of a component, or `None` while it is being decided, or if the
    /// stack is too deep to decide it now.
    pub(in crate::lower) fn resolve_component(
        &mut self,
        id: ComponentId,
    ) -> Option<Rc<ResolvedSchema<'a>>> {
        match &self.component(id).resolution {
            Resolution::Done(resolved) => return Some(Rc::clone(resolved)),
            Resolution::Busy => return None,
            Resolution::New if self.depth >= DEEPEST => return None,
            Resolution::New => {}
        }
        self.component_mut(id).resolution = Resolution::Busy;
        self.depth += 1;
        let schema_ref = self.definition(id);
        let resolved = match schema_ref.target {
            RefTarget::Schema(_) => self.resolve_inline(&schema_ref, Some(id)),
            _ => self.resolve(&schema_ref),
        };
        self.depth -= 1;
        let resolved = Rc::new(resolved);
        self.component_mut(id).resolution = Resolution::Done(Rc::clone(&resolved));
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
                if let Some(narrowest) = self.narrowest(&schema_refs) {
                    return self.resolve_narrowest(narrowest, &schema_refs);
                }
                let (members, annotations) = self.flatten(&schema_refs, None);
                self.resolve_members(members, None, annotations)
            }
        }
    }

    /// The one of several schemas that says all that the others say, if that
    /// is plain to see: they say nothing, or it inherits from them.
    fn narrowest<'n>(&self, schema_refs: &'n [SchemaRef<'a>]) -> Option<&'n SchemaRef<'a>> {
        let adds_nothing = |schema_ref: &SchemaRef<'a>| {
            schema_ref
                .keywords()
                .is_some_and(|keywords| keywords.adds_nothing())
        };
        let shaped: Vec<&SchemaRef<'a>> = schema_refs
            .iter()
            .filter(|schema_ref| !adds_nothing(schema_ref))
            .collect();
        match shaped.as_slice() {
            [] => schema_refs.last(),
            [only] => Some(only),
            many => many.iter().rev().copied().find(|schema_ref| {
                let Some(id) = schema_ref.component() else {
                    return false;
                };
                many.iter().all(|other| {
                    let other = other.component();
                    other.is_some_and(|other| other == id || self.inherits(id, other))
                })
            }),
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

    /// Whether a component inherits from another through `allOf`.
    pub(in crate::lower) fn inherits(&self, id: ComponentId, from: ComponentId) -> bool {
        let mut seen = HashSet::from([id]);
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            let schema_ref = self.definition(next);
            let parents = match schema_ref.keywords() {
                Some(keywords) => self.parents(&keywords),
                None => schema_ref.component().into_iter().collect(),
            };
            for parent in parents {
                if parent == from {
                    return true;
                }
                if seen.insert(parent) {
                    open.push(parent);
                }
            }
        }
        false
    }

    fn parents(&self, keywords: &Keywords<'a>) -> Vec<ComponentId> {
        keywords
            .all_of
            .iter()
            .filter_map(|schema| match target(schema, |name| self.find(name)) {
                RefTarget::Component(id) => Some(id),
                _ => None,
            })
            .collect()
    }

    /// Whether a component becomes a type with a name of its own.
    pub(in crate::lower) fn is_named(&mut self, id: ComponentId) -> bool {
        self.resolve_component(id)
            .is_some_and(|resolved| resolved.shape.is_named())
    }
}
