//! Unions: how their variants are told apart.

use std::cmp::Reverse;

use super::build::Builder;
use super::item::{RustType, Select, Test, UnionPlan, VariantPlan};
use super::names::{Case, Scope};
use crate::ir::{Scalar, Shape, StringKind, Struct, Tagging, Type, TypeId, Union, WireName};

/// The plan of a union.
pub(super) fn union(builder: &Builder<'_>, id: TypeId, union: &Union) -> UnionPlan {
    let mut scope = Scope::reserving(&["Unknown"]);
    let mut variants: Vec<VariantPlan> = union
        .variants
        .iter()
        .map(|variant| VariantPlan {
            ident: scope.claim(&variant.name, Case::Variant),
            ty: builder.resolver.held(&variant.ty, id),
            tags: variant.tags.clone(),
            from: false,
            docs: variant.docs.clone(),
        })
        .collect();
    mark_conversions(&mut variants);
    UnionPlan {
        variants,
        select: select(builder, union),
        constructible: builder.directions.is_sent(id),
    }
}

/// A payload converts into the union if no other variant has the same.
fn mark_conversions(variants: &mut [VariantPlan]) {
    let types: Vec<RustType> = variants.iter().map(|variant| variant.ty.clone()).collect();
    for variant in variants {
        let alone = types.iter().filter(|ty| **ty == variant.ty).count() == 1;
        variant.from = alone && !matches!(variant.ty, RustType::Unit | RustType::Value);
    }
}

fn select(builder: &Builder<'_>, union: &Union) -> Select {
    if let Tagging::Property(wire) = &union.tagging
        && union
            .variants
            .iter()
            .any(|variant| !variant.tags.is_empty())
    {
        return Select::Tag(wire.clone());
    }
    let mut looks: Vec<(Rank, Test, usize)> = Vec::new();
    for (index, variant) in union.variants.iter().enumerate() {
        for (rank, test) in tests(builder, &variant.ty, 0) {
            looks.push((rank, test, index));
        }
    }
    looks.sort_by_key(|(rank, ..)| *rank);
    Select::Look(
        looks
            .into_iter()
            .map(|(_, test, index)| (test, index))
            .collect(),
    )
}

/// What is asked first: the narrower a test, the earlier.
type Rank = (u8, Reverse<usize>);

/// The tests that a value of this type passes.
fn tests(builder: &Builder<'_>, ty: &Type, depth: usize) -> Vec<(Rank, Test)> {
    let kind = |rank: u8, kind| vec![((rank, Reverse(0)), Test::Kind(kind))];
    match ty {
        Type::Null => kind(0, "Null"),
        Type::Bool => kind(0, "Bool"),
        Type::Integer(_) => kind(2, "Number"),
        Type::Number(_) => kind(3, "Number"),
        Type::String(StringKind::DateTime | StringKind::Date) => kind(1, "String"),
        Type::String(_) => kind(4, "String"),
        Type::Tuple(_) => kind(1, "Array"),
        Type::Array(_) => kind(2, "Array"),
        Type::Map(_) => kind(5, "Object"),
        Type::Nullable(inner) => {
            let mut found = tests(builder, inner, depth);
            found.push(((6, Reverse(0)), Test::Kind("Null")));
            found
        }
        Type::Named(id) => named_tests(builder, *id, depth),
        Type::Untyped(_) => ["Null", "Bool", "Number", "String", "Array", "Object"]
            .into_iter()
            .map(|kind| ((9, Reverse(0)), Test::Kind(kind)))
            .collect(),
    }
}

/// Unions of unions are followed this far; nobody nests them deeper on purpose.
const DEEPEST: usize = 8;

fn named_tests(builder: &Builder<'_>, id: TypeId, depth: usize) -> Vec<(Rank, Test)> {
    match &builder.api.types.get(id).shape {
        Shape::Struct(object) => vec![object_test(builder, object)],
        Shape::Enum(list) => {
            let string = list
                .values
                .iter()
                .any(|v| matches!(v.value, Scalar::String(_)));
            let kind = if string { "String" } else { "Number" };
            vec![((1, Reverse(0)), Test::Kind(kind))]
        }
        Shape::Union(_) | Shape::Alias(_) if depth >= DEEPEST => Vec::new(),
        Shape::Union(union) => union
            .variants
            .iter()
            .flat_map(|variant| tests(builder, &variant.ty, depth + 1))
            .collect(),
        Shape::Alias(ty) => tests(builder, ty, depth + 1),
    }
}

fn object_test(builder: &Builder<'_>, object: &Struct) -> (Rank, Test) {
    if let Some((wire, value)) = object
        .fields
        .iter()
        .find_map(|field| constant(builder, field))
    {
        return (
            (1, Reverse(object.fields.len())),
            Test::TagIs(wire, vec![value]),
        );
    }
    let required: Vec<String> = object
        .fields
        .iter()
        .filter(|field| field.presence.is_required())
        .map(|field| field.wire.as_str().to_owned())
        .collect();
    match required.len() {
        0 => ((4, Reverse(object.fields.len())), Test::Kind("Object")),
        n => ((2, Reverse(n)), Test::Has(required)),
    }
}

/// A required member that can only be one string.
fn constant(builder: &Builder<'_>, field: &crate::ir::Field) -> Option<(WireName, String)> {
    if !field.presence.is_required() {
        return None;
    }
    if let Some(value) = &field.constant {
        return Some((field.wire.clone(), value.as_str()?.to_owned()));
    }
    let Type::Named(id) = &field.ty else {
        return None;
    };
    let Shape::Enum(list) = &builder.api.types.get(*id).shape else {
        return None;
    };
    match list.values.as_slice() {
        [only] => match &only.value {
            Scalar::String(value) => Some((field.wire.clone(), value.clone())),
            Scalar::Integer(_) => None,
        },
        _ => None,
    }
}
