//! The types and the listed values that a value of a variant can have.

use std::collections::HashSet;

use serde_json::Value;

use crate::ir::{
    Field, JsonType, PropertyPath, Scalar, Shape, Struct, Type, TypeId, Types, Union, WireName,
};
use crate::lower::schema::MAX_UNION_DEPTH;

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
    pub(super) fn is_property(&self, wire: &WireName) -> bool {
        self.path.as_direct() == Some(wire)
    }
}

/// A type that a value of a variant can have after all unions are resolved.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf<'t> {
    Struct(&'t Struct),
    Enum { is_text: bool },
    Null,
    Type(&'t Type),
}

impl<'t> Leaf<'t> {
    pub(super) const fn is_integer(self) -> bool {
        matches!(
            self,
            Self::Enum { is_text: false } | Self::Type(Type::Integer(_))
        )
    }

    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::Type(Type::Number(_)))
    }

    pub(super) const fn object(self) -> Option<&'t Struct> {
        match self {
            Self::Struct(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the JSON type of the leaf, if it has only one.
    pub(super) fn json_type(self, types: &Types) -> Option<JsonType> {
        match self {
            Self::Struct(_) => Some(JsonType::Object),
            Self::Enum { is_text: true } => Some(JsonType::String),
            Self::Enum { is_text: false } => Some(JsonType::Number),
            Self::Null => Some(JsonType::Null),
            Self::Type(ty) => find_json_type(types, ty),
        }
    }
}

/// Finds the leaves of variants.
#[derive(Clone, Copy)]
pub(super) struct LeafFinder<'t> {
    types: &'t Types,
    known: Option<KnownDiscriminator<'t>>,
}

impl<'t> LeafFinder<'t> {
    pub(super) const fn new(types: &'t Types, known: Option<KnownDiscriminator<'t>>) -> Self {
        Self { types, known }
    }

    /// Returns the leaves of a variant with this type.
    ///
    /// Variants of inner unions that the known discriminator excludes are skipped. Each type counts
    /// once, because unions that share variants would otherwise be walked once for each path to
    /// them.
    pub(super) fn find(self, ty: &'t Type) -> Vec<Leaf<'t>> {
        let mut leaves = Vec::new();
        self.collect(ty, 0, &mut HashSet::new(), &mut leaves);
        leaves
    }

    fn collect(
        self,
        ty: &'t Type,
        depth: usize,
        seen: &mut HashSet<TypeId>,
        into: &mut Vec<Leaf<'t>>,
    ) {
        let id = match ty {
            Type::Nullable(inner) => {
                self.collect(inner, depth, seen, into);
                return into.push(Leaf::Null);
            }
            Type::Named(id) => *id,
            other => return into.push(Leaf::Type(other)),
        };
        if !seen.insert(id) {
            return;
        }
        match &self.types.get(id).shape {
            Shape::Struct(object) => into.push(Leaf::Struct(object)),
            Shape::Enum(list) => {
                let mut values = list.values.iter();
                let is_text = values.any(|value| matches!(value.value, Scalar::String(_)));
                into.push(Leaf::Enum { is_text });
            }
            Shape::Union(_) | Shape::Alias(_) if depth >= MAX_UNION_DEPTH => {}
            Shape::Union(union) => {
                for variant in &union.variants {
                    if self.is_possible(union, &variant.discriminator_values) {
                        self.collect(&variant.ty, depth + 1, seen, into);
                    }
                }
            }
            Shape::Alias(ty) => self.collect(ty, depth + 1, seen, into),
        }
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
}

/// Returns the JSON type of a type, if it has only one.
pub(super) fn find_json_type(types: &Types, ty: &Type) -> Option<JsonType> {
    match ty {
        Type::Null => Some(JsonType::Null),
        Type::Bool => Some(JsonType::Bool),
        Type::Integer(_) | Type::Number(_) => Some(JsonType::Number),
        Type::String(_) => Some(JsonType::String),
        Type::Array(_) | Type::Tuple(_) => Some(JsonType::Array),
        Type::Map(_) => Some(JsonType::Object),
        Type::Named(id) => match &types.get(*id).shape {
            Shape::Struct(_) => Some(JsonType::Object),
            Shape::Enum(list) => list.values.first().map(|value| match value.value {
                Scalar::String(_) => JsonType::String,
                Scalar::Integer(_) => JsonType::Number,
            }),
            Shape::Union(_) | Shape::Alias(_) => None,
        },
        Type::Nullable(_) | Type::Untyped(_) => None,
    }
}

/// Returns the values that a property lists, as text.
pub(super) fn list_field_values(types: &Types, field: &Field) -> Option<Vec<String>> {
    if let Some(value) = &field.constant {
        return match value {
            Value::String(text) => Some(vec![text.clone()]),
            other if other.is_i64() || other.is_boolean() => Some(vec![other.to_string()]),
            _ => None,
        };
    }
    let Type::Named(id) = &field.ty else {
        return None;
    };
    let Shape::Enum(list) = &types.get(*id).shape else {
        return None;
    };
    let values = list.values.iter();
    Some(values.map(|value| value.value.to_string()).collect())
}
