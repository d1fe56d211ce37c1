//! The operations of a document as they stand in it.

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};

use crate::ir::Method;
use crate::load::Pointer;

/// An operation where it stands.
#[derive(Debug, Clone)]
pub(super) struct Endpoint<'a> {
    /// Its method.
    pub(super) method: Method,
    /// Its path.
    pub(super) path: &'a str,
    /// What holds for all operations of the path.
    pub(super) item: &'a PathItem,
    /// The operation.
    pub(super) operation: &'a Operation,
    /// Where the operation stands.
    pub(super) at: Pointer,
    /// Where the path stands.
    pub(super) item_at: Pointer,
}

/// The operations of a document, in its order.
pub(super) fn endpoints(openapi: &OpenAPI) -> Vec<Endpoint<'_>> {
    let root = Pointer::root().child("paths");
    openapi
        .paths
        .iter()
        .filter_map(|(path, item)| Some((path, item.as_item()?)))
        .flat_map(|(path, item)| operations(path, item, &root.child(path)))
        .collect()
}

/// The operations of a path.
pub(super) fn operations<'a>(path: &'a str, item: &'a PathItem, at: &Pointer) -> Vec<Endpoint<'a>> {
    item.iter()
        .filter_map(|(name, operation)| {
            Some(Endpoint {
                method: method(name)?,
                path,
                item,
                operation,
                at: at.child(name),
                item_at: at.clone(),
            })
        })
        .collect()
}

fn method(name: &str) -> Option<Method> {
    Some(match name {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        _ => return None,
    })
}

/// Something of `components` or something that stands in place, with where it
/// is and the name that it is shared under.
#[derive(Debug, Clone)]
pub(super) struct Found<'a, T> {
    /// What was found.
    pub(super) item: &'a T,
    /// Where it stands.
    pub(super) at: Pointer,
    /// Its name among the components.
    pub(super) name: Option<&'a str>,
}

/// Follows a reference to its component. A reference to nowhere is `None`.
pub(super) fn resolve<'a, T>(
    reference: &'a ReferenceOr<T>,
    at: &Pointer,
    kind: &str,
    components: impl Fn(&str) -> Option<(&'a str, &'a ReferenceOr<T>)>,
) -> Option<Found<'a, T>> {
    let mut found = Found {
        item: reference,
        at: at.clone(),
        name: None,
    };
    for _ in 0..LONGEST_CHAIN {
        match found.item {
            ReferenceOr::Item(item) => {
                return Some(Found {
                    item,
                    at: found.at,
                    name: found.name,
                });
            }
            ReferenceOr::Reference { reference } => {
                let name = super::node::component_name(reference, kind)?;
                let (name, item) = components(&name)?;
                let at = Pointer::root().child("components").child(kind).child(name);
                found = Found {
                    item,
                    at,
                    name: Some(name),
                };
            }
        }
    }
    None
}

/// How many references may each lead to the next.
const LONGEST_CHAIN: usize = 64;
