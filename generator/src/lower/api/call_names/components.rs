//! Objects of the document that are inline or refer to a component.

use std::borrow::Borrow;

use openapiv3::{OpenAPI, Parameter, ReferenceOr, Response, Schema};

use crate::lower::schema::schema_ref::component_name;

/// Maximum number of references and `allOf` subschemas that are followed.
pub(super) const MAX_SCHEMA_DEPTH: usize = 16;

/// Returns a schema, or the component that it refers to.
pub(super) fn resolve_schema<'a, S: Borrow<Schema>>(
    schema: &'a ReferenceOr<S>,
    openapi: &'a OpenAPI,
) -> Option<&'a Schema> {
    let mut reference = match schema {
        ReferenceOr::Item(schema) => return Some(schema.borrow()),
        ReferenceOr::Reference { reference } => reference,
    };
    for _ in 0..MAX_SCHEMA_DEPTH {
        let name = component_name(reference, "schemas")?;
        match openapi.components.as_ref()?.schemas.get(&*name)? {
            ReferenceOr::Item(schema) => return Some(schema),
            ReferenceOr::Reference { reference: next } => reference = next,
        }
    }
    None
}

/// Returns a parameter, or the component that it refers to.
pub(super) fn resolve_parameter<'a>(
    parameter: &'a ReferenceOr<Parameter>,
    openapi: &'a OpenAPI,
) -> Option<&'a Parameter> {
    match parameter {
        ReferenceOr::Item(parameter) => Some(parameter),
        ReferenceOr::Reference { reference } => {
            let name = component_name(reference, "parameters")?;
            let parameters = &openapi.components.as_ref()?.parameters;
            parameters.get(&*name)?.as_item()
        }
    }
}

/// Returns a response, or the component that it refers to.
pub(super) fn resolve_response<'a>(
    response: &'a ReferenceOr<Response>,
    openapi: &'a OpenAPI,
) -> Option<&'a Response> {
    let mut response = response;
    for _ in 0..MAX_SCHEMA_DEPTH {
        match response {
            ReferenceOr::Item(response) => return Some(response),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference, "responses")?;
                response = openapi.components.as_ref()?.responses.get(&*name)?;
            }
        }
    }
    None
}
