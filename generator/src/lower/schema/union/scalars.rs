//! Scalars among alternatives: those that no reader could tell apart are one.

use std::collections::HashSet;

use serde_json::Value;

use super::same;
use crate::ir::{EnumValue, IntegerKind, Scalar, Type, Words};
use crate::lower::schema::annotations::Notes;
use crate::lower::schema::enums::text_of;
use crate::lower::schema::scalar::widen;
use crate::lower::schema::schemas::Schemas;
use crate::lower::schema::shape::{Alternative, Form, Formed};

impl<'a> Schemas<'a> {
    /// Merges the alternatives that no reader could tell apart: two kinds of
    /// string, of integer or of number, the same thing twice.
    ///
    /// Integers and numbers stay two: a number would lose the digits of an integer
    /// beyond 2⁵³, and write `7` as `7.0`.
    pub(super) fn merge_scalars(&mut self, list: Vec<Alternative<'a>>) -> Vec<Alternative<'a>> {
        let mut merged: Vec<Alternative<'a>> = Vec::with_capacity(list.len());
        let mut strings = Scalars::default();
        let (mut integers, mut numbers) = (Scalars::default(), Scalars::default());
        let mut seen = HashSet::new();
        for mut alternative in list {
            if same(&alternative.formed.form).is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            if let Some(form) = self.unfolded(&alternative.formed) {
                alternative.formed.form = form;
                alternative.component = None;
            }
            let Some((kind, scalar)) = self.scalar(&alternative.formed) else {
                if !merged.iter().any(|other| is_same(other, &alternative)) {
                    merged.push(alternative);
                }
                continue;
            };
            let group = match kind {
                ScalarKind::String => &mut strings,
                ScalarKind::Integer => &mut integers,
                ScalarKind::Number => &mut numbers,
            };
            group.add(scalar, merged.len());
            if group.count == 1 {
                merged.push(alternative);
            } else if let Some(first) = group.place.and_then(|place| merged.get_mut(place)) {
                group.merge_into(first, alternative);
            }
        }
        // Whatever the format of the integers says, their neighbours may be larger.
        if let (Some(place), 1..) = (integers.place, numbers.count)
            && let Some(integer) = merged.get_mut(place)
            && let Form::Plain(Type::Integer(IntegerKind::I32 | IntegerKind::U32)) =
                integer.formed.form
        {
            integer.formed.form = Form::Plain(Type::Integer(IntegerKind::I64));
        }
        merged
    }

    /// What a constant is among alternatives: one value of an enum, since there
    /// may be others.
    fn unfolded(&mut self, formed: &Formed<'a>) -> Option<Form<'a>> {
        let target = self.underlying(formed)?;
        let Form::Constant(ty, value) = &target.form else {
            return None;
        };
        let listed = value.is_string() || value.is_number();
        let value = listed.then(|| enum_value(value, &formed.notes)).flatten();
        Some(value.map_or_else(|| Form::Plain(ty.clone()), |value| Form::Enum(vec![value])))
    }

    fn scalar(&mut self, formed: &Formed<'a>) -> Option<(ScalarKind, OneScalar)> {
        scalar(&self.underlying(formed)?.form)
    }
}

/// The title of a constant among others is its name.
fn enum_value(value: &Value, notes: &Notes<'_>) -> Option<EnumValue> {
    let scalar = match value {
        Value::String(text) => Scalar::String(text.clone()),
        other => Scalar::Integer(other.as_i64()?),
    };
    let title = notes
        .title()
        .map(Words::split)
        .filter(|words| !words.is_empty());
    let name = title.unwrap_or_else(|| Words::split(&text_of(value)));
    Some(EnumValue {
        value: scalar,
        name,
        description: notes.docs().description,
    })
}

fn is_same(a: &Alternative<'_>, b: &Alternative<'_>) -> bool {
    matches!((&a.formed.form, &b.formed.form), (Form::Plain(a), Form::Plain(b)) if a == b)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ScalarKind {
    String,
    Integer,
    Number,
}

/// A scalar among alternatives.
#[derive(Debug)]
enum OneScalar {
    Values(Vec<EnumValue>),
    Type(Type),
}

fn scalar(form: &Form<'_>) -> Option<(ScalarKind, OneScalar)> {
    let kind = match form {
        Form::Plain(Type::String(_)) => ScalarKind::String,
        Form::Plain(Type::Integer(_)) => ScalarKind::Integer,
        Form::Plain(Type::Number(_)) => ScalarKind::Number,
        Form::Enum(values) => match values.first()?.value {
            Scalar::String(_) => ScalarKind::String,
            Scalar::Integer(_) => ScalarKind::Integer,
        },
        _ => return None,
    };
    Some((
        kind,
        match form {
            Form::Enum(values) => OneScalar::Values(values.clone()),
            Form::Plain(ty) => OneScalar::Type(ty.clone()),
            _ => return None,
        },
    ))
}

/// Scalars of one kind among alternatives, on their way to being one.
#[derive(Debug, Default)]
struct Scalars {
    count: usize,
    place: Option<usize>,
    values: Vec<EnumValue>,
    known: HashSet<Scalar>,
    lists: usize,
    ends_in_list: bool,
    plain: Option<Type>,
}

impl Scalars {
    fn add(&mut self, scalar: OneScalar, place: usize) {
        self.count += 1;
        self.place.get_or_insert(place);
        self.ends_in_list = matches!(scalar, OneScalar::Values(_));
        match scalar {
            OneScalar::Values(values) => self.add_values(values),
            OneScalar::Type(ty) => {
                let wider = match &self.plain {
                    Some(plain) => widen(plain, &ty),
                    None => Some(ty),
                };
                self.plain = wider.or(self.plain.take());
            }
        }
    }

    fn add_values(&mut self, values: Vec<EnumValue>) {
        self.lists += 1;
        for value in values {
            if self.known.insert(value.value.clone()) {
                self.values.push(value);
            }
        }
    }

    /// An enum is open, so that it holds whatever else is allowed.
    fn merge_into<'a>(&self, first: &mut Alternative<'a>, next: Alternative<'a>) {
        match &self.plain {
            Some(plain) if self.lists == 0 => *first = made(first, Form::Plain(plain.clone())),
            _ if self.lists > 1 => *first = made(first, Form::Enum(self.values.clone())),
            _ if self.ends_in_list => *first = next,
            _ => {}
        }
    }
}

fn made<'a>(first: &Alternative<'a>, form: Form<'a>) -> Alternative<'a> {
    let mut formed = first.formed.clone();
    formed.form = form;
    Alternative {
        formed,
        component: None,
        ..first.clone()
    }
}
