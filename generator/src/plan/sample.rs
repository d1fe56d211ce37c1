//! Samples: values of the planned types, from the document's own examples.
//!
//! The generated tests and the quick start make calls with them. A sample is an
//! [`SampleExpr`], which describes the Rust expression, together with the JSON
//! that the value encodes to.

mod containers;
mod dates;
mod generated;

use dates::{date, date_time, has_other_date_time};
pub(crate) use generated::{full_sample_value, sample_value};

use std::cell::Cell;

use serde_json::{Map, Value};

use super::item::{
    ConstructorPlan, FieldInit, FieldPlan, FieldWrapper, ItemId, ItemKind, ParamsPlan, RustType,
    StructPlan, UnionPlan,
};
use super::{Plan, RustIdent};
use crate::ir::{Scalar, Selected, VariantMatching, VariantPredicate};
use crate::source::text::{from_base64, to_base64};

/// The Rust expression of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SampleExpr {
    Unit,
    Bool(bool),
    Int(String),
    Float(f64),
    /// A number of any size, as its JSON text.
    Exact(String),
    /// Bytes that are encoded as base64.
    Base64(Vec<u8>),
    Str(String),
    Secret(String),
    DateTime(String),
    Date(String),
    Bytes(String),
    Upload(String),
    Json(Value),
    None,
    Null,
    Some(Box<SampleExpr>),
    Boxed(Box<SampleExpr>),
    Array(Vec<SampleExpr>, RustType),
    Map(Vec<(String, SampleExpr)>, RustType),
    Tuple(Vec<SampleExpr>),
    /// An optional element of a tuple that is present.
    Present(Box<SampleExpr>),
    /// An optional element of a tuple that is absent.
    Absent,
    /// A tuple and its additional elements.
    OpenTuple(Box<SampleExpr>, Box<SampleExpr>),
    Variant(ItemId, RustIdent),
    Unknown(ItemId, Scalar),
    Union(ItemId, RustIdent, Box<SampleExpr>),
    Newtype(ItemId, Box<SampleExpr>),
    /// `Type::new(args).setter(value)…`
    New(ItemId, Vec<SampleExpr>, Vec<(RustIdent, SampleExpr)>),
}

impl SampleExpr {
    /// Whether the expression is `Type::new()`.
    pub(crate) const fn is_empty_constructor(&self) -> bool {
        matches!(self, Self::New(_, args, setters) if args.is_empty() && setters.is_empty())
    }
}

/// A value as a Rust expression and as JSON.
pub(crate) type Sample = (SampleExpr, Value);

/// Deepest nesting of types in a sample. Values of documents are less deep, but unions may be variants
/// of each other endlessly.
const MAX_DEPTH: usize = 200;

impl Plan<'_> {
    /// Returns the sample for a value of the document, or `None` if the value is not of this type.
    #[must_use]
    pub(crate) fn sample(&self, ty: &RustType, value: &Value) -> Option<Sample> {
        Sampler::new(self).sample(ty, value)
    }

    /// Returns parameters from values that are keyed by field names, and the same values as JSON.
    pub(crate) fn params_sample(
        &self,
        id: ItemId,
        params: &ParamsPlan<'_>,
        chosen: &Map<String, Value>,
    ) -> Option<(SampleExpr, Map<String, Value>)> {
        Sampler::new(self).params_sample(id, params, chosen)
    }
}

/// A builder of samples.
struct Sampler<'a, 'p> {
    plan: &'a Plan<'p>,
    depth: Cell<usize>,
}

impl<'a, 'p> Sampler<'a, 'p> {
    const fn new(plan: &'a Plan<'p>) -> Self {
        Self {
            plan,
            depth: Cell::new(0),
        }
    }

    fn sample(&self, ty: &RustType, value: &Value) -> Option<Sample> {
        let depth = self.depth.get();
        if depth >= MAX_DEPTH {
            return None;
        }
        self.depth.set(depth + 1);
        let sample = self.sample_here(ty, value);
        self.depth.set(depth);
        sample
    }

