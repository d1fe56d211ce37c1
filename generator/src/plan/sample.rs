//! Samples: values of the planned types, from the document's own examples.
//!
//! The generated tests and the quick start make calls with them. A sample is an
//! [`Expr`], which says how the value is written in Rust, together with the JSON
//! that the value encodes to.

use serde_json::{Map, Value, json};

use super::item::{
    ConstructorPlan, FieldPlan, Holder, Init, ItemId, ItemKind, ParamsPlan, RustType, Select,
    StructPlan, Test, UnionPlan,
};
use super::{Plan, RustIdent};
use crate::ir::{EnumValue, Scalar};

/// How a value is written in Rust.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    missing_docs,
    reason = "the variants are the kinds of value, each named for what it is"
)]
pub enum Expr {
    Unit,
    Bool(bool),
    Int(String),
    Float(f64),
    Str(String),
    Secret(String),
    DateTime(String),
    Date(String),
    Bytes(String),
    Upload(String),
    Json(Value),
    None,
    Null,
    Some(Box<Expr>),
    Boxed(Box<Expr>),
    Array(Vec<Expr>, RustType),
    Map(Vec<(String, Expr)>, RustType),
    Tuple(Vec<Expr>),
    Variant(ItemId, RustIdent),
    Unknown(ItemId, Scalar),
    Union(ItemId, RustIdent, Box<Expr>),
    Newtype(ItemId, Box<Expr>),
    /// `Type::new(args).setter(value)…`
    New(ItemId, Vec<Expr>, Vec<(RustIdent, Expr)>),
}

/// A value as it is written in Rust, and as it is encoded.
pub(crate) type Sample = (Expr, Value);

/// How deep a sample may nest before optional members are left out.
const DEEPEST: usize = 12;

