//! What the alternatives of a union are called.

use std::collections::{HashMap, HashSet};

use crate::ir::{PropertyPath, Scalar, StringKind, Type, Words};
use crate::lower::schema::schema_ref::Node;
use crate::lower::schema::schemas::Schemas;
use crate::lower::schema::shape::{Alternative, Form, Formed, Member};

/// How many words a title may have to be a name.
const LONGEST_TITLE: usize = 6;

impl<'a> Schemas<'a> {
    /// Names the alternatives, each differently. `property` is what has their tags.
    pub(in crate::lower) fn name_alternatives(
        &mut self,
        list: &mut [Alternative<'a>],
        property: Option<&PropertyPath>,
    ) {
        let telling = self.telling_members(list);
        let shared = shared_tags(list);
        let mut taken = HashSet::new();
        for (alternative, member) in list.iter_mut().zip(telling) {
            let candidates = self.names(alternative, member, property, &shared);
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
    /// that only it requires, or else, where several of them are objects, that
    /// only it declares.
    fn telling_members(&mut self, list: &[Alternative<'a>]) -> Vec<Option<&'a str>> {
        let anonymous = |alternative: &Alternative<'a>| alternative.component.is_none();
        if !list.iter().any(anonymous) {
            return vec![None; list.len()];
        }
        let objects = list.iter().filter(|alternative| {
            let formed = self.underlying(&alternative.formed);
            anonymous(alternative)
                && formed.is_some_and(|formed| matches!(formed.form, Form::Struct(_)))
        });
        let several = objects.count() > 1;
        let mut alone = |like: fn(&Member<'a>) -> bool| {
            let lists = list.iter();
            first_alone(
                lists
                    .map(|alternative| self.properties(&alternative.formed, like, 0))
                    .collect(),
            )
        };
        let required = alone(|member| member.required);
        let declared = if several {
            alone(|_| true)
        } else {
            vec![None; list.len()]
        };
        let telling = required.into_iter().zip(declared);
        list.iter()
            .zip(telling)
            .map(|(alternative, (required, declared))| {
                required.or(declared).filter(|_| anonymous(alternative))
            })
            .collect()
    }

    /// What an alternative can be called, the best first.
    fn names(
        &mut self,
        alternative: &Alternative<'a>,
        member: Option<&str>,
        property: Option<&PropertyPath>,
        shared: &HashSet<String>,
    ) -> Vec<Words> {
        let title = alternative.formed.notes.title().map(Words::split);
        let title = title.filter(|words| words.iter().count() <= LONGEST_TITLE);
        let component = alternative.component.map(|id| self.words(id).clone());
        let tags = alternative.tags.as_slice();
        let said = match tags {
            [only] => Some(Words::split(only)),
            [first, second] => Some(Words::split(first).with("or").with(second)),
            _ => None,
        };
        let is_number = tags.iter().all(|tag| !tag.contains(char::is_alphabetic));
        let is_name = match tags {
            // What several share is the name of none of them.
            [only] => !is_number && !shared.contains(only),
            _ => false,
        };
        let (tag, tags) = if is_name {
            (said, None)
        } else if is_number {
            // It says what it is of, at the most.
            let property = Words::split(property.map_or("", |path| path.property().as_str()));
            (None, said.map(|number| property.join(&number)))
        } else {
            (None, said)
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
            [only] => self.element_name(only),
            _ => Words::default(),
        };
        element.with(match &formed.form {
            Form::Struct(object) => match object.members.keys().collect::<Vec<_>>().as_slice() {
                [only] => only,
                _ => "object",
            },
            Form::Array(_) => "list",
            Form::Tuple(_) => "tuple",
            Form::Map(_) => "map",
            Form::Enum(values) => match values.as_slice() {
                // `""`, which means that something is taken away.
                [only] if only.name.is_empty() => "empty",
                [only] => return only.name.clone(),
                [first, ..] if matches!(first.value, Scalar::Integer(_)) => "integer",
                _ => "string",
            },
            Form::Plain(ty) | Form::Constant(ty, _) => scalar_name(ty),
            Form::Union(_) | Form::Same(_) => "value",
        })
    }

    /// What the elements of a list are, if they are named or scalars.
    fn element_name(&self, node: &Node<'a>) -> Words {
        if let Some(id) = node.component() {
            return self.words(id).clone();
        }
        let view = node.view();
        match view.as_ref().and_then(|view| view.ty) {
            Some(scalar @ ("boolean" | "integer" | "number" | "string")) => Words::split(scalar),
            Some("array") => {
                let items = view.and_then(|view| view.items);
                let items = items.map(|items| self.node(items, node.at.child("items")));
                let element = items.map(|items| self.element_name(&items));
                element.unwrap_or_default().with("list")
            }
            _ => Words::default(),
        }
    }
}

/// The first name of each list that no other has.
fn first_alone(lists: Vec<Vec<&str>>) -> Vec<Option<&str>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in lists.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let is_alone = |name: &&str| counts.get(name) == Some(&1);
    lists
        .iter()
        .map(|names| names.iter().copied().find(is_alone))
        .collect()
}

/// The tags that several alternatives have.
fn shared_tags(list: &[Alternative<'_>]) -> HashSet<String> {
    let mut seen = HashSet::new();
    list.iter()
        .flat_map(|alternative| &alternative.tags)
        .filter(|tag| !seen.insert(tag.as_str()))
        .cloned()
        .collect()
}

fn numbered(words: &Words, taken: &HashSet<String>) -> Words {
    (2..)
        .map(|n: u32| words.with(&n.to_string()))
        .find(|words| !taken.contains(&words.pascal()))
        .unwrap_or_default()
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