    fn sample_here(&self, ty: &RustType, value: &Value) -> Option<Sample> {
        Some(match ty {
            RustType::Unit => (value.is_null().then_some(SampleExpr::Unit)?, Value::Null),
            RustType::Bool => (SampleExpr::Bool(value.as_bool()?), value.clone()),
            RustType::I32 => integer(i32::try_from(value.as_i64()?).ok()?.to_string(), value),
            RustType::I64 => integer(value.as_i64()?.to_string(), value),
            RustType::U32 => integer(u32::try_from(value.as_u64()?).ok()?.to_string(), value),
            RustType::U64 => integer(value.as_u64()?.to_string(), value),
            RustType::F64 => (SampleExpr::Float(value.as_f64()?), value.clone()),
            RustType::String => (SampleExpr::Str(value.as_str()?.to_owned()), value.clone()),
            RustType::ExactNumber => to_exact_sample(value)?,
            RustType::Base64 => {
                let bytes = from_base64(value.as_str()?)?;
                let text = Value::String(to_base64(&bytes));
                // Only the canonical base64 of the bytes is encoded unchanged.
                (text == *value).then_some((SampleExpr::Base64(bytes), text))?
            }
            RustType::Secret => (
                SampleExpr::Secret(value.as_str()?.to_owned()),
                value.clone(),
            ),
            RustType::DateTime => {
                let text = date_time(value)?;
                (SampleExpr::DateTime(text.clone()), Value::from(text))
            }
            RustType::Date => (SampleExpr::Date(date(value)?), value.clone()),
            RustType::Bytes => (SampleExpr::Bytes(value.as_str()?.to_owned()), value.clone()),
            RustType::Upload => (
                SampleExpr::Upload(value.as_str()?.to_owned()),
                value.clone(),
            ),
            RustType::Value => (SampleExpr::Json(value.clone()), value.clone()),
            RustType::Option(inner) if value.is_null() => (
                if matches!(**inner, RustType::Value) {
                    SampleExpr::Json(Value::Null)
                } else {
                    SampleExpr::None
                },
                Value::Null,
            ),
            RustType::Option(inner) | RustType::Nullable(inner) => {
                let (expr, value) = self.sample(inner, value)?;
                (SampleExpr::Some(Box::new(expr)), value)
            }
            RustType::Boxed(inner) => {
                let (expr, value) = self.sample(inner, value)?;
                (SampleExpr::Boxed(Box::new(expr)), value)
            }
            RustType::Vec(inner) => self.array(inner, value.as_array()?)?,
            RustType::Map(inner) => self.map(inner, value)?,
            RustType::Tuple(types) => self.tuple(types, value.as_array()?)?,
            RustType::OpenTuple(types, rest) => self.open_tuple(types, rest, value.as_array()?)?,
            RustType::Item(id) => self.item_sample(*id, value)?,
        })
    }

    fn item_sample(&self, id: ItemId, value: &Value) -> Option<Sample> {
        match &self.plan.item(id).kind {
            ItemKind::Enum(list) => {
                let scalar = scalar(value, list.integers)?;
                let expr = match list.variant(&scalar) {
                    Some(ident) => SampleExpr::Variant(id, ident.clone()),
                    None => SampleExpr::Unknown(id, scalar),
                };
                Some((expr, value.clone()))
            }
            ItemKind::Struct(object) => self.object(id, object, value),
            ItemKind::Union(union) => self.union(id, union, value),
            ItemKind::TypeAlias(ty) => self.sample(ty, value),
            ItemKind::Alias(alias) => {
                let (expr, value) = self.sample(&alias.ty, value)?;
                Some((SampleExpr::Newtype(id, Box::new(expr)), value))
            }
            ItemKind::Params(params) => {
                self.made_by_new(id, &params.fields, &params.constructor, value)
            }
            ItemKind::Outcome(_) => None,
        }
    }

    fn object(&self, id: ItemId, object: &StructPlan<'_>, value: &Value) -> Option<Sample> {
        let Some(constructor) = &object.constructor else {
            // Users never create such a value, so only its JSON matters.
            let written = self.written(&object.fields, value)?;
            return Some((SampleExpr::Json(value.clone()), written));
        };
        self.made_by_new(id, &object.fields, constructor, value)
    }

