//! The schemas of a document: a table of its components, their forms, and the
//! types that are made of them.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use openapiv3::{Components, ReferenceOr, Schema};
use serde_json::Value;

use super::annotations::Notes;
use super::arena::{Arena, End};
use super::keywords::View;
use super::schema_ref::{ComponentId, Node, Target, target};
use super::shape::{Formed, Member};
use super::types::{Made, Open};
use super::undeclared_properties::Required;
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
    pub(in crate::lower) required: Required,
    /// Inline schemas that have been made, by their address in the document.
    pub(in crate::lower) made: HashMap<*const Schema, Made>,
    /// Types without a component that are being made, each within the one before.
    pub(in crate::lower) open: Vec<Open<'a>>,
    /// Components whose types are still to be made, because the stack was too
    /// deep when they were needed.
    pub(in crate::lower) deferred: Vec<(ComponentId, TypeId)>,
    /// How deep the stack is.
    pub(in crate::lower) depth: usize,
    /// How many alternatives the search for tags has looked at.
    pub(in crate::lower) visits: usize,
    /// Properties whose values are asked for, each for the one before.
    pub(in crate::lower) asked: Vec<Node<'a>>,
    /// How many unions are being merged with what stands beside them.
    pub(in crate::lower) distributing: usize,
    /// How many alternatives of unions have been merged with what stands beside them so far.
    pub(in crate::lower) distributed: usize,
    components: Vec<Component<'a>>,
    index: HashMap<&'a str, ComponentId>,
    end: End<'a>,
}

/// A schema of `components.schemas`.
#[derive(Debug)]
struct Component<'a> {
    name: &'a str,
    words: Words,
    crowded: bool,
    owner: Rc<Owner>,
    node: Node<'a>,
    form: Forming<'a>,
    state: State,
}

/// How far the form of a component is known.
#[derive(Debug, Clone)]
enum Forming<'a> {
    New,
    Busy,
    Done(Rc<Formed<'a>>),
}

