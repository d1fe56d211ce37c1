//! How the alternatives of a union are told apart, and what they are called.

use std::collections::{HashMap, HashSet};

use openapiv3::Discriminator;

use super::form::{Alternative, Form, Formed, Member, Underlying};
use super::node::{ComponentId, component_name};
use super::schemas::Schemas;
use super::values::text_of;
use crate::ir::{Scalar, StringKind, Type, WireName, Words};
use crate::load::Pointer;

/// How deep unions of unions are searched for tags.
const DEEPEST: usize = 8;

/// How many alternatives of alternatives are looked at for one union.
const LONGEST_SEARCH: usize = 100_000;

/// How many words a title may have to be a name.
const LONGEST_TITLE: usize = 6;

impl<'a> Schemas<'a> {
    /// Finds the property that tells the alternatives apart, and gives each the
    /// values that select it.
    pub(super) fn tag(
        &mut self,
        list: &mut [Alternative<'a>],
        discriminator: Option<(&'a Discriminator, Pointer)>,
        owner: Option<ComponentId>,
    ) -> Option<WireName> {
        self.visits = 0;
        let Some((discriminator, at)) = discriminator else {
            return self.tag_by_values(list);
        };
        self.tag_by_mapping(list, discriminator, &at, owner);
        self.tag_the_rest(list, &discriminator.property_name);
        if list.iter().all(|alternative| !alternative.tags.is_empty()) {
            return Some(WireName::new(&discriminator.property_name));
        }
        let message = "the discriminator says nothing of some alternatives; they are told apart by their looks";
        self.findings.warn("incomplete-discriminator", &at, message);
        for alternative in list.iter_mut() {
            alternative.tags.clear();
        }
        self.tag_by_values(list)
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
        if depth >= DEEPEST || self.visits > LONGEST_SEARCH {
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
        let rest: Vec<bool> = list
            .iter()
            .map(|alternative| alternative.tags.is_empty())
            .collect();
        let mut taken: HashSet<String> = list
            .iter()
            .flat_map(|alternative| alternative.tags.clone())
            .collect();
        let mut found: Vec<Vec<String>> = Vec::with_capacity(list.len());
        for (alternative, untagged) in list.iter().zip(&rest) {
            let values = if *untagged {
                self.values_of(&alternative.formed, property, false, 0)
            } else {
                None
            };
            found.push(values.unwrap_or_default());
        }
        let distinct = found
            .iter()
            .flatten()
            .all(|value| taken.insert(value.clone()));
        for ((alternative, values), untagged) in list.iter_mut().zip(found).zip(rest) {
            if untagged && distinct && !values.is_empty() {
                alternative.tags = values;
            } else if untagged {
                let name = alternative.component.map(|id| self.name(id).to_owned());
                let fits = |name: &String| values.is_empty() || values.contains(name);
                alternative.tags.extend(name.filter(fits));
            }
        }
    }

    /// Finds a property that every alternative requires and gives values of its own.
    fn tag_by_values(&mut self, list: &mut [Alternative<'a>]) -> Option<WireName> {
        let first = list.first()?.formed.clone();
        for property in self.candidates(&first, 0) {
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
                return Some(WireName::new(property));
            }
        }
        None
    }

    fn candidates(&mut self, formed: &Formed<'a>, depth: usize) -> Vec<&'a str> {
        let Some(formed) = self.underlying(formed).filter(|_| depth < DEEPEST) else {
            return Vec::new();
        };
        match &formed.form {
            Form::Struct(object) => object
                .members
                .iter()
                .filter(|(_, member)| member.required)
                .map(|(name, _)| *name)
                .collect(),
            Form::Union(union) => union
                .list
                .first()
                .map(|first| self.candidates(&first.formed, depth + 1))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The values that a property can have in a form, as text, if it lists them.
    pub(super) fn values_of(
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
                let mut all = Vec::new();
                for inner in &union.list {
                    all.extend(self.values_of(&inner.formed, property, required, depth + 1)?);
                }
                Some(all)
            }
            _ => None,
        }
    }

    fn values_of_member(&mut self, member: &Member<'a>) -> Option<Vec<String>> {
        let formed = self.form_member(member);
        match &self.underlying(&formed)?.form {
            Form::Constant(_, value) if !value.is_object() && !value.is_array() => {
                Some(vec![text_of(value)])
            }
            Form::Enum(values) => Some(
                values
                    .iter()
                    .map(|value| scalar_text(&value.value))
                    .collect(),
            ),
            _ => None,
        }
    }

    /// Names the alternatives, each differently.
    pub(super) fn name_alternatives(&mut self, list: &mut [Alternative<'a>]) {
        let telling = self.telling_members(list);
        let mut taken = HashSet::new();
        for (alternative, member) in list.iter_mut().zip(telling) {
            let candidates = self.names(alternative, member);
            let first = candidates.first().cloned().unwrap_or_default();
            let free = candidates
                .into_iter()
                .find(|words| !taken.contains(&words.pascal()));
            let name = free.unwrap_or_else(|| numbered(&first, &taken));
            taken.insert(name.pascal());
            alternative.name = name;
        }
    }

    /// For each alternative that has no name of its own, the first property
    /// that only it requires.
    fn telling_members(&mut self, list: &[Alternative<'a>]) -> Vec<Option<&'a str>> {
        let anonymous = |alternative: &Alternative<'a>| alternative.component.is_none();
        if !list.iter().any(anonymous) {
            return vec![None; list.len()];
        }
        let required: Vec<Vec<&'a str>> = list
            .iter()
            .map(|alternative| self.candidates(&alternative.formed, 0))
            .collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in required.iter().flatten() {
            *counts.entry(name).or_default() += 1;
        }
        let telling = |names: &Vec<&'a str>| {
            names
                .iter()
                .copied()
                .find(|name| counts.get(name) == Some(&1))
        };
        list.iter()
            .zip(&required)
            .map(|(alternative, names)| telling(names).filter(|_| anonymous(alternative)))
            .collect()
    }

    /// What an alternative can be called, the best first.
    fn names(&mut self, alternative: &Alternative<'a>, member: Option<&str>) -> Vec<Words> {
        let title = alternative.formed.notes.title().map(Words::split);
        let title = title.filter(|words| words.iter().count() <= LONGEST_TITLE);
        let component = alternative.component.map(|id| self.words(id).clone());
        let (tag, tags) = match alternative.tags.as_slice() {
            [only] => (Some(Words::split(only)), None),
            [first, second] => (None, Some(Words::split(first).with("or").with(second))),
            _ => (None, None),
        };
        let kind = self.kind_name(&alternative.formed);
        let full = component
            .as_ref()
            .or(tag.as_ref())
            .map(|words| words.join(&kind));
        [
            tag,
            component,
            title,
            tags,
            member.map(Words::split),
            Some(kind),
            full,
        ]
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
        .collect()
    }

    /// What a form is called for want of a name of its own.
    fn kind_name(&mut self, formed: &Formed<'a>) -> Words {
        let Some(formed) = self.underlying(formed) else {
            return Words::split("value");
        };
        let elements = match &formed.form {
            Form::Array(elements) | Form::Map(elements) => elements.as_slice(),
            _ => &[],
        };
        let element = match elements {
            [only] => only.component().map(|id| self.words(id).clone()),
            _ => None,
        };
        element.unwrap_or_default().with(match &formed.form {
            Form::Struct(object) => match object.members.keys().collect::<Vec<_>>().as_slice() {
                [only] => only,
                _ => "object",
            },
            Form::Array(_) => "list",
            Form::Tuple(_) => "tuple",
            Form::Map(_) => "map",
            Form::Enum(values) => match values.as_slice() {
                [only] => return only.name.clone(),
                [first, ..] if matches!(first.value, Scalar::Integer(_)) => "integer",
                _ => "string",
            },
            Form::Plain(ty) | Form::Constant(ty, _) => scalar_name(ty),
            Form::Union(_) | Form::Same(_) => "value",
        })
    }
}

fn numbered(words: &Words, taken: &HashSet<String>) -> Words {
    (2..)
        .map(|n: u32| words.with(&n.to_string()))
        .find(|words| !taken.contains(&words.pascal()))
        .unwrap_or_default()
}

fn scalar_text(value: &Scalar) -> String {
    match value {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
    }
}

const fn scalar_name(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "boolean",
        Type::Integer(_) => "integer",
        Type::Number(_) => "number",
        Type::String(StringKind::Date) => "date",
        Type::String(StringKind::DateTime) => "date time",
        Type::String(_) => "string",
        _ => "value",
    }
}
