//! Unions: how their variants are told apart.

mod acceptance;
mod looks;
mod reachable;

use indexmap::IndexMap;

use self::looks::{Looking, Told};
pub(super) use self::reachable::warn_of_unreachable;
use super::build::Builder;
use super::item::{Arm, Choice, RustType, Select, TagSelect, UnionPlan, VariantPlan};
use super::names::{Case, RustIdent, Scope};
use crate::ir::{PropertyPath, Shape, Tagging, Type, TypeId, Union, WireName, Words};

/// The most variants that are looked for by methods of their own.
const MOST_LENT: usize = 128;

/// How deep unions of unions are followed.
const MAX_UNION_DEPTH: usize = 8;

/// The plan of a union.
pub(super) fn plan_union(builder: &Builder<'_>, id: TypeId, union: &Union) -> UnionPlan {
    let mut scope = Scope::reserving(&["Unknown"]);
    // `Encode` has a method of this name.
    let mut methods = Scope::reserving(&["is_absent"]);
    let select = select(builder, union);
    let variants: Vec<VariantPlan> = union
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| {
            let ident = scope.claim(&variant.name, Case::Variant);
            let ty = builder.resolver.resolve_within(&variant.ty, id);
            VariantPlan {
                accessor: accessor(&ident, &ty, &mut methods),
                ident,
                added: added_tag(builder, union, index).filter(|_| !select.reaches_untagged(index)),
                is_fraction: ty == RustType::F64 && select.is_fraction(index),
                ty,
                tags: variant.tags.clone(),
                from: false,
                docs: variant.docs.clone(),
            }
        })
        .collect();
    UnionPlan {
        lends: variants.len() <= MOST_LENT,
        variants,
        select,
        constructible: builder.directions.is_sent(id),
    }
}

/// The member that selects a variant, and its value, where the payload may be written without:
/// documents forget to declare the property of their `discriminator` in its schemas.
fn added_tag(builder: &Builder<'_>, union: &Union, index: usize) -> Option<(WireName, String)> {
    let variant = union.variants.get(index)?;
    let Tagging::Property(path) = &union.tagging else {
        return None;
    };
    let (wire, tag) = (path.as_direct()?, variant.tags.first()?);
    let may_lack =
        !is_no_object(builder, &variant.ty) && !always_has(builder, &variant.ty, path, 0);
    may_lack.then(|| (wire.clone(), tag.clone()))
}

/// Whether all values of a type have this member.
fn always_has(builder: &Builder<'_>, ty: &Type, path: &PropertyPath, depth: usize) -> bool {
    let Type::Named(id) = ty else { return false };
    match &builder.api.types.get(*id).shape {
        Shape::Struct(_) => requires(builder, ty, path) == Some(true),
        Shape::Union(union) if depth < MAX_UNION_DEPTH => {
            let by_it = matches!(&union.tagging, Tagging::Property(own) if own == path);
            union.variants.iter().all(|variant| {
                (by_it && !variant.tags.is_empty())
                    || always_has(builder, &variant.ty, path, depth + 1)
            })
        }
        Shape::Alias(ty) if depth < MAX_UNION_DEPTH => always_has(builder, ty, path, depth + 1),
        _ => false,
    }
}

/// The method that looks for a variant, named for it.
fn accessor(variant: &RustIdent, ty: &RustType, scope: &mut Scope) -> RustIdent {
    let start = if *ty == RustType::Unit { "is" } else { "as" };
    let words = Words::split(start).join(&Words::split(variant.as_str()));
    scope.claim(&words, Case::Snake)
}

/// A payload converts into the union if no other variant has the same, by
/// whatever name: `same` is one name for each type.
pub(super) fn mark_conversions(variants: &mut [VariantPlan], same: impl Fn(&RustType) -> RustType) {
    let types: Vec<RustType> = variants.iter().map(|variant| same(&variant.ty)).collect();
    for (variant, ty) in variants.iter_mut().zip(&types) {
        let alone = types.iter().filter(|other| *other == ty).count() == 1;
        variant.from = alone && !matches!(ty, RustType::Unit | RustType::Value);
    }
}

fn select(builder: &Builder<'_>, union: &Union) -> Select {
    let tagged = union
        .variants
        .iter()
        .any(|variant| !variant.tags.is_empty());
    match &union.tagging {
        Tagging::Property(path) if tagged => Select::Tag(by_tag(builder, union, path)),
        _ => {
            let all: Vec<usize> = (0..union.variants.len()).collect();
            Select::Look(Looking::new(builder, union, None).at(&all))
        }
    }
}

