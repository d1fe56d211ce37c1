//! Discriminator values that select several variants, which nothing else distinguishes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::slice;

use super::leaves::{KnownDiscriminator, Leaf, LeafFinder, find_json_type, list_field_values};
use crate::diagnostics::Code;
use crate::ir::{
    DiscriminatorCase, Field, PropertyPath, Selection, Shape, Struct, Type, Types, Union, Variant,
    VariantMatching,
};
use crate::lower::findings::Findings;

/// Maximum number of variants with the same value that are compared.
const MAX_COMPARED_VARIANTS: usize = 64;

/// Warns of variants that share a discriminator value and nothing else distinguishes.
///
/// An inferred discriminator has distinct values, so only declared ones are compared.
pub(super) fn warn_of_shared_values(types: &Types, findings: &mut Findings) {
    for (_, def) in types.iter() {
        if let Shape::Union(union) = &def.shape
            && let Some(at) = &union.discriminator_pointer
            && let VariantMatching::Discriminator(matching) = &union.matching
        {
            for case in &matching.cases {
                if let Some(message) = find_shared_value(types, union, &matching.path, case) {
                    findings.warn(Code::SharedDiscriminatorValue, at, message);
                }
            }
        }
    }
}

/// Returns a message about two variants of a case that nothing distinguishes.
fn find_shared_value(
    types: &Types,
    union: &Union,
    path: &PropertyPath,
    case: &DiscriminatorCase,
) -> Option<String> {
    let Selection::Predicates(predicates) = &case.selection else {
        return None;
    };
    let value = case.values.first()?;
    let comparison = VariantComparison { types, path, value };
    let indices: BTreeSet<usize> = predicates.iter().map(|it| it.variant).collect();
    let candidates: Vec<(&Variant, Vec<Leaf<'_>>)> = indices
        .into_iter()
        .take(MAX_COMPARED_VARIANTS)
        .filter_map(|index| union.variants.get(index))
        .map(|variant| (variant, comparison.list_leaves(variant)))
        .collect();
    let (a, b) = comparison.find_indistinguishable(&candidates)?;
    Some(format!(
        "`{value}` selects both {} and {}, and no other property distinguishes them; a value decodes as the first that accepts it",
        describe_variant(a),
        describe_variant(b),
    ))
}

/// Describes a variant for a diagnostic.
fn describe_variant(variant: &Variant) -> String {
    match &variant.component {
        Some(name) => format!("`{name}`"),
        None => format!("`{}`", variant.pointer),
    }
}

/// Compares the variants that one discriminator value selects.
#[derive(Clone, Copy)]
struct VariantComparison<'t> {
    types: &'t Types,
    path: &'t PropertyPath,
    value: &'t String,
}

impl<'t> VariantComparison<'t> {
    /// Returns the types that a variant with the discriminator value can have.
    fn list_leaves(self, variant: &'t Variant) -> Vec<Leaf<'t>> {
        let known = KnownDiscriminator {
            path: self.path,
            values: slice::from_ref(self.value),
        };
        let mut leaves = LeafFinder::new(self.types, Some(known)).find(&variant.ty);
        // `null` has no discriminator.
        leaves.retain(|leaf| !matches!(leaf, Leaf::Null));
        // The value selects the only type of a variant, whatever the type declares.
        if leaves.len() > 1 {
            leaves.retain(|leaf| {
                leaf.object()
                    .is_none_or(|object| self.may_have_value(object))
            });
        }
        leaves
    }

    /// Whether an object does not list other discriminator values.
    fn may_have_value(self, object: &Struct) -> bool {
        let mut fields = object.fields.iter();
        let field = fields.find(|field| self.path.as_direct() == Some(&field.wire));
        field
            .and_then(|field| list_field_values(self.types, field))
            .is_none_or(|values| values.contains(self.value))
    }

    /// Returns two variants that nothing distinguishes.
    fn find_indistinguishable(
        self,
        candidates: &[(&'t Variant, Vec<Leaf<'t>>)],
    ) -> Option<(&'t Variant, &'t Variant)> {
        for (position, (a, ours)) in candidates.iter().enumerate() {
            for (b, theirs) in candidates.iter().skip(position + 1) {
                let mut ours = ours.iter();
                let distinguishable = ours.all(|ours| {
                    let mut theirs = theirs.iter();
                    theirs.all(|theirs| self.are_distinguishable(*ours, *theirs))
                });
                if !distinguishable {
                    return Some((a, b));
                }
            }
        }
        None
    }

    fn are_distinguishable(self, a: Leaf<'t>, b: Leaf<'t>) -> bool {
        match (a, b) {
            (Leaf::Struct(a), Leaf::Struct(b)) => self.differ_in_properties(a, b),
            (Leaf::Struct(object), Leaf::Type(Type::Map(_)))
            | (Leaf::Type(Type::Map(_)), Leaf::Struct(object)) => !self
                .list_other_names(&index_required_fields(object))
                .is_empty(),
            (a, b) => a.json_type(self.types) != b.json_type(self.types),
        }
    }

    /// Whether two objects require different properties, or values for one that differ.
    fn differ_in_properties(self, a: &'t Struct, b: &'t Struct) -> bool {
        let (ours, theirs) = (index_required_fields(a), index_required_fields(b));
        self.list_other_names(&ours) != self.list_other_names(&theirs)
            || ours.iter().any(|(name, ours)| {
                let theirs = theirs.get(name);
                theirs.is_some_and(|theirs| self.have_disjoint_values(ours, theirs))
            })
    }

    /// Returns the names of fields, except the discriminator.
    fn list_other_names(self, fields: &HashMap<&'t str, &'t Field>) -> HashSet<&'t str> {
        let discriminator = self.path.as_direct();
        let others = fields
            .values()
            .filter(|field| discriminator != Some(&field.wire));
        others.map(|field| field.wire.as_str()).collect()
    }

    /// Whether two properties list different values, or have different JSON types.
    fn have_disjoint_values(self, a: &Field, b: &Field) -> bool {
        if let (Some(a), Some(b)) = (
            list_field_values(self.types, a),
            list_field_values(self.types, b),
        ) {
            let known: HashSet<&String> = a.iter().collect();
            return !b.iter().any(|value| known.contains(value));
        }
        match (
            find_json_type(self.types, &a.ty),
            find_json_type(self.types, &b.ty),
        ) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        }
    }
}

/// Returns the required fields of an object by their names.
fn index_required_fields(object: &Struct) -> HashMap<&str, &Field> {
    let fields = object.fields.iter();
    let required = fields.filter(|field| field.presence_in_responses().is_required());
    required.map(|field| (field.wire.as_str(), field)).collect()
}
