//! Looks: what a value is asked before it is decoded.
//!
//! The narrower a test, the earlier: a constant says more than a required
//! member, and that more than the JSON type. A value that passes must still
//! decode; otherwise the next test is made.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::reachable::narrowest_first;
use crate::ir::{
    Field, PropertyPath, Scalar, Shape, StringKind, Struct, Tagging, Type, TypeId, Union, WireName,
};
use crate::plan::build::Builder;
use crate::plan::item::{Look, Test};

/// Unions of unions are followed this far; nobody nests them deeper on purpose.
const DEEPEST: usize = 8;

/// What is asked first: the narrower a test, the earlier.
type Rank = (u8, Reverse<usize>);

/// Objects that only what they may have tells apart come after those that must have something, and
/// before those that any object could be.
const OPTIONAL: u8 = 3;

/// The tag of a value, where it is known already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'t> {
    /// The member.
    pub(super) path: &'t PropertyPath,
    /// The values that it may have; none if it has another one, or is absent.
    pub(super) tags: &'t [String],
}

impl Told<'_> {
    /// Whether the tag is this member of the value itself.
    fn is_of(&self, wire: &WireName) -> bool {
        self.path.as_direct() == Some(wire)
    }
}

/// A look at the variants of a union.
#[derive(Clone, Copy)]
pub(super) struct Looking<'b, 'a> {
    builder: &'b Builder<'a>,
    union: &'b Union,
    told: Option<Told<'b>>,
}

impl<'b, 'a> Looking<'b, 'a> {
    pub(super) const fn new(
        builder: &'b Builder<'a>,
        union: &'b Union,
        told: Option<Told<'b>>,
    ) -> Self {
        Self {
            builder,
            union,
            told,
        }
    }

    /// What tells these variants apart.
    pub(super) fn at(self, indices: &[usize]) -> Vec<Look> {
        let mut leaves = Vec::new();
        for index in indices {
            if let Some(variant) = self.union.variants.get(*index) {
                let mut seen = HashSet::new();
                self.leaves((*index, 0), &variant.ty, &mut seen, &mut leaves);
            }
        }
        let dividing = self.dividing(&leaves);
        let spelled = has_integers_and_numbers(&leaves);
        let mut looks: Vec<(Rank, Look)> = leaves
            .iter()
            .flat_map(|(variant, leaf)| {
                let tests = self.tests(*leaf, &dividing).into_iter();
                tests.map(|(rank, test)| {
                    let test = if spelled { leaf.spelled(test) } else { test };
                    (
                        rank,
                        Look {
                            test,
                            variant: *variant,
                        },
                    )
                })
            })
            .collect();
        let objects: Vec<Candidate<'_>> = leaves
            .iter()
            .filter_map(|(variant, leaf)| self.candidate(*variant, *leaf, &dividing))
            .collect();
        let optional = objects.iter().filter_map(|it| it.by_optional(&objects));
        // Sorting is stable: of tests of one rank, those come first.
        looks.splice(0..0, optional);
        looks.sort_by_key(|(rank, _)| *rank);
        let mut looks: Vec<Look> = looks.into_iter().map(|(_, look)| look).collect();
        looks.dedup_by(|b, a| a.variant == b.variant && a.test == b.test);
        narrowest_first(&self.builder.api.types, self.union, looks)
    }

    /// What a variant can be in the end: the variants of unions below it, as
    /// far as the tag leaves them possible. Each type counts once, or unions that share their
    /// variants would be walked by every path.
    fn leaves(
        self,
        (index, depth): (usize, usize),
        ty: &'b Type,
        seen: &mut HashSet<TypeId>,
        into: &mut Vec<(usize, Leaf<'b>)>,
    ) {
        let id = match ty {
            Type::Nullable(inner) => {
                self.leaves((index, depth), inner, seen, into);
                return into.push((index, Leaf::Null));
            }
            Type::Named(id) => *id,
            other => return into.push((index, Leaf::Type(other))),
        };
        if !seen.insert(id) {
            return;
        }
        match &self.shape(id) {
            Shape::Struct(object) => into.push((index, Leaf::Struct(object))),
            Shape::Enum(list) => {
                let text = |value: &Scalar| matches!(value, Scalar::String(_));
                let is_text = list.values.iter().any(|value| text(&value.value));
                into.push((index, Leaf::Enum { is_text }));
            }
            Shape::Union(_) | Shape::Alias(_) if depth >= DEEPEST => {}
            Shape::Union(union) => {
                for variant in &union.variants {
                    if self.is_possible(union, &variant.tags) {
                        self.leaves((index, depth + 1), &variant.ty, seen, into);
                    }
                }
            }
            Shape::Alias(ty) => self.leaves((index, depth + 1), ty, seen, into),
        }
    }

    fn shape(self, id: TypeId) -> &'b Shape {
        &self.builder.api.types.get(id).shape
    }

