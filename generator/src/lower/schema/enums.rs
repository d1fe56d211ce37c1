//! `enum` and `const`: one of a list of values.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::all_of::Part;
use super::annotations::Notes;
use super::keywords::{Kind, View};
use super::scalar::type_of;
use super::schema_ref::ComponentId;
use super::schemas::Schemas;
use super::shape::{Alternative, Alternatives, Form, Formed};
use crate::ir::{EnumValue, IntegerKind, NumberKind, Scalar, StringKind, Type, Words};

/// As many values have a name each in the code. More are data, and no list that
/// anybody reads.
const MOST: usize = 10_000;

/// The values that a schema lists, by what they become.
#[derive(Debug, Default)]
struct Groups {
    null: bool,
    strings: Vec<String>,
    integers: Vec<i64>,
    known: HashSet<Scalar>,
    numbers: usize,
    booleans: usize,
    others: usize,
}

impl<'a> Schemas<'a> {
    /// The form of a value that must be one of a list, if a part lists any.
    pub(in crate::lower) fn form_values(&mut self, parts: &[Part<'a>]) -> Option<Formed<'a>> {
        let kind = self.kind(parts);
        if matches!(kind, Some(Kind::Array | Kind::Object)) {
            return constant_container(parts);
        }
        let (values, part) = self.values(parts)?;
        let groups = Groups::of(&values, kind);
        if let [value] = values.as_slice()
            && part.view.constant().is_some()
        {
            return Some(constant(value, &groups));
        }
        if let Some(id) = self.is_all_of(part, &values) {
            return Some(Formed::new(Form::Same(id)));
        }
        let mut formed = Formed::new(self.form_groups(&groups, part));
        formed.nullable = groups.null && !matches!(formed.form, Form::Plain(Type::Null));
        Some(formed)
    }

    /// The component whose list of values is left as it is by all others.
    fn is_all_of(&self, part: &Part<'a>, values: &[Value]) -> Option<ComponentId> {
        let id = part
            .origin
            .filter(|_| part.view.values.len() == values.len())?;
        (self.definition(id).at == part.at).then_some(id)
    }

    /// The values that all parts allow, and the part that names them.
    fn values<'p>(&mut self, parts: &'p [Part<'a>]) -> Option<(Vec<Value>, &'p Part<'a>)> {
        let mut agreed: Option<(Vec<Value>, &'p Part<'a>)> = None;
        for part in parts {
            let Some(list) = listed(&part.view) else {
                continue;
            };
            agreed = Some(match agreed {
                None => (list, part),
                Some((before, first)) => {
                    let both: Vec<Value> = before
                        .iter()
                        .filter(|value| list.contains(value))
                        .cloned()
                        .collect();
                    if both.is_empty() {
                        let message = "the schemas of this `allOf` have no value in common; the last list is taken";
                        self.findings.warn("conflicting-values", &part.at, message);
                    }
                    match both.len() {
                        0 => (list, part),
                        length if length == before.len() => (both, first),
                        _ => (both, part),
                    }
                }
            });
        }
        agreed
    }

    fn form_groups(&mut self, groups: &Groups, part: &Part<'a>) -> Form<'a> {
        if groups.others > 0 {
            let message =
                "an `enum` of arrays or objects has no type; the value is left as raw JSON";
            self.findings.warn("enum-of-containers", &part.at, message);
            return Form::UNSUPPORTED;
        }
        if groups.strings.len() + groups.integers.len() > MOST {
            let message = format!("more than {MOST} values are not listed in the code");
            self.findings.warn("large-enum", &part.at, message);
            return groups.unlisted();
        }
        let names = Names::of(&part.view);
        let mut forms = Vec::new();
        if !groups.strings.is_empty() {
            forms.push(Form::Enum(names.strings(&groups.strings)));
        }
        if groups.numbers > 0 {
            forms.push(Form::Plain(Type::Number(NumberKind::F64)));
        } else if !groups.integers.is_empty() {
            forms.push(Form::Enum(names.integers(&groups.integers)));
        }
        if groups.booleans > 0 {
            forms.push(Form::Plain(Type::Bool));
        }
        one_or_union(forms, part)
    }
}

fn one_or_union<'a>(mut forms: Vec<Form<'a>>, part: &Part<'a>) -> Form<'a> {
    if forms.len() > 1 {
        let list = forms
            .into_iter()
            .map(|form| alternative(form, part))
            .collect();
        return Form::Union(Alternatives {
            list,
            tag: None,
            fallback: None,
        });
    }
    forms.pop().unwrap_or(Form::Plain(Type::Null))
}

fn alternative<'a>(form: Form<'a>, part: &Part<'a>) -> Alternative<'a> {
    let name = match &form {
        Form::Plain(Type::Bool) => "boolean",
        Form::Plain(_) => "number",
        Form::Enum(values)
            if values
                .iter()
                .all(|value| matches!(value.value, Scalar::Integer(_))) =>
        {
            "integer"
        }
        _ => "string",
    };
    Alternative {
        formed: Formed {
            form,
            nullable: false,
            notes: Notes::default(),
        },
        component: None,
        tags: Vec::new(),
        name: Words::split(name),
        at: part.at.clone(),
    }
}

/// What a schema lists: `const`, or `enum`.
pub(in crate::lower) fn listed(view: &View<'_>) -> Option<Vec<Value>> {
    match view.constant() {
        Some(value) => Some(vec![value.clone()]),
        None => (!view.values.is_empty()).then(|| view.values.clone()),
    }
}

fn constant<'a>(value: &Value, groups: &Groups) -> Formed<'a> {
    let value = match groups.strings.as_slice() {
        [text] => Value::String(text.clone()),
        _ => value.clone(),
    };
    if value.is_null() {
        return Formed::new(Form::Plain(Type::Null));
    }
    Formed::new(Form::Constant(type_of(&value), value))
}

/// A `const` that is an array or an object, which is only good to fill in.
fn constant_container<'a>(parts: &[Part<'a>]) -> Option<Formed<'a>> {
    let value = parts.iter().rev().find_map(|part| part.view.constant())?;
    Some(Formed::new(Form::Constant(type_of(value), value.clone())))
}

