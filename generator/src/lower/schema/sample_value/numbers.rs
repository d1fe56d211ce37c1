//! Sample numbers: by the name, within the limits of the schema.

use crate::ir::Words;
use crate::lower::schema::value_constraints::{Bound, ValueConstraints};

/// Numbers by the last word of a name.
const NUMBERS: [(&[&str], f64); 8] = [
    (&["limit", "size"], 20.0),
    (&["amount", "total"], 1000.0),
    (&["price"], 9.99),
    (&["year"], 2026.0),
    (&["port"], 8080.0),
    (&["age"], 36.0),
    (&["latitude", "lat"], 52.52),
    (&["longitude", "lng", "lon"], 13.405),
];

/// The number without a known name.
const USUAL_NUMBER: f64 = 1.0;

/// Greatest number in a sample. Larger ones lose digits.
const MAX_SAMPLE_NUMBER: f64 = 9_007_199_254_740_991.0;

/// Returns a number for a name, or `None` if neither the name nor a keyword says more than the type.
pub(super) fn sample_number(
    name: &Words,
    constraints: ValueConstraints<'_>,
    is_integer: bool,
) -> Option<f64> {
    let ValueConstraints {
        minimum,
        maximum,
        multiple_of,
        ..
    } = constraints;
    let known = name.iter().next_back().and_then(|word| {
        let mut numbers = NUMBERS.iter();
        numbers.find(|(names, _)| names.contains(&word.as_str()))
    });
    let known = known.map(|(_, number)| *number);
    if known.is_none() && minimum.is_none() && maximum.is_none() && multiple_of.is_none() {
        return None;
    }
    let wanted = known.unwrap_or(USUAL_NUMBER);
    let wanted = if is_integer { wanted.round() } else { wanted };
    let step = multiple_of.filter(|step| *step > 0.0);
    let unit = step.unwrap_or(if is_integer { 1.0 } else { 0.5 });
    let least = minimum.map(|bound| bound.value + offset(bound, unit));
    let greatest = maximum.map(|bound| bound.value - offset(bound, unit));
    let number = wanted.max(least.unwrap_or(f64::MIN));
    let number = number.min(greatest.unwrap_or(f64::MAX));
    let number = match step {
        Some(step) if number % step != 0.0 => (number / step).ceil() * step,
        _ => number,
    };
    let is_within = least.is_none_or(|least| number >= least)
        && greatest.is_none_or(|greatest| number <= greatest);
    let is_valid = is_within && number.abs() <= MAX_SAMPLE_NUMBER;
    (is_valid && !(is_integer && number.fract() != 0.0)).then_some(number)
}

/// The distance between a limit and the nearest number that it allows.
const fn offset(bound: Bound, unit: f64) -> f64 {
    if bound.is_exclusive { unit } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::sample_number;
    use crate::ir::Words;
    use crate::lower::schema::value_constraints::{Bound, ValueConstraints};

    #[test]
    fn numbers_are_within_their_limits() {
        let bound = |value, is_exclusive| {
            Some(Bound {
                value,
                is_exclusive,
            })
        };
        let sample = |name: &str, minimum, maximum, multiple_of| {
            let constraints = ValueConstraints {
                minimum,
                maximum,
                multiple_of,
                ..ValueConstraints::default()
            };
            sample_number(&Words::split(name), constraints, true)
        };
        assert_eq!(sample("count", None, None, None), None);
        assert_eq!(sample("page_size", None, None, None), Some(20.0));
        assert_eq!(sample("limit", None, bound(10.0, false), None), Some(10.0));
        assert_eq!(sample("count", bound(5.0, true), None, None), Some(6.0));
        assert_eq!(sample("count", None, None, Some(100.0)), Some(100.0));
        assert_eq!(sample("count", None, bound(0.0, true), None), Some(-1.0));
        let empty = sample("count", bound(2.0, false), bound(1.0, false), None);
        assert_eq!(empty, None);
    }
}
