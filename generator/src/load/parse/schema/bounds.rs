//! Keywords that bound a value: lengths, limits, patterns.

use serde_json::{Number, Value};

use super::Parser;
use super::SchemaKeywords;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Takes the keyword if it is a bound; gives the value back if not.
    pub(super) fn bound(
        &mut self,
        keywords: &mut SchemaKeywords,
        key: &str,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Value> {
        match key {
            "minLength" => keywords.min_length = self.count(value, at),
            "maxLength" => keywords.max_length = self.count(value, at),
            "pattern" => keywords.pattern = self.text(value, at),
            "minItems" => keywords.min_items = self.count(value, at),
            "maxItems" => keywords.max_items = self.count(value, at),
            "uniqueItems" => keywords.unique_items = self.flag(value, at),
            "minProperties" => keywords.min_properties = self.count(value, at),
            "maxProperties" => keywords.max_properties = self.count(value, at),
            "multipleOf" => keywords.multiple_of = self.number(value, at).filter(is_positive),
            // A bound that excludes itself may have been seen before.
            "minimum" if keywords.minimum.is_none() => keywords.minimum = self.number(value, at),
            "maximum" if keywords.maximum.is_none() => keywords.maximum = self.number(value, at),
            "exclusiveMinimum" => {
                let (bound, flag) = self.exclusive(value, at);
                keywords.minimum = bound.or(keywords.minimum.take());
                keywords.exclusive_minimum = flag;
            }
            "exclusiveMaximum" => {
                let (bound, flag) = self.exclusive(value, at);
                keywords.maximum = bound.or(keywords.maximum.take());
                keywords.exclusive_maximum = flag;
            }
            _ => return Some(value),
        }
        None
    }

    /// A flag beside the bound in 3.0, the bound itself in 3.1.
    fn exclusive(&mut self, value: Value, at: &PointerPath<'_>) -> (Option<Number>, Option<bool>) {
        match value {
            Value::Number(bound) => (Some(bound), Some(true)),
            other => (None, self.flag(other, at)),
        }
    }
}

fn is_positive(number: &Number) -> bool {
    number.as_f64().is_some_and(|n| n > 0.0)
}
