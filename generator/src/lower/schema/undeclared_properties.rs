//! Properties that are required and declared nowhere.

use std::collections::HashSet;

use openapiv3::AdditionalProperties;

use super::all_of_member::AllOfMember;
use super::shape::ObjectShape;
use crate::ir::UndeclaredProperties;
use crate::source::Pointer;

/// A name that is required and not declared where it is.
#[derive(Debug)]
struct MissingProperty {
    name: *const String,
    text: String,
    /// Where the list of names stands, and which of them it is.
    list: Pointer,
    index: usize,
    /// Where the schemas stand that are merged with the one that requires it.
    schemas: Vec<Pointer>,
}

/// The names under `required` that no property is for.
///
/// What a schema requires may be declared by another that is merged with it, such as the child of a
/// parent, so that nothing is said before all are built.
#[derive(Debug, Default)]
pub(in crate::lower) struct RequiredProperties {
    missing: Vec<MissingProperty>,
    /// The names that are declared by another schema than the one that requires them.
    given: HashSet<*const String>,
}

impl RequiredProperties {
    /// Looks at the names that the members of an object require.
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
                        schemas: members.iter().map(|member| whole(&member.at)).collect(),
                    });
                }
            }
        }
    }

    /// The names that are declared nowhere, those of one list together.
    pub(in crate::lower) fn into_undeclared(self) -> Vec<UndeclaredProperties> {
        let mut missing = self.missing;
        let mut said = HashSet::new();
        missing.retain(|missing| !self.given.contains(&missing.name) && said.insert(missing.name));
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

/// Where the schema stands that a member of an `allOf` belongs to.
fn whole(member: &Pointer) -> Pointer {
    let mut at = member.clone();
    while let Some(list) = at.parent()
        && list.segments().last().is_some_and(|last| last == "allOf")
        && let Some(schema) = list.parent()
    {
        at = schema;
    }
    at
}
