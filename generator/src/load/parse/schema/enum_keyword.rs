//! `enum`: repairs of values that contradict the type.

use serde_json::{Number, Value};

use super::Parser;
use super::SchemaKeywords;
use crate::diagnostics::Code;
use crate::load::non_null_type::NonNullType;
use crate::load::parse::value::to_whole_u64;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn parse_enumeration(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Vec<Value>> {
        let values = match value {
            Value::Array(values) => values,
            Value::Null => return None,
            // A mapping of names to values.
            Value::Object(map) => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a list, found a mapping; its values are read",
                );
                map.into_iter().map(|(_, value)| value).collect()
            }
            other => self.read_list(other, at),
        };
        if values.is_empty() {
            self.report(
                Code::EmptyEnum,
                at,
                "the list is empty, so that no value is valid; it is ignored",
            );
            return None;
        }
        Some(values)
    }

    /// Makes the values of `enum` match the type, or the type match the values.
    pub(super) fn reconcile_enum(
        &mut self,
        keywords: &mut SchemaKeywords,
        json_type: NonNullType,
        at: &PointerPath<'_>,
    ) -> NonNullType {
        let Some(mut values) = keywords.enumeration.take() else {
            return json_type;
        };
        let here = at.key("enum");
        let fits = |value: &Value| value.is_null() || matches_type(value, json_type);
        if json_type == NonNullType::Integer && has_large_integer(&values) {
            let message =
                "an enum cannot have integers of more than 63 bits; any integer is accepted";
            self.report(Code::UnsupportedEnum, &here, message);
            widen_bounds(keywords, &values);
            return json_type;
        }
        if !values.iter().all(fits) {
            match self.convert_values(&values, json_type, &here) {
                Some(converted) => {
                    let message = format!(
                        "not all values have the type `{}`; they are converted",
                        json_type.as_str()
                    );
                    self.report(Code::EnumTypeMismatch, &here, message);
                    values = converted;
                }
                None => return self.override_type(keywords, values, json_type, &here),
            }
        }
        keywords.enumeration = Some(values);
        json_type
    }

    /// Converts all values to the type, if possible.
    fn convert_values(
        &self,
        values: &[Value],
        json_type: NonNullType,
        at: &PointerPath<'_>,
    ) -> Option<Vec<Value>> {
        let each = values.iter().enumerate();
        each.map(|(i, value)| match (json_type, value) {
            (_, Value::Null) => Some(Value::Null),
            (NonNullType::String, Value::Number(n)) => {
                Some(Value::String(self.spell_number(n, &at.index(i))))
            }
            (NonNullType::String, Value::Bool(b)) => Some(Value::String(b.to_string())),
            (NonNullType::Integer, value) => as_integer(value).map(Value::Number),
            (NonNullType::Number, Value::String(text)) => {
                text.trim().parse().ok().map(Value::Number)
            }
            (NonNullType::Boolean, Value::String(text)) => match text.as_str() {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            (json_type, value) => matches_type(value, json_type).then(|| value.clone()),
        })
        .collect()
    }

    /// Replaces the type by that of the values, if they have one.
    fn override_type(
        &mut self,
        keywords: &mut SchemaKeywords,
        values: Vec<Value>,
        json_type: NonNullType,
        at: &PointerPath<'_>,
    ) -> NonNullType {
        let word = json_type.as_str();
        let Some(better) = NonNullType::common(&values).filter(|b| b.is_scalar()) else {
            let message = format!("not all values have the type `{word}`; the others are ignored");
            self.report(Code::EnumTypeMismatch, at, message);
            let fitting: Vec<Value> = values
                .into_iter()
                .filter(|v| matches_type(v, json_type))
                .collect();
            keywords.enumeration = Some(fitting).filter(|values| !values.is_empty());
            return json_type;
        };
        let message = format!(
            "the values have the type `{}`, not `{word}`",
            better.as_str()
        );
        self.report(Code::EnumTypeMismatch, at, message);
        keywords.enumeration = Some(values);
        better
    }
}

/// Whether `openapiv3` can hold the value in an enum of the type.
fn matches_type(value: &Value, json_type: NonNullType) -> bool {
    match json_type {
        NonNullType::String => value.is_string(),
        NonNullType::Number => value.is_number(),
        NonNullType::Integer => value.is_i64(),
        NonNullType::Boolean => value.is_boolean(),
        NonNullType::Object => value.is_object(),
        NonNullType::Array => value.is_array(),
    }
}

/// Whether all values are integers, and some exceed a signed integer of 64 bits.
fn has_large_integer(values: &[Value]) -> bool {
    let is_integer = |value: &Value| value.is_null() || value.is_i64() || value.is_u64();
    values.iter().all(is_integer) && !values.iter().all(|v| v.is_null() || v.is_i64())
}

/// Replaces the bounds of an integer by those of its values, which `openapiv3` cannot hold.
fn widen_bounds(keywords: &mut SchemaKeywords, values: &[Value]) {
    let numbers = values.iter().filter_map(Value::as_number);
    let as_f64 = |n: &&Number| n.as_f64().unwrap_or_default();
    let numbers: Vec<&Number> = numbers.collect();
    let by = |a: &&&Number, b: &&&Number| as_f64(a).total_cmp(&as_f64(b));
    keywords.maximum = numbers.iter().max_by(by).map(|n| (*n).clone());
    keywords.minimum = numbers.iter().min_by(by).map(|n| (*n).clone());
}

fn as_integer(value: &Value) -> Option<Number> {
    match value {
        Value::Number(n) if n.is_i64() => Some(n.clone()),
        Value::Number(n) => n.as_f64().and_then(float_to_i64).map(Number::from),
        Value::String(text) => text.trim().parse::<i64>().ok().map(Number::from),
        _ => None,
    }
}

/// Returns a float without a fraction as an integer.
pub(super) fn float_to_i64(value: f64) -> Option<i64> {
    let magnitude = i64::try_from(to_whole_u64(value.abs())?).ok()?;
    Some(if value < 0.0 { -magnitude } else { magnitude })
}
