//! Unions: the names of their variants.

use super::context::PlanContext;
use super::item::{Item, ItemKind, RustType, UnionPlan, VariantPlan};
use super::names::{Case, RustIdent, Scope};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Shape, TypeId, Union, VariantMatching, Words};

/// Most variants of a union that has accessors.
const MOST_LENT: usize = 128;

/// Plans a union.
pub(super) fn plan_union(context: &PlanContext<'_>, id: TypeId, union: &Union) -> UnionPlan {
    let mut scope = Scope::reserving(&["Unknown"]);
    // `Encode` has a method of this name.
    let mut methods = Scope::reserving(&["clone", "decode", "encode", "eq", "fmt", "is_absent"]);
    let constructible = context.directions.is_sent(id);
    let if_sent = union.matching_if_sent.as_deref().filter(|_| constructible);
    let matching = if_sent.unwrap_or(&union.matching);
    let variants: Vec<VariantPlan> = union
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| {
            let ident = scope.claim(&variant.name, Case::Variant);
            let ty = context.resolver.resolve_within(&variant.ty, id);
            VariantPlan {
                accessor: accessor(&ident, &ty, &mut methods),
                ident,
                added_discriminator: variant.added_discriminator.clone(),
                is_fraction: ty == RustType::F64 && matching.is_fraction(index),
                ty,
                discriminator_values: variant.discriminator_values.clone(),
                from: false,
                docs: variant.docs.clone(),
            }
        })
        .collect();
    UnionPlan {
        lends: variants.len() <= MOST_LENT,
        discriminator_method: plan_discriminator_method(union, &variants, &mut methods),
        variants,
        matching: matching.clone(),
        constructible,
    }
}

/// Names the method that returns the discriminator value. Each variant has exactly one value, which no
/// value with another discriminator can select.
fn plan_discriminator_method(
    union: &Union,
    variants: &[VariantPlan],
    scope: &mut Scope,
) -> Option<RustIdent> {
    let VariantMatching::Discriminator(matching) = &union.matching else {
        return None;
    };
    let property = matching.path.as_direct()?;
    let is_fixed = matching.absent.is_empty() && matching.otherwise.is_empty();
    let has_value = |variant: &VariantPlan| {
        variant.discriminator_values.len() == 1 && variant.ty != RustType::Unit
    };
    (is_fixed && variants.len() <= MOST_LENT && variants.iter().all(has_value))
        .then(|| scope.claim(&Words::split(property.as_str()), Case::Snake))
}

/// Claims the accessor of a variant.
fn accessor(variant: &RustIdent, ty: &RustType, scope: &mut Scope) -> RustIdent {
    let start = if *ty == RustType::Unit { "is" } else { "as" };
    let words = Words::split(start).join(&Words::split(variant.as_str()));
    scope.claim(&words, Case::Snake)
}

/// Marks the payloads that convert into the union: those whose type no other variant has. `same` maps
/// each type to the one that it is an alias of.
pub(super) fn mark_conversions(variants: &mut [VariantPlan], same: impl Fn(&RustType) -> RustType) {
    let types: Vec<RustType> = variants.iter().map(|variant| same(&variant.ty)).collect();
    for (variant, ty) in variants.iter_mut().zip(&types) {
        let alone = types.iter().filter(|other| *other == ty).count() == 1;
        variant.from = alone && !matches!(ty, RustType::Unit | RustType::Value);
    }
}

/// Warns about variants that no value can select.
pub(super) fn warn_of_unreachable(api: &Api, items: &[Item<'_>], diagnostics: &mut Diagnostics) {
    for item in items {
        let (Some(id), ItemKind::Union(plan)) = (item.source, &item.kind) else {
            continue;
        };
        let Shape::Union(union) = &api.types.get(id).shape else {
            continue;
        };
        let name = |index: usize| plan.variants.get(index).map(|it| it.ident.to_string());
        for (index, first) in &union.unreachable {
            let Some(variant) = union.variants.get(*index) else {
                continue;
            };
            let (name, first) = (
                name(*index).unwrap_or_default(),
                name(*first).unwrap_or_default(),
            );
            let message = format!(
                "no value is read as `{name}`: all values that are valid for it are valid for `{first}`, too, which is tried first"
            );
            let help = "add a `discriminator`, or a `const` or a required property that only one of them has";
            let at = variant.pointer.clone();
            diagnostics.push(Diagnostic::new(Code::UnreachableVariant, at, message).help(help));
        }
    }
}
