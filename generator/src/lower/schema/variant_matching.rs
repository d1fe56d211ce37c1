//! Variant matching: how a decoder chooses the variant of a union.
//!
//! The decision needs all types, because a variant can be a union or contain any other type. It is
//! made once, after the last type is built, and stored in the model.

mod acceptance;
mod leaves;
mod predicates;
mod shadowing;
mod shared_values;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use self::acceptance::Acceptance;
use self::leaves::KnownDiscriminator;
use self::predicates::{PredicateFinder, UnionValues};
use self::shared_values::warn_of_shared_values;
use super::MAX_UNION_DEPTH;
use crate::ir::{
    DiscriminatorCase, DiscriminatorMatching, Field, Presence, PropertyPath, Selection, Shape,
    Type, TypeId, Types, Union, VariantMatching, WireName,
};
use crate::lower::findings::Findings;

/// The decisions about one union.
struct Decision {
    matching: VariantMatching,
    matching_if_sent: Option<VariantMatching>,
    added: Vec<Option<(WireName, String)>>,
    unreachable: BTreeMap<usize, usize>,
}

/// Decides for all unions how their variants are matched. Warns of variants that
/// nothing distinguishes.
pub(in crate::lower) fn decide_variant_matching(types: &mut Types, findings: &mut Findings) {
    let decisions: Vec<(TypeId, Decision)> = {
        let types = &*types;
        let mut acceptance = Acceptance::new(types);
        let unions = types.iter().filter_map(|(id, def)| match &def.shape {
            Shape::Union(union) => Some((id, union)),
            _ => None,
        });
        unions
            .map(|(id, union)| (id, decide_for_union(types, union, &mut acceptance)))
            .collect()
    };
    for (id, decision) in decisions {
        if let Shape::Union(union) = &mut types.get_mut(id).shape {
            union.matching = decision.matching;
            union.matching_if_sent = decision.matching_if_sent.map(Box::new);
            union.unreachable = decision.unreachable;
            for (variant, added) in union.variants.iter_mut().zip(decision.added) {
                variant.added_discriminator = added;
            }
        }
    }
    warn_of_shared_values(types, findings);
}

fn decide_for_union<'t>(
    types: &'t Types,
    union: &'t Union,
    acceptance: &mut Acceptance<'t>,
) -> Decision {
    let matching = match_variants(types, union, UnionValues::Received);
    let if_sent = match_variants(types, union, UnionValues::ReceivedAndSent);
    let added = (0..union.variants.len()).map(|index| {
        find_added_discriminator(types, union, index)
            .filter(|_| !matching.matches_without_discriminator(index))
    });
    Decision {
        added: added.collect(),
        matching_if_sent: (if_sent != matching).then_some(if_sent),
        unreachable: shadowing::find_unreachable_variants(types, union, &matching, acceptance),
        matching,
    }
}

fn match_variants(types: &Types, union: &Union, decoded: UnionValues) -> VariantMatching {
    let tagged = union
        .variants
        .iter()
        .any(|variant| !variant.discriminator_values.is_empty());
    match &union.discriminator {
        Some(path) if tagged => {
            VariantMatching::Discriminator(match_by_discriminator(types, union, decoded, path))
        }
        _ => {
            let all: Vec<usize> = (0..union.variants.len()).collect();
            VariantMatching::Untagged(PredicateFinder::new(types, union, decoded, None).find(&all))
        }
    }
}

fn match_by_discriminator(
    types: &Types,
    union: &Union,
    decoded: UnionValues,
    path: &PropertyPath,
) -> DiscriminatorMatching {
    let cases = group_by_variants(union)
        .into_iter()
        .map(|(claimants, values)| {
            let selection = match claimants.as_slice() {
                [only] => Selection::Variant(*only),
                several => {
                    let known = KnownDiscriminator {
                        path,
                        values: &values,
                    };
                    let finder = PredicateFinder::new(types, union, decoded, Some(known));
                    Selection::Predicates(finder.find(several))
                }
            };
            DiscriminatorCase { values, selection }
        })
        .collect();
    let (untagged, omitting) = find_unselected_variants(types, union, path);
    let unknown = KnownDiscriminator { path, values: &[] };
    let finder = PredicateFinder::new(types, union, decoded, Some(unknown));
    let others: Vec<usize> = omitting
        .into_iter()
        .filter(|index| !untagged.contains(index))
        .collect();
    let absent = if others.is_empty() {
        Vec::new()
    } else {
        finder.find(&[others, untagged.clone()].concat())
    };
    DiscriminatorMatching {
        path: path.clone(),
        cases,
        absent,
        otherwise: finder.find(&untagged),
    }
}

