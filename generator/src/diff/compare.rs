//! Comparison: the list of changes between two surfaces.
//!
//! It is a pure function of both, and it never looks at text. Each module compares one kind of item.

mod auth;
mod client;
mod client_change;
mod context;
mod docs;
mod enums;
mod fields;
mod methods;
mod operations;
mod options;
mod outcomes;
mod package;
mod quotation;
mod resources;
mod servers;
mod structs;
mod types;
mod unions;
mod webhooks;
mod wire_types;

use self::context::Context;
use super::change::{Change, Group};
use super::pairing::{pair_items, pair_methods};
use super::surface::Surface;

/// The changes from one surface to another: the client first, then the resources in order, then the
/// types; within a group, breaking changes first.
#[must_use]
pub fn compare(base: &Surface, head: &Surface) -> Vec<Change> {
    let methods = pair_methods(base, head);
    let items = pair_items(base, head, &methods);
    let context = Context::new(base, head, &methods, &items);
    let mut changes = Vec::new();
    package::compare_package(&context, &mut changes);
    client::compare_client(&context, &mut changes);
    let resources = resources::compare_resources(&context, &mut changes);
    methods::compare_methods(&context, &resources, &mut changes);
    types::compare_types(&context, &mut changes);
    sort(&context, &mut changes);
    changes
}

fn sort(context: &Context<'_>, changes: &mut [Change]) {
    let resources = context.head.resources.iter().chain(&context.base.resources);
    let order: Vec<&[String]> = resources.map(|resource| resource.path.as_slice()).collect();
    changes.sort_by_cached_key(|change| {
        let place = match &change.group {
            Group::Client => 0,
            Group::Resource(path) => {
                1 + order
                    .iter()
                    .position(|known| known == path)
                    .unwrap_or(order.len())
            }
            Group::Types => usize::MAX,
        };
        (
            place,
            std::cmp::Reverse(change.bump),
            std::cmp::Reverse(change.wire.breaks()),
        )
    });
}
