//! Predicates that choose a variant by the JSON of a value.
//!
//! A narrow predicate comes before a wide one: a constant is narrower than a required property,
//! and a required property is narrower than a JSON type. A value that satisfies a predicate must
//! still decode as its variant; otherwise the decoder tries the next predicate.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::leaves::{KnownDiscriminator, Leaf, LeafFinder, list_field_values};
use super::shadowing::sort_narrowest_first;
use crate::ir::{
    Field, JsonType, Predicate, Presence, StringKind, Struct, Type, Types, Union, VariantPredicate,
    WireName,
};

/// The order of predicates: those of the lowest rank come first.
type Rank = (u8, Reverse<usize>);

/// The rank of objects that only optional properties distinguish: after objects with required
/// properties, and before objects without any.
const OPTIONAL_RANK: u8 = 3;

/// The values of a union that a decoder reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnionValues {
    /// Values of responses.
    Received,
    /// Values of responses, and those that a user built and stored.
    ReceivedAndSent,
}

/// Finds the predicates for the variants of a union.
#[derive(Clone, Copy)]
pub(super) struct PredicateFinder<'b> {
    types: &'b Types,
    union: &'b Union,
    decoded: UnionValues,
    /// Returns the presence of a property in the values that a predicate is for.
    presence: fn(&Field) -> Presence,
    known: Option<KnownDiscriminator<'b>>,
}

impl<'b> PredicateFinder<'b> {
    pub(super) const fn new(
        types: &'b Types,
        union: &'b Union,
        decoded: UnionValues,
        known: Option<KnownDiscriminator<'b>>,
    ) -> Self {
        Self {
            types,
            union,
            decoded,
            presence: Field::presence_in_responses,
            known,
        }
    }

