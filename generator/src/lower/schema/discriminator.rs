//! Discriminators: the property that selects a variant, and the values that select each.

mod constants;
mod distinguishing_properties;
mod variant_names;

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use openapiv3::Discriminator;

use super::MAX_UNION_DEPTH;
use super::builder::SchemaBuilder;
use super::enums::value_to_text;
use super::schema_ref::ComponentId;
use super::shape::{
    DiscriminatorShape, PropertyShape, ResolvedSchema, ResolvedTarget, SchemaShape, VariantShape,
};
use crate::diagnostics::Code;
use crate::ir::PropertyPath;
use crate::load::internal_extensions;
use crate::source::Pointer;

/// Maximum number of inner variants that are visited for one union.
const MAX_VISITED_VARIANTS: usize = 100_000;

impl<'a> SchemaBuilder<'a> {
    /// Selects the discriminator, and gives each variant its discriminator values.
    pub(in crate::lower) fn select_discriminator(
        &mut self,
        list: &mut [VariantShape<'a>],
        discriminator: Option<(&'a Discriminator, Pointer)>,
        owner: Option<ComponentId>,
    ) -> Option<DiscriminatorShape> {
        self.visits = 0;
        let Some((discriminator, at)) = discriminator else {
            return self.infer_discriminator(list);
        };
        self.select_by_mapping(list, discriminator, &at, owner);
        self.select_unmapped(list, &discriminator.property_name);
        if self.warn_of_unselected(list, &discriminator.property_name)
            && let Some(better) = self.infer_discriminator(list)
        {
            return Some(better);
        }
        if list
            .iter()
            .all(|variant| variant.discriminator_values.is_empty())
        {
            return None;
        }
        Some(DiscriminatorShape {
            path: PropertyPath::direct(&discriminator.property_name),
            pointer: Some(at),
        })
    }

    /// Whether some object variants have no discriminator value. Warns about them.
    fn warn_of_unselected(&mut self, list: &[VariantShape<'a>], property: &str) -> bool {
        let mut missed = Vec::new();
        for variant in list {
            let is_object = variant.discriminator_values.is_empty()
                && self.resolve_target(&variant.resolved).is_none_or(|target| {
                    matches!(target.shape, SchemaShape::Struct(_) | SchemaShape::Union(_))
                });
            if is_object {
                missed.push(&variant.at);
            }
        }
        let Some(first) = missed.first() else {
            return false;
        };
        let others = match missed.len() - 1 {
            0 => String::new(),
            n => format!(" or {n} later ones"),
        };
        let message = format!(
            "no value of `{property}` selects this subschema{others}; values are matched by their properties instead. Add the subschema to `mapping`, or give it a `const` for `{property}`"
        );
        self.findings
            .warn(Code::IncompleteDiscriminator, first, message);
        true
    }

    fn select_by_mapping(
        &mut self,
        list: &mut [VariantShape<'a>],
        discriminator: &Discriminator,
        at: &Pointer,
        owner: Option<ComponentId>,
    ) {
        for (tag, reference) in &discriminator.mapping {
            let target = self.table.resolve_mapping(reference);
            let index = target.and_then(|id| self.find_variant(list, id));
            match index.and_then(|index| list.get_mut(index)) {
                Some(variant) => variant.discriminator_values.push(tag.clone()),
                None if target.is_some() && target == owner => {}
                None => {
                    let message = format!(
                        "`{reference}` is not a subschema of this union; the mapping is ignored"
                    );
                    self.findings.warn(
                        Code::UnknownDiscriminatorMapping,
                        &at.child("mapping").child(tag),
                        message,
                    );
                }
            }
        }
    }

    /// Returns the variant that `defaultMapping` selects.
    pub(in crate::lower) fn find_default_variant(
        &mut self,
        list: &[VariantShape<'a>],
        discriminator: &Discriminator,
        at: &Pointer,
    ) -> Option<usize> {
        let reference = discriminator
            .extensions
            .get(internal_extensions::DEFAULT_MAPPING)?;
        let reference = reference.as_str()?;
        self.visits = 0;
        let target = self.table.resolve_mapping(reference);
        let index = target.and_then(|id| self.find_variant(list, id));
        if index.is_none() {
            let message = format!(
                "`{reference}` is not a subschema of this union; `defaultMapping` is ignored"
            );
            self.findings.warn(
                Code::UnknownDiscriminatorMapping,
                &at.child("defaultMapping"),
                message,
            );
        }
        index
    }

    fn find_variant(&mut self, list: &[VariantShape<'a>], id: ComponentId) -> Option<usize> {
        list.iter()
            .position(|variant| variant.component == Some(id))
            .or_else(|| {
                list.iter()
                    .position(|variant| self.contains_component(&variant.resolved, id, 0))
            })
    }

    /// Resolves the target of a schema, within the limits of the search.
    fn visit<'f>(
        &mut self,
        resolved: &'f ResolvedSchema<'a>,
        depth: usize,
    ) -> Option<ResolvedTarget<'f, 'a>> {
        self.visits += 1;
        if depth >= MAX_UNION_DEPTH || self.visits > MAX_VISITED_VARIANTS {
            return None;
        }
        self.resolve_target(resolved)
    }

    /// Whether a shape is this component, or a union with it among its variants.
    fn contains_component(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        id: ComponentId,
        depth: usize,
    ) -> bool {
        if matches!(resolved.shape, SchemaShape::Component(same) if same == id) {
            return true;
        }
        let Some(resolved) = self.visit(resolved, depth) else {
            return false;
        };
        let SchemaShape::Union(union) = &resolved.shape else {
            return false;
        };
        union.variants.iter().any(|inner| {
            inner.component == Some(id) || self.contains_component(&inner.resolved, id, depth + 1)
        })
    }

    /// Gives unmapped variants the values that they declare, or else the names of their schemas.
    fn select_unmapped(&mut self, list: &mut [VariantShape<'a>], property: &str) {
        let mut claims: HashMap<String, usize> = HashMap::new();
        let mut unmapped = Vec::new();
        for variant in list {
            let is_mapped = !variant.discriminator_values.is_empty();
            let values = match is_mapped {
                true => variant.discriminator_values.clone(),
                false => {
                    let values = self.list_values(&variant.resolved, property, false);
                    values.unwrap_or_default()
                }
            };
            for value in &values {
                *claims.entry(value.clone()).or_default() += 1;
            }
            if !is_mapped {
                unmapped.push((variant, values));
            }
        }
        for (variant, values) in unmapped {
            let name = variant.component.map(|id| self.table.name(id).to_owned());
            // A value that all variants inherit is less specific than the name.
            let is_own = values.iter().all(|value| claims.get(value) == Some(&1));
            let is_better = |name: &String| values.is_empty() || (!is_own && values.contains(name));
            variant.discriminator_values = match name.filter(is_better) {
                Some(name) => vec![name],
                None => values,
            };
        }
    }

    /// Infers a discriminator: a property that all variants require, or that all objects among
    /// them declare at any depth, with distinct values.
    fn infer_discriminator(&mut self, list: &mut [VariantShape<'a>]) -> Option<DiscriminatorShape> {
        let path = self
            .infer_from_required(list)
            .or_else(|| self.infer_from_declared(list))?;
        Some(DiscriminatorShape {
            path,
            pointer: None,
        })
    }

    /// Infers a discriminator that every variant requires, with distinct values.
    fn infer_from_required(&mut self, list: &mut [VariantShape<'a>]) -> Option<PropertyPath> {
        let first = list.first()?.resolved.clone();
        for property in self.properties(&first, |property_shape| property_shape.required, 0) {
            let listed = list.iter_mut().map(|variant| {
                let values = self.list_values(&variant.resolved, property, true)?;
                Some((variant, values))
            });
            let Some(listed) = listed.collect::<Option<Vec<_>>>() else {
                continue;
            };
            let mut seen = HashSet::new();
            let mut values = listed.iter().flat_map(|(_, values)| values);
            if values.all(|value| seen.insert(value.as_str())) {
                for (variant, values) in listed {
                    variant.discriminator_values = values;
                }
                return Some(PropertyPath::direct(property));
            }
        }
        None
    }

    /// Returns the matching properties of a shape, in the order of the document.
    fn properties(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        like: fn(&PropertyShape<'a>) -> bool,
        depth: usize,
    ) -> Vec<&'a str> {
        let Some(resolved) = self
            .resolve_target(resolved)
            .filter(|_| depth < MAX_UNION_DEPTH)
        else {
            return Vec::new();
        };
        match &resolved.shape {
            SchemaShape::Struct(object) => object
                .properties
                .iter()
                .filter(|(_, property_shape)| like(property_shape))
                .map(|(name, _)| *name)
                .collect(),
            SchemaShape::Union(union) => union
                .variants
                .first()
                .map(|first| self.properties(&first.resolved, like, depth + 1))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// Returns the distinct values that a property lists in a shape, as text.
    pub(in crate::lower) fn list_values(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        property: &str,
        required: bool,
    ) -> Option<Vec<String>> {
        let listed = self.list_values_at(resolved, &[property], true, 0)?;
        let values: IndexSet<String> = listed.values.into_iter().collect();
        (listed.required || !required).then(|| values.into_iter().collect())
    }

    /// Returns the values that a schema lists: those of an `enum`, or a constant.
    fn list_schema_values(&mut self, resolved: &ResolvedSchema<'a>) -> Option<Vec<String>> {
        let target = self.resolve_target(resolved)?;
        match &target.shape {
            SchemaShape::Constant(_, value) if !value.is_object() && !value.is_array() => {
                Some(vec![value_to_text(value)])
            }
            SchemaShape::Enum(values) => {
                let values = values.iter();
                Some(values.map(|value| value.value.to_string()).collect())
            }
            _ => None,
        }
    }

    /// Calls `ask` with the shape of a property, unless that property is under inspection already.
    ///
    /// Resolving a union inspects the values of its properties, and a property can be the same
    /// union.
    fn with_property_schema(
        &mut self,
        property_shape: &PropertyShape<'a>,
        ask: impl FnOnce(&mut Self, &ResolvedSchema<'a>),
    ) {
        let Some(source) = property_shape.sources.first() else {
            return;
        };
        if self
            .asked
            .iter()
            .any(|asked| asked.is_same(&source.schema_ref))
        {
            return;
        }
        self.asked.push(source.schema_ref.clone());
        let resolved = self.resolve_property(property_shape);
        ask(self, &resolved);
        self.asked.pop();
    }
}
