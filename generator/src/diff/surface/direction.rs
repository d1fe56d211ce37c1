//! The directions in which the values of each type travel.

use super::{ItemShape, Surface};
use crate::plan::{ItemId, RustType};

/// Marks what requests and responses reach.
pub(super) fn mark_directions(surface: &mut Surface) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for method in &surface.methods {
        sent.extend(method.params);
        method
            .args
            .iter()
            .for_each(|arg| collect_items(&arg.ty, &mut sent));
        collect_items(&method.returns, &mut received);
        let bodies = method.failures.iter().filter_map(|(_, body)| body.as_ref());
        bodies.for_each(|body| collect_items(body, &mut received));
    }
    let client = &surface.client;
    client
        .error_body
        .iter()
        .for_each(|body| collect_items(body, &mut received));
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
                .for_each(|field| collect_items(&field.ty, into));
            let extra = object.extra.iter().filter_map(|extra| extra.ty.as_ref());
            extra.for_each(|ty| collect_items(ty, into));
        }
        ItemShape::Union(union) => {
            let variants = union.variants.iter();
            variants.for_each(|variant| collect_items(&variant.ty, into));
        }
        ItemShape::Outcome(outcome) => {
            let variants = outcome.variants.iter();
            variants.for_each(|(.., ty)| collect_items(ty, into));
        }
        ItemShape::Wrapper(ty) | ItemShape::TypeAlias(ty) => collect_items(ty, into),
        ItemShape::Enum(_) => {}
    }
}

/// The items that a type mentions.
pub(in crate::diff) fn collect_items(ty: &RustType, into: &mut Vec<ItemId>) {
    match ty {
        RustType::Item(id) => into.push(*id),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => collect_items(inner, into),
        RustType::Tuple(types) => types.iter().for_each(|ty| collect_items(ty, into)),
        RustType::OpenTuple(types, rest) => {
            types.iter().for_each(|ty| collect_items(ty, into));
            collect_items(rest, into);
        }
        _ => {}
    }
}
