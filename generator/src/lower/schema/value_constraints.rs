//! The keywords that restrict the value of a scalar: its format, length, pattern and range.

use openapiv3::{AnySchema, IntegerType, NumberType, StringType};

/// The restrictions of a schema, and of its `allOf` members.
#[derive(Debug, Clone, Copy, Default)]
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

    /// Reads the keywords of a schema of any type.
    pub(in crate::lower) fn read_any(&mut self, any: &'a AnySchema) {
        self.pattern = any.pattern.as_deref();
        self.min_length = any.min_length;
        self.max_length = any.max_length;
        self.minimum = Bound::read(any.minimum, any.exclusive_minimum.unwrap_or_default());
        self.maximum = Bound::read(any.maximum, any.exclusive_maximum.unwrap_or_default());
        self.multiple_of = any.multiple_of;
    }

    /// Adds the restrictions of another schema. Those of this one have precedence.
    pub(in crate::lower) fn or(self, other: Self) -> Self {
        Self {
            format: self.format.or(other.format),
            pattern: self.pattern.or(other.pattern),
            min_length: self.min_length.or(other.min_length),
            max_length: self.max_length.or(other.max_length),
            minimum: self.minimum.or(other.minimum),
            maximum: self.maximum.or(other.maximum),
            multiple_of: self.multiple_of.or(other.multiple_of),
        }
    }
}
