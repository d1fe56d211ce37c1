//! `allOf`: what a value must fulfil, gathered from everywhere.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::annotations::Notes;
use super::keywords::View;
use super::schema_ref::{ComponentId, Node, Target};
use super::schemas::Schemas;
use super::shape::{Form, Formed, Member, Object, Source};
use crate::load::keys;
use crate::source::Pointer;

/// The keywords of one of the schemas that a value fulfils.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Part<'a> {
    /// The keywords, without `allOf`.
    pub(in crate::lower) view: View<'a>,
    /// Where they stand.
    pub(in crate::lower) at: Pointer,
    /// The component that they belong to, if it was reached by reference.
    pub(in crate::lower) origin: Option<ComponentId>,
}

/// An `allOf` on its way to being flat.
#[derive(Debug, Default)]
struct Flat<'a> {
    parts: Vec<Part<'a>>,
    notes: Notes<'a>,
    seen: HashSet<ComponentId>,
    stack: Vec<ComponentId>,
}

/// How many components may inherit from each other in a row.
const DEEPEST: usize = 64;

impl<'a> Schemas<'a> {
    /// The form of a schema that has an `allOf`.
    pub(in crate::lower) fn form_all_of(
        &mut self,
        node: &Node<'a>,
        view: &View<'a>,
        root: Option<ComponentId>,
    ) -> Formed<'a> {
        match self.only_branch(node, view) {
            Some(branch) if branch.component().is_none_or(|id| Some(id) != root) => {
                self.form_annotated(node, view, &branch, root)
            }
            _ => {
                let (parts, notes) = self.flatten(std::slice::from_ref(node), root);
                self.form_parts(parts, root, notes)
            }
        }
    }

    /// The one schema of an `allOf` that has a shape, if all others, and the
    /// schema around it, only annotate it.
    pub(in crate::lower) fn only_branch(
        &self,
        node: &Node<'a>,
        view: &View<'a>,
    ) -> Option<Node<'a>> {
        let own = view.without_all_of();
        if !own.says_nothing() {
            return None;
        }
        let mut shaped = self
            .branches(view.all_of, &node.at, "allOf")
            .filter(|branch| !branch.view().is_some_and(|view| view.says_nothing()));
        shaped.next().filter(|_| shaped.next().is_none())
    }

    pub(in crate::lower) fn form_annotated(
        &mut self,
        node: &Node<'a>,
        view: &View<'a>,
        branch: &Node<'a>,
        root: Option<ComponentId>,
    ) -> Formed<'a> {
        let mut formed = self.form_in(branch, root);
        let mut notes = Notes::default();
        notes.push(view.data);
        formed.nullable |= view.data.nullable;
        for other in self.branches(view.all_of, &node.at, "allOf") {
            let annotation = other.schema().filter(|_| !other.is_same(branch));
            if let Some(schema) = annotation {
                notes.push(&schema.schema_data);
                formed.nullable |= schema.schema_data.nullable;
            }
        }
        notes.extend(&formed.notes);
        formed.notes = notes;
        formed
    }

    fn form_in(&mut self, node: &Node<'a>, root: Option<ComponentId>) -> Formed<'a> {
        match node.target {
            Target::Schema(_) => self.form_inline(node, root),
            _ => self.form(node),
        }
    }

    /// The parts of a value that fulfils all of these schemas.
    pub(in crate::lower) fn flatten(
        &mut self,
        nodes: &[Node<'a>],
        root: Option<ComponentId>,
    ) -> (Vec<Part<'a>>, Notes<'a>) {
        let mut flat = Flat::default();
        flat.stack.extend(root);
        flat.seen.extend(root);
        for node in nodes {
            self.flatten_node(node, None, &mut flat);
        }
        (flat.parts, flat.notes)
    }

    fn flatten_node(&mut self, node: &Node<'a>, origin: Option<ComponentId>, flat: &mut Flat<'a>) {
        match node.target {
            Target::Component(id) => self.flatten_component(id, &node.at, flat),
            Target::Schema(schema) => self.flatten_schema(schema, node, origin, flat),
            Target::Missing => {
                self.findings.warn(
                    "dangling-ref",
                    &node.at,
                    "this reference leads to no schema",
                );
            }
        }
    }

    fn flatten_component(&mut self, id: ComponentId, at: &Pointer, flat: &mut Flat<'a>) {
        if flat.stack.contains(&id) {
            let message = "this schema contains itself through `allOf`; the inner one is left out";
            self.findings.warn("circular-all-of", at, message);
        } else if flat.stack.len() > DEEPEST {
            self.findings.warn(
                "deep-all-of",
                at,
                "too many schemas inherit from each other",
            );
        } else if flat.seen.insert(id) {
            flat.stack.push(id);
            let node = self.definition(id);
            self.flatten_node(&node, Some(id), flat);
            flat.stack.pop();
        }
    }

    fn flatten_schema(
        &mut self,
        schema: &'a Schema,
        node: &Node<'a>,
        origin: Option<ComponentId>,
        flat: &mut Flat<'a>,
    ) {
        let view = View::new(schema);
        let branches: Vec<Node<'a>> = self.branches(view.all_of, &node.at, "allOf").collect();
        for branch in &branches {
            self.flatten_node(branch, origin, flat);
        }
        let own = view.without_all_of();
        // A parent that lists its children as alternatives means nothing to them.
        let is_parent = self.union_branches(&own, &node.at).iter().any(|branch| {
            branch
                .component()
                .is_some_and(|id| flat.stack.contains(&id))
        });
        let view = if is_parent { own.without_unions() } else { own };
        if origin.is_none() {
            flat.notes.push(view.data);
        }
        flat.parts.push(Part {
            view,
            at: node.at.clone(),
            origin,
        });
    }

    /// The schemas under a keyword, with their places.
    pub(in crate::lower) fn branches(
        &self,
        list: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        keyword: &str,
    ) -> impl Iterator<Item = Node<'a>> {
        let at = at.child(keyword);
        list.iter()
            .enumerate()
            .map(move |(i, schema)| self.node(schema, at.index(i)))
    }

    /// The form of an object with all the properties that the parts declare.
    pub(in crate::lower) fn form_object(&mut self, parts: &[Part<'a>]) -> Form<'a> {
        let mut object = Object::default();
        for part in parts {
            self.add_members(part, &mut object);
            self.add_additional(part, &mut object.additional);
        }
        for name in parts.iter().flat_map(|part| part.view.required) {
            if let Some(member) = object.members.get_mut(name.as_str()) {
                member.required = true;
            }
        }
        self.required.note(parts, &object);
        let closed = parts
            .iter()
            .any(|part| matches!(part.view.additional, Some(AdditionalProperties::Any(false))));
        match object.members.is_empty() {
            true if closed && object.additional.is_empty() => Form::Struct(object),
            true => Form::Map(object.additional),
            false => Form::Struct(object),
        }
    }

    fn add_members(&mut self, part: &Part<'a>, object: &mut Object<'a>) {
        let Some(properties) = part.view.properties else {
            return;
        };
        let at = part.at.child("properties");
        for (name, schema) in properties {
            let node = self.node(schema, at.child(name));
            if node.view().is_some_and(|view| view.has(keys::NEVER)) {
                continue;
            }
            let member: &mut Member<'a> = object.members.entry(name).or_default();
            if !member
                .sources
                .iter()
                .any(|source| source.node.is_same(&node))
            {
                member.sources.push(Source {
                    node,
                    origin: part.origin,
                });
            }
        }
    }

    fn add_additional(&mut self, part: &Part<'a>, additional: &mut Vec<Node<'a>>) {
        if let Some(AdditionalProperties::Schema(schema)) = part.view.additional {
            let node = self.node(schema, part.at.child("additionalProperties"));
            push_new(additional, node);
        }
        let patterns = part
            .view
            .extension(keys::PATTERN_PROPERTIES)
            .and_then(Value::as_object);
        for (pattern, schema) in patterns.into_iter().flatten() {
            let at = part.at.child("patternProperties").child(pattern);
            if let Some(node) = self.parse(schema, at) {
                push_new(additional, node);
            }
        }
    }
}

fn push_new<'a>(nodes: &mut Vec<Node<'a>>, node: Node<'a>) {
    if !nodes.iter().any(|other| other.is_same(&node)) {
        nodes.push(node);
    }
}
