//! Properties that distinguish the variants of a union without a discriminator. They name variants
//! whose schemas are not named.

use std::collections::HashMap;
use std::hash::Hash;

use crate::ir::Words;
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape, VariantShape};

/// Maximum number of words of a constant that serves as a name.
const MAX_CONSTANT_WORDS: usize = 6;

/// Maximum number of variants whose constants are compared.
const MAX_COMPARED_VARIANTS: usize = 64;

/// The properties that distinguish a variant from the others.
#[derive(Debug, Clone, Default)]
pub(super) struct DistinguishingProperties<'a> {
    /// The value of a required constant that no other variant has.
    pub(super) constant: Option<String>,
    /// The first property that only this variant requires, or else declares.
    pub(super) own: Option<&'a str>,
    /// The properties that some variants lack, the rarest first.
    pub(super) rare: Vec<&'a str>,
}

/// The properties of a variant that are compared with those of the others.
#[derive(Debug, Default)]
struct VariantProperties<'a> {
    required: Vec<&'a str>,
    declared: Vec<&'a str>,
    /// The required constants that can serve as names.
    constants: Vec<String>,
}

impl<'a> SchemaBuilder<'a> {
    /// Returns the distinguishing properties of each variant; none for the variants of components.
    pub(super) fn find_distinguishing_properties(
        &mut self,
        list: &[VariantShape<'a>],
    ) -> Vec<DistinguishingProperties<'a>> {
        let is_anonymous = |variant: &VariantShape<'a>| variant.component.is_none();
        if !list.iter().any(is_anonymous) {
            return vec![DistinguishingProperties::default(); list.len()];
        }
        let compared = self.list_compared_properties(list);
        let required = count_uses(compared.iter().map(|it| &it.required));
        let declared = count_uses(compared.iter().map(|it| &it.declared));
        let constants = count_uses(compared.iter().map(|it| &it.constants));
        let found = list.iter().zip(&compared).map(|(variant, properties)| {
            if !is_anonymous(variant) {
                return DistinguishingProperties::default();
            }
            let own = first_unique(&properties.required, &required);
            let mut rare = properties.declared.clone();
            let uses = |name: &&str| declared.get(name).copied().unwrap_or_default();
            rare.retain(|name| uses(name) < list.len());
            rare.sort_by_key(uses);
            DistinguishingProperties {
                constant: first_unique(&properties.constants, &constants),
                own: own.or_else(|| first_unique(&properties.declared, &declared)),
                rare,
            }
        });
        found.collect()
    }

    /// Lists the properties of each variant that are compared. Declared properties are compared only
    /// if several objects are anonymous.
    fn list_compared_properties(
        &mut self,
        list: &[VariantShape<'a>],
    ) -> Vec<VariantProperties<'a>> {
        let objects = list.iter().filter(|variant| {
            let resolved = self.resolve_target(&variant.resolved);
            variant.component.is_none()
                && resolved.is_some_and(|resolved| matches!(resolved.shape, SchemaShape::Struct(_)))
        });
        let compares_declared = objects.count() > 1;
        let compares_constants = list.len() <= MAX_COMPARED_VARIANTS;
        let mut compared = Vec::with_capacity(list.len());
        for VariantShape { resolved, .. } in list {
            let mut properties = VariantProperties {
                required: self.properties(resolved, |property| property.required, 0),
                ..VariantProperties::default()
            };
            if compares_declared {
                properties.declared = self.properties(resolved, |_| true, 0);
            }
            if compares_constants {
                properties.constants = self.list_constants(resolved, &properties.required);
            }
            compared.push(properties);
        }
        compared
    }

    /// Returns the constants among these properties that can serve as names.
    fn list_constants(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        properties: &[&'a str],
    ) -> Vec<String> {
        let mut constants = Vec::new();
        for property in properties {
            let values = self.list_values(resolved, property, true);
            if let Some([only]) = values.as_deref()
                && is_name(only)
            {
                constants.push(only.clone());
            }
        }
        constants
    }
}

/// Whether a constant can serve as a name: a few words, and no flag or number.
fn is_name(constant: &str) -> bool {
    constant.starts_with(char::is_alphabetic)
        && !matches!(constant, "true" | "false")
        && Words::split(constant).iter().count() <= MAX_CONSTANT_WORDS
}

/// Counts the lists that each name is in.
fn count_uses<'l, T: Hash + Eq + 'l>(
    lists: impl Iterator<Item = &'l Vec<T>>,
) -> HashMap<&'l T, usize> {
    let mut counts = HashMap::new();
    for name in lists.flatten() {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// Returns the first name of a list that no other list has.
fn first_unique<T: Hash + Eq + Clone>(names: &[T], uses: &HashMap<&T, usize>) -> Option<T> {
    let mut names = names.iter();
    names.find(|name| uses.get(name) == Some(&1)).cloned()
}