/// How far the type of a component is made.
#[derive(Debug, Clone)]
pub(in crate::lower) enum State {
    /// It has not been needed.
    New,
    /// It is being made.
    Busy,
    /// It is being made, and contains itself: an alias breaks the circle.
    Circular(TypeId),
    /// It is made, or a place is reserved for it.
    Done(Made),
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
                crowded: taken.contains(&words.singular().pascal()),
                words,
                owner: Rc::new(Owner::Component(WireName::new(key))),
                node: Node {
                    target: target(schema, find),
                    at: at.child(key),
                },
                form: Forming::New,
                state: State::New,
            })
            .collect();
        Self {
            types: Types::default(),
            findings: Findings::default(),
            required: Required::default(),
            made: HashMap::new(),
            open: Vec::new(),
            deferred: Vec::new(),
            depth: 0,
            distributing: 0,
            distributed: 0,
            visits: 0,
            asked: Vec::new(),
            components,
            index,
            end: End::of(arena),
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
    pub(in crate::lower) fn is_crowded(&self, id: ComponentId) -> bool {
        self.component(id).crowded
    }

    /// What the types below a component belong to.
    pub(in crate::lower) fn owner(&self, id: ComponentId) -> Rc<Owner> {
        Rc::clone(&self.component(id).owner)
    }

    /// The schema of a component.
    pub(in crate::lower) fn definition(&self, id: ComponentId) -> Node<'a> {
        self.component(id).node.clone()
    }

    /// How far the type of a component is made.
    pub(in crate::lower) fn state(&self, id: ComponentId) -> &State {
        &self.component(id).state
    }

    /// Changes how far the type of a component is made.
    pub(in crate::lower) fn set_state(&mut self, id: ComponentId, state: State) {
        self.component_mut(id).state = state;
    }

    /// A schema of the document where it stands.
    pub(in crate::lower) fn node<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
        at: Pointer,
    ) -> Node<'a> {
        Node {
            target: target(schema, |name| self.find(name)),
            at,
        }
    }

    /// A schema that the parser left as JSON.
    pub(in crate::lower) fn parse(&mut self, value: &Value, at: Pointer) -> Option<Node<'a>> {
        match serde_json::from_value::<ReferenceOr<Schema>>(value.clone()) {
            Ok(schema) => Some(self.node(self.end.keep(schema), at)),
            Err(error) => {
                self.findings.warn(
                    "unreadable-schema",
                    &at,
                    format!("this schema cannot be read: {error}"),
                );
                None
            }
        }
    }

    /// A list of schemas that the parser left as JSON.
    pub(in crate::lower) fn parse_list(&mut self, list: &[Value], at: &Pointer) -> Vec<Node<'a>> {
        list.iter()
            .enumerate()
            .filter_map(|(i, value)| self.parse(value, at.index(i)))
            .collect()
    }

    /// The form of a component, or `None` while it is being decided, or if the
    /// stack is too deep to decide it now.
    pub(in crate::lower) fn component_form(&mut self, id: ComponentId) -> Option<Rc<Formed<'a>>> {
        match &self.component(id).form {
            Forming::Done(formed) => return Some(Rc::clone(formed)),
            Forming::Busy => return None,
            Forming::New if self.depth >= DEEPEST => return None,
            Forming::New => {}
        }
        self.component_mut(id).form = Forming::Busy;
        self.depth += 1;
        let node = self.definition(id);
        let formed = match node.target {
            Target::Schema(_) => self.form_inline(&node, Some(id)),
            _ => self.form(&node),
        };
        self.depth -= 1;
        let formed = Rc::new(formed);
        self.component_mut(id).form = Forming::Done(Rc::clone(&formed));
        Some(formed)
    }

    /// The form of a property.
    pub(in crate::lower) fn form_member(&mut self, member: &Member<'a>) -> Formed<'a> {
        match member.sources.as_slice() {
            [only] => self.form(&only.node),
            many => {
                let nodes: Vec<Node<'a>> = many.iter().map(|source| source.node.clone()).collect();
                if let Some(narrowest) = self.narrowest(&nodes) {
                    return self.form_narrowest(narrowest, &nodes);
                }
                let (parts, notes) = self.flatten(&nodes, None);
                self.form_parts(parts, None, notes)
            }
        }
    }

    /// The one of several schemas that says all that the others say, if that
    /// is plain to see: they say nothing, or it inherits from them.
    fn narrowest<'n>(&self, nodes: &'n [Node<'a>]) -> Option<&'n Node<'a>> {
        let says_nothing = |node: &Node<'a>| node.view().is_some_and(|view| view.says_nothing());
        let shaped: Vec<&Node<'a>> = nodes.iter().filter(|node| !says_nothing(node)).collect();
        match shaped.as_slice() {
            [] => nodes.last(),
            [only] => Some(only),
            many => many.iter().rev().copied().find(|node| {
                let Some(id) = node.component() else {
                    return false;
                };
                many.iter().all(|other| {
                    let other = other.component();
                    other.is_some_and(|other| other == id || self.inherits(id, other))
                })
            }),
        }
    }

    fn form_narrowest(&mut self, narrowest: &Node<'a>, nodes: &[Node<'a>]) -> Formed<'a> {
        let mut formed = self.form(narrowest);
        let mut notes = Notes::default();
        for schema in nodes.iter().rev().filter_map(Node::schema) {
            notes.push(&schema.schema_data);
        }
        notes.extend(&formed.notes);
        formed.notes = notes;
        formed
    }

    /// Whether a component inherits from another through `allOf`.
    pub(in crate::lower) fn inherits(&self, id: ComponentId, from: ComponentId) -> bool {
        let mut seen = HashSet::from([id]);
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            let node = self.definition(next);
            let parents = match node.view() {
                Some(view) => self.parents(&view),
                None => node.component().into_iter().collect(),
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

    fn parents(&self, view: &View<'a>) -> Vec<ComponentId> {
        view.all_of
            .iter()
            .filter_map(|schema| match target(schema, |name| self.find(name)) {
                Target::Component(id) => Some(id),
                _ => None,
            })
            .collect()
    }

    /// Whether a component becomes a type with a name of its own.
    pub(in crate::lower) fn is_named(&mut self, id: ComponentId) -> bool {
        self.component_form(id)
            .is_some_and(|formed| formed.form.is_named())
    }
}