impl Plan<'_> {
    /// The sample of this type that a value of the document stands for, or
    /// `None` where the value is not of the type.
    #[must_use]
    pub(crate) fn sample(&self, ty: &RustType, value: &Value) -> Option<Sample> {
        Some(match ty {
            RustType::Unit => (value.is_null().then_some(Expr::Unit)?, Value::Null),
            RustType::Bool => (Expr::Bool(value.as_bool()?), value.clone()),
            RustType::I32 => integer(i32::try_from(value.as_i64()?).ok()?.to_string(), value),
            RustType::I64 => integer(value.as_i64()?.to_string(), value),
            RustType::U32 => integer(u32::try_from(value.as_u64()?).ok()?.to_string(), value),
            RustType::U64 => integer(value.as_u64()?.to_string(), value),
            RustType::F64 => (Expr::Float(value.as_f64()?), value.clone()),
            RustType::String => (Expr::Str(value.as_str()?.to_owned()), value.clone()),
            RustType::Secret => (Expr::Secret(value.as_str()?.to_owned()), value.clone()),
            RustType::DateTime => (Expr::DateTime(date_time(value)?), value.clone()),
            RustType::Date => (Expr::Date(date(value)?), value.clone()),
            RustType::Bytes => (Expr::Bytes(value.as_str()?.to_owned()), value.clone()),
            RustType::Upload => (Expr::Upload(value.as_str()?.to_owned()), value.clone()),
            RustType::Value => (Expr::Json(value.clone()), value.clone()),
            RustType::Option(inner) if value.is_null() => (
                if matches!(**inner, RustType::Value) {
                    Expr::Json(Value::Null)
                } else {
                    Expr::None
                },
                Value::Null,
            ),
            RustType::Option(inner) | RustType::Nullable(inner) => {
                let (expr, value) = self.sample(inner, value)?;
                (Expr::Some(Box::new(expr)), value)
            }
            RustType::Boxed(inner) => {
                let (expr, value) = self.sample(inner, value)?;
                (Expr::Boxed(Box::new(expr)), value)
            }
            RustType::Vec(inner) => self.array(inner, value)?,
            RustType::Map(inner) => self.map(inner, value)?,
            RustType::Tuple(types) => self.tuple(types, value)?,
            RustType::Item(id) => self.item_sample(*id, value)?,
        })
    }

    fn array(&self, inner: &RustType, value: &Value) -> Option<Sample> {
        let samples: Vec<Sample> = value
            .as_array()?
            .iter()
            .map(|v| self.sample(inner, v))
            .collect::<Option<_>>()?;
        let (exprs, values) = samples.into_iter().unzip();
        Some((Expr::Array(exprs, inner.clone()), Value::Array(values)))
    }

    fn map(&self, inner: &RustType, value: &Value) -> Option<Sample> {
        let mut exprs = Vec::new();
        let mut values = Map::new();
        for (key, value) in value.as_object()? {
            let (expr, value) = self.sample(inner, value)?;
            exprs.push((key.clone(), expr));
            values.insert(key.clone(), value);
        }
        Some((Expr::Map(exprs, inner.clone()), Value::Object(values)))
    }

    fn tuple(&self, types: &[RustType], value: &Value) -> Option<Sample> {
        let values = value
            .as_array()
            .filter(|values| values.len() == types.len())?;
        let samples: Vec<Sample> = types
            .iter()
            .zip(values)
            .map(|(ty, v)| self.sample(ty, v))
            .collect::<Option<_>>()?;
        let (exprs, values) = samples.into_iter().unzip();
        Some((Expr::Tuple(exprs), Value::Array(values)))
    }

    fn item_sample(&self, id: ItemId, value: &Value) -> Option<Sample> {
        match &self.item(id).kind {
            ItemKind::Enum(list) => {
                let scalar = scalar(value, list.integers)?;
                let expr = match list.variant(&scalar) {
                    Some(ident) => Expr::Variant(id, ident.clone()),
                    None => Expr::Unknown(id, scalar),
                };
                Some((expr, value.clone()))
            }
            ItemKind::Struct(object) => self.object(id, object, value),
            ItemKind::Union(union) => self.union(id, union, value),
            ItemKind::Alias(alias) => {
                let (expr, value) = self.sample(&alias.ty, value)?;
                Some((Expr::Newtype(id, Box::new(expr)), value))
            }
            ItemKind::Params(params) => {
                self.made_by_new(id, &params.fields, &params.constructor, value)
            }
            ItemKind::Outcome(_) => None,
        }
    }

    fn object(&self, id: ItemId, object: &StructPlan<'_>, value: &Value) -> Option<Sample> {
        let Some(constructor) = &object.constructor else {
            // Users never make one: it is only of interest whether it decodes.
            return self
                .fits(&object.fields, value)
                .then(|| (Expr::Json(value.clone()), value.clone()));
        };
        self.made_by_new(id, &object.fields, constructor, value)
    }

    /// Whether a value has what a struct needs, each of its type.
    fn fits(&self, fields: &[FieldPlan<'_>], value: &Value) -> bool {
        let Some(members) = value.as_object() else {
            return false;
        };
        fields.iter().all(
            |field| match (members.get(field.wire.as_str()), field.holder) {
                (None, Holder::Plain) => matches!(field.init, Init::Constant(_)),
                (None, Holder::Null) => false,
                (None, Holder::Optional | Holder::Nullable) => true,
                (Some(Value::Null), Holder::Null | Holder::Nullable) => true,
                (Some(value), _) => self.sample(&field.ty, value).is_some(),
            },
        )
    }

    /// A value made by `new` and setters. Members that the struct does not
    /// declare are left out.
    fn made_by_new(
        &self,
        id: ItemId,
        fields: &[FieldPlan<'_>],
        constructor: &ConstructorPlan,
        value: &Value,
    ) -> Option<Sample> {
        let members = value.as_object()?;
        let mut encoded = Map::new();
        let mut args = Vec::new();
        let mut setters = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let wire = field.wire.as_str();
            let (expr, value) = match (members.get(wire), &field.init) {
                (_, Init::Constant(constant)) => {
                    encoded.insert(wire.to_owned(), constant.clone());
                    continue;
                }
                (None, Init::Default) => continue,
                (None, Init::Argument) => return None,
                (Some(Value::Null), Init::Default) if field.holder == Holder::Optional => continue,
                (Some(Value::Null), _) if field.holder == Holder::Null => (Expr::None, Value::Null),
                (Some(Value::Null), _) if field.holder == Holder::Nullable => {
                    (Expr::Null, Value::Null)
                }
                (Some(value), _) => self.sample(&field.ty, value)?,
            };
            encoded.insert(wire.to_owned(), value);
            if constructor.required.contains(&index) {
                args.push(held(field.holder, expr));
            } else if let (Expr::Null, Some(setter)) = (&expr, &field.null_setter) {
                setters.push((setter.clone(), Expr::Null));
            } else {
                setters.push((field.ident.clone(), expr));
            }
        }
        Some((Expr::New(id, args, setters), Value::Object(encoded)))
    }

    /// Parameters made of values that are keyed by the names of their fields,
    /// and the same values as they are encoded.
    pub(crate) fn params_sample(
        &self,
        id: ItemId,
        params: &ParamsPlan<'_>,
        chosen: &Map<String, Value>,
    ) -> Option<(Expr, Map<String, Value>)> {
        let mut encoded = Map::new();
        let mut args = Vec::new();
        let mut setters = Vec::new();
        for (index, field) in params.fields.iter().enumerate() {
            if let Init::Constant(constant) = &field.init {
                encoded.insert(field.ident.to_string(), constant.clone());
                continue;
            }
            let Some(value) = chosen.get(field.ident.as_str()) else {
                continue;
            };
            let (expr, value) = match (value, field.holder, &field.null_setter) {
                (Value::Null, Holder::Nullable, Some(_)) => (Expr::Null, Value::Null),
                (Value::Null, Holder::Null, _) => (Expr::None, Value::Null),
                _ => self.sample(&field.ty, value)?,
            };
            encoded.insert(field.ident.to_string(), value);
            match (&expr, &field.null_setter) {
                _ if params.constructor.required.contains(&index) => {
                    args.push(held(field.holder, expr))
                }
                (Expr::Null, Some(setter)) => setters.push((setter.clone(), expr)),
                _ => setters.push((field.ident.clone(), expr)),
            }
        }
        (args.len() == params.constructor.required.len())
            .then_some((Expr::New(id, args, setters), encoded))
    }

    fn union(&self, id: ItemId, union: &UnionPlan, value: &Value) -> Option<Sample> {
        let wrap = |index: usize, (expr, value): Sample| {
            let variant = union.variants.get(index)?;
            Some((
                Expr::Union(id, variant.ident.clone(), Box::new(expr)),
                value,
            ))
        };
        match &union.select {
            Select::Tag(wire) => {
                let tag = value.get(wire.as_str())?.as_str()?;
                let index = union
                    .variants
                    .iter()
                    .position(|v| v.tags.iter().any(|t| t == tag))?;
                wrap(index, self.sample(&union.variants.get(index)?.ty, value)?)
            }
            Select::Look(looks) => looks
                .iter()
                .filter(|(test, _)| passes(test, value))
                .find_map(|(_, index)| {
                    wrap(*index, self.sample(&union.variants.get(*index)?.ty, value)?)
                }),
        }
    }
}

