//! The tree of resources: which methods there are, and where they are found.

mod configured;
mod inferred;

use std::collections::HashMap;

use crate::config::Config;
use crate::ir::{OperationId, Resource, ResourceMethod, Words};
use crate::lower::findings::Findings;
use crate::lower::operation::Naming;
use crate::lower::operation::endpoint::Endpoint;

/// The tree, and the operations that are in it.
#[derive(Debug, Default)]
pub(in crate::lower) struct Arrangement {
    /// The tree, whose root is the client.
    pub(in crate::lower) root: Resource,
    /// The endpoints that have a method, in the order of the document, with
    /// their names. Their places here are the ids in the tree.
    pub(in crate::lower) operations: Vec<(usize, Naming)>,
    /// The resource and the method that verifies webhooks, if it is configured.
    pub(in crate::lower) unwrap: Option<Unwrap>,
}

/// Where webhooks are verified.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Unwrap {
    /// The words of the resource.
    pub(in crate::lower) resource: Words,
    /// The words of the method.
    pub(in crate::lower) method: Words,
    /// The property that tells the events apart.
    pub(in crate::lower) discriminator: Option<String>,
}

/// Arranges the endpoints of a document: by the configuration, if it has any
/// resources, or else by tags and paths.
pub(in crate::lower) fn arrange(
    endpoints: &[Endpoint<'_>],
    openapi: &openapiv3::OpenAPI,
    config: &Config,
    findings: &mut Findings,
) -> Arrangement {
    let (root, mut names, unwrap) = if config.resources.is_empty() {
        let (root, names) = inferred::arrange(endpoints, openapi);
        (root, names, None)
    } else {
        configured::arrange(endpoints, config, findings)
    };
    let mut arrangement = Arrangement {
        root,
        operations: Vec::new(),
        unwrap,
    };
    let mut ids = HashMap::new();
    for place in 0..endpoints.len() {
        if let Some(naming) = names.remove(&place) {
            ids.insert(
                OperationId::new(place),
                OperationId::new(arrangement.operations.len()),
            );
            arrangement.operations.push((place, naming));
        }
    }
    renumber(&mut arrangement.root, &ids);
    arrangement
}

/// Operations are numbered by their places among the endpoints at first, and
/// by their places among those that are kept in the end.
fn renumber(resource: &mut Resource, ids: &HashMap<OperationId, OperationId>) {
    for method in &mut resource.methods {
        if let Some(id) = ids.get(&method.operation) {
            method.operation = *id;
        }
    }
    for child in &mut resource.children {
        renumber(child, ids);
    }
}

/// The names of the endpoints in a tree, by their places.
type Names = HashMap<usize, Naming>;

fn add(resource: &mut Resource, name: Words, place: usize) {
    resource.methods.push(ResourceMethod {
        name,
        operation: OperationId::new(place),
    });
}

/// Adds a method beside that of an operation, after all others, so that these keep their names.
pub(in crate::lower) fn add_beside(
    resource: &mut Resource,
    usual: OperationId,
    beside: OperationId,
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
            operation: beside,
        });
    }
    for child in &mut resource.children {
        add_beside(child, usual, beside, suffix);
    }
}

/// The words that the types of a resource are named with. `order_lines` below
/// `orders` is an `order_line`, not an `order_order_line`.
fn below(above: &Words, resource: &Words) -> Words {
    let one = resource.singular();
    let repeats = one.iter().count() > above.iter().count()
        && one.iter().zip(above.iter()).all(|(a, b)| a == b);
    if repeats { one } else { above.join(&one) }
}

/// The words that the types of a method are named with.
fn type_name(parents: &Words, method: &Words) -> Words {
    parents.join(method)
}
