//! What the README shows of webhooks.

use serde::Serialize;

use crate::ir::OptionRole;
use crate::plan::{ItemKind, Plan};

#[derive(Debug, Serialize)]
pub(in crate::render) struct WebhookFacts {
    accessor: String,
    method: String,
    event: String,
    variant: String,
    secret_env: Option<String>,
    secret_option: Option<String>,
    /// The feature that it needs beside the client.
    feature: Option<String>,
}

pub(super) fn webhooks(plan: &Plan<'_>) -> Option<WebhookFacts> {
    let webhooks = plan.webhooks.as_ref()?;
    let ItemKind::Union(union) = &plan.item(webhooks.event).kind else {
        return None;
    };
    let mut options = plan.options.iter();
    let secret = options.find(|plan| plan.option.role == OptionRole::WebhookSecret);
    let resource = plan.resources.get(webhooks.resource)?;
    Some(WebhookFacts {
        feature: resource.feature.clone(),
        accessor: resource.path.first()?.to_string(),
        method: webhooks.method.to_string(),
        event: plan.item(webhooks.event).ident.to_string(),
        variant: union.variants.first()?.ident.to_string(),
        secret_env: secret.and_then(|plan| plan.option.env.clone()),
        secret_option: secret.map(|plan| plan.name.to_string()),
    })
}
