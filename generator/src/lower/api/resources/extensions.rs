//! Operations whose call the document names, or that it leaves out, in the extensions of SDK
//! generators.

use std::collections::HashMap;

use openapiv3::{OpenAPI, Operation};
use serde_json::Value;

use crate::ir::Words;
use crate::lower::findings::Findings;
use crate::lower::name_extensions::{LANGUAGE, NamedItem, read_name, read_resources};
use crate::source::Pointer;

/// A call as the document names it. Parts that it does not name are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamedCall {
    /// The resources.
    pub(super) resources: Option<Vec<Words>>,
    /// The method.
    pub(super) method: Option<Words>,
}

/// Reads the call that the extensions of an operation name.
pub(super) fn read_named_call(
    operation: &Operation,
    at: &Pointer,
    findings: &mut Findings,
) -> NamedCall {
    let extensions = &operation.extensions;
    NamedCall {
        resources: read_resources(extensions, at, findings),
        method: read_name(NamedItem::Method, extensions, at, findings),
    }
}

/// Whether the document leaves the operation out of SDKs: `x-stainless-skip`, `x-fern-ignore` and
/// `x-speakeasy-ignore` are `true`, or a list of languages.
pub(super) fn is_skipped(operation: &Operation) -> bool {
    let keys = ["x-stainless-skip", "x-fern-ignore", "x-speakeasy-ignore"];
    let mut values = keys.iter().filter_map(|key| operation.extensions.get(*key));
    values.any(|value| match value {
        Value::Bool(skip) => *skip,
        Value::Array(list) => list.iter().any(|language| language == LANGUAGE),
        _ => false,
    })
}

/// The extension of a component that names the methods of its operations.
const COMPONENT_OPERATIONS: &str = "x-stripeOperations";

/// Methods by the HTTP method and the path, as components name them.
pub(super) type ComponentMethods = HashMap<(String, String), Words>;

/// Reads the methods that components name for the operations on them. The first name of an
/// operation applies.
pub(super) fn read_component_methods(openapi: &OpenAPI) -> ComponentMethods {
    let mut methods = ComponentMethods::new();
    let components = openapi.components.iter().flat_map(|it| it.schemas.values());
    let schemas = components.filter_map(|schema| schema.as_item());
    let lists =
        schemas.filter_map(|schema| schema.schema_data.extensions.get(COMPONENT_OPERATIONS));
    for entry in lists.filter_map(Value::as_array).flatten() {
        let text = |key: &str| entry.get(key).and_then(Value::as_str);
        // An entry of another kind is a method of a value, and not of a resource.
        let is_of_service = text("method_on").is_none_or(|on| on == "service");
        if let (Some(name), Some(verb), Some(path)) =
            (text("method_name"), text("operation"), text("path"))
            && is_of_service
        {
            let key = (verb.to_ascii_uppercase(), path.to_owned());
            methods.entry(key).or_insert_with(|| Words::split(name));
        }
    }
    methods
}
