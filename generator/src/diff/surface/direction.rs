//! The directions in which the values of each type travel.

use super::{ItemShape, Surface};
use crate::plan::{ItemId, collect_type_refs};

/// Marks what requests and responses reach.
pub(super) fn mark_directions(surface: &mut Surface) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for method in &surface.methods {
        sent.extend(method.params);
        method
            .args
            .iter()
            .for_each(|arg| collect_type_refs(&arg.ty, &mut sent));
        collect_type_refs(&method.returns, &mut received);
        let bodies = method.failures.iter().filter_map(|(_, body)| body.as_ref());
        bodies.for_each(|body| collect_type_refs(body, &mut received));
    }
    let client = &surface.client;
    client
        .error_body
        .iter()
        .for_each(|body| collect_type_refs(body, &mut received));
    received.extend(client.webhooks.iter().map(|webhooks| webhooks.event));
    let sent = reach(surface, sent);
    let received = reach(surface, received);
    for ((item, sent), received) in surface.items.iter_mut().zip(sent).zip(received) {
        item.is_sent = sent;
        item.is_received = received;
    }
}

/// The items that a walk from these reaches, by their indices.
fn reach(surface: &Surface, mut open: Vec<ItemId>) -> Vec<bool> {
    let mut seen = vec![false; surface.items.len()];
    while let Some(id) = open.pop() {
        match seen.get_mut(id.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        if let Some(item) = surface.item(id) {
            open.extend(item.alias_of);
            collect_shape(&item.shape, &mut open);
        }
    }
    seen
}

fn collect_shape(shape: &ItemShape, into: &mut Vec<ItemId>) {
    match shape {
        ItemShape::Struct(object) | ItemShape::Params(object) => {
            object
                .fields
                .iter()
                .for_each(|field| collect_type_refs(&field.ty, into));
            let extra = object.extra.iter().filter_map(|extra| extra.ty.as_ref());
            extra.for_each(|ty| collect_type_refs(ty, into));
        }
        ItemShape::Union(union) => {
            let variants = union.variants.iter();
            variants.for_each(|variant| collect_type_refs(&variant.ty, into));
        }
        ItemShape::Outcome(outcome) => {
            let variants = outcome.variants.iter();
            variants.for_each(|(.., ty)| collect_type_refs(ty, into));
        }
        ItemShape::Wrapper(ty) | ItemShape::TypeAlias(ty) => collect_type_refs(ty, into),
        ItemShape::Enum(_) => {}
    }
}
