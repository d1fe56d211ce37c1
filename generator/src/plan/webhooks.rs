//! Webhooks: the method that verifies and decodes a delivery.

use super::context::PlanContext;
use super::item::ItemId;
use super::layout::ResourceMembers;
use super::methods::ResourcePlan;
use super::names::{Case, RustIdent, Scope};
use crate::ir::Words;

/// The method that verifies and decodes a delivery.
#[derive(Debug)]
pub struct WebhookPlan {
    /// Index of its resource in the plan.
    pub resource: usize,
    /// Its name.
    pub method: RustIdent,
    /// The type of the event that it returns.
    pub event: ItemId,
}

/// Plans the method for webhooks, if the API has any. Adds its resource where no other has the name.
pub(super) fn plan_webhooks(
    context: &PlanContext<'_>,
    resources: &mut Vec<ResourcePlan<'_>>,
) -> Option<WebhookPlan> {
    let webhooks = context.api.webhooks.as_ref()?;
    let event = context.resolver.item(webhooks.event)?;
    let accessor = Scope::default().claim(&webhooks.resource, Case::Snake);
    let found = resources
        .iter()
        .position(|r| r.path.len() == 1 && r.path.first() == Some(&accessor));
    let resource = found.unwrap_or(resources.len());
    if found.is_none() {
        resources.push(empty_resource(&webhooks.resource, accessor.clone()));
        if let Some(root) = resources.first_mut() {
            root.own_file.children.push(root.children.len());
            root.children.push((accessor, resource));
        }
    }
    Some(WebhookPlan {
        resource,
        method: Scope::default().claim(&webhooks.method, Case::Snake),
        event,
    })
}

fn empty_resource<'a>(name: &Words, accessor: RustIdent) -> ResourcePlan<'a> {
    let mut scope = Scope::default();
    ResourcePlan {
        ident: scope.claim(name, Case::Type),
        module: scope.claim(name, Case::Module),
        feature: None,
        path: vec![accessor],
        description: None,
        methods: Vec::new(),
        own_file: ResourceMembers::default(),
        files: Vec::new(),
        children: Vec::new(),
    }
}
