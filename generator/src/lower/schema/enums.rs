//! `enum` and `const`: schemas that list their values.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::all_of_member::AllOfMember;
use super::builder::SchemaBuilder;
use super::keywords::{Keywords, SchemaType};
use super::scalar_formats::infer_constant_type;
use super::shape::{ResolvedSchema, SchemaShape, UnionShape, VariantShape};
use crate::diagnostics::Code;
use crate::ir::{EnumValue, IntegerKind, NumberKind, Scalar, StringKind, Type, Words};
use crate::lower::findings::Findings;
use crate::lower::name_extensions::{NamedItem, name_keys, report_invalid};
use crate::source::Pointer;

/// Maximum number of values of a generated enum. A longer list is data that nobody reads.
const MAX_ENUM_VALUES: usize = 10_000;

/// The values of an `enum`, grouped by their type.
#[derive(Debug, Default)]
struct EnumValueGroups {
    null: bool,
    strings: Vec<String>,
    integers: Vec<i64>,
    known: HashSet<Scalar>,
    numbers: usize,
    booleans: usize,
    others: usize,
}

impl<'a> SchemaBuilder<'a> {
    /// Resolves a schema that lists its values, if a member lists any.
    pub(in crate::lower) fn resolve_enum(
        &mut self,
        members: &[AllOfMember<'a>],
    ) -> Option<ResolvedSchema<'a>> {
        let kind = self.merge_types(members);
        if matches!(kind, Some(SchemaType::Array | SchemaType::Object)) {
            return constant_container(members);
        }
        let (values, member) = self.values(members)?;
        let groups = EnumValueGroups::group(&values, kind);
        if let [value] = values.as_slice()
            && member.keywords.constant().is_some()
        {
            return Some(constant(value, &groups));
        }
        if let Some(id) = self.table.enum_component(member, &values) {
            return Some(ResolvedSchema::new(SchemaShape::Component(id)));
        }
        let mut resolved = ResolvedSchema::new(self.shape_enum(&groups, member));
        resolved.nullable = groups.null && !matches!(resolved.shape, SchemaShape::Type(Type::Null));
        Some(resolved)
    }

    /// Returns the values that all members allow, with the member that names them.
    fn values<'p>(
        &mut self,
        members: &'p [AllOfMember<'a>],
    ) -> Option<(Vec<Value>, &'p AllOfMember<'a>)> {
        let mut agreed: Option<(Vec<Value>, &'p AllOfMember<'a>)> = None;
        for member in members {
            let Some(list) = read_enum_values(&member.keywords) else {
                continue;
            };
            agreed = Some(match agreed {
                None => (list, member),
                Some((before, first)) => {
                    let both: Vec<Value> = before
                        .iter()
                        .filter(|value| list.contains(value))
                        .cloned()
                        .collect();
                    if both.is_empty() {
                        let message = "the `enum`s of this `allOf` have no value in common; the last `enum` is used";
                        self.findings
                            .warn(Code::ConflictingEnums, &member.at, message);
                    }
                    match both.len() {
                        0 => (list, member),
                        length if length == before.len() => (both, first),
                        _ => (both, member),
                    }
                }
            });
        }
        agreed
    }

    fn shape_enum(
        &mut self,
        groups: &EnumValueGroups,
        member: &AllOfMember<'a>,
    ) -> SchemaShape<'a> {
        if groups.others > 0 {
            let message =
                "an `enum` of arrays or objects is not supported; values are exposed as raw JSON";
            self.findings
                .warn(Code::UnsupportedEnum, &member.at, message);
            return SchemaShape::UNSUPPORTED;
        }
        if groups.strings.len() + groups.integers.len() > MAX_ENUM_VALUES {
            let message = format!(
                "this `enum` has more than {MAX_ENUM_VALUES} values; it becomes a plain type"
            );
            self.findings.warn(Code::LargeEnum, &member.at, message);
            return groups.unlisted();
        }
        let names = EnumValueNames::read(&member.keywords, &member.at, &mut self.findings);
        let mut shapes = Vec::new();
        if !groups.strings.is_empty() {
            shapes.push(SchemaShape::Enum(names.strings(&groups.strings)));
        }
        if groups.numbers > 0 {
            shapes.push(SchemaShape::Type(Type::Number(NumberKind::F64)));
        } else if !groups.integers.is_empty() {
            shapes.push(SchemaShape::Enum(names.integers(&groups.integers)));
        }
        if groups.booleans > 0 {
            shapes.push(SchemaShape::Type(Type::Bool));
        }
        unwrap_single_or_union(shapes, member)
    }
}

