//! A tree of resources from tags, paths and operation ids.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;
use serde_json::Value;

use super::{Names, add, below, type_name};
use crate::ir::{Resource, Words};
use crate::lower::api::method_names::{self, Route};
use crate::lower::operation::Naming;
use crate::lower::operation::endpoint::Endpoint;

/// Which language a document's own wishes must be meant for.
const LANGUAGE: &str = "rust";

pub(super) fn arrange(endpoints: &[Endpoint<'_>], openapi: &OpenAPI) -> (Resource, Names) {
    let routes: Vec<_> = (endpoints.iter().enumerate())
        .filter(|(_, endpoint)| !is_skipped(endpoint))
        .map(|(place, endpoint)| (place, endpoint.path, route(endpoint)))
        .collect();
    let mut names = named(&routes);
    let mut tree = Tree::default();
    for (place, _, route) in &routes {
        let name = names.remove(place).unwrap_or_default();
        tree.add(*place, &route.resources, name);
    }
    let mut root = tree.root;
    describe(&mut root, openapi);
    (root, tree.names)
}

/// The names of all methods, by their places. Those of shorter paths choose first: `GET /balances`
/// is `list` rather than `GET /accounts/{id}/balances`, wherever they stand.
fn named(routes: &[(usize, &str, Route)]) -> HashMap<usize, Words> {
    let mut order: Vec<_> = routes.iter().collect();
    order.sort_by_key(|(_, path, _)| path.split('/').filter(|it| !it.is_empty()).count());
    let mut taken: HashMap<&[Words], HashSet<String>> = HashMap::new();
    let names = order.into_iter().map(|(place, _, route)| {
        let taken = taken.entry(&route.resources).or_default();
        let name = free(&route.names, taken);
        taken.insert(name.snake());
        (*place, name)
    });
    names.collect()
}

#[derive(Debug, Default)]
struct Tree {
    root: Resource,
    names: Names,
}

impl Tree {
    fn add(&mut self, place: usize, path: &[Words], name: Words) {
        let above = path
            .iter()
            .fold(Words::new(), |above, words| below(&above, words));
        let naming = Naming {
            name: type_name(&above, &name),
            ..Naming::default()
        };
        self.names.insert(place, naming);
        add(at(&mut self.root, path), name, place);
    }
}

/// Where a method goes: what `x-stainless-method` says, or else what the tag and the id say.
fn route(endpoint: &Endpoint<'_>) -> Route {
    let inferred = method_names::route(endpoint);
    let Some(mut resources) = wish(endpoint) else {
        return inferred;
    };
    let Some(name) = resources.pop() else {
        return inferred;
    };
    let long = inferred.names.into_iter().next_back();
    Route {
        resources,
        names: [name].into_iter().chain(long).collect(),
    }
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

/// The first of the names that is free, or the last with the first number that makes it free.
fn free(names: &[Words], taken: &HashSet<String>) -> Words {
    let last = names.last().cloned().unwrap_or_default();
    let numbered = (2..).map(|n: u32| last.with(&n.to_string()));
    (names.iter().cloned().chain(numbered))
        .find(|name| !taken.contains(&name.snake()))
        .unwrap_or_default()
}

/// Resources are described by the tags that they come from.
fn describe(root: &mut Resource, openapi: &OpenAPI) {
    for tag in &openapi.tags {
        let words = method_names::of_tag(&tag.name);
        if let Some(resource) = root.children.iter_mut().find(|child| child.name == words) {
            resource.description.clone_from(&tag.description);
        }
    }
}
