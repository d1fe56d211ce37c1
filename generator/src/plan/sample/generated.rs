//! Generated values, for types without examples in the document.

use serde_json::{Map, Value, json};

use crate::ir::{EnumValue, PropertyPath, Scalar, VariantMatching};
use crate::plan::Plan;
use crate::plan::item::{
    FieldInit, FieldPlan, FieldWrapper, ItemId, ItemKind, RustType, UnionPlan,
};

/// Deepest nesting of optional properties in a sample.
const MAX_OPTIONAL_DEPTH: usize = 3;

/// Deepest nesting of a sample. A deeper value could not be decoded.
const MAX_DEPTH: usize = 48;

/// Most JSON values in a sample. Types that refer to many others would otherwise have huge samples.
const MAX_GENERATED_VALUES: usize = 2_000;

/// The properties that a sample has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PropertySelection {
    Required,
    Every,
}

/// Returns a value of this type: an example of the document, or a generated one.
#[must_use]
pub(crate) fn sample_value(plan: &Plan<'_>, ty: &RustType) -> Value {
    ValueGenerator::new(plan, PropertySelection::Required).value(ty)
}

/// Returns a value with its optional properties, except for deeply nested ones.
#[must_use]
pub(crate) fn full_sample_value(plan: &Plan<'_>, ty: &RustType) -> Value {
    ValueGenerator::new(plan, PropertySelection::Every).value(ty)
}

/// A builder of values. Values that would contain themselves or are too large become `null`, which is
/// invalid for most types.
struct ValueGenerator<'a, 'p> {
    plan: &'a Plan<'p>,
    extent: PropertySelection,
    /// The items that contain the value.
    around: Vec<ItemId>,
    /// The number of values that may still be generated.
    left: usize,
    /// The nesting depth of the value.
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
                // An empty string is a poor example, and invalid in a path.
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
            let shown = [field.example, field.sample].into_iter().flatten();
            let mut shown = shown.filter(|value| self.plan.sample(&field.ty, value).is_some());
            let value = match (&field.initial, shown.next()) {
                (FieldInit::Constant(value), _) => value.clone(),
                (_, Some(shown)) => shown.clone(),
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

/// Sets the discriminator value that selects a variant. A constant that is a number or a boolean is
/// kept.
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

/// Returns the value of an enum as JSON.
fn scalar_value(value: &EnumValue) -> Value {
    match &value.value {
        Scalar::String(text) => json!(text),
        Scalar::Integer(number) => json!(number),
    }
}
