//! Lower: from the document to the model.
//!
//! It decides what the document *means*: which schemas are types and of what
//! shape, what `allOf` adds up to, how the alternatives of a union are told
//! apart, which operations there are and where they are found. It refuses to
//! name anything in Rust: names stay words, and clashes are
//! [`plan`](crate::plan)'s business.
//!
//! What has no counterpart in the model becomes raw JSON with a diagnostic
//! that says why; nothing is dropped in silence.

mod alternatives;
mod arena;
mod circles;
mod client_headers;
mod context;
mod endpoints;
mod files;
mod findings;
mod form;
mod make;
mod media;
mod merge;
mod models;
mod naming;
mod node;
mod notes;
mod operation;
mod operations;
mod package;
mod paging;
mod params;
mod parts;
mod place;
mod required;
mod resources;
mod responses;
mod scalar;
mod schemas;
mod security;
mod servers;
mod streaming;
mod tags;
mod union;
mod values;
mod view;
mod webhooks;
mod websocket;
mod writing;

use arena::Arena;
use client_headers::ClientHeaders;
use context::Context;
use findings::Findings;
use models::Models;
use operations::Operations;
use package::OptionSources;
use schemas::Schemas;
use servers::Servers;

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::load::Document;

/// Makes the model of a document. `config` decides what the document leaves open.
pub fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let openapi = &document.openapi;
    let arena = Arena::default();
    let mut findings = Findings::default();
    let models = Models::of(config, openapi, &mut findings);
    let mut schemas = Schemas::new(openapi.components.as_ref(), &arena, |name| {
        models.words(name)
    });
    schemas.findings = findings;
    schemas.make_components();
    let mut context = Context::new(openapi, schemas);
    let endpoints = endpoints::endpoints(document);
    let endpoints = websocket::leave_out(endpoints, &mut context.schemas.findings);
    let arrangement =
        resources::arrange(&endpoints, openapi, config, &mut context.schemas.findings);
    let mut root = arrangement.root;
    let called = arrangement.operations.iter();
    let own = called.filter_map(|(place, _)| servers::own(endpoints.get(*place)?));
    let own = own.map(|(server, _)| server);
    context.servers = Servers::new(&openapi.servers, own, config);
    let mut operations = context.operations(&endpoints, arrangement.operations, &mut root);
    let webhooks = context.webhooks(&document.webhooks, arrangement.unwrap, config);
    let environments = context.servers.environments.clone();
    let authorization = context.authorization(&endpoints);
    let variables = context.servers.variables();
    let Schemas {
        mut types,
        mut findings,
        required,
        ..
    } = context.schemas;
    circles::open(&mut types, &mut findings);
    models.name_inner(&mut types, &mut findings);
    let mut security_schemes = security::schemes(openapi, &endpoints, config, &mut findings);
    let mut security = security::default_requirements(openapi, config, &mut findings);
    let mut headers = ClientHeaders::default();
    if config.client.options.is_empty() && config.security_schemes.is_none() {
        headers = client_headers::extract(&mut operations, &types, &security_schemes);
        headers
            .credentials
            .extend(authorization.filter(|_| security_schemes.is_empty()));
        headers.add_schemes(&mut security_schemes);
        headers.add_requirements(&mut security, &mut operations.list);
    }
    let Operations {
        list,
        pages,
        streams,
        ..
    } = &mut operations;
    streaming::find(list, streams, &models, &types, &mut findings);
    let sources = paging::Sources {
        config,
        configured: pages,
        openapi,
        extensions: endpoints
            .iter()
            .map(|endpoint| (&endpoint.at, &endpoint.operation.extensions))
            .collect(),
    };
    let unpaged = paging::add(list, &sources, &types, &mut findings);
    let is_all = operations.endpoints == endpoints.len();
    let asked_for = (!is_all).then(|| models.types(&types));
    let sources = OptionSources {
        variables: &variables,
        schemes: &security_schemes,
        security: &security,
        webhooks: webhooks.as_ref(),
        headers: &headers.options,
    };
    let package = package::package(openapi, config, sources);
    diagnostics.extend(findings.into_list());
    Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone(),
        package,
        error_body: responses::error_body(operations.declared()),
        types,
        asked_for,
        operations: operations.list,
        unpaged,
        undeclared: required.into_undeclared(),
        root,
        environments,
        security_schemes,
        security,
        event_rules: streaming::rules(config),
        webhooks,
    }
}
