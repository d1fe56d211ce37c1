//! Features: the parts of the crate that users can disable.
//!
//! Each resource of the client is a feature, together with its nested resources. A type is
//! compiled if any resource that uses it is enabled, so that a build pays for what it uses. HTTP code
//! is behind the runtime's feature `client`.

use std::collections::{BTreeSet, HashSet};

use super::item::{FieldPlan, Item, ItemId, ItemKind, RustType};
use super::layout::OwnerItems;
use super::methods::{MethodPlan, ResourcePlan};
use super::names::RustIdent;
use super::webhooks::WebhookPlan;
use crate::ir::Words;

/// The feature that enables all resources.
pub const ALL_RESOURCES: &str = "resources";

/// Names that the feature of a resource cannot have: the runtime's features, those that it may get,
/// and other reserved names.
pub(crate) const RESERVED_FEATURES: &[&str] = &[
    ALL_RESOURCES,
    "blocking",
    "brotli",
    "client",
    "default",
    "fs",
    "full",
    "gzip",
    "http",
    "mock",
    "native-tls",
    "reqwest",
    "rustls",
    "serde",
    "std",
    "stream",
    "test",
    "tokio",
    "tower",
    "tracing",
    "types",
    "wasm",
    "webhook",
    "zstd",
];

/// Most features of resources. crates.io allows 300 in total, which include the runtime's.
const MAX_FEATURES: usize = 250;

/// Most features in the condition of a file. A longer one is hard to read and seldom false, so such
/// files are always compiled.
const MAX_GATE_FEATURES: usize = 12;

/// The condition under which a part of the crate is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureGate {
    /// Only with the feature `client`.
    pub client: bool,
    /// Only with one of these features; if the list is empty, always.
    pub any: Vec<String>,
}

impl FeatureGate {
    /// Returns a gate without a condition.
    #[must_use]
    pub const fn always() -> Self {
        Self {
            client: false,
            any: Vec::new(),
        }
    }

    /// Returns a gate that is open if any of these gates is.
    pub(super) fn any_of(gates: &[&Self]) -> Self {
        let mut any = Vec::new();
        for feature in gates.iter().flat_map(|gate| &gate.any) {
            if !any.contains(feature) {
                any.push(feature.clone());
            }
        }
        if any.len() > MAX_GATE_FEATURES || gates.iter().any(|gate| gate.any.is_empty()) {
            any.clear();
        }
        Self {
            client: gates.iter().all(|gate| gate.client),
            any,
        }
    }

    /// Returns the predicate of a `cfg`, unless it is always true.
    #[must_use]
    pub fn predicate(&self) -> Option<String> {
        let any: Vec<String> = self
            .any
            .iter()
            .map(|name| feature_predicate(name))
            .collect();
        let any = match any.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => Some(format!("any({})", several.join(", "))),
        };
        let client = self.client.then(|| feature_predicate("client"));
        match (client, any) {
            (Some(client), Some(any)) => Some(format!("all({client}, {any})")),
            (client, any) => client.or(any),
        }
    }
}

fn feature_predicate(name: &str) -> String {
    format!("feature = \"{name}\"")
}

