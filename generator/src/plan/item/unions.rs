//! Unions, and how their variants are told apart.

use super::RustType;
use crate::ir::{Docs, PropertyPath, WireName};
use crate::plan::RustIdent;

/// A union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnionPlan {
    /// Its variants, in the order of the document.
    pub variants: Vec<VariantPlan>,
    /// How they are told apart.
    pub select: Select,
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
    /// The values of the tag that select it.
    pub tags: Vec<String>,
    /// The member that selects it, and its value, where the payload may lack it.
    pub added: Option<(WireName, String)>,
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

/// How the variants of a union are told apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Select {
    /// By the value of a member.
    Tag(TagSelect),
    /// By looking at the value: the first test that holds and whose variant
    /// decodes.
    Look(Vec<Look>),
}

impl Select {
    /// Whether a value without a tag may be of a variant.
    pub(in crate::plan) fn reaches_untagged(&self, variant: usize) -> bool {
        let looks = match self {
            Self::Tag(select) => match select.selected(None) {
                Selected::Look(looks) => looks,
                Selected::One(index) => return index == variant,
            },
            Self::Look(looks) => looks,
        };
        looks.iter().any(|look| look.variant == variant)
    }

    /// Whether a variant is only for numbers that are not written as integers.
    pub(in crate::plan) fn is_fraction(&self, variant: usize) -> bool {
        let Self::Look(looks) = self else {
            return false;
        };
        let mut looks = looks.iter();
        looks.any(|look| look.variant == variant && look.test == Test::Fraction)
    }
}

/// How the value of a member selects a variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TagSelect {
    /// The member, of the value itself or of an object in it.
    pub path: PropertyPath,
    /// What its values select.
    pub arms: Vec<Arm>,
    /// What is asked of a value that has no such member, where that differs
    /// from what is asked of one that has another tag.
    pub absent: Vec<Look>,
    /// What is asked of a value that has another tag.
    pub rest: Vec<Look>,
}

impl TagSelect {
    /// What a tag selects.
    pub(in crate::plan) fn selected(&self, tag: Option<&str>) -> Selected<'_> {
        let Some(tag) = tag else {
            return Selected::Look(if self.absent.is_empty() {
                &self.rest
            } else {
                &self.absent
            });
        };
        let mut arms = self.arms.iter();
        match arms.find(|arm| arm.tags.iter().any(|own| own == tag)) {
            Some(arm) => match &arm.choice {
                Choice::One(index) => Selected::One(*index),
                Choice::Look(looks) => Selected::Look(looks),
            },
            None => Selected::Look(&self.rest),
        }
    }
}

/// What a tag has selected.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) enum Selected<'s> {
    /// The variant at this index.
    One(usize),
    /// One of several, by looking at the value.
    Look(&'s [Look]),
}

/// What some tags select.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Arm {
    /// The tags.
    pub tags: Vec<String>,
    /// The variant, or what tells several apart.
    pub choice: Choice,
}

/// What a tag selects.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Choice {
    /// The variant at this index.
    One(usize),
    /// One of several, by looking at the value.
    Look(Vec<Look>),
}

/// A question, and the variant that a value which passes may be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Look {
    /// The question.
    pub test: Test,
    /// The index of the variant.
    pub variant: usize,
}

/// A cheap question about a value that has not been decoded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// Its JSON type.
    Kind(&'static str),
    /// It is a number that is written as an integer.
    Integer,
    /// It is a number that is written with a fraction or an exponent.
    Fraction,
    /// It is an object with these members.
    Has(Vec<String>),
    /// It is an object with these members, and one at least of those.
    HasAny {
        /// The members that it must have.
        all: Vec<String>,
        /// Those of which it must have one.
        any: Vec<String>,
    },
    /// It is an object, and each of these members has one of these values.
    Is(Vec<(WireName, Vec<String>)>),
}
