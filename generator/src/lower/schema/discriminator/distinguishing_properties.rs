//! Properties that distinguish the variants of a union without a discriminator. They name variants
//! whose schemas are not named.

use std::collections::HashMap;
use std::hash::Hash;

use crate::ir::Words;
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::shape::{PropertyShape, SchemaShape, VariantShape};

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

impl<'a> SchemaBuilder<'a> {
    /// Returns the distinguishing properties of each variant; none for the variants of components.
    pub(super) fn find_distinguishing_properties(
        &mut self,
        list: &[VariantShape<'a>],
    ) -> Vec<DistinguishingProperties<'a>> {
        let anonymous = |variant: &VariantShape<'a>| variant.component.is_none();
        let mut found = vec![DistinguishingProperties::default(); list.len()];
        if !list.iter().any(anonymous) {
            return found;
        }
        let objects = list.iter().filter(|variant| {
            let resolved = self.resolve_target(&variant.resolved);
            anonymous(variant)
                && resolved.is_some_and(|resolved| matches!(resolved.shape, SchemaShape::Struct(_)))
        });
        let several = objects.count() > 1;
        let required = self.list_properties(list, |property_shape| property_shape.required);
        let declared = if several {
            self.list_properties(list, |_| true)
        } else {
            vec![Vec::new(); list.len()]
        };
        let constants = self.list_constants(list, &required);
        let (only_required, only_declared) = (count_uses(&required), count_uses(&declared));
        let constant_uses = count_uses(&constants);
        for (index, entry) in found.iter_mut().enumerate() {
            if !list.get(index).is_some_and(anonymous) {
                continue;
            }
            let own = first_unique(required.get(index), &only_required);
            entry.own = own.or_else(|| first_unique(declared.get(index), &only_declared));
            entry.constant = first_unique(constants.get(index), &constant_uses);
            let mut rare = declared.get(index).cloned().unwrap_or_default();
            let uses = |name: &&str| only_declared.get(name).copied().unwrap_or_default();
            rare.retain(|name| uses(name) < list.len());
            rare.sort_by_key(uses);
            entry.rare = rare;
        }
        found
    }

    fn list_properties(
        &mut self,
        list: &[VariantShape<'a>],
        like: fn(&PropertyShape<'a>) -> bool,
    ) -> Vec<Vec<&'a str>> {
        let lists = list.iter();
        lists
            .map(|variant| self.properties(&variant.resolved, like, 0))
            .collect()
    }

    /// Returns the constants of each variant that can serve as names.
    fn list_constants(
        &mut self,
        list: &[VariantShape<'a>],
        required: &[Vec<&'a str>],
    ) -> Vec<Vec<String>> {
        if list.len() > MAX_COMPARED_VARIANTS {
            return vec![Vec::new(); list.len()];
        }
        let mut constants = Vec::with_capacity(list.len());
        for (variant, properties) in list.iter().zip(required) {
            let mut own = Vec::new();
            for property in properties {
                let values = self.list_values(&variant.resolved, property, true);
                if let Some([only]) = values.as_deref()
                    && is_name(only)
                {
                    own.push(only.clone());
                }
            }
            constants.push(own);
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
fn count_uses<T: Hash + Eq>(lists: &[Vec<T>]) -> HashMap<&T, usize> {
    let mut counts = HashMap::new();
    for name in lists.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// Returns the first name of a list that no other list has.
fn first_unique<T: Hash + Eq + Clone>(
    names: Option<&Vec<T>>,
    uses: &HashMap<&T, usize>,
) -> Option<T> {
    let mut names = names.into_iter().flatten();
    names.find(|name| uses.get(name) == Some(&1)).cloned()
}
