//! Former features: those of resources under their former names, and those that former calls need.

use std::collections::HashSet;

use super::features::claim_feature_name;
use super::former_paths::{FormerOwner, FormerPaths};
use super::methods::ResourcePlan;
use crate::ir::Words;

/// Names the former features of resources of the client, and lists the features that they stand for.
pub(super) fn assign_former_names(former: &mut FormerPaths, resources: &[ResourcePlan<'_>]) {
    let mut taken: HashSet<String> = resources
        .iter()
        .filter_map(|it| it.feature.clone())
        .collect();
    let mut features = Vec::new();
    let accessors = former.accessors.iter();
    for accessor in accessors.filter(|it| it.owner == FormerOwner::Current(0)) {
        let mut stands_for = Vec::new();
        former.collect_features(resources, accessor.returns, &mut stands_for);
        if !stands_for.is_empty() {
            let words = Words::split(accessor.ident.as_str());
            let name = claim_feature_name(&words, &mut HashSet::new());
            if taken.insert(name.clone()) {
                features.push((name, stands_for));
            }
        }
    }
    former.features = features;
    former.enabled = list_enabled(former, resources);
}

/// Lists the features that a resource with former calls enables, because these calls need them.
fn list_enabled(former: &FormerPaths, resources: &[ResourcePlan<'_>]) -> Vec<(String, String)> {
    let accessors = former.accessors.iter().map(|it| (it.owner, it.returns));
    let methods = former.methods.iter();
    let methods = methods.map(|it| (it.owner, FormerOwner::Current(it.resource)));
    let mut enabled = Vec::new();
    for (owner, needed) in accessors.chain(methods) {
        let FormerOwner::Current(index) = owner else {
            continue;
        };
        let feature = resources.get(index).and_then(|it| it.feature.clone());
        let mut found = Vec::new();
        former.collect_features(resources, needed, &mut found);
        for needed in found {
            let pair = feature.clone().map(|feature| (feature, needed));
            let is_other = |(feature, needed): &(String, String)| feature != needed;
            enabled.extend(pair.filter(is_other).filter(|pair| !enabled.contains(pair)));
        }
    }
    enabled
}
