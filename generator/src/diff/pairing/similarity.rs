//! Similarity of two types apart from their names.

use std::collections::HashSet;

use crate::diff::surface::{ItemShape, ItemSurface, OwnerKey, Surface};

/// Fewest parts of a shape that identify a type.
const MIN_PARTS: usize = 3;

/// Returns the shape of a named schema as text, without that name; `None` if the shape is too small to
/// identify it.
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

/// Returns the similarity of two types' shapes, from 0 to 1; 0 if they are of different kinds.
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
    // A shape has far fewer parts than a double counts exactly.
    common as f64 / all as f64
}

/// Returns the names within a shape.
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
