//! Values that are made up, for types of which the document shows none.

use serde_json::{Map, Value, json};

use crate::ir::{EnumValue, PropertyPath, Scalar, VariantMatching};
use crate::plan::Plan;
use crate::plan::item::{
    FieldInit, FieldPlan, FieldWrapper, ItemId, ItemKind, RustType, UnionPlan,
};

/// How deep optional members nest in a sample that has them.
const MAX_OPTIONAL_DEPTH: usize = 3;

/// How deep a sample nests: what is deeper shows no more, and cannot be decoded.
const MAX_DEPTH: usize = 48;

/// As many values a sample is made of: what is larger shows no more, and types that refer to others
/// many times are larger by far.
const MAX_GENERATED_VALUES: usize = 2_000;

/// Which members a sample has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PropertySelection {
    Required,
    Every,
}

/// A value of this type, made up where the document has no example of it.
#[must_use]
pub fn sample_value(plan: &Plan<'_>, ty: &RustType) -> Value {
    ValueGenerator::new(plan, PropertySelection::Required).value(ty)
}

/// The same with the optional members, those of what is nested deeply left out.
#[must_use]
pub fn full_sample_value(plan: &Plan<'_>, ty: &RustType) -> Value {
    ValueGenerator::new(plan, PropertySelection::Every).value(ty)
}

/// A sample in the making. What would hold itself, and what is too large, is `null`, which for most
/// types is no value of theirs.
struct ValueGenerator<'a, 'p> {
    plan: &'a Plan<'p>,
    extent: PropertySelection,
    /// The items that the value stands in.
    around: Vec<ItemId>,
    /// As many values as may still be made.
    left: usize,
    /// How many values this one stands in.
    depth: usize,
}

impl<'a, 'p> ValueGenerator<'a, 'p> {
    const fn new(plan: &'a Plan<'p>, extent: PropertySelection) -> Self {
        Self {
            plan,
            extent,
            around: Vec::new(),
            left: MAX_GENERATED_VALUES,
            depth: 0,
        }
    }

    fn value(&mut self, ty: &RustType) -> Value {
        let Some(left) = self.left.checked_sub(1) else {
            return Value::Null;
        };
        if self.depth >= MAX_DEPTH {
            return Value::Null;
        }
        self.left = left;
        self.depth += 1;
        let value = self.value_here(ty);
        self.depth -= 1;
        value
    }

    fn value_here(&mut self, ty: &RustType) -> Value {
        match ty {
            RustType::Unit => Value::Null,
            RustType::Bool => json!(true),
            RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => json!(1),
            RustType::F64 => json!(1.5),
            RustType::ExactNumber => json!(1),
            RustType::Base64 => json!("c3RyaW5n"),
            RustType::String | RustType::Secret | RustType::Bytes | RustType::Upload => {
                json!("string")
            }
            RustType::DateTime => json!("2024-01-15T10:30:00Z"),
            RustType::Date => json!("2024-01-15"),
            RustType::Value => json!({}),
            RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
                self.value(inner)
            }
            RustType::Vec(inner) => match self.value(inner) {
                Value::Null => json!([]),
                item => json!([item]),
            },
            RustType::Map(_) => json!({}),
            RustType::Tuple(types) | RustType::OpenTuple(types, _) => {
                types.iter().map(|ty| self.value(ty)).collect()
            }
            RustType::Item(id) => self.item(*id),
        }
    }

    fn item(&mut self, id: ItemId) -> Value {
        if self.around.contains(&id) {
            return Value::Null;
        }
        self.around.push(id);
        let plan = self.plan;
        let value = match &plan.item(id).kind {
            ItemKind::Enum(list) => {
                let values = || list.variants.iter().map(|(_, value)| scalar_value(value));
                // Nothing shows little, and cannot stand in a path.
                let shown = values().find(|value| value != "");
                shown.or_else(|| values().next()).unwrap_or_default()
            }
            ItemKind::Struct(object) => self.members(&object.fields),
            ItemKind::Params(params) => self.members(&params.fields),
            ItemKind::Union(union) => self.variant(union),
            ItemKind::Alias(alias) => self.value(&alias.ty),
            ItemKind::TypeAlias(ty) => self.value(ty),
            ItemKind::Outcome(_) => Value::Null,
        };
        self.around.pop();
        value
    }

    fn members(&mut self, fields: &[FieldPlan<'_>]) -> Value {
        let optional =
            self.extent == PropertySelection::Every && self.around.len() <= MAX_OPTIONAL_DEPTH;
        let mut members = Map::new();
        for field in fields {
            let required = matches!(field.wrapper, FieldWrapper::Plain | FieldWrapper::Null);
            if !required && !optional {
                continue;
            }
            let value = match (&field.initial, field.example) {
                (FieldInit::Constant(value), _) => value.clone(),
                (_, Some(example)) if self.plan.sample(&field.ty, example).is_some() => {
                    example.clone()
                }
                _ => self.value(&field.ty),
            };
            if required || self.plan.sample(&field.ty, &value).is_some() {
                members.insert(field.wire.as_str().to_owned(), value);
            }
        }
        members.into()
    }

    fn variant(&mut self, union: &UnionPlan) -> Value {
        for variant in &union.variants {
            let mut value = self.value(&variant.ty);
            if let (VariantMatching::Discriminator(matching), Some(tag), true) = (
                &union.matching,
                variant.discriminator_values.first(),
                value.is_object(),
            ) {
                set_tag(&mut value, &matching.path, tag);
            }
            if !value.is_null() {
                return value;
            }
        }
        Value::Null
    }
}

/// Gives an object the tag that selects a variant. A constant that is a number or a boolean is
/// what it is.
fn set_tag(object: &mut Value, path: &PropertyPath, tag: &str) {
    let mut at = object;
    for name in path.names() {
        if !at.is_object() {
            *at = json!({});
        }
        let Some(object) = at.as_object_mut() else {
            return;
        };
        at = object.entry(name.as_str()).or_insert(json!(tag));
    }
    if !at.is_number() && !at.is_boolean() {
        *at = json!(tag);
    }
}

/// The value of an enum, as JSON.
fn scalar_value(value: &EnumValue) -> Value {
    match &value.value {
        Scalar::String(text) => json!(text),
        Scalar::Integer(number) => json!(number),
    }
}
