//! Circles: unions that lead to each other until they lead to themselves.
//!
//! What reads a union reads one of its variants, of the same value. If that
//! is the union again, by way of any number of others, there is no end to it.
//! The step that closes a circle is left out, and what only that step allowed
//! is a value that the union does not know. A schema that is its own
//! variant in place is no type at all, and ends where shapes are decided.

use std::collections::BTreeMap;

use super::union::CIRCULAR;
use crate::ir::{Shape, Type, TypeId, Types, Union, UntypedReason, Variant};
use crate::lower::findings::Findings;

/// Leaves out the variants that lead back to what they are variants of.
pub(in crate::lower) fn open(types: &mut Types, findings: &mut Findings) {
    for (id, places) in closing(types) {
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
    for place in places.iter().rev() {
        gone.push(union.variants.remove(*place));
        union.fallback = match union.fallback {
            Some(fallback) if fallback == *place => None,
            Some(fallback) if fallback > *place => Some(fallback - 1),
            other => other,
        };
    }
    gone.reverse();
    gone
}

/// How far the search has been with a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VisitState {
    New,
    /// It is one of those that lead to where the search is.
    Open,
    Done,
}

/// The places of the variants that close a circle, by their unions.
///
/// A search from each union in turn: without recursion, since a document may
/// have more unions in a row than a stack has room for.
fn closing(types: &Types) -> BTreeMap<TypeId, Vec<usize>> {
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
            let Some((id, place)) = way.last_mut() else {
                break;
            };
            let (id, at) = (*id, *place);
            *place += 1;
            match variant(types, id, at) {
                Some(variant) => next = target(types, &variant.ty),
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

fn variant(types: &Types, id: TypeId, place: usize) -> Option<&Variant> {
    match &types.get(id).shape {
        Shape::Union(union) => union.variants.get(place),
        _ => None,
    }
}

/// The union that values of a type are values of, with nothing around them.
fn target(types: &Types, ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    // No chain of names is longer than there are names, unless it is a circle
    // itself, which is said elsewhere.
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
