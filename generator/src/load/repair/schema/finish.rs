//! The kind of a schema whose keywords are all known.

use openapiv3::{
    ArrayType, BooleanType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};
use serde_json::Value;

use super::Draft;
use super::Repair;
use super::enumeration::common;
use super::integer::{integer, is_large};
use super::types::Basic;
use crate::diagnostics::Code;
use crate::load::keys;
use crate::load::repair::value::meant;
use crate::source::PointerPath;

impl Repair<'_> {
    pub(super) fn finish(&mut self, mut draft: Draft, at: &PointerPath<'_>) -> ReferenceOr<Schema> {
        if let Some(reference) = draft.reference.take() {
            return self.finish_reference(reference, draft, at);
        }
        ReferenceOr::Item(self.finish_schema(draft, at))
    }

    /// A schema that is no reference.
    pub(super) fn finish_schema(&mut self, mut draft: Draft, at: &PointerPath<'_>) -> Schema {
        settle_null(&mut draft);
        settle_places(&mut draft);
        if let Some(mut constant) = draft.constant.take() {
            if let Value::Number(number) = &constant
                && draft.types.as_slice() == [Basic::String]
            {
                constant = Value::String(self.spelling(number, &at.key("const")));
            }
            if draft.types.is_empty() && !draft.is_composed() {
                draft.types.extend(Basic::of(&constant));
            }
            draft
                .data
                .extensions
                .insert(keys::CONST.to_owned(), constant);
        }
        if draft.types.is_empty() && !draft.is_composed() && !draft.only_null {
            draft.types.extend(implied(&draft));
        }
        self.list_in_object(&mut draft, at);
        if draft.types.len() > 1 {
            return self.several(draft, at);
        }
        let basic = draft.types.pop();
        self.single(draft, basic, at)
    }

    /// Who writes `items` beside `type: object` means a list as often as an
    /// object, and by the letter it is an object: both are taken.
    fn list_in_object(&mut self, draft: &mut Draft, at: &PointerPath<'_>) {
        let is_object = draft.types.as_slice() == [Basic::Object];
        if is_object && draft.items.is_some() && !draft.speaks_of_objects() && !draft.is_composed()
        {
            draft.types.push(Basic::Array);
            self.report(
                Code::ConflictingTypeKeywords,
                &at.key("type"),
                "`items` say nothing of an object; a list is accepted as well",
            );
        }
    }

    /// A schema of one type or none.
    pub(super) fn single(
        &mut self,
        mut draft: Draft,
        basic: Option<Basic>,
        at: &PointerPath<'_>,
    ) -> Schema {
        let mut schema_data = std::mem::take(&mut draft.data);
        let schema_kind = if draft.is_composed() {
            composed(draft, basic)
        } else if let Some(basic) = basic {
            let basic = match self.believed(&draft, basic, at) {
                basic @ (Basic::Object | Basic::Array) => basic,
                scalar => self.agree(&mut draft, scalar, at),
            };
            self.check_default(&schema_data, basic, at);
            SchemaKind::Type(self.typed(draft, basic, at))
        } else {
            if draft.only_null {
                let extensions = &mut schema_data.extensions;
                extensions.insert(keys::NULL.to_owned(), Value::Bool(true));
            }
            let is_enum = draft.enumeration.is_some();
            let says_more = schema_data
                .extensions
                .keys()
                .any(|key| SHAPES.contains(&key.as_str()));
            if !is_enum && !says_more {
                schema_data
                    .extensions
                    .insert(keys::ANY.to_owned(), Value::Bool(true));
            }
            SchemaKind::Any(draft.any(None))
        };
        Schema {
            schema_data,
            schema_kind,
        }
    }

    /// Says that a text is the default of what it cannot be read as.
    fn check_default(&mut self, data: &SchemaData, basic: Basic, at: &PointerPath<'_>) {
        let Some(Value::String(text)) = &data.default else {
            return;
        };
        let is_meant = match basic {
            Basic::Integer | Basic::Number => text.trim().parse::<f64>().is_ok(),
            Basic::Boolean => meant(text).is_some(),
            _ => return,
        };
        if !is_meant {
            let message = format!("the default `{text}` is no `{}`", basic.as_str());
            self.report(Code::InvalidDefault, &at.key("default"), message);
        }
    }

    /// The type, unless the other keywords say clearly that it is another one.
    fn believed(&mut self, draft: &Draft, basic: Basic, at: &PointerPath<'_>) -> Basic {
        let is_list = draft.items.is_some() || draft.places > 0;
        let (better, because) = match basic {
            Basic::Object if draft.places > 0 && !draft.speaks_of_objects() => {
                (Basic::Array, "items")
            }
            Basic::Array if !is_list && !draft.properties.is_empty() => {
                (Basic::Object, "properties")
            }
            // Some describe the values of a string as if they were properties.
            scalar if scalar.is_scalar() && !draft.properties.is_empty() => (scalar, "properties"),
            _ => return basic,
        };
        let word = better.as_str();
        let message = format!("`{because}` contradict the type; it is read as `{word}`");
        self.report(Code::ConflictingTypeKeywords, &at.key("type"), message);
        better
    }

    fn typed(&mut self, draft: Draft, basic: Basic, at: &PointerPath<'_>) -> Type {
        match basic {
            Basic::String => Type::String(StringType {
                format: draft.format.into(),
                pattern: draft.pattern,
                enumeration: each(draft.enumeration, |v| v.as_str().map(str::to_owned)),
                min_length: draft.min_length,
                max_length: draft.max_length,
            }),
            Basic::Number => Type::Number(NumberType {
                format: draft.format.into(),
                multiple_of: draft.multiple_of.and_then(|n| n.as_f64()),
                exclusive_minimum: draft.exclusive_minimum.unwrap_or_default(),
                exclusive_maximum: draft.exclusive_maximum.unwrap_or_default(),
                minimum: draft.minimum.and_then(|n| n.as_f64()),
                maximum: draft.maximum.and_then(|n| n.as_f64()),
                enumeration: each(draft.enumeration, Value::as_f64),
            }),
            Basic::Integer => {
                let integer = integer(draft);
                if is_large(&integer.format) {
                    let message = "integers of more than 64 bits are read as `f64`, which has 15 digits for certain";
                    self.report(Code::LargeInteger, at, message);
                }
                Type::Integer(integer)
            }
            Basic::Boolean => Type::Boolean(BooleanType {
                enumeration: each(draft.enumeration, Value::as_bool),
            }),
            Basic::Object => {
                if draft.enumeration.is_some() {
                    self.report(
                        Code::UnsupportedEnum,
                        &at.key("enum"),
                        "an enum of objects is not supported; any of them is accepted",
                    );
                }
                Type::Object(ObjectType {
                    properties: draft.properties,
                    required: draft.required,
                    additional_properties: draft.additional,
                    min_properties: draft.min_properties,
                    max_properties: draft.max_properties,
                })
            }
            Basic::Array => Type::Array(self.array(draft, at)),
        }
    }

    fn array(&mut self, draft: Draft, at: &PointerPath<'_>) -> ArrayType {
        let mut items = draft.items;
        if let Some(mut values) = draft.enumeration {
            values.retain(|value| !value.is_null());
            let here = at.key("enum");
            let adopted = match &mut items {
                Some(ReferenceOr::Item(schema)) => adopt(schema, &values),
                _ => false,
            };
            if adopted {
                self.report(
                    Code::MisplacedEnum,
                    &here,
                    "the values are those of the items",
                );
            } else {
                self.report(
                    Code::UnsupportedEnum,
                    &here,
                    "an enum of arrays is not supported; any of them is accepted",
                );
            }
        }
        ArrayType {
            items,
            min_items: draft.min_items,
            max_items: draft.max_items,
            unique_items: draft.unique_items.unwrap_or_default(),
        }
    }
}

