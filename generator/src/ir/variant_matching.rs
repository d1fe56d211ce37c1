//! Variant matching: the rules by which a decoder selects the variant of a union for a JSON value.
//!
//! A discriminator selects a variant by the value of a property. Without one, a decoder tests
//! cheap predicates in order, and takes the first variant whose predicate holds and which decodes.

use serde_json::Value;

use super::{PropertyPath, WireName};

/// The rule by which the variants of a union are matched.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum VariantMatching {
    /// By the value of a property.
    Discriminator(DiscriminatorMatching),
    /// By predicates, in this order.
    Untagged(Vec<VariantPredicate>),
}

impl Default for VariantMatching {
    /// The matching of a union that is still under construction: no value has a variant.
    fn default() -> Self {
        Self::Untagged(Vec::new())
    }
}

impl VariantMatching {
    /// Whether a value without a discriminator can be a variant.
    #[must_use]
    pub fn matches_without_discriminator(&self, variant: usize) -> bool {
        let predicates = match self {
            Self::Discriminator(matching) => match matching.select(None) {
                Selected::Predicates(predicates) => predicates,
                Selected::Variant(index) => return index == variant,
            },
            Self::Untagged(predicates) => predicates,
        };
        predicates.iter().any(|it| it.variant == variant)
    }

    /// Whether a variant is only for numbers that are not written as integers.
    #[must_use]
    pub fn is_fraction(&self, variant: usize) -> bool {
        let Self::Untagged(predicates) = self else {
            return false;
        };
        let mut predicates = predicates.iter();
        predicates.any(|it| it.variant == variant && it.predicate == Predicate::Fraction)
    }
}

/// Selection of a variant by a discriminator value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiscriminatorMatching {
    /// The discriminator: a property of the value, or of an object in it.
    pub path: PropertyPath,
    /// The variants that known discriminator values select.
    pub cases: Vec<DiscriminatorCase>,
    /// The predicates for a value without a discriminator, if they differ from `otherwise`.
    pub absent: Vec<VariantPredicate>,
    /// The predicates for a value with an unknown discriminator value.
    pub otherwise: Vec<VariantPredicate>,
}

impl DiscriminatorMatching {
    /// Returns the selection of a discriminator value. `None` stands for a missing discriminator.
    #[must_use]
    pub fn select(&self, value: Option<&str>) -> Selected<'_> {
        let Some(value) = value else {
            return Selected::Predicates(if self.absent.is_empty() {
                &self.otherwise
            } else {
                &self.absent
            });
        };
        let mut cases = self.cases.iter();
        match cases.find(|case| case.values.iter().any(|own| own == value)) {
            Some(case) => match &case.selection {
                Selection::Variant(index) => Selected::Variant(*index),
                Selection::Predicates(predicates) => Selected::Predicates(predicates),
            },
            None => Selected::Predicates(&self.otherwise),
        }
    }
}

/// Discriminator values that select the same variants.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiscriminatorCase {
    /// The discriminator values.
    pub values: Vec<String>,
    /// The variant, or the predicates that choose among several.
    pub selection: Selection,
}

/// The selection of a discriminator value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Selection {
    /// The variant at this index.
    Variant(usize),
    /// One of several variants, by predicates.
    Predicates(Vec<VariantPredicate>),
}

/// A borrowed [`Selection`].
#[derive(Debug, Clone, Copy)]
pub enum Selected<'s> {
    /// The variant at this index.
    Variant(usize),
    /// One of several variants, by predicates.
    Predicates(&'s [VariantPredicate]),
}

/// A predicate, and the variant to try if a value satisfies it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VariantPredicate {
    /// The predicate.
    pub predicate: Predicate,
    /// The index of the variant.
    pub variant: usize,
}

/// A cheap predicate on a JSON value that is not decoded yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Predicate {
    /// The value has this JSON type.
    JsonType(JsonType),
    /// The value is a number that is written as an integer.
    Integer,
    /// The value is a number that is written with a fraction or an exponent.
    Fraction,
    /// The value is an object with all of these properties.
    HasAll(Vec<String>),
    /// The value is an object with all of some properties and at least one of others.
    HasAny {
        /// The properties that it must have.
        all: Vec<String>,
        /// The properties; it must have at least one of them.
        any: Vec<String>,
    },
    /// The value is an object, and each of these properties has one of the listed values.
    HasValues(Vec<(WireName, Vec<String>)>),
}

impl Predicate {
    /// Whether a value satisfies the predicate. The generated decoders use the same rules.
    #[must_use]
    pub fn holds_for(&self, value: &Value) -> bool {
        let has = |key: &String| value.get(key).is_some();
        match self {
            Self::JsonType(json_type) => *json_type == JsonType::of_value(value),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Fraction => value.is_f64(),
            Self::HasAll(keys) => keys.iter().all(has),
            Self::HasAny { all, any } => all.iter().all(has) && any.iter().any(has),
            Self::HasValues(properties) => properties.iter().all(|(wire, values)| {
                let path = PropertyPath::nested(Vec::new(), wire.clone());
                path.text_in(value)
                    .is_some_and(|text| values.iter().any(|v| *v == text))
            }),
        }
    }
}

/// A JSON type (RFC 8259, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// All JSON types.
    pub const ALL: [Self; 6] = [
        Self::Null,
        Self::Bool,
        Self::Number,
        Self::String,
        Self::Array,
        Self::Object,
    ];

    /// Returns the JSON type of a value.
    #[must_use]
    pub const fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}
