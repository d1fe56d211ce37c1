//! A POST that reads: its body has the query parameters of the GET on the same path.
//!
//! APIs offer it for criteria that are too long for a URL.

use std::collections::HashSet;

use openapiv3::{OpenAPI, Operation, Parameter, ReferenceOr, Schema, SchemaKind, Type};

use super::components::{
    MAX_SCHEMA_DEPTH, resolve_parameter, resolve_request_body, resolve_schema,
};
use super::response_list::read_response;
use crate::ir::{Method, Words};
use crate::lower::operation::endpoint::Endpoint;

/// Number of query parameters that show that a body repeats them. Fewer do if the body has no other
/// properties.
const MIN_PARAMETERS: usize = 2;

/// Whether an operation is a second form of the GET on its path: it reads the same data.
pub(super) fn reads_by_post(endpoint: &Endpoint<'_>, openapi: &OpenAPI) -> bool {
    let Some(get) = endpoint
        .item
        .get
        .as_ref()
        .filter(|_| endpoint.method == Method::Post)
    else {
        return false;
    };
    let parameters = list_query_parameters(get, openapi);
    let has_response_of_get =
        read_response(get, openapi) == read_response(endpoint.operation, openapi);
    if parameters.is_empty() || !has_response_of_get {
        return false;
    }
    let properties = list_properties(endpoint.operation, openapi);
    if parameters.len() < MIN_PARAMETERS {
        return parameters == properties;
    }
    // A few parameters, such as those of a page, may be in the query of both.
    let shared = parameters.intersection(&properties).count();
    shared * 10 >= parameters.len() * 7
}

/// The names of the query parameters, as letters: `attributesToRetrieve` and
/// `attributes_to_retrieve` are equal.
fn list_query_parameters(operation: &Operation, openapi: &OpenAPI) -> HashSet<String> {
    let parameters = operation.parameters.iter();
    let resolved = parameters.filter_map(|parameter| resolve_parameter(parameter, openapi));
    let names = resolved.filter_map(|parameter| match parameter {
        Parameter::Query { parameter_data, .. } => Some(read_letters(&parameter_data.name)),
        _ => None,
    });
    names.collect()
}

/// The names of the properties of a request body, as letters.
fn list_properties(operation: &Operation, openapi: &OpenAPI) -> HashSet<String> {
    let mut names = HashSet::new();
    let body = operation.request_body.as_ref();
    let body = body.and_then(|body| resolve_request_body(body, openapi));
    let media = body.and_then(|body| body.content.values().next());
    if let Some(schema) = media.and_then(|media| media.schema.as_ref()) {
        add_properties(schema, openapi, 0, &mut names);
    }
    names
}

fn add_properties(
    schema: &ReferenceOr<Schema>,
    openapi: &OpenAPI,
    depth: usize,
    names: &mut HashSet<String>,
) {
    let Some(schema) = resolve_schema(schema, openapi).filter(|_| depth < MAX_SCHEMA_DEPTH) else {
        return;
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            names.extend(object.properties.keys().map(|name| read_letters(name)));
        }
        SchemaKind::Any(any) => {
            names.extend(any.properties.keys().map(|name| read_letters(name)));
            for member in &any.all_of {
                add_properties(member, openapi, depth + 1, names);
            }
        }
        SchemaKind::AllOf { all_of } => {
            for member in all_of {
                add_properties(member, openapi, depth + 1, names);
            }
        }
        _ => {}
    }
}

fn read_letters(name: &str) -> String {
    Words::split(name).iter().map(String::as_str).collect()
}
