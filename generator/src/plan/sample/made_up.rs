//! Values that are made up, for types of which the document shows none.

use serde_json::{Map, Value, json};

use crate::ir::{EnumValue, Scalar};
use crate::plan::Plan;
use crate::plan::item::{FieldPlan, Holder, Init, ItemId, ItemKind, RustType, Select, UnionPlan};

/// How deep a sample may nest before optional members are left out.
const DEEPEST: usize = 12;

/// A value of this type, made up where the document has no example of it.
#[must_use]
pub fn sample_value(plan: &Plan<'_>, ty: &RustType) -> Value {
    made_up(plan, ty, 0)
}

fn made_up(plan: &Plan<'_>, ty: &RustType, depth: usize) -> Value {
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
            made_up(plan, inner, depth)
        }
        RustType::Vec(_) if depth > DEEPEST => json!([]),
        RustType::Vec(inner) => json!([made_up(plan, inner, depth + 1)]),
        RustType::Map(_) => json!({}),
        RustType::Tuple(types) => types
            .iter()
            .map(|ty| made_up(plan, ty, depth + 1))
            .collect(),
        RustType::Item(id) => item(plan, *id, depth + 1),
    }
}

fn item(plan: &Plan<'_>, id: ItemId, depth: usize) -> Value {
    if depth > 2 * DEEPEST {
        return Value::Null;
    }
    match &plan.item(id).kind {
        ItemKind::Enum(list) => list
            .variants
            .first()
            .map_or(Value::Null, |(_, value)| scalar_value(value)),
        ItemKind::Struct(object) => members(plan, &object.fields, depth),
        ItemKind::Params(params) => members(plan, &params.fields, depth),
        ItemKind::Union(union) => variant(plan, union, depth),
        ItemKind::Alias(alias) => made_up(plan, &alias.ty, depth),
        ItemKind::Outcome(_) => Value::Null,
    }
}

fn members(plan: &Plan<'_>, fields: &[FieldPlan<'_>], depth: usize) -> Value {
    let required = |field: &&FieldPlan<'_>| matches!(field.holder, Holder::Plain | Holder::Null);
    fields
        .iter()
        .filter(required)
        .map(|field| {
            let value = match (&field.init, field.example) {
                (Init::Constant(value), _) => value.clone(),
                (_, Some(example)) if plan.sample(&field.ty, example).is_some() => example.clone(),
                _ => made_up(plan, &field.ty, depth),
            };
            (field.wire.as_str().to_owned(), value)
        })
        .collect::<Map<_, _>>()
        .into()
}

fn variant(plan: &Plan<'_>, union: &UnionPlan, depth: usize) -> Value {
    for variant in &union.variants {
        let mut value = made_up(plan, &variant.ty, depth);
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
