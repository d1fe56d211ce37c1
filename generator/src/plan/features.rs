//! Features: the parts of the crate that users can disable.
//!
//! Each resource of the client is a feature, together with its nested resources. A type is
//! compiled if any resource that uses it is enabled, so that a build pays for what it uses. HTTP code
//! is behind the runtime's feature `client`.

use std::collections::HashSet;

use super::feature_gate::{FeatureGate, MAX_GATE_FEATURES};
use super::item::Item;
use super::layout::OwnerItems;
use super::methods::ResourcePlan;
use super::names::RustIdent;
use super::owner_graph::{OwnerGraph, OwnerReach};
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

/// Decides the feature gate of the items of each owner.
///
/// The resources that reach an owner also reach the owners of the types that its items mention. A
/// compiled type therefore never mentions one that is not compiled.
pub(super) fn assign_gates(
    owners: &mut [OwnerItems],
    graph: &OwnerGraph<'_>,
    items: &[Item<'_>],
    resources: &[ResourcePlan<'_>],
) {
    let tops = resources.iter().filter(|resource| resource.path.len() == 1);
    let features: Vec<(&RustIdent, &str)> = tops
        .filter_map(|top| Some((top.path.first()?, top.feature.as_deref()?)))
        .collect();
    for (owner, reach) in owners.iter_mut().zip(graph.reach_of_owners()) {
        owner.gate = FeatureGate {
            client: owner.items.iter().all(|id| {
                items
                    .get(id.index())
                    .is_some_and(|item| item.needs_client())
            }),
            any: list_features(&reach, &features),
        };
    }
}

/// Returns the features of the resources that reach an owner, in the order of the resources; none if the
/// owner is always compiled.
fn list_features(reach: &OwnerReach<'_>, features: &[(&RustIdent, &str)]) -> Vec<String> {
    // More than three quarters of the resources reach it, or more than a condition lists.
    let count = reach.resources.len();
    let is_common = count > MAX_GATE_FEATURES || count * 4 > features.len() * 3;
    if features.is_empty() || reach.always || is_common {
        return Vec::new();
    }
    if reach.resources.is_empty() {
        return vec![ALL_RESOURCES.to_owned()];
    }
    let found = features.iter();
    let found = found.filter(|(resource, _)| reach.resources.contains(resource));
    found.map(|(_, feature)| (*feature).to_owned()).collect()
}