    /// Returns the predicates for these variants, in the order in which a decoder tries them.
    pub(super) fn find(self, indices: &[usize]) -> Vec<VariantPredicate> {
        let leaves = self.find_leaves(indices);
        let mut ranked = self.rank_leaves(&leaves);
        if self.decoded == UnionValues::ReceivedAndSent && has_one_way_properties(&leaves) {
            let finder = Self {
                presence: Field::presence_in_requests,
                ..self
            };
            // Any object would satisfy this predicate, also one of a variant that is not known yet.
            let is_any =
                |it: &VariantPredicate| it.predicate == Predicate::JsonType(JsonType::Object);
            let sent = finder.rank_leaves(&leaves).into_iter();
            ranked.extend(sent.filter(|(_, it)| !is_any(it)));
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut seen = HashSet::new();
        let predicates = ranked.into_iter().map(|(_, it)| it);
        let predicates = predicates.filter(|it| seen.insert(it.clone())).collect();
        sort_narrowest_first(self.types, self.union, predicates)
    }

    /// Returns the leaves of these variants, each with the index of its variant.
    fn find_leaves(self, indices: &[usize]) -> Vec<(usize, Leaf<'b>)> {
        let finder = LeafFinder::new(self.types, self.known);
        let mut leaves = Vec::new();
        for index in indices {
            if let Some(variant) = self.union.variants.get(*index) {
                let found = finder.find(&variant.ty).into_iter();
                leaves.extend(found.map(|leaf| (*index, leaf)));
            }
        }
        leaves
    }

    /// Returns the predicates of these leaves with their ranks.
    fn rank_leaves(self, leaves: &[(usize, Leaf<'b>)]) -> Vec<(Rank, VariantPredicate)> {
        let dividing = self.find_dividing_properties(leaves);
        let by_digits = has_integers_and_numbers(leaves);
        let mut ranked: Vec<(Rank, VariantPredicate)> = leaves
            .iter()
            .flat_map(|(variant, leaf)| {
                let predicates = self.rank_predicates(*leaf, &dividing).into_iter();
                predicates.map(|(rank, predicate)| {
                    let predicate = if by_digits {
                        narrow_by_digits(*leaf, predicate)
                    } else {
                        predicate
                    };
                    (
                        rank,
                        VariantPredicate {
                            predicate,
                            variant: *variant,
                        },
                    )
                })
            })
            .collect();
        let objects: Vec<ObjectCandidate<'_>> = leaves
            .iter()
            .filter_map(|(variant, leaf)| self.object_candidate(*variant, *leaf, &dividing))
            .collect();
        let optional = objects.iter().filter_map(|it| it.find_optional(&objects));
        // Sorting is stable: these come first among predicates of the same rank.
        ranked.splice(0..0, optional);
        ranked
    }

    /// Finds the properties whose values in one variant differ from those in another.
    ///
    /// Without a discriminator only constants count, since an API can add values to an enum.
    fn find_dividing_properties(self, leaves: &[(usize, Leaf<'b>)]) -> HashSet<&'b str> {
        let mut dividing = HashSet::new();
        if self.known.is_none() {
            return dividing;
        }
        let listed: Vec<(&str, Vec<String>)> = leaves
            .iter()
            .filter_map(|(_, leaf)| leaf.object())
            .flat_map(|object| self.list_property_values(object))
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

    /// Returns the required properties that list their values, except the discriminator.
    fn list_property_values(self, object: &'b Struct) -> Vec<(&'b str, Vec<String>)> {
        object
            .fields
            .iter()
            .filter(|field| (self.presence)(field).is_required())
            .filter(|field| {
                self.known
                    .is_none_or(|known| !known.is_property(&field.wire))
            })
            .filter_map(|field| Some((field.wire.as_str(), list_field_values(self.types, field)?)))
            .collect()
    }

    /// Returns the predicates of a leaf. Each value satisfies at least one of them.
    fn rank_predicates(self, leaf: Leaf<'b>, dividing: &HashSet<&str>) -> Vec<(Rank, Predicate)> {
        match leaf {
            Leaf::Struct(object) => vec![self.rank_object(object, dividing)],
            Leaf::Enum { is_text: true } => json_type(1, JsonType::String),
            Leaf::Enum { is_text: false } => json_type(1, JsonType::Number),
            Leaf::Null => json_type(6, JsonType::Null),
            Leaf::Type(ty) => rank_type(ty),
        }
    }

    fn object_candidate(
        self,
        variant: usize,
        leaf: Leaf<'b>,
        dividing: &HashSet<&str>,
    ) -> Option<ObjectCandidate<'b>> {
        let object = leaf.object()?;
        let (rank, predicate) = self.rank_object(object, dividing);
        Some(ObjectCandidate {
            variant,
            object,
            rank,
            predicate,
        })
    }

    fn rank_object(self, object: &'b Struct, dividing: &HashSet<&str>) -> (Rank, Predicate) {
        let values: Vec<(WireName, Vec<String>)> = self
            .list_property_values(object)
            .into_iter()
            .filter(|(name, values)| values.len() == 1 || dividing.contains(name))
            .map(|(name, values)| (WireName::new(name), values))
            .collect();
        if !values.is_empty() {
            return (
                (1, Reverse(object.fields.len())),
                Predicate::HasValues(values),
            );
        }
        let required: Vec<String> = object
            .fields
            .iter()
            .filter(|field| (self.presence)(field).is_required())
            .filter(|field| {
                self.known
                    .is_none_or(|known| known.values.is_empty() || !known.is_property(&field.wire))
            })
            .map(|field| field.wire.as_str().to_owned())
            .collect();
        match required.len() {
            0 => (
                (4, Reverse(object.fields.len())),
                Predicate::JsonType(JsonType::Object),
            ),
            n => ((2, Reverse(n)), Predicate::HasAll(required)),
        }
    }
}

/// An object among the leaves of a variant, with its predicate.
struct ObjectCandidate<'b> {
    variant: usize,
    object: &'b Struct,
    rank: Rank,
    predicate: Predicate,
}

impl ObjectCandidate<'_> {
    /// Returns a predicate on optional properties, if other variants have the same predicate and
    /// do not declare those properties.
    fn find_optional(&self, all: &[Self]) -> Option<(Rank, VariantPredicate)> {
        let (rank, required) = match &self.predicate {
            Predicate::HasAll(required) => (self.rank, required.clone()),
            Predicate::JsonType(_) => ((OPTIONAL_RANK, Reverse(0)), Vec::new()),
            Predicate::HasAny { .. }
            | Predicate::HasValues(_)
            | Predicate::Integer
            | Predicate::Fraction => return None,
        };
        let is_rival =
            |other: &&Self| other.variant != self.variant && other.predicate == self.predicate;
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
        let distinguishes = !rivals.is_empty() && !any.is_empty();
        let optional = VariantPredicate {
            variant: self.variant,
            predicate: Predicate::HasAny { all: required, any },
        };
        distinguishes.then_some((rank, optional))
    }
}

/// Whether an object has a property that only requests or only responses must have.
fn has_one_way_properties(leaves: &[(usize, Leaf<'_>)]) -> bool {
    let objects = leaves.iter().filter_map(|(_, leaf)| leaf.object());
    let mut fields = objects.flat_map(|object| &object.fields);
    fields.any(|field| field.presence_in_requests() != field.presence_in_responses())
}

/// Whether the digits of a number decide between variants.
fn has_integers_and_numbers(leaves: &[(usize, Leaf<'_>)]) -> bool {
    let integer = leaves.iter().any(|(_, leaf)| leaf.is_integer());
    integer && leaves.iter().any(|(_, leaf)| leaf.is_number())
}

/// Narrows a predicate in a union that has variants for integers and for other numbers.
///
/// `7` is an integer and `7.0` is not, so that each is encoded as it was read. An integer too large
/// for its variant does not become a float, which would lose digits.
fn narrow_by_digits(leaf: Leaf<'_>, predicate: Predicate) -> Predicate {
    match predicate {
        Predicate::JsonType(JsonType::Number) if leaf.is_integer() => Predicate::Integer,
        Predicate::JsonType(JsonType::Number) if leaf.is_number() => Predicate::Fraction,
        predicate => predicate,
    }
}

/// A predicate on the JSON type, with its rank.
fn json_type(rank: u8, json_type: JsonType) -> Vec<(Rank, Predicate)> {
    vec![((rank, Reverse(0)), Predicate::JsonType(json_type))]
}

/// Returns the predicates of an unnamed type. Each value satisfies at least one of them.
fn rank_type(ty: &Type) -> Vec<(Rank, Predicate)> {
    match ty {
        Type::Null => json_type(0, JsonType::Null),
        Type::Bool => json_type(0, JsonType::Bool),
        Type::Integer(_) => json_type(2, JsonType::Number),
        Type::Number(_) => json_type(3, JsonType::Number),
        Type::String(StringKind::DateTime | StringKind::Date) => json_type(1, JsonType::String),
        Type::String(StringKind::Base64) => json_type(3, JsonType::String),
        Type::String(_) => json_type(4, JsonType::String),
        // Long and closed tuples come first: the others would accept their values.
        Type::Tuple(tuple) => {
            let narrow = tuple.required.saturating_mul(2);
            let narrow = narrow.saturating_add(usize::from(tuple.rest.is_none()));
            vec![((1, Reverse(narrow)), Predicate::JsonType(JsonType::Array))]
        }
        Type::Array(_) => json_type(2, JsonType::Array),
        Type::Map(_) => json_type(5, JsonType::Object),
        Type::Untyped(_) | Type::Nullable(_) | Type::Named(_) => JsonType::ALL
            .into_iter()
            .map(|it| ((9, Reverse(0)), Predicate::JsonType(it)))
            .collect(),
    }
}