/// Names the feature of each resource of the client, which nested resources share. A single resource
/// has no feature, because the crate would be empty without it.
pub(super) fn assign_names(resources: &mut [ResourcePlan<'_>]) {
    let top: Vec<usize> = match resources.first() {
        Some(root) => root.children.iter().map(|(_, index)| *index).collect(),
        None => return,
    };
    if top.len() < 2 || top.len() > MAX_FEATURES {
        return;
    }
    let mut taken: HashSet<String> = HashSet::new();
    for index in top {
        let Some(accessor) = resources.get(index).and_then(|r| r.path.first()).cloned() else {
            continue;
        };
        let feature = claim_feature_name(&Words::split(accessor.as_str()), &mut taken);
        for resource in resources.iter_mut() {
            if resource.path.first() == Some(&accessor) {
                resource.feature = Some(feature.clone());
            }
        }
    }
}

/// Claims a feature name that is valid for Cargo and not taken.
pub(super) fn claim_feature_name(words: &Words, taken: &mut HashSet<String>) -> String {
    let text = words.snake();
    let text = text.trim_matches('_');
    let mut name: String = text
        .chars()
        .map(|c| match c {
            '_' => "-".to_owned(),
            c if c.is_ascii_alphanumeric() => c.to_string(),
            c => format!("u{:x}", u32::from(c)),
        })
        .collect();
    if name.is_empty() || RESERVED_FEATURES.contains(&name.as_str()) {
        name.push_str("-resource");
    }
    let name = name.trim_start_matches('-').to_owned();
    let mut unique = name.clone();
    let mut number = 2_u32;
    while !taken.insert(unique.clone()) {
        unique = format!("{name}-{number}");
        number += 1;
    }
    unique
}

/// Decides the feature gate of the items of each owner, and finds those that one resource uses.
///
/// The resources that reach an owner also reach the owners of the types that its items mention. A
/// compiled type therefore never mentions one that is not compiled.
pub(super) fn assign_gates(
    owners: &mut [OwnerItems],
    items: &[Item<'_>],
    resources: &[ResourcePlan<'_>],
    webhooks: Option<&WebhookPlan>,
    always: Option<&RustType>,
) {
    let tops = resources.iter().filter(|resource| resource.path.len() == 1);
    let features: Vec<(&RustIdent, &str)> = tops
        .filter_map(|top| Some((top.path.first()?, top.feature.as_deref()?)))
        .collect();
    let mut reach = ReachWalk::new(owners, items);
    reach.visit(always, None);
    for (index, resource) in resources.iter().enumerate() {
        let top = resource.path.first();
        resource.methods.iter().for_each(|m| reach.method(m, top));
        let event = webhooks.filter(|webhooks| webhooks.methods_of(index).next().is_some());
        reach.visit(event.map(|w| RustType::Item(w.event)).as_ref(), top);
    }
    for (owner, found) in owners.iter_mut().zip(reach.found) {
        owner.gate = FeatureGate {
            client: owner.items.iter().all(|id| {
                items
                    .get(id.index())
                    .is_some_and(|item| item.needs_client())
            }),
            any: found.condition(&features),
        };
        owner.only_resource = found.only_resource().cloned();
    }
}

/// The top-level resources that reach an owner.
#[derive(Default, Clone)]
struct OwnerReach<'a> {
    always: bool,
    resources: BTreeSet<&'a RustIdent>,
}

impl<'a> OwnerReach<'a> {
    /// Returns the features in the order of their resources; none if the items are always compiled.
    fn condition(&self, features: &[(&RustIdent, &str)]) -> Vec<String> {
        if features.is_empty() || self.always || self.is_common(features.len()) {
            return Vec::new();
        }
        if self.resources.is_empty() {
            return vec![ALL_RESOURCES.to_owned()];
        }
        let found = features.iter();
        let found = found.filter(|(resource, _)| self.resources.contains(resource));
        found.map(|(_, feature)| (*feature).to_owned()).collect()
    }

    /// Returns the resource, if it is the only one.
    fn only_resource(&self) -> Option<&'a RustIdent> {
        let mut resources = self.resources.iter();
        let only = resources.next().filter(|_| !self.always);
        only.filter(|_| resources.next().is_none()).copied()
    }

    /// Whether more than three quarters of the resources reach it, or more than a condition lists.
    fn is_common(&self, of: usize) -> bool {
        self.resources.len() > MAX_GATE_FEATURES || self.resources.len() * 4 > of * 3
    }
}

/// A traversal of the types that resources reach.
struct ReachWalk<'a, 'i> {
    items: &'i [Item<'i>],
    /// The index of each item's owner.
    owners: Vec<usize>,
    members: Vec<Vec<ItemId>>,
    found: Vec<OwnerReach<'a>>,
}

