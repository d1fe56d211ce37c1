//! Values that are made up, for types of which the document shows none.

use serde_json::{Map, Value, json};

use crate::ir::{EnumValue, Scalar};
use crate::plan::Plan;
use crate::plan::item::{FieldPlan, Holder, Init, ItemId, ItemKind, RustType, Select, UnionPlan};

/// How deep a sample may nest before optional members are left out.
const DEEPEST: usize = 12;

/// How deep optional members nest in a sample that has them.
const DEEPEST_OPTIONAL: usize = 3;

/// Which members a sample has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Required,
    Every,
}

/// A value of this type, made up where the document has no example of it.
#[must_use]
pub fn sample_value(plan: &Plan<'_>, ty: &RustType) -> Value {
    made_up(plan, ty, Extent::Required, 0)
}

/// The same with the optional members, those of what is nested deeply left out.
#[must_use]
pub fn full_sample_value(plan: &Plan<'_>, ty: &RustType) -> Value {
    made_up(plan, ty, Extent::Every, 0)
}

fn made_up(plan: &Plan<'_>, ty: &RustType, extent: Extent, depth: usize) -> Value {
    match ty {
        RustType::Unit => Value::Null,
        RustType::Bool => json!(true),
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => json!(1),
        RustType::F64 => json!(1.5),
        RustType::String | RustType::Secret | RustType::Bytes | RustType::Upload => json!("string"),
        RustType::DateTime => json!("2024-01-15T10:30:00Z"),
        RustType::Date => json!("2024-01-15"),
        RustType::Value => json!({}),
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
            made_up(plan, inner, extent, depth)
        }
        RustType::Vec(_) if depth > DEEPEST => json!([]),
        RustType::Vec(inner) => json!([made_up(plan, inner, extent, depth + 1)]),
        RustType::Map(_) => json!({}),
        RustType::Tuple(types) => types
            .iter()
            .map(|ty| made_up(plan, ty, extent, depth + 1))
            .collect(),
        RustType::Item(id) => item(plan, *id, extent, depth + 1),
    }
}

fn item(plan: &Plan<'_>, id: ItemId, extent: Extent, depth: usize) -> Value {
    if depth > 2 * DEEPEST {
        return Value::Null;
    }
    match &plan.item(id).kind {
        ItemKind::Enum(list) => list
            .variants
            .first()
            .map_or(Value::Null, |(_, value)| scalar_value(value)),
        ItemKind::Struct(object) => members(plan, &object.fields, extent, depth),
        ItemKind::Params(params) => members(plan, &params.fields, extent, depth),
        ItemKind::Union(union) => variant(plan, union, extent, depth),
        ItemKind::Alias(alias) => made_up(plan, &alias.ty, extent, depth),
        ItemKind::Outcome(_) => Value::Null,
    }
}

fn members(plan: &Plan<'_>, fields: &[FieldPlan<'_>], extent: Extent, depth: usize) -> Value {
    let optional = extent == Extent::Every && depth <= DEEPEST_OPTIONAL;
    let mut members = Map::new();
    for field in fields {
        let required = matches!(field.holder, Holder::Plain | Holder::Null);
        if !required && !optional {
            continue;
        }
        let value = match (&field.init, field.example) {
            (Init::Constant(value), _) => value.clone(),
            (_, Some(example)) if plan.sample(&field.ty, example).is_some() => example.clone(),
            _ => made_up(plan, &field.ty, extent, depth),
        };
        if required || plan.sample(&field.ty, &value).is_some() {
            members.insert(field.wire.as_str().to_owned(), value);
        }
    }
    members.into()
}

fn variant(plan: &Plan<'_>, union: &UnionPlan, extent: Extent, depth: usize) -> Value {
    for variant in &union.variants {
        let mut value = made_up(plan, &variant.ty, extent, depth);
        if let (Select::Tag(select), Some(tag), Value::Object(object)) =
            (&union.select, variant.tags.first(), &mut value)
        {
            object.insert(select.wire.as_str().to_owned(), json!(tag));
        }
        if !value.is_null() {
            return value;
        }
    }
    Value::Null
}

/// The value of an enum, as JSON.
fn scalar_value(value: &EnumValue) -> Value {
    match &value.value {
        Scalar::String(text) => json!(text),
        Scalar::Integer(number) => json!(number),
    }
}
