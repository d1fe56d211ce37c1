//! Objects of the document that are inline or refer to a component.

use std::borrow::Borrow;

use openapiv3::{OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema};

use crate::lower::components::resolve_item;

/// Maximum number of `allOf` subschemas that are followed.
pub(super) const MAX_SCHEMA_DEPTH: usize = 16;

/// Returns a schema, or the component that it refers to.
pub(super) fn resolve_schema<'a, S: Borrow<Schema>>(
    schema: &'a ReferenceOr<S>,
    openapi: &'a OpenAPI,
) -> Option<&'a Schema> {
    let components = openapi.components.as_ref();
    resolve_item(schema, "schemas", components.map(|it| &it.schemas))
}

/// Returns a parameter, or the component that it refers to.
pub(super) fn resolve_parameter<'a>(
    parameter: &'a ReferenceOr<Parameter>,
    openapi: &'a OpenAPI,
) -> Option<&'a Parameter> {
    let components = openapi.components.as_ref();
    resolve_item(parameter, "parameters", components.map(|it| &it.parameters))
}

/// Returns a response, or the component that it refers to.
pub(super) fn resolve_response<'a>(
    response: &'a ReferenceOr<Response>,
    openapi: &'a OpenAPI,
) -> Option<&'a Response> {
    let components = openapi.components.as_ref();
    resolve_item(response, "responses", components.map(|it| &it.responses))
}

/// Returns a request body, or the component that it refers to.
pub(super) fn resolve_request_body<'a>(
    body: &'a ReferenceOr<RequestBody>,
    openapi: &'a OpenAPI,
) -> Option<&'a RequestBody> {
    let bodies = openapi.components.as_ref().map(|it| &it.request_bodies);
    resolve_item(body, "requestBodies", bodies)
}
