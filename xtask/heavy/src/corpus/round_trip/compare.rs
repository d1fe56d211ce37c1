//! Whether two JSON values mean the same.

use chrono::DateTime;
use serde_json::{Number, Value};

/// Compares two values by meaning, and returns the first difference.
///
/// The order of properties is ignored. Numbers are compared by value, and date-times as instants.
pub(super) fn find_difference(given: &Value, written: &Value) -> Option<Difference> {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            for (name, value) in given {
                let found = match written.get(name) {
                    Some(other) => find_difference(value, other),
                    None => Some(Difference::new(Reason::Lost)),
                };
                if let Some(found) = found {
                    return Some(found.below(name));
                }
            }
            let added = written.keys().find(|name| !given.contains_key(*name))?;
            Some(Difference::new(Reason::Added).below(added))
        }
        (Value::Array(given), Value::Array(written)) if given.len() == written.len() => given
            .iter()
            .zip(written)
            .enumerate()
            .find_map(|(index, (a, b))| Some(find_difference(a, b)?.below(&index.to_string()))),
        (Value::Array(_), Value::Array(_)) => Some(Difference::new(Reason::Length)),
        (given, written) => (!is_same(given, written)).then(|| Difference::new(Reason::Changed)),
    }
}

/// A difference between two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// A difference between two values.
    pub(super) reason: Reason,
    /// Where, as a JSON Pointer into the value.
    pub(super) at: String,
}

/// The kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// A property was not written.
    Lost,
    /// A property was written that the example does not have.
    Added,
    /// A list has another length.
    Length,
    /// A value is another one.
    Changed,
}

impl Reason {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Lost => "a property is lost",
            Self::Added => "a property is added",
            Self::Length => "a list has another length",
            Self::Changed => "a value is another one",
        }
    }
}

impl Difference {
    const fn new(reason: Reason) -> Self {
        Self {
            reason,
            at: String::new(),
        }
    }

    fn below(mut self, segment: &str) -> Self {
        let segment = segment.replace('~', "~0").replace('/', "~1");
        self.at = format!("/{segment}{}", self.at);
        self
    }
}

fn is_same(given: &Value, written: &Value) -> bool {
    match (given, written) {
        (Value::Number(a), Value::Number(b)) => is_same_number(a, b),
        (Value::String(a), Value::String(b)) => a == b || is_same_moment(a, b),
        (a, b) => a == b,
    }
}

fn is_same_number(a: &Number, b: &Number) -> bool {
    // Two integers are compared as such: as doubles, large ones are all alike.
    a == b || ((a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64())
}

/// `12:00:00.000Z` and `12:00:00+00:00` are spellings of one moment.
fn is_same_moment(a: &str, b: &str) -> bool {
    match (
        DateTime::parse_from_rfc3339(a),
        DateTime::parse_from_rfc3339(b),
    ) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Difference, Reason, find_difference};

    #[test]
    fn equivalent_values_are_equal() {
        let given = json!({ "a": 1.0, "b": ["2024-01-15T10:30:00.000Z", null], "c": 1e3 });
        let written = json!({ "c": 1000, "b": ["2024-01-15T10:30:00Z", null], "a": 1 });
        assert_eq!(find_difference(&given, &written), None);
    }

    #[test]
    fn large_integers_differ() {
        let found = find_difference(
            &json!(9_007_199_254_740_993_u64),
            &json!(9_007_199_254_740_992_u64),
        );
        assert_eq!(found.map(|found| found.reason), Some(Reason::Changed));
    }

    #[test]
    fn each_difference_has_its_pointer() {
        let given = json!({ "list": [{ "a/b": 1 }] });
        let cases = [
            (json!({ "list": [{}] }), Reason::Lost, "/list/0/a~1b"),
            (
                json!({ "list": [{ "a/b": 2 }] }),
                Reason::Changed,
                "/list/0/a~1b",
            ),
            (json!({ "list": [] }), Reason::Length, "/list"),
            (
                json!({ "list": [{ "a/b": 1 }], "more": 1 }),
                Reason::Added,
                "/more",
            ),
        ];
        for (written, reason, at) in cases {
            let at = at.to_owned();
            assert_eq!(
                find_difference(&given, &written),
                Some(Difference { reason, at })
            );
        }
    }
}
