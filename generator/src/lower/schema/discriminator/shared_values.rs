//! Tags that several alternatives share, and what else tells those apart.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::ir::{Scalar, Type};
use crate::lower::schema::keywords::Kind;
use crate::lower::schema::schemas::Schemas;
use crate::lower::schema::shape::{Alternative, Form, Formed, Member, Object};
use crate::source::Pointer;

/// How many alternatives of one tag are compared with each other.
const LARGEST_GROUP: usize = 64;

impl<'a> Schemas<'a> {
    /// Warns of alternatives that share a tag, and that nothing else tells apart.
    pub(super) fn check_shared(&mut self, list: &[Alternative<'a>], property: &str, at: &Pointer) {
        for (tag, group) in groups(list) {
            let mut leaves: Vec<(&Alternative<'a>, Vec<Formed<'a>>)> = Vec::new();
            for alternative in group.into_iter().take(LARGEST_GROUP) {
                let mut found = Vec::new();
                self.leaves(&alternative.formed, (property, tag), 0, &mut found);
                leaves.push((alternative, found));
            }
            if let Some((a, b)) = self.alike(&leaves, property) {
                let message = format!(
                    "`{tag}` selects both {} and {}, which nothing else tells apart; a value is the first of them that it fits",
                    self.called(a),
                    self.called(b),
                );
                self.findings.warn("shared-tag", at, message);
            }
        }
    }

    /// What an alternative is called in a message.
    fn called(&self, alternative: &Alternative<'a>) -> String {
        match alternative.component {
            Some(id) => format!("`{}`", self.name(id)),
            None => format!("`{}`", alternative.at),
        }
    }

    /// What an alternative with this tag can be in the end.
    fn leaves(
        &mut self,
        formed: &Formed<'a>,
        (property, tag): (&str, &str),
        depth: usize,
        into: &mut Vec<Formed<'a>>,
    ) {
        let Some(target) = self.visit(formed, depth) else {
            return;
        };
        let Form::Union(union) = &target.form else {
            into.push(Formed::clone(&target));
            return;
        };
        for inner in &union.list {
            let values = self.values_of(&inner.formed, property, false, depth + 1);
            if values.is_none_or(|values| values.iter().any(|value| value == tag)) {
                self.leaves(&inner.formed, (property, tag), depth + 1, into);
            }
        }
    }

    /// Two alternatives that cannot be told apart.
    fn alike<'l>(
        &mut self,
        list: &[(&'l Alternative<'a>, Vec<Formed<'a>>)],
        property: &str,
    ) -> Option<(&'l Alternative<'a>, &'l Alternative<'a>)> {
        for (position, (a, ours)) in list.iter().enumerate() {
            for (b, theirs) in list.iter().skip(position + 1) {
                let told_apart = ours.iter().all(|ours| {
                    theirs
                        .iter()
                        .all(|theirs| self.are_told_apart(ours, theirs, property))
                });
                if !told_apart {
                    return Some((a, b));
                }
            }
        }
        None
    }

    fn are_told_apart(&mut self, a: &Formed<'a>, b: &Formed<'a>, property: &str) -> bool {
        match (&a.form, &b.form) {
            (Form::Struct(a), Form::Struct(b)) => {
                required(a, property) != required(b, property) || self.have_other_members(a, b)
            }
            (Form::Struct(object), Form::Map(_)) | (Form::Map(_), Form::Struct(object)) => {
                !required(object, property).is_empty()
            }
            (a, b) => kind(a) != kind(b),
        }
    }

    /// Whether a member that both require has other values, or another type.
    fn have_other_members(&mut self, a: &Object<'a>, b: &Object<'a>) -> bool {
        a.members.iter().any(|(name, ours)| {
            let theirs = b.members.get(name).filter(|member| member.required);
            theirs.is_some_and(|theirs| ours.required && self.are_others(ours, theirs))
        })
    }

    fn are_others(&mut self, ours: &Member<'a>, theirs: &Member<'a>) -> bool {
        if let (Some(a), Some(b)) = (self.values_of_member(ours), self.values_of_member(theirs)) {
            let known: HashSet<&String> = a.iter().collect();
            return !b.iter().any(|value| known.contains(value));
        }
        match (self.kind_of(ours), self.kind_of(theirs)) {
            (Some(ours), Some(theirs)) => ours != theirs,
            _ => false,
        }
    }

    fn kind_of(&mut self, member: &Member<'a>) -> Option<Kind> {
        let formed = self.form_member(member);
        let target = self.underlying(&formed)?;
        kind(&target.form)
    }
}

/// The alternatives of each tag that is shared, each list once.
fn groups<'l, 'a>(list: &'l [Alternative<'a>]) -> Vec<(&'l str, Vec<&'l Alternative<'a>>)> {
    let mut claims: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, alternative) in list.iter().enumerate() {
        for tag in &alternative.tags {
            claims.entry(tag).or_default().push(index);
        }
    }
    let mut seen = HashSet::new();
    claims
        .into_iter()
        .filter(|(_, group)| group.len() > 1 && seen.insert(group.clone()))
        .map(|(tag, group)| {
            let group = group.into_iter().filter_map(|index| list.get(index));
            (tag, group.collect())
        })
        .collect()
}

/// The members that must be there, the tag apart.
fn required<'a>(object: &Object<'a>, property: &str) -> Vec<&'a str> {
    let mut names: Vec<&str> = object
        .members
        .iter()
        .filter(|(name, member)| member.required && **name != property)
        .map(|(name, _)| *name)
        .collect();
    names.sort_unstable();
    names
}

/// The JSON type of a form, if it has only one.
fn kind(form: &Form<'_>) -> Option<Kind> {
    match form {
        Form::Struct(_) | Form::Map(_) => Some(Kind::Object),
        Form::Array(_) | Form::Tuple(_) => Some(Kind::Array),
        Form::Enum(values) => values.first().map(|value| match value.value {
            Scalar::String(_) => Kind::String,
            Scalar::Integer(_) => Kind::Number,
        }),
        Form::Plain(ty) | Form::Constant(ty, _) => match ty {
            Type::Null => Some(Kind::Null),
            Type::Bool => Some(Kind::Boolean),
            Type::Integer(_) | Type::Number(_) => Some(Kind::Number),
            Type::String(_) => Some(Kind::String),
            Type::Array(_) | Type::Tuple(_) => Some(Kind::Array),
            Type::Map(_) => Some(Kind::Object),
            Type::Nullable(_) | Type::Named(_) | Type::Untyped(_) => None,
        },
        Form::Union(_) | Form::Same(_) => None,
    }
}