fn by_tag(builder: &Builder<'_>, union: &Union, path: &PropertyPath) -> TagSelect {
    let arms = arms(union)
        .into_iter()
        .map(|(claimants, tags)| {
            let choice = match claimants.as_slice() {
                [only] => Choice::One(*only),
                several => {
                    let told = Told { path, tags: &tags };
                    Choice::Look(Looking::new(builder, union, Some(told)).at(several))
                }
            };
            Arm { tags, choice }
        })
        .collect();
    let (untagged, omitting) = leftovers(builder, union, path);
    let looking = Looking::new(builder, union, Some(Told { path, tags: &[] }));
    let others: Vec<usize> = omitting
        .into_iter()
        .filter(|index| !untagged.contains(index))
        .collect();
    let absent = if others.is_empty() {
        Vec::new()
    } else {
        looking.at(&[others, untagged.clone()].concat())
    };
    TagSelect {
        path: path.clone(),
        arms,
        absent,
        rest: looking.at(&untagged),
    }
}

/// The tags by the variants that they select.
fn arms(union: &Union) -> IndexMap<Vec<usize>, Vec<String>> {
    let mut claims: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, variant) in union.variants.iter().enumerate() {
        for tag in &variant.tags {
            let claimants = claims.entry(tag).or_default();
            if claimants.last() != Some(&index) {
                claimants.push(index);
            }
        }
    }
    let mut arms: IndexMap<Vec<usize>, Vec<String>> = IndexMap::new();
    for (tag, claimants) in claims {
        arms.entry(claimants).or_default().push(tag.to_owned());
    }
    arms
}

/// The variants that no tag selects, or that are meant where none does, and
/// those whose tag may be left out.
///
/// Where all of them may leave it out, and nothing else tells them apart, the
/// document has only forgotten to require it.
fn leftovers(
    builder: &Builder<'_>,
    union: &Union,
    path: &PropertyPath,
) -> (Vec<usize>, Vec<usize>) {
    let (mut untagged, mut omitting, mut requiring) = (Vec::new(), Vec::new(), false);
    for (index, variant) in union.variants.iter().enumerate() {
        // What is no object has no members, whatever the document says.
        if variant.tags.is_empty() || is_no_object(builder, &variant.ty) {
            untagged.push(index);
            continue;
        }
        match requires(builder, &variant.ty, path) {
            Some(true) => requiring = true,
            Some(false) => omitting.push(index),
            None => {}
        }
    }
    if !requiring && !are_told_apart(builder, union, &omitting) {
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
fn is_no_object(builder: &Builder<'_>, ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) => is_no_object(builder, inner),
        Type::Named(id) => matches!(builder.api.types.get(*id).shape, Shape::Enum(_)),
        Type::Map(_) | Type::Untyped(_) => false,
        _ => true,
    }
}

/// Whether these variants ask for other members each.
fn are_told_apart(builder: &Builder<'_>, union: &Union, places: &[usize]) -> bool {
    let mut seen: Vec<Vec<&WireName>> = Vec::new();
    places.iter().all(|place| {
        let Some(Type::Named(id)) = union.variants.get(*place).map(|variant| &variant.ty) else {
            return false;
        };
        let Shape::Struct(object) = &builder.api.types.get(*id).shape else {
            return false;
        };
        let fields = object.fields.iter();
        let required = fields.filter(|field| field.presence.is_required());
        let required: Vec<&WireName> = required.map(|field| &field.wire).collect();
        let is_new = !required.is_empty() && !seen.contains(&required);
        seen.push(required);
        is_new
    })
}

/// Whether values of a type must have this member, if the type declares it.
fn requires(builder: &Builder<'_>, ty: &Type, path: &PropertyPath) -> Option<bool> {
    let mut names = path.names();
    let mut next = Some(ty);
    names.try_fold(true, |required, wire| {
        let Type::Named(id) = next? else { return None };
        let Shape::Struct(object) = &builder.api.types.get(*id).shape else {
            return None;
        };
        let field = object.fields.iter().find(|field| field.wire == *wire)?;
        next = Some(&field.ty);
        Some(required && field.presence.is_required())
    })
}
