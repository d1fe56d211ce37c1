//! Predicates that choose a variant by the JSON of a value.
//!
//! A narrow predicate comes before a wide one: a constant is narrower than a required property,
//! and a required property is narrower than a JSON type. A value that satisfies a predicate must
//! still decode as its variant; otherwise the decoder tries the next predicate.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::MAX_UNION_DEPTH;
use super::shadowing::sort_narrowest_first;
use crate::ir::{
    Field, JsonType, Predicate, PropertyPath, Scalar, Shape, StringKind, Struct, Type, TypeId,
    Types, Union, VariantPredicate, WireName,
};

/// The order of predicates: those of the lowest rank come first.
type Rank = (u8, Reverse<usize>);

/// The rank of objects that only optional properties distinguish: after objects with required
/// properties, and before objects without any.
const OPTIONAL_RANK: u8 = 3;

/// The discriminator of a value, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownDiscriminator<'t> {
    /// The discriminator.
    pub(super) path: &'t PropertyPath,
    /// The values that it can have; empty if its value is unknown, or if it is absent.
    pub(super) values: &'t [String],
}

impl KnownDiscriminator<'_> {
    /// Whether the discriminator is this property of the value itself.
    fn is_property(&self, wire: &WireName) -> bool {
        self.path.as_direct() == Some(wire)
    }
}

/// Finds the predicates for the variants of a union.
#[derive(Clone, Copy)]
pub(super) struct PredicateFinder<'b> {
    types: &'b Types,
    union: &'b Union,
    known: Option<KnownDiscriminator<'b>>,
}

impl<'b> PredicateFinder<'b> {
    pub(super) const fn new(
        types: &'b Types,
        union: &'b Union,
        known: Option<KnownDiscriminator<'b>>,
    ) -> Self {
        Self {
            types,
            union,
            known,
        }
    }

    /// Returns the predicates for these variants, in the order in which a decoder tries them.
    pub(super) fn find(self, indices: &[usize]) -> Vec<VariantPredicate> {
        let mut leaves = Vec::new();
        for index in indices {
            if let Some(variant) = self.union.variants.get(*index) {
                let mut seen = HashSet::new();
                self.collect_leaves((*index, 0), &variant.ty, &mut seen, &mut leaves);
            }
        }
        let dividing = self.find_dividing_properties(&leaves);
        let by_digits = has_integers_and_numbers(&leaves);
        let mut ranked: Vec<(Rank, VariantPredicate)> = leaves
            .iter()
            .flat_map(|(variant, leaf)| {
                let predicates = self.rank_predicates(*leaf, &dividing).into_iter();
                predicates.map(|(rank, predicate)| {
                    let predicate = if by_digits {
                        leaf.narrow_by_digits(predicate)
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
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut predicates: Vec<VariantPredicate> = ranked.into_iter().map(|(_, it)| it).collect();
        predicates.dedup();
        sort_narrowest_first(self.types, self.union, predicates)
    }

    /// Collects the types that a value of a variant can have after all unions are resolved.
    ///
    /// Variants that the known discriminator excludes are skipped. Each type counts once, because
    /// unions that share variants would otherwise be walked once for each path to them.
    fn collect_leaves(
        self,
        (index, depth): (usize, usize),
        ty: &'b Type,
        seen: &mut HashSet<TypeId>,
        into: &mut Vec<(usize, Leaf<'b>)>,
    ) {
        let id = match ty {
            Type::Nullable(inner) => {
                self.collect_leaves((index, depth), inner, seen, into);
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
            Shape::Union(_) | Shape::Alias(_) if depth >= MAX_UNION_DEPTH => {}
            Shape::Union(union) => {
                for variant in &union.variants {
                    if self.is_possible(union, &variant.discriminator_values) {
                        self.collect_leaves((index, depth + 1), &variant.ty, seen, into);
                    }
                }
            }
            Shape::Alias(ty) => self.collect_leaves((index, depth + 1), ty, seen, into),
        }
    }

    fn shape(self, id: TypeId) -> &'b Shape {
        &self.types.get(id).shape
    }

    /// Whether a variant of an inner union is possible with the known discriminator.
    fn is_possible(self, union: &Union, values: &[String]) -> bool {
        match (&union.discriminator, self.known) {
            (Some(path), Some(known)) if path == known.path => {
                values.is_empty()
                    || known.values.is_empty()
                    || values.iter().any(|value| known.values.contains(value))
            }
            _ => true,
        }
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
            .filter(|field| field.presence.is_required())
            .filter(|field| {
                self.known
                    .is_none_or(|known| !known.is_property(&field.wire))
            })
            .filter_map(|field| Some((field.wire.as_str(), self.list_values(field)?)))
            .collect()
    }

    /// Returns the values that a property lists, as text.
    fn list_values(self, field: &Field) -> Option<Vec<String>> {
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
            .filter(|field| field.presence.is_required())
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

/// A type that a value of a variant can have after all unions are resolved.
#[derive(Debug, Clone, Copy)]
enum Leaf<'b> {
    Struct(&'b Struct),
    Enum { is_text: bool },
    Null,
    Type(&'b Type),
}

/// Whether the digits of a number decide between variants.
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

    /// Narrows a predicate in a union that has variants for integers and for other numbers.
    ///
    /// `7` is an integer and `7.0` is not, so that each is encoded as it was read. An integer too
    /// large for its variant does not become a float, which would lose digits.
    fn narrow_by_digits(&self, predicate: Predicate) -> Predicate {
        match predicate {
            Predicate::JsonType(JsonType::Number) if self.is_integer() => Predicate::Integer,
            Predicate::JsonType(JsonType::Number) if self.is_number() => Predicate::Fraction,
            predicate => predicate,
        }
    }

    const fn object(self) -> Option<&'b Struct> {
        match self {
            Self::Struct(object) => Some(object),
            _ => None,
        }
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