impl<'a, 'i> ReachWalk<'a, 'i> {
    fn new(groups: &[OwnerItems], items: &'i [Item<'i>]) -> Self {
        let mut owners = vec![0; items.len()];
        for (index, owner) in groups.iter().enumerate() {
            for id in &owner.items {
                if let Some(slot) = owners.get_mut(id.index()) {
                    *slot = index;
                }
            }
        }
        Self {
            items,
            owners,
            members: groups.iter().map(|owner| owner.items.clone()).collect(),
            found: vec![OwnerReach::default(); groups.len()],
        }
    }

    fn method(&mut self, method: &MethodPlan<'_>, resource: Option<&'a RustIdent>) {
        self.visit(Some(&method.returns), resource);
        self.visit(method.params.map(RustType::Item).as_ref(), resource);
        for arg in &method.path_args {
            self.visit(Some(&arg.ty), resource);
        }
        for failure in &method.failures {
            self.visit(failure.body.as_ref(), resource);
        }
    }

    /// Marks the owners that a type reaches with a resource. Without one, they are always compiled.
    fn visit(&mut self, ty: Option<&RustType>, resource: Option<&'a RustIdent>) {
        let mut open = Vec::new();
        ty.into_iter()
            .for_each(|ty| collect_type_refs(ty, &mut open));
        while let Some(id) = open.pop() {
            let Some(&index) = self.owners.get(id.index()) else {
                continue;
            };
            let is_new = self
                .found
                .get_mut(index)
                .is_some_and(|found| match resource {
                    Some(resource) => found.resources.insert(resource),
                    None => !std::mem::replace(&mut found.always, true),
                });
            if is_new {
                for id in self.members.get(index).into_iter().flatten() {
                    if let Some(item) = self.items.get(id.index()) {
                        match item.alias_of {
                            Some(original) => open.push(original),
                            None => collect_item_refs(&item.kind, &mut open),
                        }
                    }
                }
            }
        }
    }
}

/// Collects the items that a type mentions.
fn collect_type_refs(ty: &RustType, into: &mut Vec<ItemId>) {
    match ty {
        RustType::Item(id) => into.push(*id),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => collect_type_refs(inner, into),
        RustType::Tuple(types) => types.iter().for_each(|ty| collect_type_refs(ty, into)),
        RustType::OpenTuple(types, rest) => {
            types.iter().for_each(|ty| collect_type_refs(ty, into));
            collect_type_refs(rest, into);
        }
        _ => {}
    }
}

/// Collects the items that an item refers to.
pub(super) fn collect_item_refs(kind: &ItemKind<'_>, into: &mut Vec<ItemId>) {
    let fields = |fields: &[FieldPlan<'_>], into: &mut Vec<ItemId>| {
        fields
            .iter()
            .for_each(|field| collect_type_refs(&field.ty, into));
    };
    match kind {
        ItemKind::Struct(object) => {
            fields(&object.fields, into);
            object
                .extra
                .ty
                .iter()
                .for_each(|ty| collect_type_refs(ty, into));
        }
        ItemKind::Params(params) => {
            fields(&params.fields, into);
            let extra = params.extra.as_ref().and_then(|extra| extra.ty.as_ref());
            extra.into_iter().for_each(|ty| collect_type_refs(ty, into));
        }
        ItemKind::Union(union) => union
            .variants
            .iter()
            .for_each(|v| collect_type_refs(&v.ty, into)),
        ItemKind::Outcome(outcome) => {
            outcome
                .variants
                .iter()
                .for_each(|v| collect_type_refs(&v.ty, into));
        }
        ItemKind::Alias(alias) => collect_type_refs(&alias.ty, into),
        ItemKind::TypeAlias(ty) => collect_type_refs(ty, into),
        ItemKind::Enum(_) => {}
    }
}
