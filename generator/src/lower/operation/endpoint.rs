//! Endpoints: the operations of a document before they are lowered.

use std::collections::HashSet;

use openapiv3::{Operation, PathItem};

use crate::ir::{self, Method, request_path};
use crate::load::Document;
use crate::source::Pointer;

/// An operation of the document.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Endpoint<'a> {
    /// Its method.
    pub(in crate::lower) method: Method,
    /// Its path.
    pub(in crate::lower) path: &'a str,
    /// Its path item.
    pub(in crate::lower) item: &'a PathItem,
    /// The operation.
    pub(in crate::lower) operation: &'a Operation,
    /// Its JSON pointer.
    pub(in crate::lower) at: Pointer,
    /// The JSON pointer of the path item.
    pub(in crate::lower) item_at: Pointer,
}

/// Returns the operations of a document, in its order.
pub(in crate::lower) fn endpoints(document: &Document) -> Vec<Endpoint<'_>> {
    let root = Pointer::root().child("paths");
    document
        .openapi
        .paths
        .iter()
        .filter_map(|(path, item)| Some((path, item.as_item()?)))
        .flat_map(|(path, item)| {
            let at = root.child(path);
            let mut all = operations(path, item, &at);
            all.extend(list_other_operations(document, path, item, &at));
            all
        })
        .collect()
}

/// Returns the operations of a path item.
pub(in crate::lower) fn operations<'a>(
    path: &'a str,
    item: &'a PathItem,
    at: &Pointer,
) -> Vec<Endpoint<'a>> {
    item.iter()
        .filter_map(|(name, operation)| {
            Some(Endpoint {
                method: Method::from_key(name)?,
                path,
                item,
                operation,
                at: at.child(name),
                item_at: at.clone(),
            })
        })
        .collect()
}

/// Returns the operations of a path item whose methods OpenAPI 3.0 does not have.
fn list_other_operations<'a>(
    document: &'a Document,
    path: &'a str,
    item: &'a PathItem,
    at: &Pointer,
) -> impl Iterator<Item = Endpoint<'a>> {
    let others = document.other_methods.get(path).into_iter().flatten();
    others.map(move |other| Endpoint {
        method: Method::Other(other.method.clone()),
        path,
        item,
        operation: &other.operation,
        at: other.at.clone(),
        item_at: at.clone(),
    })
}

/// Whether a path ends with a parameter.
pub(in crate::lower) fn ends_in_parameter(path: &str) -> bool {
    request_path(path).trim_end_matches('/').ends_with('}')
}

/// Returns the endpoints that are none of these operations.
pub(in crate::lower) fn list_omitted(
    endpoints: &[Endpoint<'_>],
    operations: &[ir::Operation],
) -> Vec<(Method, String)> {
    let known: HashSet<&Pointer> = operations.iter().map(|it| &it.pointer).collect();
    let others = endpoints.iter().filter(|it| !known.contains(&it.at));
    let named = others.map(|it| (it.method.clone(), it.path.to_owned()));
    named.collect()
}
