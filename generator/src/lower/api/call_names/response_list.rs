//! Whether a response is a list, from its schema in the document.

use std::borrow::Borrow;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation, ReferenceOr, Schema, SchemaKind, StatusCode, Type};

use super::components::{MAX_SCHEMA_DEPTH, resolve_response, resolve_schema};
use super::vocabulary::letters;
use crate::ir::{MediaType, Words};

/// Properties that hold the items of a list in the responses of many APIs.
const LIST_PROPERTIES: &[&str] = &[
    "data",
    "item",
    "result",
    "entry",
    "record",
    "object",
    "row",
    "list",
    "value",
    "element",
    "edge",
    "node",
    "content",
    "resource",
    "collection",
];

/// The lists in a successful response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ResponseList {
    /// The response itself is an array.
    pub(super) is_array: bool,
    /// The response is an object.
    pub(super) is_object: bool,
    /// The response is a text, a number or a boolean.
    pub(super) is_scalar: bool,
    /// The properties of the response that are arrays.
    arrays: Vec<Words>,
}

impl ResponseList {
    /// Whether the response is a list of the items of a segment.
    ///
    /// It is an array, or an object with an array under a usual name or that of the segment.
    pub(super) fn is_list_of(&self, segment: &Words) -> bool {
        let last = segment.iter().next_back().map(|word| Words::split(word));
        let names = [Some(segment.clone()), last];
        let is_named = |array: &Words| {
            let array = letters(array);
            LIST_PROPERTIES.contains(&array.as_str())
                || names.iter().flatten().any(|name| letters(name) == array)
        };
        self.is_array || self.arrays.iter().any(is_named)
    }

    fn add_arrays<S: Borrow<Schema>>(
        &mut self,
        properties: &IndexMap<String, ReferenceOr<S>>,
        openapi: &OpenAPI,
    ) {
        self.is_object |= !properties.is_empty();
        let arrays = (properties.iter()).filter(|(_, property)| is_array(property, openapi));
        self.arrays
            .extend(arrays.map(|(name, _)| Words::split(name)));
    }
}

/// Reads the first successful response of an operation.
pub(super) fn read_response(operation: &Operation, openapi: &OpenAPI) -> ResponseList {
    let success = |status: &StatusCode| match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    };
    let mut responses = operation.responses.responses.iter();
    let found = responses
        .find(|(status, _)| success(status))
        .map(|(_, response)| response)
        .or(operation.responses.default.as_ref());
    let Some(response) = found.and_then(|response| resolve_response(response, openapi)) else {
        return ResponseList::default();
    };
    let mut media = response.content.iter();
    let is_problem = |name: &str| MediaType::new(name).is_problem();
    let json = media.find(|(name, _)| name.contains("json") && !is_problem(name));
    let Some(schema) = json.and_then(|(_, media)| media.schema.as_ref()) else {
        return ResponseList::default();
    };
    let mut list = ResponseList::default();
    read_schema(schema, openapi, 0, &mut list);
    list
}

fn read_schema(
    schema: &ReferenceOr<Schema>,
    openapi: &OpenAPI,
    depth: usize,
    list: &mut ResponseList,
) {
    let Some(schema) = resolve_schema(schema, openapi) else {
        return;
    };
    if depth >= MAX_SCHEMA_DEPTH {
        return;
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(_)) => list.is_array = true,
        SchemaKind::Type(
            Type::String(_) | Type::Number(_) | Type::Integer(_) | Type::Boolean(_),
        ) => list.is_scalar = true,
        SchemaKind::Type(Type::Object(object)) => list.add_arrays(&object.properties, openapi),
        SchemaKind::Any(any) => {
            list.is_array |= any.items.is_some() && any.properties.is_empty();
            list.add_arrays(&any.properties, openapi);
            for member in &any.all_of {
                read_schema(member, openapi, depth + 1, list);
            }
        }
        SchemaKind::AllOf { all_of } => {
            for member in all_of {
                read_schema(member, openapi, depth + 1, list);
            }
        }
        SchemaKind::OneOf { one_of: any } | SchemaKind::AnyOf { any_of: any } => {
            if let Some(first) = any.first() {
                read_schema(first, openapi, depth + 1, list);
            }
        }
        _ => {}
    }
}

/// Whether a schema is an array, or an `allOf` that contains an array.
fn is_array<S: Borrow<Schema>>(schema: &ReferenceOr<S>, openapi: &OpenAPI) -> bool {
    let Some(schema) = resolve_schema(schema, openapi) else {
        return false;
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(_)) => true,
        SchemaKind::Any(any) => any.items.is_some(),
        SchemaKind::AllOf { all_of } => {
            let schemas = all_of.iter().filter_map(|it| resolve_schema(it, openapi));
            let mut kinds = schemas.map(|schema| &schema.schema_kind);
            kinds.any(|kind| matches!(kind, SchemaKind::Type(Type::Array(_))))
        }
        _ => false,
    }
}