impl Groups {
    fn of(values: &[Value], kind: Option<Kind>) -> Self {
        let mut groups = Self::default();
        for value in values {
            groups.add(value, kind);
        }
        groups
    }

    fn add(&mut self, value: &Value, kind: Option<Kind>) {
        match (value, kind) {
            (Value::Null, _) => self.null = true,
            (Value::String(text), Some(Kind::Integer)) => self.add_integer(text.parse().ok()),
            (Value::String(_), Some(Kind::Number)) => self.numbers += 1,
            (Value::String(_), Some(Kind::Boolean)) => self.booleans += 1,
            (Value::String(text), _) => self.add_string(text.clone()),
            // YAML reads `on` and `1.0` as something else than the text that is meant.
            (Value::Bool(_) | Value::Number(_), Some(Kind::String)) => {
                self.add_string(value.to_string())
            }
            (Value::Number(number), _) => self.add_integer(integral(number)),
            (Value::Bool(_), _) => self.booleans += 1,
            (Value::Array(_) | Value::Object(_), _) => self.others += 1,
        }
    }

    /// The form of values that are not listed: what is left if these are of one
    /// type is that type.
    fn unlisted<'a>(&self) -> Form<'a> {
        let (strings, numbers) = (self.strings.len(), self.integers.len() + self.numbers);
        match (strings, numbers, self.booleans) {
            (_, 0, 0) => Form::Plain(Type::String(StringKind::Text)),
            (0, _, 0) if self.numbers == 0 => Form::Plain(Type::Integer(IntegerKind::I64)),
            (0, _, 0) => Form::Plain(Type::Number(NumberKind::F64)),
            _ => Form::UNSUPPORTED,
        }
    }

    fn add_string(&mut self, text: String) {
        if self.known.insert(Scalar::String(text.clone())) {
            self.strings.push(text);
        }
    }

    fn add_integer(&mut self, value: Option<i64>) {
        match value {
            None => self.numbers += 1,
            Some(value) if self.known.insert(Scalar::Integer(value)) => self.integers.push(value),
            Some(_) => {}
        }
    }
}

/// `1.0` is an integer in JSON.
fn integral(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let value = number.as_f64()?;
        (value.fract() == 0.0)
            .then(|| format!("{value:.0}").parse().ok())
            .flatten()
    })
}

/// What the extensions of a schema say about its values.
#[derive(Debug, Default)]
struct Names<'a>(HashMap<String, Name<'a>>);

/// The name and the meaning of a value.
#[derive(Debug, Default)]
struct Name<'a> {
    name: Option<&'a str>,
    description: Option<&'a str>,
}

impl<'a> Names<'a> {
    fn of(view: &View<'a>) -> Self {
        let mut names = Self::default();
        names.add(
            view,
            &["x-enum-varnames", "x-enumNames", "x-enum-names"],
            |name, text| name.name = Some(text),
        );
        names.add(
            view,
            &["x-enum-descriptions", "x-enumDescriptions"],
            |name, text| name.description = Some(text),
        );
        names.add_microsoft(view);
        names
    }

    /// Reads an extension that is a list beside `enum`, or a map by value.
    fn add(&mut self, view: &View<'a>, keys: &[&str], set: fn(&mut Name<'a>, &'a str)) {
        match keys.iter().find_map(|key| view.extension(key)) {
            Some(Value::Array(list)) if list.len() == view.values.len() => {
                for (value, text) in view.values.iter().zip(list) {
                    self.set(text_of(value), text, set);
                }
            }
            Some(Value::Object(map)) => {
                for (value, text) in map {
                    self.set(value.clone(), text, set);
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, value: String, text: &'a Value, set: fn(&mut Name<'a>, &'a str)) {
        if let Some(text) = text.as_str().filter(|text| !text.trim().is_empty()) {
            set(self.0.entry(value).or_default(), text);
        }
    }

    /// Reads `x-ms-enum`, a list of values with names and descriptions.
    fn add_microsoft(&mut self, view: &View<'a>) {
        let list = view
            .extension("x-ms-enum")
            .and_then(|list| list.get("values")?.as_array());
        for entry in list.into_iter().flatten() {
            let Some(value) = entry.get("value") else {
                continue;
            };
            if let Some(name) = entry.get("name") {
                self.set(text_of(value), name, |known, text| known.name = Some(text));
            }
            if let Some(description) = entry.get("description") {
                self.set(text_of(value), description, |known, text| {
                    known.description = Some(text)
                });
            }
        }
    }

    fn strings(&self, values: &[String]) -> Vec<EnumValue> {
        values
            .iter()
            .map(|text| self.value(text, Scalar::String(text.clone())))
            .collect()
    }

    fn integers(&self, values: &[i64]) -> Vec<EnumValue> {
        values
            .iter()
            .map(|value| self.value(&value.to_string(), Scalar::Integer(*value)))
            .collect()
    }

    fn value(&self, text: &str, value: Scalar) -> EnumValue {
        let known = self.0.get(text);
        EnumValue {
            value,
            name: Words::split(known.and_then(|known| known.name).unwrap_or(text)),
            description: known.and_then(|known| known.description).map(str::to_owned),
        }
    }
}

/// A scalar as text: what a tag or a name is made of.
pub(in crate::lower) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
