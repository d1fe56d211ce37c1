//! How the alternatives of a union are told apart.

mod constants;
mod shared_values;
mod variant_names;

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use openapiv3::Discriminator;

use super::MAX_UNION_DEPTH;
use super::enums::text_of;
use super::schema_ref::{ComponentId, component_name};
use super::schemas::Schemas;
use super::shape::{Alternative, Form, Formed, Member, Underlying};
use crate::ir::{PropertyPath, Scalar};
use crate::load::keys;
use crate::source::Pointer;

/// How many alternatives of alternatives are looked at for one union.
const LONGEST_SEARCH: usize = 100_000;

impl<'a> Schemas<'a> {
    /// Finds the property that tells the alternatives apart, and gives each the
    /// values that select it.
    pub(in crate::lower) fn tag(
        &mut self,
        list: &mut [Alternative<'a>],
        discriminator: Option<(&'a Discriminator, Pointer)>,
        owner: Option<ComponentId>,
    ) -> Option<PropertyPath> {
        self.visits = 0;
        let Some((discriminator, at)) = discriminator else {
            return self.tag_by_values(list);
        };
        self.tag_by_mapping(list, discriminator, &at, owner);
        self.tag_the_rest(list, &discriminator.property_name);
        if self.misses(list, &discriminator.property_name)
            && let Some(better) = self.tag_by_values(list)
        {
            return Some(better);
        }
        if list.iter().all(|alternative| alternative.tags.is_empty()) {
            return None;
        }
        self.check_shared(list, &discriminator.property_name, &at);
        Some(PropertyPath::direct(&discriminator.property_name))
    }

    /// Whether there are objects among the alternatives that no value of the
    /// discriminator selects. They are told apart from the others by their looks.
    fn misses(&mut self, list: &[Alternative<'a>], property: &str) -> bool {
        let mut missed = Vec::new();
        for alternative in list {
            let is_object = alternative.tags.is_empty()
                && self
                    .underlying(&alternative.formed)
                    .is_none_or(|target| matches!(target.form, Form::Struct(_) | Form::Union(_)));
            if is_object {
                missed.push(&alternative.at);
            }
        }
        let Some(first) = missed.first() else {
            return false;
        };
        let others = match missed.len() - 1 {
            0 => String::new(),
            n => format!(", nor {n} of those after it"),
        };
        let message = format!(
            "no value of `{property}` selects this alternative{others}: it has no name that a mapping could lead to, and it lists no values of `{property}`; it is told from the others by its looks"
        );
        self.findings
            .warn("incomplete-discriminator", first, message);
        true
    }

    fn tag_by_mapping(
        &mut self,
        list: &mut [Alternative<'a>],
        discriminator: &Discriminator,
        at: &Pointer,
        owner: Option<ComponentId>,
    ) {
        for (tag, reference) in &discriminator.mapping {
            let target = self.mapped(reference);
            let place = target.and_then(|id| self.place_of(list, id));
            match place.and_then(|place| list.get_mut(place)) {
                Some(alternative) => alternative.tags.push(tag.clone()),
                None if target.is_some() && target == owner => {}
                None => {
                    let message = format!(
                        "`{reference}` is not one of the alternatives; the mapping is left out"
                    );
                    self.findings
                        .warn("unknown-mapping", &at.child("mapping").child(tag), message);
                }
            }
        }
    }

    /// The alternative that `defaultMapping` leads to.
    pub(in crate::lower) fn fallback(
        &mut self,
        list: &[Alternative<'a>],
        discriminator: &Discriminator,
        at: &Pointer,
    ) -> Option<usize> {
        let reference = discriminator.extensions.get(keys::DEFAULT_MAPPING)?;
        let reference = reference.as_str()?;
        self.visits = 0;
        let target = self.mapped(reference);
        let place = target.and_then(|id| self.place_of(list, id));
        if place.is_none() {
            let message = format!("`{reference}` is not one of the alternatives; it is ignored");
            self.findings
                .warn("unknown-mapping", &at.child("defaultMapping"), message);
        }
        place
    }

    /// A mapping leads to a schema by reference or by its bare name.
    fn mapped(&self, reference: &str) -> Option<ComponentId> {
        let name = component_name(reference, "schemas");
        self.find(name.as_deref().unwrap_or(reference))
    }

    fn place_of(&mut self, list: &[Alternative<'a>], id: ComponentId) -> Option<usize> {
        list.iter()
            .position(|alternative| alternative.component == Some(id))
            .or_else(|| {
                list.iter()
                    .position(|alternative| self.holds(&alternative.formed, id, 0))
            })
    }

    /// What a form is in the end, unless the search has gone too far.
    fn visit<'f>(&mut self, formed: &'f Formed<'a>, depth: usize) -> Option<Underlying<'f, 'a>> {
        self.visits += 1;
        if depth >= MAX_UNION_DEPTH || self.visits > LONGEST_SEARCH {
            return None;
        }
        self.underlying(formed)
    }

    /// Whether a form is this component, or a union that has it among its alternatives.
    fn holds(&mut self, formed: &Formed<'a>, id: ComponentId, depth: usize) -> bool {
        if matches!(formed.form, Form::Same(same) if same == id) {
            return true;
        }
        let Some(formed) = self.visit(formed, depth) else {
            return false;
        };
        let Form::Union(union) = &formed.form else {
            return false;
        };
        union
            .list
            .iter()
            .any(|inner| inner.component == Some(id) || self.holds(&inner.formed, id, depth + 1))
    }

    /// Alternatives that no mapping names are selected by the values that they
    /// themselves declare, or else by the names of their schemas.
    fn tag_the_rest(&mut self, list: &mut [Alternative<'a>], property: &str) {
        let mut declared: Vec<Vec<String>> = Vec::with_capacity(list.len());
        for alternative in list.iter() {
            let values = if alternative.tags.is_empty() {
                self.values_of(&alternative.formed, property, false, 0)
            } else {
                None
            };
            declared.push(values.unwrap_or_default());
        }
        let mut claims: HashMap<String, usize> = HashMap::new();
        let mapped = list.iter().flat_map(|alternative| &alternative.tags);
        for tag in mapped.chain(declared.iter().flatten()) {
            *claims.entry(tag.clone()).or_default() += 1;
        }
        for (alternative, values) in list.iter_mut().zip(declared) {
            if !alternative.tags.is_empty() {
                continue;
            }
            let name = alternative.component.map(|id| self.name(id).to_owned());
            // What is inherited by all says less than the name.
            let is_own = values.iter().all(|value| claims.get(value) == Some(&1));
            let is_better = |name: &String| values.is_empty() || (!is_own && values.contains(name));
            alternative.tags = match name.filter(is_better) {
                Some(name) => vec![name],
                None => values,
            };
        }
    }

    /// Finds a property to which every alternative gives values of its own: one that all of them
    /// require, or else one that all objects among them declare, at any depth.
    fn tag_by_values(&mut self, list: &mut [Alternative<'a>]) -> Option<PropertyPath> {
        self.tag_by_required(list)
            .or_else(|| self.tag_by_declared(list))
    }

    /// Finds a property that every alternative requires and gives values of its own.
    fn tag_by_required(&mut self, list: &mut [Alternative<'a>]) -> Option<PropertyPath> {
        let first = list.first()?.formed.clone();
        for property in self.properties(&first, |member| member.required, 0) {
            let mut tags = Vec::with_capacity(list.len());
            for alternative in list.iter() {
                match self.values_of(&alternative.formed, property, true, 0) {
                    Some(values) => tags.push(values),
                    None => break,
                }
            }
            let mut seen = HashSet::new();
            let distinct = tags
                .iter()
                .flatten()
                .all(|value| seen.insert(value.as_str()));
            if tags.len() == list.len() && distinct {
                for (alternative, tags) in list.iter_mut().zip(tags) {
                    alternative.tags = tags;
                }
                return Some(PropertyPath::direct(property));
            }
        }
        None
    }

    /// The properties of a form that are `like` this, in the document's order.
    fn properties(
        &mut self,
        formed: &Formed<'a>,
        like: fn(&Member<'a>) -> bool,
        depth: usize,
    ) -> Vec<&'a str> {
        let Some(formed) = self.underlying(formed).filter(|_| depth < MAX_UNION_DEPTH) else {
            return Vec::new();
        };
        match &formed.form {
            Form::Struct(object) => object
                .members
                .iter()
                .filter(|(_, member)| like(member))
                .map(|(name, _)| *name)
                .collect(),
            Form::Union(union) => union
                .list
                .first()
                .map(|first| self.properties(&first.formed, like, depth + 1))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The values that a property can have in a form, as text, if it lists them.
    pub(in crate::lower) fn values_of(
        &mut self,
        formed: &Formed<'a>,
        property: &str,
        required: bool,
        depth: usize,
    ) -> Option<Vec<String>> {
        let formed = self.visit(formed, depth)?;
        match &formed.form {
            Form::Struct(object) => {
                let member = object
                    .members
                    .get(property)
                    .filter(|member| member.required || !required)?;
                self.values_of_member(member)
            }
            Form::Union(union) => {
                let mut all = IndexSet::new();
                for inner in &union.list {
                    all.extend(self.values_of(&inner.formed, property, required, depth + 1)?);
                }
                Some(all.into_iter().collect())
            }
            _ => None,
        }
    }

    fn values_of_member(&mut self, member: &Member<'a>) -> Option<Vec<String>> {
        let mut values = None;
        self.inside(member, |schemas, formed| {
            let Some(target) = schemas.underlying(formed) else {
                return;
            };
            values = match &target.form {
                Form::Constant(_, value) if !value.is_object() && !value.is_array() => {
                    Some(vec![text_of(value)])
                }
                Form::Enum(values) => {
                    let values = values.iter();
                    Some(values.map(|value| scalar_text(&value.value)).collect())
                }
                _ => None,
            };
        });
        values
    }

    /// Does something with the form of a property, unless that is what is being done: to form a
    /// union is to ask for values of its members, of which it may be one.
    fn inside(&mut self, member: &Member<'a>, ask: impl FnOnce(&mut Self, &Formed<'a>)) {
        let Some(source) = member.sources.first() else {
            return;
        };
        if self.asked.iter().any(|asked| asked.is_same(&source.node)) {
            return;
        }
        self.asked.push(source.node.clone());
        let formed = self.form_member(member);
        ask(self, &formed);
        self.asked.pop();
    }
}

fn scalar_text(value: &Scalar) -> String {
    match value {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
    }
}
