//! A union that the README shows as an example.

use serde::Serialize;

use crate::plan::{ItemKind, Plan};

/// A union with several variants, and one of them.
#[derive(Debug, Serialize)]
pub(super) struct UnionFacts {
    name: String,
    variant: String,
    accessor: String,
}

/// Selects the first union that is suitable as an example. Webhook events have their own section.
pub(super) fn union(plan: &Plan<'_>) -> Option<UnionFacts> {
    let events = plan.webhooks.as_ref().map(|webhooks| webhooks.event);
    let events = events.map(|id| &plan.item(id).ident);
    plan.items.iter().find_map(|item| {
        let ItemKind::Union(union) = &item.kind else {
            return None;
        };
        let variant = union.variants.first()?;
        let lends = union.lends && variant.accessor.as_str().starts_with("as_");
        let is_typical = lends && union.variants.len() > 1 && events != Some(&item.ident);
        is_typical.then(|| UnionFacts {
            name: item.ident.to_string(),
            variant: variant.ident.to_string(),
            accessor: variant.accessor.to_string(),
        })
    })
}
