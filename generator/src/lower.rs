//! Lower: from the document to the model.
//!
//! This phase interprets the document: it determines the types of schemas, the matching of union
//! variants, and the operations with their resources. It creates no Rust names: names stay words,
//! and [`plan`](crate::plan) resolves collisions.
//!
//! The rooms depend on each other in one direction: `schema`, `operation`, `api`. If the model
//! cannot represent a value, the value becomes raw JSON with a diagnostic.

mod api;
mod components;
mod findings;
mod media_type;
mod name_extensions;
mod operation;
mod schema;

use api::authentication::Authentication;
use api::client_options::OptionSources;
use api::client_options::credential_checks::CredentialChecks;
use api::custom_casings::CustomCasings;
use api::operation_list::lower_operations;
use api::readme::find_readme_calls;
use api::servers::{self, Servers};
use api::{package, pagination, resources, security, streaming};
use findings::Findings;
use operation::context::LoweringContext;
use operation::{endpoint, response, websocket};
use schema::builder::SchemaBuilder;
use schema::configured_models::ConfiguredModels;
use schema::parsed_schemas::ParsedSchemas;
use schema::schema_table::SchemaTable;
use schema::union_cycles;
use schema::variant_matching::decide_variant_matching;

pub use name_extensions::render_name_reference;

pub(crate) use api::pagination::{PaginationSchemes, SchemeBase, extend_schemes, find_schemes};

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::Api;
use crate::load::Document;

/// Lowers a document to the model. `config` decides open questions of the document.
pub fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let openapi = &document.openapi;
    let parsed = ParsedSchemas::default();
    let mut findings = Findings::default();
    let mut models = ConfiguredModels::read(config, openapi, &mut findings);
    let components = openapi.components.as_ref();
    let table = SchemaTable::new(components, |name| models.words(name), &mut findings);
    let mut schemas = SchemaBuilder::new(table, &parsed, findings);
    schemas.build_components();
    let mut context = LoweringContext::new(openapi, schemas);
    let endpoints = endpoint::endpoints(document);
    let endpoints = websocket::leave_out(endpoints, &mut context.schemas.findings);
    let casings = CustomCasings::read(config, &mut context.schemas.findings);
    let arrangement = resources::arrange_resources(
        &endpoints,
        openapi,
        config,
        &casings,
        &mut context.schemas.findings,
    );
    let mut root = arrangement.root;
    let called = arrangement.operations.iter();
    let own = called.filter_map(|(index, _)| servers::own(endpoints.get(*index)?));
    let own = own.map(|(server, _)| server);
    let servers = Servers::new(&openapi.servers, own, config);
    let named = arrangement.operations;
    let mut operations = lower_operations(&mut context, &servers, &endpoints, named, &mut root);
    let webhooks = context.webhooks(&document.webhooks, arrangement.unwraps, config);
    let environments = servers.environments.clone();
    let authorization = context.authorization(&endpoints);
    let variables = servers.variables();
    let aliases = models.type_aliases(&mut context.schemas);
    let SchemaBuilder {
        mut types,
        mut findings,
        required,
        ..
    } = context.schemas;
    context.shared_errors.name_types(&mut types);
    union_cycles::open(&mut types, &mut findings);
    models.name_inner(&mut types, &mut findings);
    decide_variant_matching(&mut types, &mut findings);
    let mut authentication = Authentication::declared(openapi, &endpoints, config, &mut findings);
    authentication.extract_headers(config, &mut operations, &types, authorization);
    streaming::find_streams(&mut operations, &models, &types, &mut findings);
    let sources = pagination::Sources {
        config,
        openapi,
        extensions: endpoints
            .iter()
            .map(|endpoint| (&endpoint.at, &endpoint.operation.extensions))
            .collect(),
    };
    let unpaginated = pagination::add(&mut operations, &sources, &types, &mut findings);
    let is_all = operations.declared().len() == endpoints.len();
    let configured_types = models.types(&types);
    let requested_types = configured_types.iter().map(|model| model.id).collect();
    let omitted = endpoint::list_omitted(&endpoints, operations.declared());
    let env_names = security::read_env_names(openapi, &mut findings);
    let sources = OptionSources {
        variables: &variables,
        schemes: &authentication.schemes,
        security: &authentication.requirements,
        webhooks: webhooks.as_ref(),
        headers: &authentication.headers.options,
        env_names: &env_names,
    };
    let package = package::package(openapi, config, sources);
    let credentials = CredentialChecks {
        openapi,
        config,
        authentication: &authentication,
        package: &package,
    };
    credentials.check(operations.declared(), &mut findings);
    let configured_error = models.error_body(config, &types, &mut findings);
    let readme = find_readme_calls(config, operations.declared(), &mut findings);
    let event_rules = streaming::collect_event_rules(config);
    diagnostics.extend(findings.into_list());
    let mut api = Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone(),
        package,
        error_body: configured_error
            .or_else(|| response::error_body(operations.declared(), &types)),
        readme,
        types,
        requested_types: (!is_all).then_some(requested_types),
        configured_types,
        aliases,
        former_names: config.former_names.clone(),
        names_responses: !config.resources.is_empty(),
        operations: operations.operations,
        omitted,
        unpaginated,
        undeclared_properties: required.into_undeclared(),
        root,
        environments,
        security_schemes: authentication.schemes,
        security: authentication.requirements,
        event_rules,
        webhooks,
    };
    casings.apply(&mut api);
    api
}