fn unwrap_single_or_union<'a>(
    mut shapes: Vec<SchemaShape<'a>>,
    member: &AllOfMember<'a>,
) -> SchemaShape<'a> {
    if shapes.len() > 1 {
        let list = shapes
            .into_iter()
            .map(|shape| variant(shape, member))
            .collect();
        return SchemaShape::Union(UnionShape {
            variants: list,
            discriminator: None,
            fallback: None,
        });
    }
    shapes.pop().unwrap_or(SchemaShape::Type(Type::Null))
}

fn variant<'a>(shape: SchemaShape<'a>, member: &AllOfMember<'a>) -> VariantShape<'a> {
    let name = match &shape {
        SchemaShape::Type(Type::Bool) => "boolean",
        SchemaShape::Type(_) => "number",
        SchemaShape::Enum(values)
            if values
                .iter()
                .all(|value| matches!(value.value, Scalar::Integer(_))) =>
        {
            "integer"
        }
        _ => "string",
    };
    VariantShape {
        resolved: ResolvedSchema::new(shape),
        component: None,
        discriminator_values: Vec::new(),
        name: Words::split(name),
        at: member.at.clone(),
    }
}

/// Returns the values of `const` or `enum`.
pub(in crate::lower) fn read_enum_values(keywords: &Keywords<'_>) -> Option<Vec<Value>> {
    match keywords.constant() {
        Some(value) => Some(vec![value.clone()]),
        None => (!keywords.values.is_empty()).then(|| keywords.values.clone()),
    }
}

fn constant<'a>(value: &Value, groups: &EnumValueGroups) -> ResolvedSchema<'a> {
    let value = match groups.strings.as_slice() {
        [text] => Value::String(text.clone()),
        _ => value.clone(),
    };
    if value.is_null() {
        return ResolvedSchema::new(SchemaShape::Type(Type::Null));
    }
    ResolvedSchema::new(SchemaShape::Constant(infer_constant_type(&value), value))
}

/// Resolves a `const` array or object, which only serves as a placeholder.
fn constant_container<'a>(members: &[AllOfMember<'a>]) -> Option<ResolvedSchema<'a>> {
    let value = members
        .iter()
        .rev()
        .find_map(|member| member.keywords.constant())?;
    Some(ResolvedSchema::new(SchemaShape::Constant(
        infer_constant_type(value),
        value.clone(),
    )))
}

impl EnumValueGroups {
    fn group(values: &[Value], kind: Option<SchemaType>) -> Self {
        let mut groups = Self::default();
        for value in values {
            groups.add(value, kind);
        }
        groups
    }

    fn add(&mut self, value: &Value, kind: Option<SchemaType>) {
        match (value, kind) {
            (Value::Null, _) => self.null = true,
            (Value::String(text), Some(SchemaType::Integer)) => self.add_integer(text.parse().ok()),
            (Value::String(_), Some(SchemaType::Number)) => self.numbers += 1,
            (Value::String(_), Some(SchemaType::Boolean)) => self.booleans += 1,
            (Value::String(text), _) => self.add_string(text.clone()),
            // YAML reads `on` and `1.0` as a boolean and a number, but the document means text.
            (Value::Bool(_) | Value::Number(_), Some(SchemaType::String)) => {
                self.add_string(value.to_string())
            }
            (Value::Number(number), _) => self.add_integer(to_integer(number)),
            (Value::Bool(_), _) => self.booleans += 1,
            (Value::Array(_) | Value::Object(_), _) => self.others += 1,
        }
    }