/// The argument for a field that is required and may be null.
fn held(holder: Holder, expr: Expr) -> Expr {
    match (holder, expr) {
        (Holder::Null, Expr::None) => Expr::None,
        (Holder::Null, expr) => Expr::Some(Box::new(expr)),
        (_, expr) => expr,
    }
}

fn integer(text: String, value: &Value) -> Sample {
    (Expr::Int(text), value.clone())
}

/// The text of an instant that RFC 3339 allows and that survives being written again.
fn date_time(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let bytes = text.as_bytes();
    let shaped = text.len() >= 20
        && bytes.get(4) == Some(&b'-')
        && bytes.get(10) == Some(&b'T')
        && bytes.get(13) == Some(&b':')
        && bytes.get(16) == Some(&b':')
        && (text.ends_with('Z') || bytes.get(text.len() - 3) == Some(&b':'))
        && date(&Value::from(text.get(..10)?)).is_some();
    let fraction = text.get(19..).map(|rest| {
        rest.chars()
            .take_while(|c| *c == '.' || c.is_ascii_digit())
            .count()
    });
    // Fractions are written with three, six or nine digits.
    (shaped && matches!(fraction, Some(0 | 4 | 7 | 10)) && !text.contains(".000"))
        .then(|| text.to_owned())
}

fn date(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let valid = year.len() == 4
        && year.parse::<u16>().is_ok()
        && month.len() == 2
        && (1..=12).contains(&month.parse::<u8>().ok()?)
        && day.len() == 2
        && (1..=28).contains(&day.parse::<u8>().ok()?)
        && parts.next().is_none();
    valid.then(|| text.to_owned())
}

fn scalar(value: &Value, integers: bool) -> Option<Scalar> {
    if integers {
        value.as_i64().map(Scalar::Integer)
    } else {
        value.as_str().map(|s| Scalar::String(s.to_owned()))
    }
}

/// Whether a value passes a test, as the generated code would ask it.
fn passes(test: &Test, value: &Value) -> bool {
    match test {
        Test::Kind(kind) => *kind == kind_of(value),
        Test::Has(keys) => keys.iter().all(|key| value.get(key).is_some()),
        Test::TagIs(wire, values) => value
            .get(wire.as_str())
            .and_then(Value::as_str)
            .is_some_and(|tag| values.iter().any(|v| v == tag)),
    }
}

const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "Null",
        Value::Bool(_) => "Bool",
        Value::Number(_) => "Number",
        Value::String(_) => "String",
        Value::Array(_) => "Array",
        Value::Object(_) => "Object",
    }
}

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
        if let (Select::Tag(wire), Some(tag), Value::Object(object)) =
            (&union.select, variant.tags.first(), &mut value)
        {
            object.insert(wire.as_str().to_owned(), json!(tag));
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
