//! Integers, with repairs of fractional and excessive bounds.

use openapiv3::{IntegerFormat, IntegerType, VariantOrUnknownOrEmpty};
use serde_json::{Number, Value};

use super::SchemaKeywords;
use super::enum_keyword::float_to_i64;
use super::typed_schema::parse_typed_values;

/// Builds the integer type of a schema.
pub(super) fn integer(keywords: SchemaKeywords) -> IntegerType {
    let format = match choose_wider_format(&keywords) {
        Some(wider) => Some(wider.to_owned()),
        None => keywords.format,
    };
    let (minimum, exclusive_minimum) =
        round_bound(keywords.minimum, keywords.exclusive_minimum, f64::ceil);
    let (maximum, exclusive_maximum) =
        round_bound(keywords.maximum, keywords.exclusive_maximum, f64::floor);
    IntegerType {
        format: format.into(),
        multiple_of: keywords.multiple_of.and_then(|n| number_to_i64(&n)),
        exclusive_minimum,
        exclusive_maximum,
        minimum,
        maximum,
        enumeration: parse_typed_values(keywords.enumeration, Value::as_i64),
    }
}

/// Returns the format of an integer whose bounds exceed a signed integer of 64 bits.
fn choose_wider_format(keywords: &SchemaKeywords) -> Option<&'static str> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    const TWO_64: f64 = 18_446_744_073_709_551_616.0;
    // An infinite bound does not restrict.
    let bound = |n: &Option<Number>| n.as_ref()?.as_f64().filter(|n| n.abs() < 1e100);
    let least = bound(&keywords.minimum).unwrap_or_default();
    let greatest = bound(&keywords.maximum).unwrap_or_default();
    if keywords.format.as_deref().is_some_and(has_any_size) {
        return Some("int128");
    }
    if greatest > TWO_64 || least < -TWO_63 || (greatest > TWO_63 && least < 0.0) {
        return Some("int128");
    }
    (greatest > TWO_63 || least >= TWO_63).then_some("uint64")
}

/// Whether integers of this format are unlimited or exceed 128 bits. `bigint` is the database type
/// of 64 bits.
fn has_any_size(format: &str) -> bool {
    let format = format.to_ascii_lowercase().replace(['-', '_'], "");
    matches!(
        format.as_str(),
        "bignumber" | "bignum" | "biginteger" | "int256" | "uint256"
    )
}

/// Whether integers of this format may exceed 64 bits.
pub(super) fn is_large(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> bool {
    matches!(format, VariantOrUnknownOrEmpty::Unknown(name) if name == "int128" || name == "uint128")
}

/// Returns the nearest integer within a bound.
fn round_bound(
    bound: Option<Number>,
    exclusive: Option<bool>,
    round: fn(f64) -> f64,
) -> (Option<i64>, bool) {
    let Some(bound) = bound else {
        return (None, false);
    };
    if let Some(bound) = number_to_i64(&bound) {
        return (Some(bound), exclusive.unwrap_or_default());
    }
    // A fractional bound excludes no integer, so it needs no `exclusive` flag.
    (bound.as_f64().map(round).and_then(float_to_i64), false)
}

fn number_to_i64(number: &Number) -> Option<i64> {
    number
        .as_i64()
        .or_else(|| number.as_f64().and_then(float_to_i64))
}
