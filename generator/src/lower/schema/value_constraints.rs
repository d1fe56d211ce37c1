//! The keywords that restrict a value: the format, pattern and length of a string, the range of a
//! number, and the length of an array.

use std::cmp::Ordering;

use openapiv3::{AnySchema, ArrayType, IntegerType, NumberType, StringType};

/// The restrictions of a schema, and of its `allOf` members.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::lower) struct ValueConstraints<'a> {
    /// `format`.
    pub(in crate::lower) format: Option<&'a str>,
    /// `pattern`.
    pub(in crate::lower) pattern: Option<&'a str>,
    /// `minLength`.
    pub(in crate::lower) min_length: Option<usize>,
    /// `maxLength`.
    pub(in crate::lower) max_length: Option<usize>,
    /// `minimum`.
    pub(in crate::lower) minimum: Option<Bound>,
    /// `maximum`.
    pub(in crate::lower) maximum: Option<Bound>,
    /// `multipleOf`.
    pub(in crate::lower) multiple_of: Option<f64>,
    /// `minItems`.
    pub(in crate::lower) min_items: Option<usize>,
    /// `maxItems`.
    pub(in crate::lower) max_items: Option<usize>,
}

/// A limit of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::lower) struct Bound {
    /// The limit.
    pub(in crate::lower) value: f64,
    /// Whether the limit itself is excluded.
    pub(in crate::lower) is_exclusive: bool,
}

impl Bound {
    fn read(value: Option<f64>, is_exclusive: bool) -> Option<Self> {
        let value = value?;
        Some(Self {
            value,
            is_exclusive,
        })
    }

    /// Returns the lower of two upper limits. Of equal limits, the exclusive one is lower.
    fn lower(self, other: Self) -> Self {
        match other.value.total_cmp(&self.value) {
            Ordering::Less => other,
            Ordering::Equal if other.is_exclusive => other,
            _ => self,
        }
    }

    /// Returns the higher of two lower limits. Of equal limits, the exclusive one is higher.
    fn higher(self, other: Self) -> Self {
        match other.value.total_cmp(&self.value) {
            Ordering::Greater => other,
            Ordering::Equal if other.is_exclusive => other,
            _ => self,
        }
    }
}

impl<'a> ValueConstraints<'a> {
    /// Reads the keywords of a string.
    pub(in crate::lower) fn read_string(&mut self, string: &'a StringType) {
        self.pattern = string.pattern.as_deref();
        self.min_length = string.min_length;
        self.max_length = string.max_length;
    }

    /// Reads the keywords of a number.
    pub(in crate::lower) fn read_number(&mut self, number: &NumberType) {
        self.minimum = Bound::read(number.minimum, number.exclusive_minimum);
        self.maximum = Bound::read(number.maximum, number.exclusive_maximum);
        self.multiple_of = number.multiple_of;
    }

    /// Reads the keywords of an integer.
    pub(in crate::lower) fn read_integer(&mut self, integer: &IntegerType) {
        let float = |value: Option<i64>| value.map(|value| value as f64);
        self.minimum = Bound::read(float(integer.minimum), integer.exclusive_minimum);
        self.maximum = Bound::read(float(integer.maximum), integer.exclusive_maximum);
        self.multiple_of = float(integer.multiple_of);
    }

    /// Reads the keywords of an array.
    pub(in crate::lower) fn read_array(&mut self, array: &ArrayType) {
        self.min_items = array.min_items;
        self.max_items = array.max_items;
    }

    /// Reads the keywords of a schema of any type.
    pub(in crate::lower) fn read_any(&mut self, any: &'a AnySchema) {
        self.format = any.format.as_deref();
        self.pattern = any.pattern.as_deref();
        self.min_length = any.min_length;
        self.max_length = any.max_length;
        self.minimum = Bound::read(any.minimum, any.exclusive_minimum.unwrap_or_default());
        self.maximum = Bound::read(any.maximum, any.exclusive_maximum.unwrap_or_default());
        self.multiple_of = any.multiple_of;
        self.min_items = any.min_items;
        self.max_items = any.max_items;
    }

    /// Adds the restrictions of another schema. The narrower limit applies. The format, the pattern
    /// and the divisor of this schema have precedence.
    pub(in crate::lower) fn narrow(self, other: Self) -> Self {
        Self {
            format: self.format.or(other.format),
            pattern: self.pattern.or(other.pattern),
            min_length: combine(self.min_length, other.min_length, usize::max),
            max_length: combine(self.max_length, other.max_length, usize::min),
            minimum: combine(self.minimum, other.minimum, Bound::higher),
            maximum: combine(self.maximum, other.maximum, Bound::lower),
            multiple_of: self.multiple_of.or(other.multiple_of),
            min_items: combine(self.min_items, other.min_items, usize::max),
            max_items: combine(self.max_items, other.max_items, usize::min),
        }
    }
}

/// Returns the limit that two schemas have together.
fn combine<T>(a: Option<T>, b: Option<T>, narrow: impl FnOnce(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(narrow(a, b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, ValueConstraints};

    #[test]
    fn the_narrower_limit_applies() {
        let bound = |value, is_exclusive| {
            Some(Bound {
                value,
                is_exclusive,
            })
        };
        let wide = ValueConstraints {
            format: Some("wide"),
            min_length: Some(1),
            max_length: Some(9),
            minimum: bound(1.0, false),
            maximum: bound(9.0, false),
            min_items: Some(1),
            ..ValueConstraints::default()
        };
        let narrow = ValueConstraints {
            format: Some("narrow"),
            min_length: Some(2),
            max_length: Some(8),
            minimum: bound(1.0, true),
            maximum: bound(8.0, false),
            min_items: Some(2),
            max_items: Some(5),
            ..ValueConstraints::default()
        };
        for (first, second) in [(wide, narrow), (narrow, wide)] {
            let expected = ValueConstraints {
                format: first.format,
                ..narrow
            };
            assert_eq!(first.narrow(second), expected);
        }
    }
}
