//! The tree of resources: the methods, and the resource of each.

mod configured;
mod extensions;
mod inferred;
mod similar_endpoints;
mod type_names;

use std::collections::{HashMap, HashSet};

use self::inferred::Tree;
use super::custom_casings::CustomCasings;
use crate::config::{Config, ResourceMode};
use crate::ir::{OperationId, Resource, ResourceMethod, WebhookMethod, Words};
use crate::lower::findings::Findings;
use crate::lower::operation::Naming;
use crate::lower::operation::endpoint::Endpoint;

/// The tree, and the operations that are in it.
#[derive(Debug, Default)]
pub(in crate::lower) struct Arrangement {
    /// The tree, whose root is the client.
    pub(in crate::lower) root: Resource,
    /// The endpoints that have a method, in the order of the document, with
    /// their names. Their indices are the ids in the tree.
    pub(in crate::lower) operations: Vec<(usize, Naming)>,
    /// The configured methods that decode webhooks.
    pub(in crate::lower) unwraps: Vec<Unwrap>,
}

/// A method that decodes webhooks.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Unwrap {
    /// The method.
    pub(in crate::lower) method: WebhookMethod,
    /// The property that selects the event.
    pub(in crate::lower) discriminator: Option<String>,
}

/// Arranges the endpoints of a document: by the configuration, if it has any
/// resources, or else by tags and paths.
pub(in crate::lower) fn arrange_resources(
    endpoints: &[Endpoint<'_>],
    openapi: &openapiv3::OpenAPI,
    config: &Config,
    casings: &CustomCasings,
    findings: &mut Findings,
) -> Arrangement {
    let (tree, unwraps) = if config.resources.is_empty() {
        let tree = inferred::arrange_inferred(endpoints, openapi, findings);
        (tree, Vec::new())
    } else {
        let configured = configured::arrange_configured(endpoints, config, findings);
        let missing = configured.list_missing(endpoints, config);
        let mut tree = configured.tree;
        match config.resource_mode {
            ResourceMode::Complete => configured::report_missing(&missing, endpoints, findings),
            ResourceMode::Override => {
                let is_missing = |index: usize| missing.contains(&index);
                tree.add_inferred(endpoints, is_missing, openapi, findings);
            }
        }
        (tree, configured.unwraps)
    };
    let Tree {
        mut root,
        mut names,
    } = tree;
    type_names::name_types(&root, casings, &mut names);
    inferred::describe_by_names(&mut root, openapi);
    let tags = list_described_tags(endpoints, openapi);
    describe_by_tags(&mut root, endpoints, &tags);
    let mut arrangement = Arrangement {
        root,
        operations: Vec::new(),
        unwraps,
    };
    let mut ids = HashMap::new();
    for index in 0..endpoints.len() {
        if let Some(naming) = names.remove(&index) {
            ids.insert(
                OperationId::new(index),
                OperationId::new(arrangement.operations.len()),
            );
            arrangement.operations.push((index, naming));
        }
    }
    renumber_operations(&mut arrangement.root, &ids);
    arrangement
}

/// Replaces the ids of operations. The first ids are indices of endpoints, and the final ids are
/// indices of the endpoints that are kept.
fn renumber_operations(resource: &mut Resource, ids: &HashMap<OperationId, OperationId>) {
    for method in &mut resource.methods {
        if let Some(id) = ids.get(&method.operation) {
            method.operation = *id;
        }
    }
    for child in &mut resource.children {
        renumber_operations(child, ids);
    }
}

/// A tag with a description.
struct DescribedTag<'a> {
    description: &'a str,
    /// The indices of its operations.
    operations: HashSet<usize>,
}

fn list_described_tags<'a>(
    endpoints: &[Endpoint<'a>],
    openapi: &'a openapiv3::OpenAPI,
) -> HashMap<&'a str, DescribedTag<'a>> {
    let described = openapi.tags.iter().filter_map(|tag| {
        let tag_facts = DescribedTag {
            description: tag.description.as_deref()?,
            operations: HashSet::new(),
        };
        Some((tag.name.as_str(), tag_facts))
    });
    let mut tags: HashMap<&str, DescribedTag<'_>> = described.collect();
    for (index, endpoint) in endpoints.iter().enumerate() {
        for name in &endpoint.operation.tags {
            if let Some(tag) = tags.get_mut(name.as_str()) {
                tag.operations.insert(index);
            }
        }
    }
    tags
}

/// Describes each resource without a description by the tag that its operations share, and that
/// no other operation has. Returns the indices of its operations and of those below it.
fn describe_by_tags(
    resource: &mut Resource,
    endpoints: &[Endpoint<'_>],
    tags: &HashMap<&str, DescribedTag<'_>>,
) -> HashSet<usize> {
    let methods = resource.methods.iter();
    let mut own: HashSet<usize> = methods.map(|method| method.operation.index()).collect();
    for child in &mut resource.children {
        own.extend(describe_by_tags(child, endpoints, tags));
    }
    if resource.description.is_none() && !resource.name.is_empty() {
        let first = own.iter().min().and_then(|index| endpoints.get(*index));
        let names = first.map_or(&[][..], |endpoint| &endpoint.operation.tags);
        let mut found = names.iter().filter_map(|name| tags.get(name.as_str()));
        let tag = found.find(|tag| tag.operations == own);
        resource.description = tag.map(|tag| tag.description.to_owned());
    }
    own
}

/// Adds a method for the endpoint with this index.
type Names = HashMap<usize, Naming>;

fn add(resource: &mut Resource, name: Words, index: usize) {
    resource.methods.push(ResourceMethod {
        name,
        operation: OperationId::new(index),
    });
}

/// Adds another method to the resource of an operation, after all others, so that they keep their
/// names.
pub(in crate::lower) fn add_variant_method(
    resource: &mut Resource,
    usual: OperationId,
    variant: OperationId,
    suffix: &Words,
) {
    let method = resource
        .methods
        .iter()
        .find(|method| method.operation == usual);
    if let Some(method) = method {
        let name = method.name.join(suffix);
        resource.methods.push(ResourceMethod {
            name,
            operation: variant,
        });
    }
    for child in &mut resource.children {
        add_variant_method(child, usual, variant, suffix);
    }
}
