//! Unions and their variants.

use std::collections::BTreeMap;

use super::{Docs, PropertyPath, Type, VariantMatching, WireName, Words};
use crate::source::Pointer;

/// A value of one of several types: `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub struct Union {
    /// The variants, in the order of the document.
    pub variants: Vec<Variant>,
    /// The property whose value selects a variant, if there is one.
    ///
    /// It is the property of the `discriminator`. Otherwise, it is a property with different
    /// constants in each variant, or in an object of each variant. Predicates match variants that
    /// share a discriminator value, and variants without one.
    pub discriminator: Option<PropertyPath>,
    /// The JSON pointer of the `discriminator` object; `None` if the discriminator is inferred.
    pub discriminator_pointer: Option<Pointer>,
    /// The index of the variant for a value that no discriminator value selects: `defaultMapping`.
    pub fallback: Option<usize>,
    /// The rule by which a decoder selects a variant. It is decided when all types are known.
    pub matching: VariantMatching,
    /// The rule for a union that is also sent, if it differs: its values can lack `readOnly`
    /// properties.
    pub matching_if_sent: Option<Box<VariantMatching>>,
    /// The variants that no value can have, each with the variant that accepts all its values and
    /// is tried first.
    pub unreachable: BTreeMap<usize, usize>,
}

impl Union {
    /// Returns a union whose matching is not decided yet.
    #[must_use]
    pub const fn new(
        variants: Vec<Variant>,
        discriminator: Option<PropertyPath>,
        fallback: Option<usize>,
    ) -> Self {
        Self {
            variants,
            discriminator,
            discriminator_pointer: None,
            fallback,
            matching: VariantMatching::Untagged(Vec::new()),
            matching_if_sent: None,
            unreachable: BTreeMap::new(),
        }
    }
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The words of its name.
    pub name: Words,
    /// The name of the component that its subschema refers to.
    pub component: Option<WireName>,
    /// Its type.
    pub ty: Type,
    /// The discriminator values that select it, each once.
    pub discriminator_values: Vec<String>,
    /// The discriminator and its value, if an encoder must add them: documents forget to declare
    /// the property of a `discriminator` in its schemas.
    pub added_discriminator: Option<(WireName, String)>,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its schema.
    pub pointer: Pointer,
}
