//! Keywords that restrict a scalar: lengths, limits, patterns.

use serde_json::{Number, Value};

use super::Parser;
use super::SchemaKeywords;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Reads the keyword if it is a bound. Returns the value if not.
    pub(super) fn parse_bound(
        &mut self,
        keywords: &mut SchemaKeywords,
        key: &str,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Value> {
        match key {
            "minLength" => keywords.min_length = self.read_count(value, at),
            "maxLength" => keywords.max_length = self.read_count(value, at),
            "pattern" => keywords.pattern = self.read_string(value, at),
            "minItems" => keywords.min_items = self.read_count(value, at),
            "maxItems" => keywords.max_items = self.read_count(value, at),
            "uniqueItems" => keywords.unique_items = self.read_flag(value, at),
            "minProperties" => keywords.min_properties = self.read_count(value, at),
            "maxProperties" => keywords.max_properties = self.read_count(value, at),
            "multipleOf" => keywords.multiple_of = self.read_number(value, at).filter(is_positive),
            // An exclusive bound may come before the inclusive one.
            "minimum" if keywords.minimum.is_none() => {
                keywords.minimum = self.read_number(value, at)
            }
            "maximum" if keywords.maximum.is_none() => {
                keywords.maximum = self.read_number(value, at)
            }
            "exclusiveMinimum" => {
                let (bound, flag) = self.parse_exclusive_bound(value, at);
                keywords.minimum = bound.or(keywords.minimum.take());
                keywords.exclusive_minimum = flag;
            }
            "exclusiveMaximum" => {
                let (bound, flag) = self.parse_exclusive_bound(value, at);
                keywords.maximum = bound.or(keywords.maximum.take());
                keywords.exclusive_maximum = flag;
            }
            _ => return Some(value),
        }
        None
    }

    /// Reads an exclusive bound: a flag in 3.0, the bound itself in 3.1.
    fn parse_exclusive_bound(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> (Option<Number>, Option<bool>) {
        match value {
            Value::Number(bound) => (Some(bound), Some(true)),
            other => (None, self.read_flag(other, at)),
        }
    }
}

fn is_positive(number: &Number) -> bool {
    number.as_f64().is_some_and(|n| n > 0.0)
}
