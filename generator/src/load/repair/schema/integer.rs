//! Integers: bounds that are not integers themselves, or too large for one.

use openapiv3::IntegerType;
use serde_json::{Number, Value};

use super::Draft;
use super::enumeration::whole_i64;
use super::finish::each;

/// The integer type of a draft.
pub(super) fn integer(draft: Draft) -> IntegerType {
    let beyond = draft
        .maximum
        .as_ref()
        .is_some_and(|n| n.as_f64().is_some_and(|n| n > 1e19));
    let mut format = draft.format;
    if beyond && format.is_none() {
        format = Some("uint64".to_owned());
    }
    let (minimum, exclusive_minimum) = bound(draft.minimum, draft.exclusive_minimum, f64::ceil);
    let (maximum, exclusive_maximum) = bound(draft.maximum, draft.exclusive_maximum, f64::floor);
    IntegerType {
        format: format.into(),
        multiple_of: draft.multiple_of.and_then(|n| whole(&n)),
        exclusive_minimum,
        exclusive_maximum,
        minimum,
        maximum,
        enumeration: each(draft.enumeration, Value::as_i64),
    }
}

/// A bound of an integer: the nearest one that is an integer itself.
fn bound(
    bound: Option<Number>,
    exclusive: Option<bool>,
    round: fn(f64) -> f64,
) -> (Option<i64>, bool) {
    let Some(bound) = bound else {
        return (None, false);
    };
    if let Some(bound) = whole(&bound) {
        return (Some(bound), exclusive.unwrap_or_default());
    }
    // No integer lies on a fraction, so it excludes nothing.
    (bound.as_f64().map(round).and_then(whole_i64), false)
}

fn whole(number: &Number) -> Option<i64> {
    number
        .as_i64()
        .or_else(|| number.as_f64().and_then(whole_i64))
}
