//! Webhooks: the methods that decode a delivery.

use super::context::PlanContext;
use super::item::ItemId;
use super::layout::ResourceMembers;
use super::methods::ResourcePlan;
use super::names::{Case, RustIdent, Scope};
use crate::ir::Words;

/// The methods that decode a delivery.
#[derive(Debug)]
pub struct WebhookPlan {
    /// The methods, at least one.
    pub methods: Vec<WebhookMethodPlan>,
    /// The type of the event that they return.
    pub event: ItemId,
}

/// A method that decodes a delivery.
#[derive(Debug)]
pub struct WebhookMethodPlan {
    /// Index of its resource in the plan.
    pub resource: usize,
    /// Its name.
    pub ident: RustIdent,
    /// Whether it verifies the signature of a delivery.
    pub is_verified: bool,
}

impl WebhookPlan {
    /// Returns the methods of a resource.
    pub fn methods_of(&self, resource: usize) -> impl Iterator<Item = &WebhookMethodPlan> {
        let methods = self.methods.iter();
        methods.filter(move |method| method.resource == resource)
    }

    /// Returns the method for examples: preferably one that verifies signatures.
    #[must_use]
    pub fn example(&self) -> Option<&WebhookMethodPlan> {
        let mut methods = self.methods.iter();
        let verified = methods.find(|method| method.is_verified);
        verified.or_else(|| self.methods.first())
    }
}

/// Plans the methods for webhooks, if the API has any. Adds their resource, unless one has its name.
pub(super) fn plan_webhooks(
    context: &PlanContext<'_>,
    resources: &mut Vec<ResourcePlan<'_>>,
) -> Option<WebhookPlan> {
    let webhooks = context.api.webhooks.as_ref()?;
    let event = context.resolver.item(webhooks.event)?;
    let mut scope = Scope::default();
    let methods = webhooks.methods.iter().map(|method| WebhookMethodPlan {
        resource: find_or_add_resource(&method.resource, resources),
        ident: scope.claim(&method.name, Case::Snake),
        is_verified: method.is_verified,
    });
    Some(WebhookPlan {
        methods: methods.collect(),
        event,
    })
}

fn find_or_add_resource(path: &[Words], resources: &mut Vec<ResourcePlan<'_>>) -> usize {
    let default = [Words::split("webhooks")];
    let path = if path.is_empty() { &default } else { path };
    let accessors: Vec<RustIdent> = path
        .iter()
        .map(|words| Scope::default().claim(words, Case::Snake))
        .collect();
    let mut planned = resources.iter();
    if let Some(index) = planned.position(|resource| resource.path == accessors) {
        return index;
    }
    let index = resources.len();
    let words = path.iter().fold(Words::new(), |all, words| all.join(words));
    let accessor = accessors.last().cloned();
    resources.push(empty_resource(&words, accessors));
    if let Some((root, accessor)) = resources.first_mut().zip(accessor) {
        root.own_file.children.push(root.children.len());
        root.children.push((accessor, index));
    }
    index
}

fn empty_resource<'a>(name: &Words, path: Vec<RustIdent>) -> ResourcePlan<'a> {
    let mut scope = Scope::default();
    ResourcePlan {
        ident: scope.claim(name, Case::Type),
        module: scope.claim(name, Case::Module),
        feature: None,
        path,
        description: None,
        methods: Vec::new(),
        own_file: ResourceMembers::default(),
        files: Vec::new(),
        children: Vec::new(),
    }
}
