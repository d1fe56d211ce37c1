//! Variants that no value can be read as: each value of them is valid for another one, which is
//! tried first.

use std::collections::{HashMap, HashSet};

use super::acceptance::Acceptance;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::ir::{Shape, Type, Types, Union};
use crate::plan::build::Builder;
use crate::plan::item::{Choice, ItemKind, Look, Select, Test, UnionPlan};

/// The tests of a list that are compared with each other, which costs the square of their number.
/// A variant with a later test is taken to be reachable: nobody can read as many variants, and a
/// warning about one of them would not help.
const MAX_COMPARED_TESTS: usize = 128;

/// Warns of the variants of all unions that can never be selected.
pub(in crate::plan) fn warn_of_unreachable(builder: &Builder<'_>, diagnostics: &mut Diagnostics) {
    let types = &builder.api.types;
    let mut acceptance = Acceptance::new(types);
    for item in builder.items() {
        let (Some(id), ItemKind::Union(plan)) = (item.source, &item.kind) else {
            continue;
        };
        let Shape::Union(union) = &types.get(id).shape else {
            continue;
        };
        let shadowed = shadowed(types, union, plan, &mut acceptance);
        for (index, variant) in union.variants.iter().enumerate() {
            let Some(first) = shadowed.get(&index) else {
                continue;
            };
            let name = |index: usize| plan.variants.get(index).map(|it| it.ident.to_string());
            let (name, first) = (
                name(index).unwrap_or_default(),
                name(*first).unwrap_or_default(),
            );
            let message = format!(
                "no value is read as `{name}`: all values that are valid for it are valid for `{first}`, too, which is tried first"
            );
            let help = "add a `discriminator`, or a `const` or a required property that only one of them has";
            let at = variant.pointer.clone();
            diagnostics.push(Diagnostic::warning("unreachable-variant", at, message).help(help));
        }
    }
}

/// The variants that can never be selected, each with the one that is selected in its place.
fn shadowed<'t>(
    types: &'t Types,
    union: &'t Union,
    plan: &UnionPlan,
    acceptance: &mut Acceptance<'t>,
) -> HashMap<usize, usize> {
    let mut shadowed = HashMap::new();
    let mut reachable = HashSet::new();
    for list in lists(&plan.select) {
        let looks = match list {
            Choices::Only(variant) => {
                reachable.insert(variant);
                continue;
            }
            Choices::Looks(looks) => looks,
        };
        let (compared, others) = looks.split_at(looks.len().min(MAX_COMPARED_TESTS));
        reachable.extend(others.iter().map(|look| look.variant));
        let candidates: Vec<_> = compared
            .iter()
            .filter_map(|look| Candidate::new(types, union, look))
            .collect();
        for (position, later) in candidates.iter().enumerate() {
            let variant = later.look.variant;
            if reachable.contains(&variant) {
                continue;
            }
            let mut before = candidates.iter().take(position);
            let first = before.find(|earlier| {
                earlier.look.variant != variant && earlier.takes_all(later, acceptance)
            });
            match first {
                Some(first) => {
                    shadowed.insert(variant, first.look.variant);
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

/// Puts what takes fewer values before what takes them all and more, which would leave nothing for
/// it: a list of integers before a list of numbers, which would lose digits as well. Tests past the
/// limit stay where they are.
pub(super) fn narrowest_first<'t>(
    types: &'t Types,
    union: &'t Union,
    mut looks: Vec<Look>,
) -> Vec<Look> {
    let others = looks.split_off(looks.len().min(MAX_COMPARED_TESTS));
    let mut acceptance = Acceptance::new(types);
    let mut sorted: Vec<Candidate<'t, '_>> = Vec::with_capacity(looks.len());
    for look in looks
        .iter()
        .filter_map(|look| Candidate::new(types, union, look))
    {
        let is_wider = |other: &Candidate<'t, '_>| {
            other.look.variant != look.look.variant
                && other.takes_all(&look, &mut acceptance)
                && !look.takes_all(other, &mut acceptance)
        };
        let place = sorted.iter().position(is_wider).unwrap_or(sorted.len());
        sorted.insert(place, look);
    }
    let sorted = sorted.into_iter().map(|candidate| candidate.look.clone());
    sorted.chain(others).collect()
}

/// What is tried for a value.
enum Choices<'p> {
    Only(usize),
    Looks(&'p [Look]),
}

/// All lists of what is tried for a value.
fn lists(select: &Select) -> Vec<Choices<'_>> {
    match select {
        Select::Look(looks) => vec![Choices::Looks(looks)],
        Select::Tag(select) => {
            let arms = select.arms.iter().map(|arm| match &arm.choice {
                Choice::One(index) => Choices::Only(*index),
                Choice::Look(looks) => Choices::Looks(looks),
            });
            let others = [&select.absent, &select.rest];
            arms.chain(others.map(|looks| Choices::Looks(looks)))
                .collect()
        }
    }
}

/// A test of a list, with the type behind it.
struct Candidate<'t, 'p> {
    look: &'p Look,
    ty: &'t Type,
    /// The properties that each value of the type has.
    required: HashSet<&'t str>,
}

impl<'t, 'p> Candidate<'t, 'p> {
    fn new(types: &'t Types, union: &'t Union, look: &'p Look) -> Option<Self> {
        let ty = &union.variants.get(look.variant)?.ty;
        let fields = match ty {
            Type::Named(id) => match &types.get(*id).shape {
                Shape::Struct(object) => object.fields.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        let required = fields
            .iter()
            .filter(|field| field.presence.is_required())
            .map(|field| field.wire.as_str())
            .collect();
        Some(Self { look, ty, required })
    }

    /// Whether each value that passes the other test, and is of the type behind it, passes this one,
    /// and is of the type behind this.
    fn takes_all(&self, other: &Self, acceptance: &mut Acceptance<'t>) -> bool {
        other.implies(&self.look.test) && acceptance.accepts(self.ty, other.ty)
    }

    /// Whether each value of the type that passes its own test passes another one as well.
    fn implies(&self, wanted: &Test) -> bool {
        let given = &self.look.test;
        if wanted == given {
            return true;
        }
        let has = |key: &String| self.required.contains(key.as_str());
        match wanted {
            Test::Kind("Object") => {
                matches!(given, Test::Has(_) | Test::HasAny { .. } | Test::Is(_))
            }
            Test::Kind("Number") => matches!(given, Test::Integer | Test::Fraction),
            Test::Kind(_) | Test::Integer | Test::Fraction | Test::Is(_) => false,
            Test::Has(keys) => keys.iter().all(has),
            Test::HasAny { all, any } => all.iter().all(has) && any.iter().any(has),
        }
    }
}
