//! Unions and their variants.

use super::RustType;
use crate::ir::{Docs, VariantMatching, WireName};
use crate::plan::RustIdent;

/// A union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnionPlan {
    /// Its variants, in the order of the document.
    pub variants: Vec<VariantPlan>,
    /// How a decoder chooses a variant.
    pub matching: VariantMatching,
    /// Whether users can make one, so that conversions are worth having.
    pub constructible: bool,
    /// Whether it has a method that looks for each of its variants: of hundreds,
    /// these would be most of the code, and `match` does without.
    pub lends: bool,
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
    /// Whether it holds floats while another variant holds integers, so that `7.0` is
    /// written as such.
    pub is_fraction: bool,
    /// Whether `From` of the payload is unambiguous.
    pub from: bool,
    /// The method that lends its payload, `as_text`; without a payload it says whether
    /// the value is this variant, `is_null`.
    pub accessor: RustIdent,
    /// What it is, in words.
    pub docs: Docs,
}
