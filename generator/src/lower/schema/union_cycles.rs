//! Cycles of unions that lead back to themselves.
//!
//! A decoder of a union decodes one of its variants from the same value. If that is the union
//! again, through any number of others, decoding never ends. The variant that closes a cycle is
//! removed; its values become unknown variants. A schema that contains itself inline is not a
//! type, and resolution already ends it.

use std::collections::BTreeMap;

use super::union::CIRCULAR;
use crate::ir::{Shape, Type, TypeId, Types, Union, UntypedReason, Variant};
use crate::lower::findings::Findings;

/// Removes the variants that lead back to their union.
pub(in crate::lower) fn open(types: &mut Types, findings: &mut Findings) {
    for (id, places) in find_closing_variants(types) {
        let Shape::Union(union) = &mut types.get_mut(id).shape else {
            continue;
        };
        for variant in leave_out(union, &places) {
            let message = "this subschema refers back to the union; it is ignored";
            findings.warn(CIRCULAR, &variant.pointer, message);
        }
        if union.variants.is_empty() {
            let untyped = Type::Untyped(UntypedReason::Unsupported);
            types.get_mut(id).shape = Shape::Alias(untyped);
        }
    }
}

fn leave_out(union: &mut Union, places: &[usize]) -> Vec<Variant> {
    let mut gone = Vec::new();
    for index in places.iter().rev() {
        gone.push(union.variants.remove(*index));
        union.fallback = match union.fallback {
            Some(fallback) if fallback == *index => None,
            Some(fallback) if fallback > *index => Some(fallback - 1),
            other => other,
        };
    }
    gone.reverse();
    gone
}

/// The state of a union in the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VisitState {
    New,
    /// On the path of the search.
    Open,
    Done,
}

/// Returns the indices of the variants that close a cycle, by union.
///
/// The search starts from each union in turn. It does not recurse, because a document can chain
/// more unions than a stack has frames.
fn find_closing_variants(types: &Types) -> BTreeMap<TypeId, Vec<usize>> {
    let mut closing: BTreeMap<TypeId, Vec<usize>> = BTreeMap::new();
    let mut marks = vec![VisitState::New; types.len()];
    for (root, _) in types.iter() {
        let mut way: Vec<(TypeId, usize)> = Vec::new();
        let mut next = Some(root);
        loop {
            if let Some(id) = next.take()
                && let Some(mark) = marks.get_mut(id.index())
                && *mark == VisitState::New
            {
                *mark = VisitState::Open;
                way.push((id, 0));
            }
            let Some((id, index)) = way.last_mut() else {
                break;
            };
            let (id, at) = (*id, *index);
            *index += 1;
            match variant(types, id, at) {
                Some(variant) => next = resolve_union(types, &variant.ty),
                None => {
                    way.pop();
                    if let Some(mark) = marks.get_mut(id.index()) {
                        *mark = VisitState::Done;
                    }
                }
            }
            let mark = next.and_then(|id| marks.get(id.index()));
            if mark == Some(&VisitState::Open) {
                closing.entry(id).or_default().push(at);
            }
        }
    }
    closing
}

fn variant(types: &Types, id: TypeId, index: usize) -> Option<&Variant> {
    match &types.get(id).shape {
        Shape::Union(union) => union.variants.get(index),
        _ => None,
    }
}

/// Returns the union that a type is, through aliases.
fn resolve_union(types: &Types, ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    // A chain of names is not longer than the number of names, unless it is a cycle, which is
    // reported elsewhere.
    for _ in 0..=2 * types.len() {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::Named(id) => match &types.get(*id).shape {
                Shape::Union(_) => return Some(*id),
                Shape::Alias(inner) => inner,
                _ => return None,
            },
            _ => return None,
        };
    }
    None
}
