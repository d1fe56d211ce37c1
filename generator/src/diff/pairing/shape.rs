//! Shapes: what two types have in common, whatever they are called.

use std::collections::HashSet;

use crate::diff::surface::{ItemShape, ItemSurface, OwnerKey, Surface};

/// How many parts a shape has at least, for it to identify a type.
const MIN_PARTS: usize = 3;

/// The shape of a schema that the document names, as text and without that name. Too little of a
/// shape is none.
pub(super) fn shape_key(surface: &Surface, item: &ItemSurface) -> Option<String> {
    let mut parts = parts(&item.shape);
    let is_named = matches!(&item.owner, OwnerKey::Component(name) if item.is_schema_of(name));
    if !is_named || parts.len() < MIN_PARTS {
        return None;
    }
    if let Some(object) = item.shape.as_struct() {
        let fields = object.fields.iter();
        parts = fields
            .map(|field| format!("{}: {}", field.wire, surface.type_text(&field.full_type())))
            .collect();
    }
    parts.sort_unstable();
    Some(format!("{} {}", item.shape.kind(), parts.join("\n")))
}

/// How much of the shapes of two types is the same, from 0 to 1; 0 if they are of different kinds.
pub(super) fn similarity(base: &ItemShape, head: &ItemShape) -> f64 {
    if base.kind() != head.kind() {
        return 0.0;
    }
    let base: HashSet<String> = parts(base).into_iter().collect();
    let head: HashSet<String> = parts(head).into_iter().collect();
    let all = base.union(&head).count();
    if all == 0 {
        return 1.0;
    }
    let common = base.intersection(&head).count();
    // No shape has as many parts as a double has digits for.
    #[allow(clippy::cast_precision_loss, reason = "counts of fields are small")]
    let share = common as f64 / all as f64;
    share
}

/// The names that a shape is made of.
fn parts(shape: &ItemShape) -> Vec<String> {
    match shape {
        ItemShape::Struct(object) | ItemShape::Params(object) => object
            .fields
            .iter()
            .map(|field| field.wire.clone())
            .collect(),
        ItemShape::Enum(list) => list
            .values
            .iter()
            .map(|value| value.value.clone())
            .collect(),
        ItemShape::Union(union) => union.variants.iter().map(|v| v.name.clone()).collect(),
        ItemShape::Outcome(outcome) => outcome
            .variants
            .iter()
            .map(|(name, ..)| name.clone())
            .collect(),
        ItemShape::Wrapper(_) | ItemShape::TypeAlias(_) => Vec::new(),
    }
}