    /// Whether a variant of a union below can have the tag that is known.
    fn is_possible(self, union: &Union, tags: &[String]) -> bool {
        match (&union.tagging, self.told) {
            (Tagging::Property(path), Some(told)) if path == told.path => {
                tags.is_empty()
                    || told.tags.is_empty()
                    || tags.iter().any(|tag| told.tags.contains(tag))
            }
            _ => true,
        }
    }

    /// The members that have values in one variant that they cannot have in
    /// another. Where the tag is not known, only constants are told apart: an
    /// enum may have other values tomorrow.
    fn dividing(self, leaves: &[(usize, Leaf<'b>)]) -> HashSet<&'b str> {
        let mut dividing = HashSet::new();
        if self.told.is_none() {
            return dividing;
        }
        let listed: Vec<(&str, Vec<String>)> = leaves
            .iter()
            .filter_map(|(_, leaf)| leaf.object())
            .flat_map(|object| self.listed(object))
            .collect();
        for (position, (name, values)) in listed.iter().enumerate() {
            let others = listed.iter().skip(position + 1);
            let divides = others
                .filter(|(other, _)| other == name)
                .any(|(_, other)| !other.iter().any(|value| values.contains(value)));
            if divides {
                dividing.insert(*name);
            }
        }
        dividing
    }

    /// The required members that list their values, the tag apart.
    fn listed(self, object: &'b Struct) -> Vec<(&'b str, Vec<String>)> {
        object
            .fields
            .iter()
            .filter(|field| field.presence.is_required())
            .filter(|field| self.told.is_none_or(|told| !told.is_of(&field.wire)))
            .filter_map(|field| Some((field.wire.as_str(), self.values(field)?)))
            .collect()
    }

    /// The values that a member can have, as text.
    fn values(self, field: &Field) -> Option<Vec<String>> {
        if let Some(value) = &field.constant {
            return match value {
                serde_json::Value::String(text) => Some(vec![text.clone()]),
                other if other.is_i64() || other.is_boolean() => Some(vec![other.to_string()]),
                _ => None,
            };
        }
        let Type::Named(id) = &field.ty else {
            return None;
        };
        let Shape::Enum(list) = self.shape(*id) else {
            return None;
        };
        let text = |value: &Scalar| match value {
            Scalar::String(text) => text.clone(),
            Scalar::Integer(number) => number.to_string(),
        };
        Some(list.values.iter().map(|value| text(&value.value)).collect())
    }

    fn tests(self, leaf: Leaf<'b>, dividing: &HashSet<&str>) -> Vec<(Rank, Test)> {
        let kind = |rank: u8, kind| vec![((rank, Reverse(0)), Test::Kind(kind))];
        match leaf {
            Leaf::Struct(object) => vec![self.object_test(object, dividing)],
            Leaf::Enum { is_text: true } => kind(1, "String"),
            Leaf::Enum { is_text: false } => kind(1, "Number"),
            Leaf::Null => kind(6, "Null"),
            Leaf::Type(ty) => tests(ty),
        }
    }

    fn candidate(
        self,
        variant: usize,
        leaf: Leaf<'b>,
        dividing: &HashSet<&str>,
    ) -> Option<Candidate<'b>> {
        let object = leaf.object()?;
        let (rank, test) = self.object_test(object, dividing);
        Some(Candidate {
            variant,
            object,
            rank,
            test,
        })
    }

    fn object_test(self, object: &'b Struct, dividing: &HashSet<&str>) -> (Rank, Test) {
        let values: Vec<(WireName, Vec<String>)> = self
            .listed(object)
            .into_iter()
            .filter(|(name, values)| values.len() == 1 || dividing.contains(name))
            .map(|(name, values)| (WireName::new(name), values))
            .collect();
        if !values.is_empty() {
            return ((1, Reverse(object.fields.len())), Test::Is(values));
        }
        let required: Vec<String> = object
            .fields
            .iter()
            .filter(|field| field.presence.is_required())
            .filter(|field| {
                self.told
                    .is_none_or(|told| told.tags.is_empty() || !told.is_of(&field.wire))
            })
            .map(|field| field.wire.as_str().to_owned())
            .collect();
        match required.len() {
            0 => ((4, Reverse(object.fields.len())), Test::Kind("Object")),
            n => ((2, Reverse(n)), Test::Has(required)),
        }
    }
}

/// A variant that is an object, and what it is asked.
struct Candidate<'b> {
    variant: usize,
    object: &'b Struct,
    rank: Rank,
    test: Test,
}

impl Candidate<'_> {
    /// Where others are asked the same: a value of this one may have a member that none of them
    /// knows.
    fn by_optional(&self, all: &[Self]) -> Option<(Rank, Look)> {
        let (rank, required) = match &self.test {
            Test::Has(required) => (self.rank, required.clone()),
            Test::Kind(_) => ((OPTIONAL, Reverse(0)), Vec::new()),
            Test::HasAny { .. } | Test::Is(_) | Test::Integer | Test::Fraction => return None,
        };
        let is_rival = |other: &&Self| other.variant != self.variant && other.test == self.test;
        let rivals: Vec<&Self> = all.iter().filter(is_rival).collect();
        let known = |name: &WireName| {
            let mut fields = rivals.iter().flat_map(|rival| &rival.object.fields);
            fields.any(|field| field.wire == *name)
        };
        let own = self.object.fields.iter().map(|field| &field.wire);
        let any: Vec<String> = own
            .filter(|name| !known(name))
            .map(|name| name.as_str().to_owned())
            .collect();
        let tells = !rivals.is_empty() && !any.is_empty();
        let look = Look {
            variant: self.variant,
            test: Test::HasAny { all: required, any },
        };
        tells.then_some((rank, look))
    }
}

