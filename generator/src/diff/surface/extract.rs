//! From a model and its plan to the surface of the crate.

mod client;
mod items;
mod methods;

use super::Surface;
use super::direction::mark_directions;
use crate::plan::Plan;

/// Takes the surface of a crate from its plan.
#[must_use]
pub fn extract(plan: &Plan<'_>) -> Surface {
    let mut features: Vec<String> = Vec::new();
    for feature in plan
        .resources
        .iter()
        .filter_map(|resource| resource.feature.as_ref())
    {
        if !features.contains(feature) {
            features.push(feature.clone());
        }
    }
    let former = plan.former_paths.features.iter();
    features.extend(former.map(|(name, _)| name.clone()));
    let mut surface = Surface {
        package: client::extract_package(plan),
        client: client::extract_client(plan),
        resources: methods::extract_resources(plan),
        methods: methods::extract_methods(plan),
        items: items::extract_items(plan),
        features,
        former_paths: methods::extract_former_paths(plan),
    };
    mark_directions(&mut surface);
    surface
}