/// Groups the discriminator values by the variants that they select.
fn group_by_variants(union: &Union) -> IndexMap<Vec<usize>, Vec<String>> {
    let mut claims: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, variant) in union.variants.iter().enumerate() {
        for value in &variant.discriminator_values {
            let claimants = claims.entry(value).or_default();
            if claimants.last() != Some(&index) {
                claimants.push(index);
            }
        }
    }
    let mut groups: IndexMap<Vec<usize>, Vec<String>> = IndexMap::new();
    for (value, claimants) in claims {
        groups.entry(claimants).or_default().push(value.to_owned());
    }
    groups
}

/// Finds the variants for values that no discriminator value selects, and the variants whose
/// discriminator is optional.
///
/// The second list is empty if all variants have an optional discriminator and require the same
/// properties: then the document only forgot to require the discriminator.
fn find_unselected_variants(
    types: &Types,
    union: &Union,
    path: &PropertyPath,
) -> (Vec<usize>, Vec<usize>) {
    let (mut untagged, mut omitting, mut requiring) = (Vec::new(), Vec::new(), false);
    for (index, variant) in union.variants.iter().enumerate() {
        // A value that is not an object has no properties, whatever the document says.
        if variant.discriminator_values.is_empty() || is_no_object(types, &variant.ty) {
            untagged.push(index);
            continue;
        }
        match requires(types, &variant.ty, path, Field::presence_in_responses) {
            Some(true) => requiring = true,
            Some(false) => omitting.push(index),
            None => {}
        }
    }
    if !requiring && !require_other_properties(types, union, &omitting) {
        omitting.clear();
    }
    untagged.extend(
        union
            .fallback
            .filter(|fallback| !untagged.contains(fallback)),
    );
    (untagged, omitting)
}

/// Whether no value of a type is an object.
fn is_no_object(types: &Types, ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) => is_no_object(types, inner),
        Type::Named(id) => matches!(types.get(*id).shape, Shape::Enum(_)),
        Type::Map(_) | Type::Untyped(_) => false,
        _ => true,
    }
}

/// Whether each of these variants requires other properties.
fn require_other_properties(types: &Types, union: &Union, indices: &[usize]) -> bool {
    let mut seen: Vec<Vec<&WireName>> = Vec::new();
    indices.iter().all(|index| {
        let Some(Type::Named(id)) = union.variants.get(*index).map(|variant| &variant.ty) else {
            return false;
        };
        let Shape::Struct(object) = &types.get(*id).shape else {
            return false;
        };
        let fields = object.fields.iter();
        let required = fields.filter(|field| field.presence_in_responses().is_required());
        let required: Vec<&WireName> = required.map(|field| &field.wire).collect();
        let is_new = !required.is_empty() && !seen.contains(&required);
        seen.push(required);
        is_new
    })
}

/// Whether values of a type must have this property; `None` if the type does not declare it.
fn requires(
    types: &Types,
    ty: &Type,
    path: &PropertyPath,
    presence: fn(&Field) -> Presence,
) -> Option<bool> {
    let mut names = path.names();
    let mut next = Some(ty);
    names.try_fold(true, |required, wire| {
        let Type::Named(id) = next? else { return None };
        let Shape::Struct(object) = &types.get(*id).shape else {
            return None;
        };
        let field = object.fields.iter().find(|field| field.wire == *wire)?;
        next = Some(&field.ty);
        Some(required && presence(field).is_required())
    })
}

/// Returns the discriminator and its value if an encoded payload can lack it.
fn find_added_discriminator(
    types: &Types,
    union: &Union,
    index: usize,
) -> Option<(WireName, String)> {
    let variant = union.variants.get(index)?;
    let path = union.discriminator.as_ref()?;
    let (wire, value) = (path.as_direct()?, variant.discriminator_values.first()?);
    let may_lack =
        !is_no_object(types, &variant.ty) && !is_always_present(types, &variant.ty, path, 0);
    may_lack.then(|| (wire.clone(), value.clone()))
}

/// Whether all values of a type have this property, in requests and in responses.
fn is_always_present(types: &Types, ty: &Type, path: &PropertyPath, depth: usize) -> bool {
    let Type::Named(id) = ty else { return false };
    match &types.get(*id).shape {
        Shape::Struct(_) => [Field::presence_in_requests, Field::presence_in_responses]
            .into_iter()
            .all(|presence| requires(types, ty, path, presence) == Some(true)),
        Shape::Union(union) if depth < MAX_UNION_DEPTH => {
            let by_it = union.discriminator.as_ref() == Some(path);
            union.variants.iter().all(|variant| {
                (by_it && !variant.discriminator_values.is_empty())
                    || is_always_present(types, &variant.ty, path, depth + 1)
            })
        }
        Shape::Alias(ty) if depth < MAX_UNION_DEPTH => {
            is_always_present(types, ty, path, depth + 1)
        }
        _ => false,
    }
}
