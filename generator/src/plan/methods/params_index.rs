//! The index of methods by the type of their parameters.

use std::collections::HashMap;

use super::ResourcePlan;
use crate::plan::item::Item;
use crate::plan::names::RustIdent;

/// Maps the name of each type of parameters to the first method that takes it, as the indices of the
/// resource and of the method.
pub(in crate::plan) fn index_by_params(
    resources: &[ResourcePlan<'_>],
    items: &[Item<'_>],
) -> HashMap<RustIdent, (usize, usize)> {
    let mut index = HashMap::new();
    for (r, resource) in resources.iter().enumerate() {
        for (m, method) in resource.methods.iter().enumerate() {
            let params = method.params.and_then(|id| items.get(id.index()));
            if let Some(params) = params {
                index.entry(params.ident.clone()).or_insert((r, m));
            }
        }
    }
    index
}
