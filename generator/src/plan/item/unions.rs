//! Unions and their variants.

use super::RustType;
use crate::ir::{Docs, VariantMatching, WireName};
use crate::plan::RustIdent;

/// A union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnionPlan {
    /// Its variants, in the order of the document.
    pub variants: Vec<VariantPlan>,
    /// The rule by which a decoder selects a variant.
    pub matching: VariantMatching,
    /// Whether users create values, so that conversions are useful.
    pub constructible: bool,
    /// Whether it has an accessor for each variant. A union of hundreds of variants has none, because
    /// they would be most of its code.
    pub lends: bool,
    /// The method that returns the discriminator value, if each variant has exactly one.
    pub discriminator_method: Option<RustIdent>,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VariantPlan {
    /// Its name.
    pub ident: RustIdent,
    /// Its payload.
    pub ty: RustType,
    /// The discriminator values that select it.
    pub discriminator_values: Vec<String>,
    /// The discriminator and its value, if the encoded payload can lack it.
    pub added_discriminator: Option<(WireName, String)>,
    /// Whether it holds floats while another variant holds integers. Then `7.0` is encoded with its
    /// fraction.
    pub is_fraction: bool,
    /// Whether `From` of the payload is unambiguous.
    pub from: bool,
    /// The method that borrows its payload, such as `as_text`. Without a payload, it returns whether
    /// the value is this variant, such as `is_null`.
    pub accessor: RustIdent,
    /// The description.
    pub docs: Docs,
}
