//! Scalar variants: those that a decoder cannot distinguish become one.

use std::collections::HashSet;

use serde_json::Value;

use super::super::shape::alias_target;
use crate::ir::{EnumValue, IntegerKind, Scalar, Type, Words};
use crate::lower::schema::annotations::Annotations;
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::enums::value_to_text;
use crate::lower::schema::scalar_formats::widen;
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape, VariantShape};

impl<'a> SchemaBuilder<'a> {
    /// Merges the variants that a decoder cannot distinguish: two kinds of string, integer or
    /// number, and duplicates.
    ///
    /// Integers and numbers stay apart. A number would lose digits of an integer beyond 2⁵³, and
    /// encode `7` as `7.0`.
    pub(super) fn merge_scalar_variants(
        &mut self,
        list: Vec<VariantShape<'a>>,
    ) -> Vec<VariantShape<'a>> {
        let mut merged: Vec<VariantShape<'a>> = Vec::with_capacity(list.len());
        let mut strings = Scalars::default();
        let (mut integers, mut numbers) = (Scalars::default(), Scalars::default());
        let mut seen = HashSet::new();
        for mut variant in list {
            if alias_target(&variant.resolved.shape).is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            if let Some(shape) = self.unfold_constant(&variant.resolved) {
                variant.resolved.shape = shape;
                variant.component = None;
            }
            let Some((kind, scalar)) = self.scalar(&variant.resolved) else {
                if !merged.iter().any(|other| is_same(other, &variant)) {
                    merged.push(variant);
                }
                continue;
            };
            let group = match kind {
                ScalarKind::String => &mut strings,
                ScalarKind::Integer => &mut integers,
                ScalarKind::Number => &mut numbers,
            };
            group.add(scalar, merged.len());
            if group.count == 1 {
                merged.push(variant);
            } else if let Some(first) = group.index.and_then(|index| merged.get_mut(index)) {
                group.merge_into(first, variant);
            }
        }
        // The numbers of the other variant can be larger than the format of the integers.
        if let (Some(index), 1..) = (integers.index, numbers.count)
            && let Some(integer) = merged.get_mut(index)
            && let SchemaShape::Type(Type::Integer(IntegerKind::I32 | IntegerKind::U32)) =
                integer.resolved.shape
        {
            integer.resolved.shape = SchemaShape::Type(Type::Integer(IntegerKind::I64));
        }
        merged
    }

    /// Turns a constant variant into an enum of one value, since there can be others.
    fn unfold_constant(&mut self, resolved: &ResolvedSchema<'a>) -> Option<SchemaShape<'a>> {
        let target = self.resolve_target(resolved)?;
        let SchemaShape::Constant(ty, value) = &target.shape else {
            return None;
        };
        let listed = value.is_string() || value.is_number();
        let value = listed
            .then(|| enum_value(value, &resolved.annotations))
            .flatten();
        Some(value.map_or_else(
            || SchemaShape::Type(ty.clone()),
            |value| SchemaShape::Enum(vec![value]),
        ))
    }

    fn scalar(&mut self, resolved: &ResolvedSchema<'a>) -> Option<(ScalarKind, OneScalar)> {
        scalar(&self.resolve_target(resolved)?.shape)
    }
}

/// Returns the enum value of a constant, named by its title.
fn enum_value(value: &Value, annotations: &Annotations<'_>) -> Option<EnumValue> {
    let scalar = match value {
        Value::String(text) => Scalar::String(text.clone()),
        other => Scalar::Integer(other.as_i64()?),
    };
    let title = annotations
        .title()
        .map(Words::split)
        .filter(|words| !words.is_empty());
    let name = title.unwrap_or_else(|| Words::split(&value_to_text(value)));
    Some(EnumValue {
        value: scalar,
        name,
        description: annotations.docs().description,
    })
}

fn is_same(a: &VariantShape<'_>, b: &VariantShape<'_>) -> bool {
    matches!((&a.resolved.shape, &b.resolved.shape), (SchemaShape::Type(a), SchemaShape::Type(b)) if a == b)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ScalarKind {
    String,
    Integer,
    Number,
}

/// A scalar among variants.
#[derive(Debug)]
enum OneScalar {
    Values(Vec<EnumValue>),
    Type(Type),
}

fn scalar(shape: &SchemaShape<'_>) -> Option<(ScalarKind, OneScalar)> {
    let kind = match shape {
        SchemaShape::Type(Type::String(_)) => ScalarKind::String,
        SchemaShape::Type(Type::Integer(_)) => ScalarKind::Integer,
        SchemaShape::Type(Type::Number(_)) => ScalarKind::Number,
        SchemaShape::Enum(values) => match values.first()?.value {
            Scalar::String(_) => ScalarKind::String,
            Scalar::Integer(_) => ScalarKind::Integer,
        },
        _ => return None,
    };
    Some((
        kind,
        match shape {
            SchemaShape::Enum(values) => OneScalar::Values(values.clone()),
            SchemaShape::Type(ty) => OneScalar::Type(ty.clone()),
            _ => return None,
        },
    ))
}

/// Scalar variants of one kind, while they are merged.
#[derive(Debug, Default)]
struct Scalars {
    count: usize,
    index: Option<usize>,
    values: Vec<EnumValue>,
    known: HashSet<Scalar>,
    lists: usize,
    ends_in_list: bool,
    plain: Option<Type>,
}

impl Scalars {
    fn add(&mut self, scalar: OneScalar, index: usize) {
        self.count += 1;
        self.index.get_or_insert(index);
        self.ends_in_list = matches!(scalar, OneScalar::Values(_));
        match scalar {
            OneScalar::Values(values) => self.add_values(values),
            OneScalar::Type(ty) => {
                let wider = match &self.plain {
                    Some(plain) => widen(plain, &ty),
                    None => Some(ty),
                };
                self.plain = wider.or(self.plain.take());
            }
        }
    }

    fn add_values(&mut self, values: Vec<EnumValue>) {
        self.lists += 1;
        for value in values {
            if self.known.insert(value.value.clone()) {
                self.values.push(value);
            }
        }
    }

    /// Merges the next variant. A generated enum is open, so it accepts all other values.
    fn merge_into<'a>(&self, first: &mut VariantShape<'a>, next: VariantShape<'a>) {
        match &self.plain {
            Some(plain) if self.lists == 0 => {
                *first = make_variant(first, SchemaShape::Type(plain.clone()))
            }
            _ if self.lists > 1 => {
                *first = make_variant(first, SchemaShape::Enum(self.values.clone()))
            }
            _ if self.ends_in_list => *first = next,
            _ => {}
        }
    }
}

fn make_variant<'a>(first: &VariantShape<'a>, shape: SchemaShape<'a>) -> VariantShape<'a> {
    let mut resolved = first.resolved.clone();
    resolved.shape = shape;
    VariantShape {
        resolved,
        component: None,
        ..first.clone()
    }
}