/// Extensions that say what a value is.
const SHAPES: &[&str] = &[
    keys::CONST,
    keys::NULL,
    keys::PREFIX_ITEMS,
    keys::PATTERN_PROPERTIES,
];

/// Moves `null` from the types and the values to `nullable`.
pub(super) fn settle_null(draft: &mut Draft) {
    if let Some(values) = &draft.enumeration
        && values.iter().any(Value::is_null)
    {
        // The values keep their positions until they are typed: a number is looked up in the
        // text by its own.
        draft.null = true;
        remove_names_of_null(&mut draft.data, values);
        if values.iter().all(Value::is_null) {
            draft.enumeration = None;
            draft.types.clear();
            draft.only_null = true;
        }
    }
    if draft.constant.as_ref().is_some_and(Value::is_null) {
        draft.constant = None;
        draft.null = true;
        draft.types.clear();
        draft.only_null = true;
    }
    // A union of which nothing but `null` is left is `null`, and not anything.
    draft.only_null |= draft.null_union && !draft.is_shaped();
    if draft.null {
        draft.data.nullable = true;
    }
}

/// Removes what the lists that accompany an `enum` say of its `null`, so that each of their
/// entries is about the value at the same position again.
fn remove_names_of_null(data: &mut SchemaData, values: &[Value]) {
    for (_, list) in data
        .extensions
        .iter_mut()
        .filter(|(key, _)| key.starts_with("x-enum"))
    {
        if let Value::Array(list) = list
            && list.len() == values.len()
        {
            let mut values = values.iter();
            list.retain(|_| !values.next().is_some_and(Value::is_null));
        }
    }
}

