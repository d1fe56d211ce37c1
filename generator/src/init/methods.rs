//! The entry of a method: its endpoint, and what else was decided about it.

use super::yaml::{Entry, Node, make_entry};
use crate::config::Paginated;
use crate::ir::{Api, MediaTypeVariant, Method, OperationId, StreamMode, UnpaginatedReason};
use crate::lower::PaginationSchemes;

/// The sources of the entries of methods.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MethodFacts<'a> {
    /// The model.
    pub(crate) api: &'a Api,
    /// The values of `paginated`.
    pub(crate) pagination: &'a PaginationSchemes,
    /// Whether `streaming` is written.
    pub(crate) has_streaming: bool,
}

/// Writes the method of an operation under a name.
pub(crate) fn write_method(facts: MethodFacts<'_>, name: &str, id: OperationId) -> Entry {
    let doubt = explain_doubt(facts, name, id);
    make_entry(name, write_decisions(facts, id)).comment(doubt)
}

/// Writes the endpoint, and what else was decided.
fn write_decisions(facts: MethodFacts<'_>, id: OperationId) -> Node {
    let operation = facts.api.operation(id);
    let method = match &operation.method {
        Method::Other(name) => name.clone(),
        known => known.as_str().to_ascii_lowercase(),
    };
    let endpoint = Node::text(&format!("{method} {}", operation.path));
    let mut entries = Vec::new();
    match facts.pagination.methods.get(&id) {
        Some(Paginated::Never) => entries.push(make_entry("paginated", Node::plain(false))),
        Some(Paginated::Inferred) => entries.push(make_entry("paginated", Node::text("inferred"))),
        Some(Paginated::Scheme(name)) => entries.push(make_entry("paginated", Node::text(name))),
        _ => {}
    }
    let mode = operation.stream.as_ref().map(|stream| &stream.mode);
    match mode.filter(|_| facts.has_streaming && !has_variants(facts.api, id)) {
        Some(StreamMode::Always) => {
            entries.push(make_entry("streaming", Node::Map(Vec::new())));
        }
        Some(StreamMode::OnRequest(Some(switch))) => {
            let switch = make_entry("param_discriminator", Node::text(switch.wire.as_str()));
            entries.push(make_entry("streaming", Node::Map(vec![switch])));
        }
        Some(StreamMode::OnRequest(None)) | None => {}
    }
    if entries.is_empty() {
        return endpoint;
    }
    entries.insert(0, make_entry("endpoint", endpoint));
    Node::Map(entries)
}

/// Whether an operation has methods for further media types, whose streams follow from them.
fn has_variants(api: &Api, id: OperationId) -> bool {
    let mut operations = api.operations.iter();
    operations.any(|operation| match &operation.media_type_variant {
        Some(MediaTypeVariant::RequestBody(of) | MediaTypeVariant::Response(of, _)) => *of == id,
        None => false,
    })
}

/// Says why a decision may be wrong.
fn explain_doubt(facts: MethodFacts<'_>, name: &str, id: OperationId) -> Option<String> {
    let numbered = name.rsplit('_').next().unwrap_or_default();
    let doubt = if name.contains('_') && numbered.parse::<u32>().is_ok() {
        "Only a number distinguishes this name from another. Give it its own name."
    } else if let Some(Paginated::Scheme(_)) = facts.pagination.methods.get(&id) {
        return None;
    } else {
        let operation = facts.api.operation(id);
        let mut unpaginated = facts.api.unpaginated.iter();
        let unpaginated = unpaginated.find(|it| it.pointer == operation.pointer);
        match unpaginated?.reason {
            UnpaginatedReason::Configured => return None,
            UnpaginatedReason::NotJson => "Not paginated: the response is not one kind of JSON.",
            UnpaginatedReason::NoList => "Not paginated: the response has no list, or several.",
            UnpaginatedReason::NoNext => {
                "Not paginated: the response does not tell how to get the next page."
            }
        }
    };
    Some(doubt.to_owned())
}
