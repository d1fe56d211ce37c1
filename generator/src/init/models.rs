//! `models`: the schemas of `components` that become types, by resource.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::draft::{Draft, Section};
use super::spelling::spell;
use super::yaml::{Entry, Node, make_entry};
use crate::ir::{Api, Content, Operation, OperationId, Payload, Type, TypeId, Words};
use crate::plan::{Plan, collect_held_types};
use crate::source::Pointer;

/// A model: a schema of `components` under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ModelEntry {
    /// The path of the resource whose methods alone use it; `None` if it is shared.
    pub(crate) resource: Option<Vec<Words>>,
    /// The name.
    pub(crate) name: String,
    /// The name of the schema.
    pub(crate) component: String,
}

impl ModelEntry {
    /// Writes the line of the model: its name, and a reference to its schema.
    pub(crate) fn write(&self) -> Entry {
        let components = Pointer::root().child("components");
        let schema = components.child("schemas").child(&self.component);
        make_entry(&self.name, Node::text(&schema.to_string()))
    }
}

/// Returns the models of a draft, by their resources. Shared ones have an empty path.
pub(super) fn group_by_resource(draft: &Draft<'_>) -> HashMap<Vec<Words>, Vec<ModelEntry>> {
    let mut models: HashMap<Vec<Words>, Vec<ModelEntry>> = HashMap::new();
    if draft.has(Section::Models) {
        for model in model_entries(draft.api, draft.plan) {
            let path = model.resource.clone().unwrap_or_default();
            models.entry(path).or_default().push(model);
        }
    }
    models
}

/// Returns the models of an API, in the order of the document.
pub(crate) fn model_entries(api: &Api, plan: &Plan<'_>) -> Vec<ModelEntry> {
    let resources = find_resources(api);
    let reachable = find_reachable(api, resources.keys().copied().collect());
    let mut taken = BTreeSet::new();
    let mut models = Vec::new();
    for (id, def) in api.types.iter() {
        let segments: Vec<String> = def.pointer.segments().collect();
        let [components, schemas, component] = segments.as_slice() else {
            continue;
        };
        let is_component = components == "components" && schemas == "schemas";
        if !is_component || !reachable.contains(&id) || plan.item_of(id).is_none() {
            continue;
        }
        let resource = resources.get(&id).cloned().flatten();
        let name = spell(&def.name);
        let mut names = [name, component.clone()].into_iter();
        let is_same = |name: &String| Words::split(name) == def.name;
        let free =
            names.find(|name| is_same(name) && taken.insert((resource.clone(), name.clone())));
        if let Some(name) = free {
            models.push(ModelEntry {
                resource,
                name,
                component: component.clone(),
            });
        }
    }
    models
}

/// Returns the types that others or the webhooks hold, with these.
fn find_reachable(api: &Api, mut open: Vec<TypeId>) -> HashSet<TypeId> {
    open.extend(api.webhooks.as_ref().map(|webhooks| webhooks.event));
    let mut found = HashSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            collect_held_types(&api.types.get(id).shape, &mut open);
        }
    }
    found
}

/// Returns the resource that alone mentions each type; `None` for types of several.
fn find_resources(api: &Api) -> HashMap<TypeId, Option<Vec<Words>>> {
    let mut found: HashMap<TypeId, Option<Vec<Words>>> = HashMap::new();
    let mut open = vec![(Vec::new(), &api.root)];
    while let Some((path, resource)) = open.pop() {
        let operations = resource.methods.iter().map(|method| method.operation);
        for id in operations.flat_map(|id| collect_mentioned_types(api, id)) {
            let own = found.entry(id).or_insert_with(|| Some(path.clone()));
            if own.as_ref() != Some(&path) || path.is_empty() {
                *own = None;
            }
        }
        for child in &resource.children {
            let path: Vec<Words> = path.iter().chain([&child.name]).cloned().collect();
            open.push((path, child));
        }
    }
    found
}

/// Returns the types that an operation itself mentions.
fn collect_mentioned_types(api: &Api, id: OperationId) -> Vec<TypeId> {
    let operation: &Operation = api.operation(id);
    let mut found = Vec::new();
    for param in &operation.params {
        collect(&param.ty, &mut found);
    }
    let sent = operation.body.iter().flat_map(|body| &body.content);
    let received = operation
        .responses
        .iter()
        .filter_map(|response| match &response.payload {
            Payload::Content(contents) => Some(contents),
            Payload::Empty => None,
        });
    for content in sent.chain(received.flatten()) {
        if let Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) = &content.content {
            collect(ty, &mut found);
        }
        content
            .item()
            .into_iter()
            .for_each(|ty| collect(ty, &mut found));
    }
    found
}

fn collect(ty: &Type, found: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => found.push(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => collect(inner, found),
        Type::Tuple(tuple) => tuple.types().for_each(|ty| collect(ty, found)),
        _ => {}
    }
}
