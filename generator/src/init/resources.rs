//! `resources`: the tree with every method, its models and its subresources.

use std::collections::HashMap;

use super::draft::Draft;
use super::methods::write_method;
use super::models::{self, ModelEntry};
use super::spelling::spell;
use super::yaml::{Entry, Node, make_entry};
use crate::ir::{Api, OptionRole, Resource, Words};

/// The `type` of the method that verifies webhooks.
const UNWRAP_TYPE: &str = "webhook_unwrap";

type Models = HashMap<Vec<Words>, Vec<ModelEntry>>;

/// Writes the tree of resources.
pub(super) fn write_tree(draft: &Draft<'_>) -> Node {
    let models = models::group_by_resource(draft);
    let root = &draft.api.root;
    let mut entries = Vec::new();
    if let Some(shared) = model_map(models.get(&Vec::new())) {
        entries.push(make_entry("$shared", Node::Map(vec![shared])));
    }
    let mut methods = method_map(draft, root);
    methods.extend(write_unwraps(draft.api, &[]));
    if !methods.is_empty() {
        let methods = make_entry("methods", Node::Map(methods));
        entries.push(make_entry("$client", Node::Map(vec![methods])));
    }
    let children = root.children.iter();
    entries.extend(children.map(|child| resource(draft, &models, &[], child)));
    let methods = draft.api.webhooks.iter().flat_map(|it| &it.methods);
    let others = methods.filter(|method| find(root, &method.resource).is_none());
    for method in others {
        if let [name] = method.resource.as_slice() {
            let unwraps = make_entry(
                "methods",
                Node::Map(write_unwraps(draft.api, &method.resource)),
            );
            entries.push(make_entry(spell(name), Node::Map(vec![unwraps])));
        }
    }
    Node::Map(entries)
}

fn resource(draft: &Draft<'_>, models: &Models, above: &[Words], source: &Resource) -> Entry {
    let path: Vec<Words> = above.iter().chain([&source.name]).cloned().collect();
    let mut entries: Vec<Entry> = model_map(models.get(&path)).into_iter().collect();
    let mut methods = method_map(draft, source);
    methods.extend(write_unwraps(draft.api, &path));
    if !methods.is_empty() {
        entries.push(make_entry("methods", Node::Map(methods)));
    }
    let children = source.children.iter();
    let children: Vec<Entry> = children
        .map(|child| resource(draft, models, &path, child))
        .collect();
    if !children.is_empty() {
        entries.push(make_entry("subresources", Node::Map(children)));
    }
    make_entry(spell(&source.name), Node::Map(entries))
}

fn model_map(models: Option<&Vec<ModelEntry>>) -> Option<Entry> {
    let entries = models?.iter().map(ModelEntry::write);
    Some(make_entry("models", Node::Map(entries.collect())))
}

/// Writes the methods that the document declares. Those of further media types follow from them.
fn method_map(draft: &Draft<'_>, source: &Resource) -> Vec<Entry> {
    let methods = source.methods.iter();
    let declared = methods.filter_map(|method| {
        let operation = draft.api.operation(method.operation);
        let is_own = operation.media_type_variant.is_none();
        let facts = draft.method_facts();
        is_own.then(|| write_method(facts, &spell(&method.name), method.operation))
    });
    declared.collect()
}

/// Returns the resource at a path.
fn find<'r>(root: &'r Resource, path: &[Words]) -> Option<&'r Resource> {
    path.iter().try_fold(root, |resource, name| {
        resource.children.iter().find(|child| child.name == *name)
    })
}

/// Writes the methods of a resource that decode webhooks.
pub(crate) fn write_unwraps(api: &Api, path: &[Words]) -> Vec<Entry> {
    let mut options = api.package.options.iter();
    let secret = options.find(|option| option.role == OptionRole::WebhookSecret);
    let methods = api.webhooks.iter().flat_map(|it| &it.methods);
    let own = methods.filter(|method| method.resource == path);
    let entries = own.map(|method| {
        let mut entries = vec![make_entry("type", Node::text(UNWRAP_TYPE))];
        if let Some(secret) = secret.filter(|_| method.is_verified) {
            entries.push(make_entry(
                "webhook_key_opt",
                Node::text(&spell(&secret.name)),
            ));
        }
        make_entry(spell(&method.name), Node::Map(entries))
    });
    entries.collect()
}

/// Writes the endpoints that are left out.
pub(super) fn write_omitted(draft: &Draft<'_>) -> Option<Entry> {
    let endpoints = draft.api.omitted.iter().map(|(method, path)| {
        let method = method.as_str().to_ascii_lowercase();
        Node::text(&format!("{method} {path}"))
    });
    let list = Node::List(endpoints.collect());
    let is_any = !draft.api.omitted.is_empty();
    is_any.then(|| make_entry("unspecified_endpoints", list))
}