/// What ends a tuple, and what follows it, in the words of any array.
fn settle_places(draft: &mut Draft) {
    if draft.places == 0 {
        return;
    }
    if let Some(more) = draft.additional_items.take() {
        draft.items.get_or_insert(more);
    }
    if draft.closed {
        let most = draft.max_items.unwrap_or(draft.places);
        draft.max_items = Some(most.min(draft.places));
    }
}

/// The type that a schema without one means.
fn implied(draft: &Draft) -> Option<Basic> {
    if let Some(values) = &draft.enumeration {
        return common(values).filter(|b| !matches!(b, Basic::Object | Basic::Array));
    }
    if draft.speaks_of_objects() {
        return Some(Basic::Object);
    }
    if draft.speaks_of_arrays() {
        return Some(Basic::Array);
    }
    if draft.speaks_of_strings() {
        return Some(Basic::String);
    }
    if draft.data.extensions.contains_key(keys::CONTENT_MEDIA_TYPE) {
        return Some(Basic::String);
    }
    match draft.format.as_deref() {
        Some("int32" | "int64" | "uint32" | "uint64") => Some(Basic::Integer),
        Some("float" | "double") => Some(Basic::Number),
        Some(
            "date-time" | "date" | "uuid" | "uri" | "url" | "email" | "byte" | "binary"
            | "password" | "hostname" | "ipv4" | "ipv6" | "time" | "duration",
        ) => Some(Basic::String),
        _ => draft.speaks_of_numbers().then_some(Basic::Number),
    }
}

/// A schema that is made of others, and perhaps more.
fn composed(draft: Draft, basic: Option<Basic>) -> SchemaKind {
    // What is composed of objects is an object anyway.
    let basic = basic.filter(|b| *b != Basic::Object || draft.speaks_of_objects());
    let plain = basic.is_none()
        && draft.enumeration.is_none()
        && !draft.speaks_of_objects()
        && !draft.speaks_of_arrays();
    let parts = [
        !draft.one_of.is_empty(),
        !draft.all_of.is_empty(),
        !draft.any_of.is_empty(),
        draft.not.is_some(),
    ];
    match (plain, parts, draft.not) {
        (true, [true, false, false, false], _) => SchemaKind::OneOf {
            one_of: draft.one_of,
        },
        (true, [false, true, false, false], _) => SchemaKind::AllOf {
            all_of: draft.all_of,
        },
        (true, [false, false, true, false], _) => SchemaKind::AnyOf {
            any_of: draft.any_of,
        },
        (true, [false, false, false, true], Some(not)) => SchemaKind::Not { not },
        (_, _, not) => SchemaKind::Any(Draft { not, ..draft }.any(basic)),
    }
}

pub(super) fn each<T>(
    values: Option<Vec<Value>>,
    read: impl Fn(&Value) -> Option<T>,
) -> Vec<Option<T>> {
    let values = values.unwrap_or_default();
    values.iter().map(read).filter(Option::is_some).collect()
}

/// Gives values to a schema of strings that lists none, or the same, and to one
/// that says nothing.
fn adopt(schema: &mut Schema, values: &[Value]) -> bool {
    if !values.iter().all(Value::is_string) {
        return false;
    }
    let values = each(Some(values.to_vec()), |v| v.as_str().map(str::to_owned));
    if schema
        .schema_data
        .extensions
        .shift_remove(keys::ANY)
        .is_some()
    {
        schema.schema_kind = SchemaKind::Type(Type::String(StringType::default()));
    }
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::String(text)) if text.enumeration.is_empty() => {
            text.enumeration = values;
            true
        }
        SchemaKind::Type(Type::String(text)) => {
            let listed = |value| text.enumeration.contains(value);
            values.iter().all(listed) && values.len() == text.enumeration.len()
        }
        _ => false,
    }
}