    /// Returns the shape of values that are not listed: their common type.
    fn unlisted<'a>(&self) -> SchemaShape<'a> {
        let (strings, numbers) = (self.strings.len(), self.integers.len() + self.numbers);
        match (strings, numbers, self.booleans) {
            (_, 0, 0) => SchemaShape::Type(Type::String(StringKind::Text)),
            (0, _, 0) if self.numbers == 0 => SchemaShape::Type(Type::Integer(IntegerKind::I64)),
            (0, _, 0) => SchemaShape::Type(Type::Number(NumberKind::F64)),
            _ => SchemaShape::UNSUPPORTED,
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
fn to_integer(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let value = number.as_f64()?;
        (value.fract() == 0.0)
            .then(|| format!("{value:.0}").parse().ok())
            .flatten()
    })
}

/// Names and descriptions of values, from extensions.
#[derive(Debug, Default)]
struct EnumValueNames<'a>(HashMap<String, EnumValueName<'a>>);

/// The name and the description of a value.
#[derive(Debug, Default)]
struct EnumValueName<'a> {
    name: Option<&'a str>,
    description: Option<&'a str>,
}

impl<'a> EnumValueNames<'a> {
    fn read(keywords: &Keywords<'a>, at: &Pointer, findings: &mut Findings) -> Self {
        let mut names = Self::default();
        for key in name_keys(NamedItem::EnumValue) {
            let Some(value) = keywords.extension(key) else {
                continue;
            };
            if names.add_names(key, keywords, value) {
                break;
            }
            report_invalid(key, at, findings);
        }
        names.add(
            keywords,
            &["x-enum-descriptions", "x-enumDescriptions"],
            |name, text| name.description = Some(text),
        );
        names
    }

    /// Reads names: a list parallel to `enum`, a map by value, or the list of `x-ms-enum`. Returns
    /// `false` if the extension is none of these.
    fn add_names(&mut self, key: &str, keywords: &Keywords<'a>, value: &'a Value) -> bool {
        match value {
            Value::Object(_) if key == "x-ms-enum" => {
                self.add_microsoft(value);
                true
            }
            Value::Array(list) if list.len() == keywords.values.len() => {
                for (value, text) in keywords.values.iter().zip(list) {
                    self.add_entry(value_to_text(value), text);
                }
                list.iter().all(Value::is_string)
            }
            Value::Object(map) => {
                for (value, entry) in map {
                    self.add_entry(value.clone(), entry);
                }
                true
            }
            _ => false,
        }
    }

    /// Adds the name of a value, or a mapping with its name and description.
    fn add_entry(&mut self, value: String, entry: &'a Value) {
        let name = entry.get("name").unwrap_or(entry);
        self.set(value.clone(), name, |known, text| known.name = Some(text));
        if let Some(description) = entry.get("description") {
            self.set(value, description, |known, text| {
                known.description = Some(text)
            });
        }
    }

    /// Reads an extension that is a list parallel to `enum`, or a map by value.
    fn add(
        &mut self,
        keywords: &Keywords<'a>,
        keys: &[&str],
        set: fn(&mut EnumValueName<'a>, &'a str),
    ) {
        match keys.iter().find_map(|key| keywords.extension(key)) {
            Some(Value::Array(list)) if list.len() == keywords.values.len() => {
                for (value, text) in keywords.values.iter().zip(list) {
                    self.set(value_to_text(value), text, set);
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

    fn set(&mut self, value: String, text: &'a Value, set: fn(&mut EnumValueName<'a>, &'a str)) {
        if let Some(text) = text.as_str().filter(|text| !text.trim().is_empty()) {
            set(self.0.entry(value).or_default(), text);
        }
    }

    /// Reads `x-ms-enum`, a list of values with names and descriptions.
    fn add_microsoft(&mut self, extension: &'a Value) {
        let list = extension.get("values").and_then(Value::as_array);
        for entry in list.into_iter().flatten() {
            if let Some(value) = entry.get("value") {
                self.add_entry(value_to_text(value), entry);
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

/// Returns a scalar as text, for discriminator values and names.
pub(in crate::lower) fn value_to_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
