//! Discriminator values that several variants share.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostics::Code;
use crate::ir::{Scalar, Type};
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::keywords::SchemaType;
use crate::lower::schema::shape::{
    ObjectShape, PropertyShape, ResolvedSchema, SchemaShape, VariantShape,
};
use crate::source::Pointer;

/// Maximum number of variants with the same value that are compared.
const MAX_COMPARED_VARIANTS: usize = 64;

impl<'a> SchemaBuilder<'a> {
    /// Warns of variants that share a discriminator value and nothing else distinguishes.
    pub(super) fn warn_of_shared_values(
        &mut self,
        list: &[VariantShape<'a>],
        property: &str,
        at: &Pointer,
    ) {
        for (tag, group) in groups(list) {
            let mut leaves: Vec<(&VariantShape<'a>, Vec<ResolvedSchema<'a>>)> = Vec::new();
            for variant in group.into_iter().take(MAX_COMPARED_VARIANTS) {
                let mut found = Vec::new();
                self.leaves(&variant.resolved, (property, tag), 0, &mut found);
                leaves.push((variant, found));
            }
            if let Some((a, b)) = self.find_indistinguishable(&leaves, property) {
                let message = format!(
                    "`{tag}` selects both {} and {}, and no other property distinguishes them; a value decodes as the first that accepts it",
                    self.describe_variant(a),
                    self.describe_variant(b),
                );
                self.findings
                    .warn(Code::SharedDiscriminatorValue, at, message);
            }
        }
    }

    /// Describes a variant for a diagnostic.
    fn describe_variant(&self, variant: &VariantShape<'a>) -> String {
        match variant.component {
            Some(id) => format!("`{}`", self.table.name(id)),
            None => format!("`{}`", variant.at),
        }
    }

    /// Collects the schemas that a variant with this discriminator value can have.
    fn leaves(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        (property, tag): (&str, &str),
        depth: usize,
        into: &mut Vec<ResolvedSchema<'a>>,
    ) {
        let Some(target) = self.visit(resolved, depth) else {
            return;
        };
        let SchemaShape::Union(union) = &target.shape else {
            into.push(ResolvedSchema::clone(&target));
            return;
        };
        for inner in &union.variants {
            let values = self.list_values(&inner.resolved, property, false, depth + 1);
            if values.is_none_or(|values| values.iter().any(|value| value == tag)) {
                self.leaves(&inner.resolved, (property, tag), depth + 1, into);
            }
        }
    }

    /// Returns two variants that nothing distinguishes.
    fn find_indistinguishable<'l>(
        &mut self,
        list: &[(&'l VariantShape<'a>, Vec<ResolvedSchema<'a>>)],
        property: &str,
    ) -> Option<(&'l VariantShape<'a>, &'l VariantShape<'a>)> {
        for (position, (a, ours)) in list.iter().enumerate() {
            for (b, theirs) in list.iter().skip(position + 1) {
                let told_apart = ours.iter().all(|ours| {
                    theirs
                        .iter()
                        .all(|theirs| self.are_distinguishable(ours, theirs, property))
                });
                if !told_apart {
                    return Some((a, b));
                }
            }
        }
        None
    }

    fn are_distinguishable(
        &mut self,
        a: &ResolvedSchema<'a>,
        b: &ResolvedSchema<'a>,
        property: &str,
    ) -> bool {
        match (&a.shape, &b.shape) {
            (SchemaShape::Struct(a), SchemaShape::Struct(b)) => {
                list_required(a, property) != list_required(b, property)
                    || self.differ_in_property(a, b)
            }
            (SchemaShape::Struct(object), SchemaShape::Map(_))
            | (SchemaShape::Map(_), SchemaShape::Struct(object)) => {
                !list_required(object, property).is_empty()
            }
            (a, b) => find_json_type(a) != find_json_type(b),
        }
    }

    /// Whether a property that both require has other values or another type.
    fn differ_in_property(&mut self, a: &ObjectShape<'a>, b: &ObjectShape<'a>) -> bool {
        a.properties.iter().any(|(name, ours)| {
            let theirs = b
                .properties
                .get(name)
                .filter(|property_shape| property_shape.required);
            theirs.is_some_and(|theirs| ours.required && self.have_disjoint_values(ours, theirs))
        })
    }

    fn have_disjoint_values(
        &mut self,
        ours: &PropertyShape<'a>,
        theirs: &PropertyShape<'a>,
    ) -> bool {
        if let (Some(a), Some(b)) = (
            self.list_property_values(ours),
            self.list_property_values(theirs),
        ) {
            let known: HashSet<&String> = a.iter().collect();
            return !b.iter().any(|value| known.contains(value));
        }
        match (self.kind_of(ours), self.kind_of(theirs)) {
            (Some(ours), Some(theirs)) => ours != theirs,
            _ => false,
        }
    }

    fn kind_of(&mut self, property_shape: &PropertyShape<'a>) -> Option<SchemaType> {
        let resolved = self.resolve_property(property_shape);
        let target = self.resolve_target(&resolved)?;
        find_json_type(&target.shape)
    }
}

/// Returns the variants of each shared discriminator value, each list once.
fn groups<'l, 'a>(list: &'l [VariantShape<'a>]) -> Vec<(&'l str, Vec<&'l VariantShape<'a>>)> {
    let mut claims: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, variant) in list.iter().enumerate() {
        for tag in &variant.discriminator_values {
            claims.entry(tag).or_default().push(index);
        }
    }
    let mut seen = HashSet::new();
    claims
        .into_iter()
        .filter(|(_, group)| group.len() > 1 && seen.insert(group.clone()))
        .map(|(tag, group)| {
            let group = group.into_iter().filter_map(|index| list.get(index));
            (tag, group.collect())
        })
        .collect()
}

/// Returns the required properties, except the discriminator.
fn list_required<'a>(object: &ObjectShape<'a>, property: &str) -> Vec<&'a str> {
    let mut names: Vec<&str> = object
        .properties
        .iter()
        .filter(|(name, property_shape)| property_shape.required && **name != property)
        .map(|(name, _)| *name)
        .collect();
    names.sort_unstable();
    names
}

/// Returns the JSON type of a shape, if it has only one.
fn find_json_type(shape: &SchemaShape<'_>) -> Option<SchemaType> {
    match shape {
        SchemaShape::Struct(_) | SchemaShape::Map(_) => Some(SchemaType::Object),
        SchemaShape::Array(_) | SchemaShape::Tuple(_) => Some(SchemaType::Array),
        SchemaShape::Enum(values) => values.first().map(|value| match value.value {
            Scalar::String(_) => SchemaType::String,
            Scalar::Integer(_) => SchemaType::Number,
        }),
        SchemaShape::Type(ty) | SchemaShape::Constant(ty, _) => match ty {
            Type::Null => Some(SchemaType::Null),
            Type::Bool => Some(SchemaType::Boolean),
            Type::Integer(_) | Type::Number(_) => Some(SchemaType::Number),
            Type::String(_) => Some(SchemaType::String),
            Type::Array(_) | Type::Tuple(_) => Some(SchemaType::Array),
            Type::Map(_) => Some(SchemaType::Object),
            Type::Nullable(_) | Type::Named(_) | Type::Untyped(_) => None,
        },
        SchemaShape::Union(_) | SchemaShape::Component(_) => None,
    }
}
