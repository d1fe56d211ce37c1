//! Inferred discriminators: a property with distinct constants in all variants, or in an object
//! that each variant contains.

use std::collections::HashSet;

use crate::ir::{PropertyPath, WireName};
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape, VariantShape};

/// Maximum depth of objects that are searched for constants.
const MAX_PATH_LENGTH: usize = 3;

/// Maximum number of properties that are compared between variants.
const MAX_CANDIDATES: usize = 64;

/// A property that lists its values.
#[derive(Debug, Clone)]
struct ConstantProperty<'a> {
    /// The names on the path to it; its own name is the last.
    path: Vec<&'a str>,
    /// Whether it and all objects on the path are required.
    required: bool,
}

/// The values that a property lists.
pub(super) struct ListedValues {
    pub(super) values: Vec<String>,
    /// Whether the property and all objects on the path to it are required.
    pub(super) required: bool,
}

impl<'a> SchemaBuilder<'a> {
    /// Infers a discriminator that all object variants declare with distinct values. Other
    /// variants are matched by their JSON type.
    pub(super) fn infer_from_declared(
        &mut self,
        list: &mut [VariantShape<'a>],
    ) -> Option<PropertyPath> {
        let count = list.len();
        let objects = list.iter_mut();
        let objects = objects.filter(|variant| self.is_object(&variant.resolved));
        let mut objects = Vec::from_iter(objects);
        let [first, _, ..] = objects.as_slice() else {
            return None;
        };
        let first = first.resolved.clone();
        let only_objects = objects.len() == count;
        let mut candidates = Vec::new();
        self.collect_constants(&first, &[], true, &mut candidates);
        // Sorting is stable: the first property of each depth wins.
        candidates.sort_by_key(|candidate| (candidate.path.len(), !candidate.required));
        for ConstantProperty { path, .. } in candidates.iter().take(MAX_CANDIDATES) {
            let Some(listed) = self.list_disjoint_values(&mut objects, path) else {
                continue;
            };
            let mut values = listed.iter().map(|(_, values)| values);
            let is_plain = path.len() == 1
                && !only_objects
                && values.all(|it| it.required && it.values.len() == 1);
            if is_plain {
                // Predicates compare the constants together with the JSON types of the other
                // variants.
                return None;
            }
            for (variant, listed) in listed {
                variant.discriminator_values = listed.values;
            }
            let (property, parents) = path.split_last()?;
            let parents = parents.iter().map(|name| WireName::new(*name)).collect();
            return Some(PropertyPath::nested(parents, WireName::new(*property)));
        }
        None
    }

    fn is_object(&mut self, resolved: &ResolvedSchema<'a>) -> bool {
        self.resolve_target(resolved).is_none_or(|target| {
            matches!(target.shape, SchemaShape::Struct(_) | SchemaShape::Union(_))
        })
    }

    /// Collects the properties that list their values, at any depth.
    fn collect_constants(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        parents: &[&'a str],
        required: bool,
        into: &mut Vec<ConstantProperty<'a>>,
    ) {
        if parents.len() >= MAX_PATH_LENGTH || into.len() >= MAX_CANDIDATES {
            return;
        }
        let Some(target) = self.visit(resolved, parents.len()) else {
            return;
        };
        let object = match &target.shape {
            SchemaShape::Struct(object) => object,
            // A property that every variant lists is found in the first one.
            SchemaShape::Union(union) => {
                if let Some(first) = union.variants.first() {
                    self.collect_constants(&first.resolved, parents, required, into);
                }
                return;
            }
            _ => return,
        };
        for (name, property_shape) in &object.properties {
            let path = [parents, &[*name]].concat();
            let required = required && property_shape.required;
            self.with_property_schema(property_shape, |schemas, resolved| {
                if schemas.list_schema_values(resolved).is_some() {
                    into.push(ConstantProperty { path, required });
                } else {
                    schemas.collect_constants(resolved, &path, required, into);
                }
            });
        }
    }

    /// Returns the variants with the values of a property in each, if no two variants share one.
    fn list_disjoint_values<'v>(
        &mut self,
        variants: &'v mut [&mut VariantShape<'a>],
        path: &[&str],
    ) -> Option<Vec<(&'v mut VariantShape<'a>, ListedValues)>> {
        let mut found = Vec::with_capacity(variants.len());
        for variant in variants {
            let listed = self.list_values_at(&variant.resolved, path, true, 0)?;
            found.push((&mut **variant, listed));
        }
        let mut seen = HashSet::new();
        let mut values = found.iter().flat_map(|(_, listed)| &listed.values);
        values.all(|value| seen.insert(value)).then_some(())?;
        Some(found)
    }

    /// Returns the values that a shape lists for a property. Those of several variants follow each other.
    pub(super) fn list_values_at(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        path: &[&str],
        required: bool,
        depth: usize,
    ) -> Option<ListedValues> {
        let target = self.visit(resolved, depth)?;
        match &target.shape {
            SchemaShape::Struct(object) => {
                let (name, rest) = path.split_first()?;
                let property_shape = object.properties.get(name)?;
                let required = required && property_shape.required;
                let mut found = None;
                self.with_property_schema(property_shape, |schemas, resolved| {
                    found = if rest.is_empty() {
                        let values = schemas.list_schema_values(resolved);
                        values.map(|values| ListedValues { values, required })
                    } else {
                        schemas.list_values_at(resolved, rest, required, depth + 1)
                    };
                });
                found
            }
            SchemaShape::Union(union) => {
                let mut all = ListedValues {
                    values: Vec::new(),
                    required,
                };
                for inner in &union.variants {
                    let listed = self.list_values_at(&inner.resolved, path, required, depth + 1)?;
                    all.values.extend(listed.values);
                    all.required &= listed.required;
                }
                Some(all)
            }
            _ => None,
        }
    }
}
