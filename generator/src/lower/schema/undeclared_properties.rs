//! Properties that are required and not declared.

use std::collections::HashSet;

use openapiv3::AdditionalProperties;

use super::all_of_member::AllOfMember;
use super::shape::ObjectShape;
use crate::ir::UndeclaredProperties;
use crate::source::Pointer;

/// A required name without a declaration in its schema.
#[derive(Debug)]
struct MissingProperty {
    name: *const String,
    text: String,
    /// The JSON pointer of the `required` list, and the index in it.
    list: Pointer,
    index: usize,
    /// The JSON pointers of the schemas that are merged with it.
    schemas: Vec<Pointer>,
}

/// The names under `required` without a property.
///
/// Another schema that is merged with it can declare the property, such as the child of a parent.
/// So nothing is reported before all types are built.
#[derive(Debug, Default)]
pub(in crate::lower) struct RequiredProperties {
    missing: Vec<MissingProperty>,
    /// The names that another schema declares.
    given: HashSet<*const String>,
}

impl RequiredProperties {
    /// Records the names that the members of an object require.
    pub(in crate::lower) fn note(&mut self, members: &[AllOfMember<'_>], object: &ObjectShape<'_>) {
        let open = |member: &AllOfMember<'_>| match member.keywords.additional {
            Some(AdditionalProperties::Any(any)) => *any,
            Some(AdditionalProperties::Schema(_)) => true,
            None => false,
        };
        let is_open = object.properties.is_empty()
            || !object.additional.is_empty()
            || members.iter().any(open);
        for member in members {
            let own = member.keywords.properties;
            let declares = |name: &String| own.is_some_and(|own| own.contains_key(name));
            let others = member.keywords.required.iter().enumerate();
            for (i, name) in others.filter(|(_, name)| !declares(name)) {
                if is_open || object.properties.contains_key(name.as_str()) {
                    self.given.insert(std::ptr::from_ref(name));
                } else {
                    self.missing.push(MissingProperty {
                        name: std::ptr::from_ref(name),
                        text: name.clone(),
                        list: member.at.child("required"),
                        index: i,
                        schemas: members
                            .iter()
                            .map(|member| find_whole_schema(&member.at))
                            .collect(),
                    });
                }
            }
        }
    }

    /// Returns the names without any declaration, grouped by list.
    pub(in crate::lower) fn into_undeclared(self) -> Vec<UndeclaredProperties> {
        let mut missing = self.missing;
        let mut seen = HashSet::new();
        missing.retain(|missing| !self.given.contains(&missing.name) && seen.insert(missing.name));
        let lists = missing.chunk_by(|a, b| a.list == b.list);
        lists
            .filter_map(|list| {
                let first = list.first()?;
                Some(UndeclaredProperties {
                    names: list.iter().map(|missing| missing.text.clone()).collect(),
                    pointer: first.list.index(first.index),
                    schemas: first.schemas.clone(),
                })
            })
            .collect()
    }
}

/// Returns the JSON pointer of the schema around an `allOf` member.
fn find_whole_schema(member: &Pointer) -> Pointer {
    let mut at = member.clone();
    while let Some(list) = at.parent()
        && list.segments().last().is_some_and(|last| last == "allOf")
        && let Some(schema) = list.parent()
    {
        at = schema;
    }
    at
}
