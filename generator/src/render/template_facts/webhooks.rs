//! Facts about webhooks for the README.

use serde::Serialize;

use crate::ir::OptionRole;
use crate::plan::{ItemKind, Plan, ResourcePlan};
use crate::render::sample_print::print_statement;

#[derive(Debug, Serialize)]
pub(in crate::render) struct WebhookFacts {
    accessor: String,
    method: String,
    /// Whether the method verifies signatures and therefore takes headers.
    is_verified: bool,
    methods: Vec<WebhookMethodFacts>,
    event: String,
    variant: String,
    /// The statement that prints the payload `event`, without its semicolon.
    print: String,
    secret_env: Option<String>,
    secret_option: Option<String>,
    /// The feature that it needs in addition to the client.
    feature: Option<String>,
}

#[derive(Debug, Serialize)]
struct WebhookMethodFacts {
    path: String,
    name: String,
    is_verified: bool,
}

pub(super) fn webhooks(plan: &Plan<'_>) -> Option<WebhookFacts> {
    let webhooks = plan.webhooks.as_ref()?;
    let ItemKind::Union(union) = &plan.item(webhooks.event).kind else {
        return None;
    };
    let mut options = plan.options.iter();
    let secret = options.find(|plan| plan.option.role == OptionRole::WebhookSecret);
    let variant = union.variants.first()?;
    let print = print_statement(plan, &variant.ty, "event");
    let print = print.unwrap_or_else(|| "println!(\"{event:?}\");".to_owned());
    let method = webhooks.example()?;
    let resource = plan.resources.get(method.resource)?;
    let methods = webhooks.methods.iter().filter_map(|method| {
        Some(WebhookMethodFacts {
            path: join_accessors(plan.resources.get(method.resource)?, "."),
            name: method.ident.to_string(),
            is_verified: method.is_verified,
        })
    });
    Some(WebhookFacts {
        feature: resource.feature.clone(),
        accessor: join_accessors(resource, "()."),
        method: method.ident.to_string(),
        is_verified: method.is_verified,
        methods: methods.collect(),
        event: plan.item(webhooks.event).ident.to_string(),
        variant: variant.ident.to_string(),
        print: print.trim_end_matches(';').to_owned(),
        secret_env: secret.and_then(|plan| plan.option.env.clone()),
        secret_option: secret.map(|plan| plan.name.to_string()),
    })
}

/// Returns the accessors from the client to a resource.
fn join_accessors(resource: &ResourcePlan<'_>, separator: &str) -> String {
    let accessors: Vec<&str> = resource.path.iter().map(|ident| ident.as_str()).collect();
    accessors.join(separator)
}
