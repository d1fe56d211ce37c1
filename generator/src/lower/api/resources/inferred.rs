//! A tree of resources without a configured one: by names in the document, or else inferred.

use std::collections::{BTreeMap, HashMap};

use openapiv3::OpenAPI;

use super::extensions::{is_skipped, read_component_methods, read_named_call};
use super::{Names, add};
use crate::ir::{Resource, Words};
use crate::lower::api::call_names::{
    Call, TagResources, distinguish_calls, infer_calls, read_operations,
};
use crate::lower::findings::Findings;
use crate::lower::operation::Naming;
use crate::lower::operation::endpoint::Endpoint;

/// Arranges all endpoints.
pub(super) fn arrange_inferred(
    endpoints: &[Endpoint<'_>],
    openapi: &OpenAPI,
    findings: &mut Findings,
) -> Tree {
    let mut tree = Tree::default();
    tree.add_inferred(endpoints, |_| true, openapi, findings);
    tree
}

/// The calls of all endpoints, by their index. `configured` calls keep their names. Names of the
/// document come before inferred ones.
fn name_calls(
    mut kept: Vec<(usize, &Endpoint<'_>)>,
    mut configured: HashMap<usize, Call>,
    openapi: &OpenAPI,
    findings: &mut Findings,
) -> BTreeMap<usize, Call> {
    // The first of equal claims gets a name. The order of paths in the document decides nothing.
    kept.sort_by_key(|(_, endpoint)| endpoint.path);
    let endpoints: Vec<&Endpoint<'_>> = kept.iter().map(|(_, endpoint)| *endpoint).collect();
    let operations = read_operations(&endpoints, openapi);
    let mut calls = infer_calls(&operations);
    let of_components = read_component_methods(openapi);
    let mut fixed = Vec::with_capacity(calls.len());
    for ((index, endpoint), call) in kept.iter().zip(&mut calls) {
        if let Some(known) = configured.remove(index) {
            *call = known;
            fixed.push(true);
            continue;
        }
        let named = read_named_call(endpoint.operation, &endpoint.at, findings);
        let key = (
            endpoint.method.as_str().to_owned(),
            endpoint.path.to_owned(),
        );
        let of_component = of_components.get(&key).cloned();
        let method = named.method.or(of_component);
        fixed.push(method.is_some());
        if let Some(resources) = named.resources {
            call.resources = resources;
        }
        if let Some(method) = method {
            call.method = method;
        }
    }
    distinguish_calls(&operations, &mut calls, &fixed);
    let indexes = kept.into_iter().map(|(index, _)| index);
    indexes.zip(calls).collect()
}

/// A tree of resources, and the names of the endpoints in it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) root: Resource,
    pub(super) names: Names,
}

impl Tree {
    /// Adds the inferred calls of the wanted endpoints. All endpoints take part in the inference, so
    /// that the name of a call does not depend on which endpoints are wanted.
    pub(super) fn add_inferred(
        &mut self,
        endpoints: &[Endpoint<'_>],
        is_wanted: impl Fn(usize) -> bool,
        openapi: &OpenAPI,
        findings: &mut Findings,
    ) {
        let kept: Vec<(usize, &Endpoint<'_>)> = (endpoints.iter().enumerate())
            .filter(|(_, endpoint)| !is_skipped(endpoint.operation))
            .collect();
        let mut configured = HashMap::new();
        collect_calls(&self.root, &mut Vec::new(), &mut configured);
        for (index, call) in name_calls(kept, configured, openapi, findings) {
            if is_wanted(index) {
                self.add(index, &call.resources, call.method);
            }
        }
    }

    fn add(&mut self, index: usize, path: &[Words], method: Words) {
        self.names.insert(index, Naming::default());
        add(descend_to_resource(&mut self.root, path), method, index);
    }
}

/// Collects the calls that a tree has, by the index of their endpoints.
fn collect_calls(resource: &Resource, path: &mut Vec<Words>, calls: &mut HashMap<usize, Call>) {
    for method in &resource.methods {
        let call = || Call::new(path.clone(), method.name.clone());
        calls.entry(method.operation.index()).or_insert_with(call);
    }
    for child in &resource.children {
        path.push(child.name.clone());
        collect_calls(child, path, calls);
        path.pop();
    }
}

fn descend_to_resource<'t>(resource: &'t mut Resource, path: &[Words]) -> &'t mut Resource {
    let [first, rest @ ..] = path else {
        return resource;
    };
    let index = resource
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
    descend_to_resource(
        resource
            .children
            .get_mut(index)
            .expect("a child that was found or added"),
        rest,
    )
}

/// Describes resources by the tags of their names, unless the configuration describes them.
pub(super) fn describe_by_names(root: &mut Resource, openapi: &OpenAPI) {
    let tags = TagResources::new(openapi);
    for tag in &openapi.tags {
        if let Some(resource) = find(root, &tags.list_resources(&tag.name)) {
            let description = tag.description.clone();
            resource.description = resource.description.take().or(description);
        }
    }
}

/// The resource at a path.
fn find<'t>(resource: &'t mut Resource, path: &[Words]) -> Option<&'t mut Resource> {
    let [first, rest @ ..] = path else {
        return None;
    };
    let child = resource
        .children
        .iter_mut()
        .find(|child| child.name == *first)?;
    if rest.is_empty() {
        Some(child)
    } else {
        find(child, rest)
    }
}
