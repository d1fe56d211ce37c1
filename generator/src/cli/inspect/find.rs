//! Looking up calls and types by the names that people know.

use serde::Serialize;

use crate::diff::surface::{ItemSurface, MethodSurface, Surface};
use crate::source::find_similar_names;

/// A call or a type.
pub(super) enum Found<'s> {
    /// A call.
    Method(&'s MethodSurface),
    /// A type.
    Item(&'s ItemSurface),
}

/// A call and its endpoint.
#[derive(Serialize)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) endpoint: String,
}

/// Returns the calls in the order of the tree of resources.
pub(super) fn list_calls(surface: &Surface) -> Vec<Call> {
    let methods = surface.methods.iter();
    methods
        .map(|method| Call {
            name: call_name(surface, method),
            endpoint: endpoint(method),
        })
        .collect()
}

/// Returns the name of a call: `chats.messages.send`.
pub(super) fn call_name(surface: &Surface, method: &MethodSurface) -> String {
    let resource = surface.resources.get(method.resource);
    let path = resource.map_or(&[][..], |resource| &resource.path);
    let names: Vec<&str> = path
        .iter()
        .chain([&method.name])
        .map(String::as_str)
        .collect();
    names.join(".")
}

/// Returns the endpoint of a call: `POST /chats`.
pub(super) fn endpoint(method: &MethodSurface) -> String {
    format!("{} {}", method.endpoint.verb, method.endpoint.path)
}

/// Finds the calls and the type with a name.
pub(super) fn find<'s>(surface: &'s Surface, name: &str) -> Vec<Found<'s>> {
    let methods = surface.methods.iter().filter(|method| {
        call_name(surface, method) == name
            || endpoint(method).eq_ignore_ascii_case(name)
            || method.operation_id.as_deref() == Some(name)
    });
    let items = surface.items.iter().filter(|item| item.name == name);
    methods
        .map(Found::Method)
        .chain(items.map(Found::Item))
        .collect()
}

/// Returns the names that are most similar to an unknown one.
pub(super) fn find_similar(surface: &Surface, name: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for method in &surface.methods {
        names.extend([call_name(surface, method), endpoint(method)]);
        names.extend(method.operation_id.clone());
    }
    names.extend(surface.items.iter().map(|item| item.name.clone()));
    let similar = find_similar_names(name, names.iter().map(String::as_str));
    similar.into_iter().map(str::to_owned).collect()
}
