//! Planning steps, in their order.
//!
//! Each step reads what earlier steps returned. The context comes first, then the items of types,
//! the operations, the methods, and last the layout of files and their feature gates.

use std::collections::BTreeMap;

use super::aliases::{
    add_configured_aliases, add_parameter_aliases, add_response_aliases, claim_configured_aliases,
    warn_of_unreachable_models,
};
use super::context::PlanContext;
use super::former_names::{add_former_methods, add_former_types};
use super::item::ItemId;
use super::item_table::ItemTable;
use super::methods::context::MethodContext;
use super::names::Scope;
use super::operations::plan_operations;
use super::owner_graph::OwnerGraph;
use super::pagination::{Pages, plan_pages};
use super::reserved_names::{RESERVED_BUILDER_METHODS, RESERVED_TYPES};
use super::type_items::{is_schema, plan_type_items};
use super::webhooks::{WebhookPlan, plan_webhooks};
use super::{
    Plan, configured_params, deduplicate, features, former_features, layout, methods,
    numbered_names, options, params, undeclared_properties, unions,
};
use crate::diagnostics::Diagnostics;
use crate::ir::Api;

/// Plans the crate of an API.
pub(super) fn build_plan<'a>(api: &'a Api, diagnostics: &mut Diagnostics) -> Plan<'a> {
    let context = PlanContext::new(api);
    let mut names = Scope::reserving(RESERVED_TYPES);
    let aliases = claim_configured_aliases(&context, &mut names);
    let mut items = plan_type_items(&context, &mut names);
    let operations = plan_operations(&context, &mut items, &mut names, diagnostics);
    params::warn_of_headers(&context, diagnostics);
    params::warn_of_files(&context, diagnostics);
    unions::warn_of_unreachable(api, items.as_slice(), diagnostics);
    undeclared_properties::warn_of_undeclared(&context, diagnostics);
    let pages = plan_pages(&items, &operations, diagnostics);
    add_configured_aliases(&context, aliases, &mut items);
    add_parameter_aliases(&context, &operations, &mut items, &mut names);
    add_response_aliases(&context, &operations, &pages, &mut items, &mut names);
    add_former_types(&context, &mut items, &mut names, diagnostics);
    warn_of_unreachable_models(&context, diagnostics);
    let mut resources = methods::plan_resources(&MethodContext {
        context: &context,
        items: &items,
        operations: &operations,
        pages: &pages,
    });
    let mut former_paths = add_former_methods(api, &mut resources, diagnostics);
    let webhooks = plan_webhooks(&context, &mut resources);
    let distinct = find_distinct_items(api, &items, &pages, webhooks.as_ref());
    deduplicate::alias_equal_types(items.as_mut_slice(), &distinct);
    let items = items.into_vec();
    let error_body = api.error_body.as_ref();
    let error_body = error_body.map(|ty| context.resolver.resolve(ty));
    features::assign_names(&mut resources);
    former_features::assign_former_names(&mut former_paths, &resources);
    let mut owners = layout::group_by_owner(api, &items);
    let graph = OwnerGraph::build(
        &owners,
        &items,
        &resources,
        webhooks.as_ref(),
        error_body.as_ref(),
    );
    features::assign_gates(&mut owners, &graph, &items, &resources);
    graph.assign_sole_users(&mut owners);
    let mut type_modules = layout::group_into_modules(owners, &items);
    let mut plan = Plan {
        api,
        folders: layout::group_into_folders(&mut type_modules),
        homes: layout::index_by_type(&type_modules, &items),
        methods_of_params: methods::index_by_params(&resources, &items),
        type_modules,
        items,
        pages: pages.structs,
        resources,
        former_paths,
        environment: options::plan_environment(api, &mut names),
        options: options::plan_options(api, RESERVED_BUILDER_METHODS, &mut names),
        webhooks,
        error_body,
        crate_ident: api.package.name.replace('-', "_"),
        numbered_names: BTreeMap::new(),
        resolver: context.resolver,
    };
    configured_params::warn_of_params(&plan, diagnostics);
    plan.numbered_names = numbered_names::warn_of_numbered_names(&plan, diagnostics);
    plan
}

/// Returns for each item whether it stays a type of its own, even if another type is equal: a schema
/// that the document names, a page, or the event of webhooks.
fn find_distinct_items(
    api: &Api,
    items: &ItemTable<'_>,
    pages: &Pages,
    webhooks: Option<&WebhookPlan>,
) -> Vec<bool> {
    let items = items.as_slice().iter().enumerate();
    items
        .map(|(index, item)| {
            let id = ItemId::new(index);
            let def = item.source.map(|source| api.types.get(source));
            def.is_none_or(is_schema)
                || pages.structs.contains_key(&id)
                || webhooks.is_some_and(|webhooks| webhooks.event == id)
        })
        .collect()
}
