//! Shadowed variants: another variant accepts each of their values, and is tried first.

use std::collections::{BTreeMap, HashSet};

use super::acceptance::Acceptance;
use crate::ir::{
    JsonType, Predicate, Selection, Shape, Type, Types, Union, VariantMatching, VariantPredicate,
};

/// Number of predicates of a list that are compared with each other.
///
/// The comparison costs the square of their number. A variant with a later predicate counts as
/// reachable: nobody reads a union of that size, and a warning about one variant would not help.
const MAX_COMPARED_PREDICATES: usize = 128;

/// Returns the variants that no value can have, each with the variant that shadows it.
pub(super) fn find_unreachable_variants<'t>(
    types: &'t Types,
    union: &'t Union,
    matching: &VariantMatching,
    acceptance: &mut Acceptance<'t>,
) -> BTreeMap<usize, usize> {
    let mut shadowed = BTreeMap::new();
    let mut reachable = HashSet::new();
    for list in candidate_lists(matching) {
        let predicates = match list {
            CandidateList::One(variant) => {
                reachable.insert(variant);
                continue;
            }
            CandidateList::Tried(predicates) => predicates,
        };
        let (compared, others) = predicates.split_at(predicates.len().min(MAX_COMPARED_PREDICATES));
        reachable.extend(others.iter().map(|it| it.variant));
        let candidates: Vec<_> = compared
            .iter()
            .filter_map(|it| Candidate::new(types, union, it))
            .collect();
        for (position, later) in candidates.iter().enumerate() {
            let variant = later.variant();
            if reachable.contains(&variant) {
                continue;
            }
            let mut before = candidates.iter().take(position);
            let first = before.find(|earlier| {
                earlier.variant() != variant && earlier.takes_all(later, acceptance)
            });
            match first {
                Some(first) => {
                    shadowed.insert(variant, first.variant());
                }
                None => {
                    reachable.insert(variant);
                }
            }
        }
    }
    shadowed.retain(|variant, _| !reachable.contains(variant));
    shadowed
}

/// Puts a predicate of a narrow variant before that of a variant that accepts all its values.
///
/// The wide variant would leave nothing for the narrow one: a list of numbers takes any list of
/// integers, and loses their digits as well. Predicates past the limit stay where they are.
pub(super) fn sort_narrowest_first<'t>(
    types: &'t Types,
    union: &'t Union,
    mut predicates: Vec<VariantPredicate>,
) -> Vec<VariantPredicate> {
    let others = predicates.split_off(predicates.len().min(MAX_COMPARED_PREDICATES));
    let mut acceptance = Acceptance::new(types);
    let mut sorted: Vec<Candidate<'t, '_>> = Vec::with_capacity(predicates.len());
    for candidate in predicates
        .iter()
        .filter_map(|it| Candidate::new(types, union, it))
    {
        let is_wider = |other: &Candidate<'t, '_>| {
            other.variant() != candidate.variant()
                && other.takes_all(&candidate, &mut acceptance)
                && !candidate.takes_all(other, &mut acceptance)
        };
        let index = sorted.iter().position(is_wider).unwrap_or(sorted.len());
        sorted.insert(index, candidate);
    }
    let sorted = sorted.into_iter().map(|candidate| candidate.tried.clone());
    sorted.chain(others).collect()
}

/// The candidates for one value, in the order in which they are tried.
enum CandidateList<'p> {
    One(usize),
    Tried(&'p [VariantPredicate]),
}

/// Returns all lists of candidates that a decoder can try.
fn candidate_lists(matching: &VariantMatching) -> Vec<CandidateList<'_>> {
    match matching {
        VariantMatching::Untagged(predicates) => vec![CandidateList::Tried(predicates)],
        VariantMatching::Discriminator(matching) => {
            let cases = matching.cases.iter().map(|case| match &case.selection {
                Selection::Variant(index) => CandidateList::One(*index),
                Selection::Predicates(predicates) => CandidateList::Tried(predicates),
            });
            let others = [&matching.absent, &matching.otherwise];
            cases
                .chain(others.map(|predicates| CandidateList::Tried(predicates)))
                .collect()
        }
    }
}

/// A predicate that is tried, with the type of its variant.
struct Candidate<'t, 'p> {
    tried: &'p VariantPredicate,
    ty: &'t Type,
    /// The properties that each value of the type has.
    required: HashSet<&'t str>,
}

impl<'t, 'p> Candidate<'t, 'p> {
    fn new(types: &'t Types, union: &'t Union, tried: &'p VariantPredicate) -> Option<Self> {
        let ty = &union.variants.get(tried.variant)?.ty;
        let fields = match ty {
            Type::Named(id) => match &types.get(*id).shape {
                Shape::Struct(object) => object.fields.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        let required = fields
            .iter()
            .filter(|field| field.presence_in_responses().is_required())
            .map(|field| field.wire.as_str())
            .collect();
        Some(Self {
            tried,
            ty,
            required,
        })
    }

    const fn variant(&self) -> usize {
        self.tried.variant
    }

    /// Whether this candidate takes each value that satisfies the other predicate and is of the
    /// other type.
    fn takes_all(&self, other: &Self, acceptance: &mut Acceptance<'t>) -> bool {
        other.implies(&self.tried.predicate) && acceptance.accepts(self.ty, other.ty)
    }

    /// Whether another predicate holds for each value of the type that satisfies this one.
    fn implies(&self, wanted: &Predicate) -> bool {
        let given = &self.tried.predicate;
        if wanted == given {
            return true;
        }
        let has = |key: &String| self.required.contains(key.as_str());
        match wanted {
            Predicate::JsonType(JsonType::Object) => matches!(
                given,
                Predicate::HasAll(_) | Predicate::HasAny { .. } | Predicate::HasValues(_)
            ),
            Predicate::JsonType(JsonType::Number) => {
                matches!(given, Predicate::Integer | Predicate::Fraction)
            }
            Predicate::JsonType(_)
            | Predicate::Integer
            | Predicate::Fraction
            | Predicate::HasValues(_) => false,
            Predicate::HasAll(keys) => keys.iter().all(has),
            Predicate::HasAny { all, any } => all.iter().all(has) && any.iter().any(has),
        }
    }
}
