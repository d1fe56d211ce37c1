//! Tags that no discriminator names: a property whose constants differ in all alternatives, of the
//! alternatives themselves or of an object that each of them holds.

use std::collections::HashSet;

use crate::ir::{PropertyPath, WireName};
use crate::lower::schema::schemas::Schemas;
use crate::lower::schema::shape::{Alternative, Form, Formed};

/// How many objects within each other are searched for constants.
const MAX_PATH_LENGTH: usize = 3;

/// How many properties of the first alternative are compared with those of the others.
const MAX_CANDIDATES: usize = 64;

/// A property that lists its values.
#[derive(Debug, Clone)]
struct Candidate<'a> {
    /// The names on the way to it, its own last.
    path: Vec<&'a str>,
    /// Whether it and all objects on the way must be there.
    required: bool,
}

/// The values that a property can have.
struct Listed {
    values: Vec<String>,
    required: bool,
}

impl<'a> Schemas<'a> {
    /// Finds a property to which every object among the alternatives gives values of its own, and
    /// gives each the values that select it. What is no object is recognised by its JSON type.
    pub(super) fn tag_by_declared(&mut self, list: &mut [Alternative<'a>]) -> Option<PropertyPath> {
        let objects: Vec<usize> = (0..list.len())
            .filter(|index| {
                list.get(*index)
                    .is_some_and(|it| self.is_object(&it.formed))
            })
            .collect();
        let first = list.get(*objects.first()?)?.formed.clone();
        if objects.len() < 2 {
            return None;
        }
        let mut candidates = Vec::new();
        self.candidates(&first, &[], true, &mut candidates);
        // Sorting is stable: of properties of one depth, the first one counts.
        candidates.sort_by_key(|candidate| (candidate.path.len(), !candidate.required));
        for Candidate { path, .. } in candidates.iter().take(MAX_CANDIDATES) {
            let Some(listed) = self.listed_by_all(list, &objects, path) else {
                continue;
            };
            let is_plain = path.len() == 1
                && objects.len() < list.len()
                && listed.iter().all(|it| it.required && it.values.len() == 1);
            if is_plain {
                // The constants are looked at together with the JSON types of the others.
                return None;
            }
            for (index, listed) in objects.iter().zip(listed) {
                if let Some(alternative) = list.get_mut(*index) {
                    alternative.tags = listed.values;
                }
            }
            let (property, parents) = path.split_last()?;
            let parents = parents.iter().map(|name| WireName::new(*name)).collect();
            return Some(PropertyPath::nested(parents, WireName::new(*property)));
        }
        None
    }

    fn is_object(&mut self, formed: &Formed<'a>) -> bool {
        self.underlying(formed)
            .is_none_or(|target| matches!(target.form, Form::Struct(_) | Form::Union(_)))
    }

    /// The properties of a form that list their values, at any depth.
    fn candidates(
        &mut self,
        formed: &Formed<'a>,
        parents: &[&'a str],
        required: bool,
        into: &mut Vec<Candidate<'a>>,
    ) {
        if parents.len() >= MAX_PATH_LENGTH || into.len() >= MAX_CANDIDATES {
            return;
        }
        let Some(target) = self.visit(formed, parents.len()) else {
            return;
        };
        let object = match &target.form {
            Form::Struct(object) => object,
            // What every variant of it lists is found by any of them.
            Form::Union(union) => {
                if let Some(first) = union.list.first() {
                    self.candidates(&first.formed, parents, required, into);
                }
                return;
            }
            _ => return,
        };
        for (name, member) in &object.members {
            let path = [parents, &[*name]].concat();
            let required = required && member.required;
            match self.values_of_member(member) {
                Some(_) => into.push(Candidate { path, required }),
                None => self.inside(member, |schemas, formed| {
                    schemas.candidates(formed, &path, required, into);
                }),
            }
        }
    }

    /// The values that each of these alternatives gives to a property, if no two share one.
    fn listed_by_all(
        &mut self,
        list: &[Alternative<'a>],
        objects: &[usize],
        path: &[&str],
    ) -> Option<Vec<Listed>> {
        let mut all = Vec::with_capacity(objects.len());
        for index in objects {
            let formed = &list.get(*index)?.formed;
            all.push(self.listed_at(formed, path, true, 0)?);
        }
        let mut seen = HashSet::new();
        let mut values = all.iter().flat_map(|listed| &listed.values);
        values.all(|value| seen.insert(value)).then_some(())?;
        Some(all)
    }

    /// The values that a form gives to a property, if it lists them.
    fn listed_at(
        &mut self,
        formed: &Formed<'a>,
        path: &[&str],
        required: bool,
        depth: usize,
    ) -> Option<Listed> {
        let target = self.visit(formed, depth)?;
        match &target.form {
            Form::Struct(object) => {
                let (name, rest) = path.split_first()?;
                let member = object.members.get(name)?;
                let required = required && member.required;
                if rest.is_empty() {
                    let values = self.values_of_member(member)?;
                    return Some(Listed { values, required });
                }
                let mut found = None;
                self.inside(member, |schemas, formed| {
                    found = schemas.listed_at(formed, rest, required, depth + 1);
                });
                found
            }
            Form::Union(union) => {
                let mut all = Listed {
                    values: Vec::new(),
                    required,
                };
                for inner in &union.list {
                    let listed = self.listed_at(&inner.formed, path, required, depth + 1)?;
                    all.values.extend(listed.values);
                    all.required &= listed.required;
                }
                Some(all)
            }
            _ => None,
        }
    }
}