    /// Returns the JSON that a struct encodes after it decoded a value; `None` if a required property is
    /// missing. A `null` for a property that may only be absent is decoded as absent.
    fn written(&self, fields: &[FieldPlan<'_>], value: &Value) -> Option<Value> {
        let mut members = value.as_object()?.clone();
        for field in fields {
            let wire = field.wire.as_str();
            match (members.get(wire), field.wrapper) {
                (None, FieldWrapper::Plain) if matches!(field.initial, FieldInit::Constant(_)) => {}
                (None, FieldWrapper::Plain | FieldWrapper::Null) => return None,
                (None, FieldWrapper::Optional | FieldWrapper::Nullable) => {}
                (Some(Value::Null), FieldWrapper::Null | FieldWrapper::Nullable) => {}
                (Some(Value::Null), FieldWrapper::Optional) => {
                    members.remove(wire);
                }
                (Some(value), _) => {
                    let (_, written) = self.sample(&field.ty, value)?;
                    members.insert(wire.to_owned(), written);
                }
            }
        }
        Some(members.into())
    }

    /// Returns a value that is created by `new` and setters. Undeclared properties are omitted.
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
            let (expr, value) = match (members.get(wire), &field.initial) {
                (_, FieldInit::Constant(constant)) => {
                    encoded.insert(wire.to_owned(), constant.clone());
                    continue;
                }
                (None, FieldInit::Default) => continue,
                (None, FieldInit::Argument) => return None,
                (Some(Value::Null), FieldInit::Default)
                    if field.wrapper == FieldWrapper::Optional =>
                {
                    continue;
                }
                (Some(Value::Null), _) if field.wrapper == FieldWrapper::Null => {
                    (SampleExpr::None, Value::Null)
                }
                (Some(Value::Null), _) if field.wrapper == FieldWrapper::Nullable => {
                    (SampleExpr::Null, Value::Null)
                }
                (Some(value), _) => self.sample(&field.ty, value)?,
            };
            encoded.insert(wire.to_owned(), value);
            if constructor.required.contains(&index) {
                args.push(wrap_argument(field.wrapper, expr));
            } else if let (SampleExpr::Null, Some(setter)) = (&expr, &field.null_setter) {
                setters.push((setter.clone(), SampleExpr::Null));
            } else {
                setters.push((field.ident.clone(), expr));
            }
        }
        Some((SampleExpr::New(id, args, setters), Value::Object(encoded)))
    }

    fn params_sample(
        &self,
        id: ItemId,
        params: &ParamsPlan<'_>,
        chosen: &Map<String, Value>,
    ) -> Option<(SampleExpr, Map<String, Value>)> {
        let mut encoded = Map::new();
        let mut args = Vec::new();
        let mut setters = Vec::new();
        for (index, field) in params.fields.iter().enumerate() {
            if let FieldInit::Constant(constant) = &field.initial {
                encoded.insert(field.ident.to_string(), constant.clone());
                continue;
            }
            let Some(value) = chosen.get(field.ident.as_str()) else {
                continue;
            };
            let (expr, value) = match (value, field.wrapper, &field.null_setter) {
                (Value::Null, FieldWrapper::Nullable, Some(_)) => (SampleExpr::Null, Value::Null),
                (Value::Null, FieldWrapper::Null, _) => (SampleExpr::None, Value::Null),
                _ => self.sample(&field.ty, value)?,
            };
            encoded.insert(field.ident.to_string(), value);
            match (&expr, &field.null_setter) {
                _ if params.constructor.required.contains(&index) => {
                    args.push(wrap_argument(field.wrapper, expr))
                }
                (SampleExpr::Null, Some(setter)) => setters.push((setter.clone(), expr)),
                _ => setters.push((field.ident.clone(), expr)),
            }
        }
        (args.len() == params.constructor.required.len())
            .then_some((SampleExpr::New(id, args, setters), encoded))
    }

    fn union(&self, id: ItemId, union: &UnionPlan, value: &Value) -> Option<Sample> {
        let wrap = |index: usize, (expr, value): Sample| {
            let variant = union.variants.get(index)?;
            let mut value = value;
            if let (Some((wire, tag)), Value::Object(object)) =
                (&variant.added_discriminator, &mut value)
            {
                let added = object.entry(wire.as_str());
                added.or_insert_with(|| Value::from(tag.as_str()));
            }
            Some((
                SampleExpr::Union(id, variant.ident.clone(), Box::new(expr)),
                value,
            ))
        };
        // A variant without a sample decodes no such value, unless only a date-time is in the way.
        let try_in_order = |predicates: &[VariantPredicate]| {
            predicates
                .iter()
                .filter(|it| it.predicate.holds_for(value))
                .map(|it| {
                    let variant = union.variants.get(it.variant)?;
                    wrap(it.variant, self.sample(&variant.ty, value)?)
                })
                .find(|sample| sample.is_some() || has_other_date_time(value))
                .flatten()
        };
        match &union.matching {
            VariantMatching::Discriminator(matching) => {
                match matching.select(matching.path.text_in(value).as_deref()) {
                    Selected::Variant(index) => {
                        wrap(index, self.sample(&union.variants.get(index)?.ty, value)?)
                    }
                    Selected::Predicates(predicates) => try_in_order(predicates),
                }
            }
            VariantMatching::Untagged(predicates) => try_in_order(predicates),
        }
    }
}

/// Returns the argument for a required field that may be `null`.
fn wrap_argument(wrapper: FieldWrapper, expr: SampleExpr) -> SampleExpr {
    match (wrapper, expr) {
        (FieldWrapper::Null, SampleExpr::None) => SampleExpr::None,
        (FieldWrapper::Null, expr) => SampleExpr::Some(Box::new(expr)),
        (_, expr) => expr,
    }
}

fn integer(text: String, value: &Value) -> Sample {
    (SampleExpr::Int(text), value.clone())
}

/// Returns the sample of a number that keeps all its digits.
fn to_exact_sample(value: &Value) -> Option<Sample> {
    let text = value.is_number().then(|| value.to_string())?;
    Some((SampleExpr::Exact(text), value.clone()))
}

fn scalar(value: &Value, integers: bool) -> Option<Scalar> {
    if integers {
        value.as_i64().map(Scalar::Integer)
    } else {
        value.as_str().map(|s| Scalar::String(s.to_owned()))
    }
}
