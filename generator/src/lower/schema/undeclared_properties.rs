//! Properties that are required and declared nowhere.

use std::collections::HashSet;

use openapiv3::AdditionalProperties;

use super::all_of::Part;
use super::shape::Object;
use crate::ir::UndeclaredProperties;
use crate::source::Pointer;

/// A name that is required and not declared where it is.
#[derive(Debug)]
struct Missing {
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
/// parent, so that nothing is said before all are made.
#[derive(Debug, Default)]
pub(in crate::lower) struct Required {
    missing: Vec<Missing>,
    /// The names that are declared by another schema than the one that requires them.
    given: HashSet<*const String>,
}

impl Required {
    /// Looks at the names that the parts of an object require.
    pub(in crate::lower) fn note(&mut self, parts: &[Part<'_>], object: &Object<'_>) {
        let open = |part: &Part<'_>| match part.view.additional {
            Some(AdditionalProperties::Any(any)) => *any,
            Some(AdditionalProperties::Schema(_)) => true,
            None => false,
        };
        let is_open =
            object.members.is_empty() || !object.additional.is_empty() || parts.iter().any(open);
        for part in parts {
            let own = part.view.properties;
            let declares = |name: &String| own.is_some_and(|own| own.contains_key(name));
            let others = part.view.required.iter().enumerate();
            for (i, name) in others.filter(|(_, name)| !declares(name)) {
                if is_open || object.members.contains_key(name.as_str()) {
                    self.given.insert(std::ptr::from_ref(name));
                } else {
                    self.missing.push(Missing {
                        name: std::ptr::from_ref(name),
                        text: name.clone(),
                        list: part.at.child("required"),
                        index: i,
                        schemas: parts.iter().map(|part| whole(&part.at)).collect(),
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

/// Where the schema stands that a part of an `allOf` belongs to.
fn whole(part: &Pointer) -> Pointer {
    let mut at = part.clone();
    while let Some(list) = at.parent()
        && list.segments().last().is_some_and(|last| last == "allOf")
        && let Some(schema) = list.parent()
    {
        at = schema;
    }
    at
}
