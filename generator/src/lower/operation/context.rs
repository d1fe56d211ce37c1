//! The state of lowering operations.

use std::collections::HashMap;

use openapiv3::{
    Components, Example, Header, OpenAPI, Parameter, ReferenceOr, RequestBody, Response,
};

use super::problem_details::ProblemDetails;
use super::shared_errors::SharedErrors;
use crate::ir::{self, Payload};
use crate::lower::components::{Resolved, resolve, resolve_item};
use crate::lower::schema::builder::SchemaBuilder;
use crate::source::Pointer;

/// A document with its built schemas, and what operations share.
#[derive(Debug)]
pub(in crate::lower) struct LoweringContext<'a> {
    /// The document.
    pub(in crate::lower) openapi: &'a OpenAPI,
    /// Its schemas.
    pub(in crate::lower) schemas: SchemaBuilder<'a>,
    /// Lowered components of `parameters`, by name.
    pub(in crate::lower) params: HashMap<&'a str, ir::Parameter>,
    /// Lowered bodies of `responses` components, by name.
    pub(in crate::lower) payloads: HashMap<(&'a str, ProblemDetails), Payload>,
    /// Inline bodies of errors.
    pub(in crate::lower) shared_errors: SharedErrors,
}

impl<'a> LoweringContext<'a> {
    /// Returns the state for a document whose schemas are built.
    pub(in crate::lower) fn new(openapi: &'a OpenAPI, schemas: SchemaBuilder<'a>) -> Self {
        Self {
            openapi,
            schemas,
            params: HashMap::new(),
            payloads: HashMap::new(),
            shared_errors: SharedErrors::default(),
        }
    }

    fn components(&self) -> Option<&'a Components> {
        self.openapi.components.as_ref()
    }

    /// Resolves a parameter.
    pub(in crate::lower) fn parameter(
        &self,
        item: &'a ReferenceOr<Parameter>,
        at: &Pointer,
    ) -> Option<Resolved<'a, Parameter>> {
        let section = self.components().map(|it| &it.parameters);
        resolve(item, at, "parameters", section)
    }

    /// Resolves a request body.
    pub(in crate::lower) fn request_body(
        &self,
        item: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
    ) -> Option<Resolved<'a, RequestBody>> {
        let section = self.components().map(|it| &it.request_bodies);
        resolve(item, at, "requestBodies", section)
    }

    /// Resolves a response.
    pub(in crate::lower) fn response(
        &self,
        item: &'a ReferenceOr<Response>,
        at: &Pointer,
    ) -> Option<Resolved<'a, Response>> {
        let section = self.components().map(|it| &it.responses);
        resolve(item, at, "responses", section)
    }

    /// Resolves a header.
    pub(in crate::lower) fn header(&self, item: &'a ReferenceOr<Header>) -> Option<&'a Header> {
        resolve_item(item, "headers", self.components().map(|it| &it.headers))
    }

    /// Resolves an example.
    pub(in crate::lower) fn example(&self, item: &'a ReferenceOr<Example>) -> Option<&'a Example> {
        resolve_item(item, "examples", self.components().map(|it| &it.examples))
    }
}
