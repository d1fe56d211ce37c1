//! Scalars: the string, integer or number type for a `format`.

use serde_json::Value;

use super::all_of_member::AllOfMember;
use super::annotations::Annotations;
use super::keywords::SchemaType;
use super::value_constraints::ValueConstraints;
use crate::ir::{IntegerKind, NumberKind, StringKind, Type};
use crate::source::text::from_base64;

/// Returns the type of a scalar.
pub(in crate::lower) fn scalar(
    kind: SchemaType,
    members: &[AllOfMember<'_>],
    annotations: &Annotations<'_>,
) -> Type {
    let format = members
        .iter()
        .rev()
        .find_map(|member| member.keywords.constraints.format);
    match kind {
        SchemaType::Null => Type::Null,
        SchemaType::Boolean => Type::Bool,
        SchemaType::Integer => integer(format, &Bounds::collect(members, annotations)),
        SchemaType::Number => number(format),
        _ => Type::String(string(format, annotations)),
    }
}

/// Returns the kind of a string with this format.
///
/// Formats without a type of their own are text. So is `byte` if examples or a default are not
/// base64.
fn string(format: Option<&str>, annotations: &Annotations<'_>) -> StringKind {
    let is_base64 = |value: &Value| {
        value
            .as_str()
            .is_none_or(|text| from_base64(text).is_some())
    };
    match format {
        Some("byte") if annotations.known_values().all(is_base64) => StringKind::Base64,
        Some("date-time") => StringKind::DateTime,
        Some("date") => StringKind::Date,
        Some("password") => StringKind::Secret,
        Some("binary" | "file") => StringKind::Binary,
        _ => StringKind::Text,
    }
}

/// Returns the type of a number. An integer format makes it an integer, because a double would
/// lose digits.
fn number(format: Option<&str>) -> Type {
    match format {
        Some("int64") => Type::Integer(IntegerKind::I64),
        Some("int32") => Type::Integer(IntegerKind::I32),
        Some("decimal" | "decimal128") => Type::Number(NumberKind::Exact),
        _ => Type::Number(NumberKind::F64),
    }
}

fn integer(format: Option<&str>, bounds: &Bounds) -> Type {
    if matches!(format, Some("int128" | "uint128")) {
        return Type::Number(NumberKind::Exact);
    }
    let declared = match format {
        Some("int32") => IntegerKind::I32,
        Some("uint32") => IntegerKind::U32,
        Some("uint64") => IntegerKind::U64,
        _ => IntegerKind::I64,
    };
    [declared, IntegerKind::I64, IntegerKind::U64]
        .into_iter()
        .find(|kind| bounds.fit(*kind))
        .map_or(Type::Number(NumberKind::Exact), Type::Integer)
}

/// The smallest and the largest known value of an integer.
#[derive(Debug, Default)]
struct Bounds {
    least: Option<f64>,
    greatest: Option<f64>,
}

impl Bounds {
    /// Collects the bounds of the schema and the values of its examples.
    ///
    /// Generators write wide bounds for any integer, which must not widen the type. Only a bound
    /// outside of the type does.
    fn collect(members: &[AllOfMember<'_>], annotations: &Annotations<'_>) -> Self {
        let mut bounds = Self::default();
        for member in members {
            let ValueConstraints {
                minimum, maximum, ..
            } = member.keywords.constraints;
            bounds.include(minimum.map(|bound| bound.value));
            bounds.include(maximum.map(|bound| bound.value));
        }
        for value in annotations.known_values() {
            bounds.include(value.as_f64());
        }
        bounds
    }

    fn include(&mut self, value: Option<f64>) {
        let Some(value) = value else { return };
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.greatest = Some(self.greatest.map_or(value, |greatest| greatest.max(value)));
    }

    fn fit(&self, kind: IntegerKind) -> bool {
        let (least, greatest) = range(kind);
        self.least.is_none_or(|value| value >= least)
            && self.greatest.is_none_or(|value| value <= greatest)
    }
}

/// Returns the range of a kind, rounded outwards.
///
/// A double cannot represent the limits exactly, and authors write 2⁶³ for the largest signed
/// integer.
fn range(kind: IntegerKind) -> (f64, f64) {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    const TWO_64: f64 = 18_446_744_073_709_551_616.0;
    match kind {
        IntegerKind::I32 => (f64::from(i32::MIN), f64::from(i32::MAX)),
        IntegerKind::U32 => (0.0, f64::from(u32::MAX)),
        IntegerKind::I64 => (-TWO_63, TWO_63),
        IntegerKind::U64 => (0.0, TWO_64),
    }
}

/// Returns the type that holds the values of both, if there is one.
pub(in crate::lower) fn widen(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::String(x), Type::String(y)) => Some(Type::String(widen_string(*x, *y))),
        (Type::Integer(x), Type::Integer(y)) => Some(widen_integer(*x, *y)),
        (Type::Number(NumberKind::Exact), Type::Integer(_) | Type::Number(_))
        | (Type::Integer(_) | Type::Number(_), Type::Number(NumberKind::Exact)) => {
            Some(Type::Number(NumberKind::Exact))
        }
        (a, b) => (a == b).then(|| a.clone()),
    }
}

/// Returns the kind that holds both strings: text, but a secret stays a secret.
fn widen_string(a: StringKind, b: StringKind) -> StringKind {
    match (a, b) {
        (a, b) if a == b => a,
        (StringKind::Secret, _) | (_, StringKind::Secret) => StringKind::Secret,
        // A file can contain any text.
        (StringKind::Binary, _) | (_, StringKind::Binary) => StringKind::Binary,
        _ => StringKind::Text,
    }
}

fn widen_integer(a: IntegerKind, b: IntegerKind) -> Type {
    let (low_a, high_a) = range(a);
    let (low_b, high_b) = range(b);
    let (low, high) = (low_a.min(low_b), high_a.max(high_b));
    [
        IntegerKind::I32,
        IntegerKind::U32,
        IntegerKind::I64,
        IntegerKind::U64,
    ]
    .into_iter()
    .find(|kind| range(*kind).0 <= low && high <= range(*kind).1)
    .map_or(Type::Number(NumberKind::Exact), Type::Integer)
}

/// Returns the type of a constant.
pub(in crate::lower) fn infer_constant_type(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Bool,
        Value::Number(number) if number.is_i64() => Type::Integer(IntegerKind::I64),
        Value::Number(number) if number.is_u64() => Type::Integer(IntegerKind::U64),
        Value::Number(_) => Type::Number(NumberKind::F64),
        Value::String(_) => Type::String(StringKind::Text),
        Value::Array(_) => Type::Array(Box::new(Type::Untyped(crate::ir::UntypedReason::Declared))),
        Value::Object(_) => Type::Map(Box::new(Type::Untyped(crate::ir::UntypedReason::Declared))),
    }
}