/// What a variant can be in the end.
#[derive(Debug, Clone, Copy)]
enum Leaf<'b> {
    Struct(&'b Struct),
    Enum { is_text: bool },
    Null,
    Type(&'b Type),
}

/// Whether the digits of a number say which variant it is of.
fn has_integers_and_numbers(leaves: &[(usize, Leaf<'_>)]) -> bool {
    let integer = leaves.iter().any(|(_, leaf)| leaf.is_integer());
    integer && leaves.iter().any(|(_, leaf)| leaf.is_number())
}

impl<'b> Leaf<'b> {
    const fn is_integer(&self) -> bool {
        matches!(
            self,
            Self::Enum { is_text: false } | Self::Type(Type::Integer(_))
        )
    }

    const fn is_number(&self) -> bool {
        matches!(self, Self::Type(Type::Number(_)))
    }

    /// The test of a leaf where integers and other numbers are of different variants: `7` is an
    /// integer, and `7.0` is not, so that each is written as it was read. An integer too large
    /// for its variant is not made a number either, which would lose its digits.
    fn spelled(&self, test: Test) -> Test {
        match test {
            Test::Kind("Number") if self.is_integer() => Test::Integer,
            Test::Kind("Number") if self.is_number() => Test::Fraction,
            test => test,
        }
    }

    const fn object(self) -> Option<&'b Struct> {
        match self {
            Self::Struct(object) => Some(object),
            _ => None,
        }
    }
}

/// The tests that a value of a type without a name passes.
fn tests(ty: &Type) -> Vec<(Rank, Test)> {
    let kind = |rank: u8, kind| vec![((rank, Reverse(0)), Test::Kind(kind))];
    match ty {
        Type::Null => kind(0, "Null"),
        Type::Bool => kind(0, "Bool"),
        Type::Integer(_) => kind(2, "Number"),
        Type::Number(_) => kind(3, "Number"),
        Type::String(StringKind::DateTime | StringKind::Date) => kind(1, "String"),
        Type::String(StringKind::Base64) => kind(3, "String"),
        Type::String(_) => kind(4, "String"),
        // The longer one first, and what nothing follows: the others would take its values, too.
        Type::Tuple(tuple) => {
            let narrow = tuple.required.saturating_mul(2);
            let narrow = narrow.saturating_add(usize::from(tuple.rest.is_none()));
            vec![((1, Reverse(narrow)), Test::Kind("Array"))]
        }
        Type::Array(_) => kind(2, "Array"),
        Type::Map(_) => kind(5, "Object"),
        Type::Untyped(_) | Type::Nullable(_) | Type::Named(_) => {
            ["Null", "Bool", "Number", "String", "Array", "Object"]
                .into_iter()
                .map(|kind| ((9, Reverse(0)), Test::Kind(kind)))
                .collect()
        }
    }
}
