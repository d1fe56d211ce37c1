//! The state of lowering operations.

use std::collections::HashMap;

use openapiv3::{
    Components, Example, Header, OpenAPI, Parameter, ReferenceOr, RequestBody, Response,
};

use super::endpoint::{Resolved, resolve};
use super::problem_details::ProblemDetails;
use super::shared_errors::SharedErrors;
use crate::ir::{self, Payload};
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
        reference: &'a ReferenceOr<Parameter>,
        at: &Pointer,
    ) -> Option<Resolved<'a, Parameter>> {
        resolve(reference, at, "parameters", |name| {
            entry(&self.components()?.parameters, name)
        })
    }

    /// Resolves a request body.
    pub(in crate::lower) fn request_body(
        &self,
        reference: &'a ReferenceOr<RequestBody>,
        at: &Pointer,
    ) -> Option<Resolved<'a, RequestBody>> {
        resolve(reference, at, "requestBodies", |name| {
            entry(&self.components()?.request_bodies, name)
        })
    }

    /// Resolves a response.
    pub(in crate::lower) fn response(
        &self,
        reference: &'a ReferenceOr<Response>,
        at: &Pointer,
    ) -> Option<Resolved<'a, Response>> {
        resolve(reference, at, "responses", |name| {
            entry(&self.components()?.responses, name)
        })
    }

    /// Resolves a header.
    pub(in crate::lower) fn header(
        &self,
        reference: &'a ReferenceOr<Header>,
    ) -> Option<&'a Header> {
        let found = resolve(reference, &Pointer::root(), "headers", |name| {
            entry(&self.components()?.headers, name)
        });
        found.map(|found| found.item)
    }

    /// Resolves an example.
    pub(in crate::lower) fn example(
        &self,
        reference: &'a ReferenceOr<Example>,
    ) -> Option<&'a Example> {
        let found = resolve(reference, &Pointer::root(), "examples", |name| {
            entry(&self.components()?.examples, name)
        });
        found.map(|found| found.item)
    }
}

fn entry<'a, T>(
    map: &'a indexmap::IndexMap<String, ReferenceOr<T>>,
    name: &str,
) -> Option<(&'a str, &'a ReferenceOr<T>)> {
    map.get_key_value(name)
        .map(|(name, item)| (name.as_str(), item))
}
