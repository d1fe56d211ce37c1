//! A tree of resources from tags, paths and operation ids.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;
use serde_json::Value;

use super::{Names, add, below, type_name};
use crate::ir::{Resource, Words};
use crate::lower::endpoints::Endpoint;
use crate::lower::naming;
use crate::lower::operation::Naming;

/// Which language a document's own wishes must be meant for.
const LANGUAGE: &str = "rust";

pub(super) fn arrange(endpoints: &[Endpoint<'_>], openapi: &OpenAPI) -> (Resource, Names) {
    let mut tree = Tree::default();
    for (place, endpoint) in endpoints.iter().enumerate() {
        if !is_skipped(endpoint) {
            tree.add(place, endpoint);
        }
    }
    let mut root = tree.root;
    describe(&mut root, openapi);
    (root, tree.names)
}

#[derive(Debug, Default)]
struct Tree {
    root: Resource,
    names: Names,
    taken: HashMap<Vec<Words>, HashSet<String>>,
}

impl Tree {
    fn add(&mut self, place: usize, endpoint: &Endpoint<'_>) {
        let (path, mut name) = route(endpoint);
        let taken = self.taken.entry(path.clone()).or_default();
        if !taken.insert(name.snake()) {
            name = free(naming::long(endpoint), taken);
            taken.insert(name.snake());
        }
        let above = path
            .iter()
            .fold(Words::new(), |above, words| below(&above, words));
        let naming = Naming {
            name: type_name(&above, &name),
            ..Naming::default()
        };
        self.names.insert(place, naming);
        add(at(&mut self.root, &path), name, place);
    }
}

/// Where a method goes: what `x-stainless-method` says, or else what the tag
/// and the id say.
fn route(endpoint: &Endpoint<'_>) -> (Vec<Words>, Words) {
    if let Some(mut path) = wish(endpoint)
        && let Some(name) = path.pop()
    {
        return (path, name);
    }
    let resource = naming::resource(endpoint);
    let name = naming::method(endpoint, &resource);
    let path = if resource.is_empty() {
        Vec::new()
    } else {
        vec![resource]
    };
    (path, name)
}

/// `x-stainless-method`: `accounts.members.list`, where `$client` is the client.
fn wish(endpoint: &Endpoint<'_>) -> Option<Vec<Words>> {
    let value = endpoint.operation.extensions.get("x-stainless-method")?;
    let text = value.as_str().or_else(|| value.get("path")?.as_str())?;
    let path = text
        .split('.')
        .filter(|part| *part != "$client")
        .map(Words::split);
    Some(path.filter(|words| !words.is_empty()).collect())
}

/// `x-stainless-skip`: `true`, or a list of languages.
fn is_skipped(endpoint: &Endpoint<'_>) -> bool {
    match endpoint.operation.extensions.get("x-stainless-skip") {
        Some(Value::Bool(skip)) => *skip,
        Some(Value::Array(list)) => list.iter().any(|language| language == LANGUAGE),
        _ => false,
    }
}

fn at<'t>(resource: &'t mut Resource, path: &[Words]) -> &'t mut Resource {
    let [first, rest @ ..] = path else {
        return resource;
    };
    let place = resource
        .children
        .iter()
        .position(|child| child.name == *first)
        .unwrap_or_else(|| {
            resource.children.push(Resource {
                name: first.clone(),
                ..Resource::default()
            });
            resource.children.len() - 1
        });
    at(
        resource
            .children
            .get_mut(place)
            .expect("a child that was found or added"),
        rest,
    )
}

/// The name, or the name with the first number that is free.
fn free(name: Words, taken: &HashSet<String>) -> Words {
    if !taken.contains(&name.snake()) {
        return name;
    }
    (2..)
        .map(|n: u32| name.with(&n.to_string()))
        .find(|name| !taken.contains(&name.snake()))
        .unwrap_or_default()
}

/// Resources are described by the tags that they come from.
fn describe(root: &mut Resource, openapi: &OpenAPI) {
    for tag in &openapi.tags {
        let words = Words::split(&tag.name);
        if let Some(resource) = root.children.iter_mut().find(|child| child.name == words) {
            resource.description.clone_from(&tag.description);
        }
    }
}
