//! The kind of a schema whose keywords are all known.

use openapiv3::{
    ArrayType, BooleanType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};
use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use super::enumeration::common_type;
use super::integer::{integer, is_large};
use super::type_keyword::BasicType;
use crate::diagnostics::Code;
use crate::load::keys;
use crate::load::parse::value::parse_bool_word;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn build_schema_or_ref(
        &mut self,
        mut draft: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Schema> {
        if let Some(reference) = draft.reference.take() {
            return self.build_reference(reference, draft, at);
        }
        ReferenceOr::Item(self.build_schema(draft, at))
    }

    /// A schema that is no reference.
    pub(super) fn build_schema(
        &mut self,
        mut draft: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> Schema {
        move_null_to_nullable(&mut draft);
        apply_tuple_length(&mut draft);
        if let Some(mut constant) = draft.constant.take() {
            if let Value::Number(number) = &constant
                && draft.types.as_slice() == [BasicType::String]
            {
                constant = Value::String(self.spelling(number, &at.key("const")));
            }
            if draft.types.is_empty() && !draft.is_composed() {
                draft.types.extend(BasicType::from_value(&constant));
            }
            draft
                .data
                .extensions
                .insert(keys::CONST.to_owned(), constant);
        }
        if draft.types.is_empty() && !draft.is_composed() && !draft.only_null {
            draft.types.extend(implied_type(&draft));
        }
        self.list_in_object(&mut draft, at);
        if draft.types.len() > 1 {
            return self.build_type_union(draft, at);
        }
        let basic = draft.types.pop();
        self.build_single_type(draft, basic, at)
    }

    /// Who writes `items` beside `type: object` means a list as often as an
    /// object, and by the letter it is an object: both are taken.
    fn list_in_object(&mut self, draft: &mut SchemaKeywords, at: &PointerPath<'_>) {
        let is_object = draft.types.as_slice() == [BasicType::Object];
        if is_object && draft.items.is_some() && !draft.speaks_of_objects() && !draft.is_composed()
        {
            draft.types.push(BasicType::Array);
            self.report(
                Code::ConflictingTypeKeywords,
                &at.key("type"),
                "`items` does not apply to an object; an array is accepted too",
            );
        }
    }

    /// A schema of one type or none.
    pub(super) fn build_single_type(
        &mut self,
        mut draft: SchemaKeywords,
        basic: Option<BasicType>,
        at: &PointerPath<'_>,
    ) -> Schema {
        let mut schema_data = std::mem::take(&mut draft.data);
        let schema_kind = if draft.is_composed() {
            build_composition(draft, basic)
        } else if let Some(basic) = basic {
            let basic = match self.reconcile_type(&draft, basic, at) {
                basic @ (BasicType::Object | BasicType::Array) => basic,
                scalar => self.reconcile_enum(&mut draft, scalar, at),
            };
            self.check_default(&schema_data, basic, at);
            SchemaKind::Type(self.build_type(draft, basic, at))
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
    fn check_default(&mut self, data: &SchemaData, basic: BasicType, at: &PointerPath<'_>) {
        let Some(Value::String(text)) = &data.default else {
            return;
        };
        let is_readable = match basic {
            BasicType::Integer | BasicType::Number => text.trim().parse::<f64>().is_ok(),
            BasicType::Boolean => parse_bool_word(text).is_some(),
            _ => return,
        };
        if !is_readable {
            let message = format!("the default `{text}` is not of type `{}`", basic.as_str());
            self.report(Code::InvalidDefault, &at.key("default"), message);
        }
    }

    /// The type, unless the other keywords say clearly that it is another one.
    fn reconcile_type(
        &mut self,
        draft: &SchemaKeywords,
        basic: BasicType,
        at: &PointerPath<'_>,
    ) -> BasicType {
        let is_list = draft.items.is_some() || draft.places > 0;
        let (better, because) = match basic {
            BasicType::Object if draft.places > 0 && !draft.speaks_of_objects() => {
                (BasicType::Array, "items")
            }
            BasicType::Array if !is_list && !draft.properties.is_empty() => {
                (BasicType::Object, "properties")
            }
            // Some describe the values of a string as if they were properties.
            scalar if scalar.is_scalar() && !draft.properties.is_empty() => (scalar, "properties"),
            _ => return basic,
        };
        let word = better.as_str();
        let message = format!("`{because}` contradicts the type; it is read as `{word}`");
        self.report(Code::ConflictingTypeKeywords, &at.key("type"), message);
        better
    }

    fn build_type(
        &mut self,
        draft: SchemaKeywords,
        basic: BasicType,
        at: &PointerPath<'_>,
    ) -> Type {
        match basic {
            BasicType::String => Type::String(StringType {
                format: draft.format.into(),
                pattern: draft.pattern,
                enumeration: typed_values(draft.enumeration, |v| v.as_str().map(str::to_owned)),
                min_length: draft.min_length,
                max_length: draft.max_length,
            }),
            BasicType::Number => Type::Number(NumberType {
                format: draft.format.into(),
                multiple_of: draft.multiple_of.and_then(|n| n.as_f64()),
                exclusive_minimum: draft.exclusive_minimum.unwrap_or_default(),
                exclusive_maximum: draft.exclusive_maximum.unwrap_or_default(),
                minimum: draft.minimum.and_then(|n| n.as_f64()),
                maximum: draft.maximum.and_then(|n| n.as_f64()),
                enumeration: typed_values(draft.enumeration, Value::as_f64),
            }),
            BasicType::Integer => {
                let integer = integer(draft);
                if is_large(&integer.format) {
                    let message = "an integer of more than 64 bits is read as `f64`, which is exact for 15 digits";
                    self.report(Code::LargeInteger, at, message);
                }
                Type::Integer(integer)
            }
            BasicType::Boolean => Type::Boolean(BooleanType {
                enumeration: typed_values(draft.enumeration, Value::as_bool),
            }),
            BasicType::Object => {
                if draft.enumeration.is_some() {
                    self.report(
                        Code::UnsupportedEnum,
                        &at.key("enum"),
                        "an enum of objects is not supported; any object is accepted",
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
            BasicType::Array => Type::Array(self.build_array(draft, at)),
        }
    }

    fn build_array(&mut self, draft: SchemaKeywords, at: &PointerPath<'_>) -> ArrayType {
        let mut items = draft.items;
        if let Some(mut values) = draft.enumeration {
            values.retain(|value| !value.is_null());
            let here = at.key("enum");
            let adopted = match &mut items {
                Some(ReferenceOr::Item(schema)) => adopt_enum(schema, &values),
                _ => false,
            };
            if adopted {
                self.report(
                    Code::MisplacedEnum,
                    &here,
                    "the values belong to the items; move `enum` to `items`",
                );
            } else {
                self.report(
                    Code::UnsupportedEnum,
                    &here,
                    "an enum of arrays is not supported; any array is accepted",
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
pub(super) fn move_null_to_nullable(draft: &mut SchemaKeywords) {
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
fn apply_tuple_length(draft: &mut SchemaKeywords) {
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
fn implied_type(draft: &SchemaKeywords) -> Option<BasicType> {
    if let Some(values) = &draft.enumeration {
        return common_type(values).filter(|b| !matches!(b, BasicType::Object | BasicType::Array));
    }
    if draft.speaks_of_objects() {
        return Some(BasicType::Object);
    }
    if draft.speaks_of_arrays() {
        return Some(BasicType::Array);
    }
    if draft.speaks_of_strings() {
        return Some(BasicType::String);
    }
    if draft.data.extensions.contains_key(keys::CONTENT_MEDIA_TYPE) {
        return Some(BasicType::String);
    }
    match draft.format.as_deref() {
        Some("int32" | "int64" | "uint32" | "uint64") => Some(BasicType::Integer),
        Some("float" | "double") => Some(BasicType::Number),
        Some(
            "date-time" | "date" | "uuid" | "uri" | "url" | "email" | "byte" | "binary"
            | "password" | "hostname" | "ipv4" | "ipv6" | "time" | "duration",
        ) => Some(BasicType::String),
        _ => draft.speaks_of_numbers().then_some(BasicType::Number),
    }
}

/// A schema that is made of others, and perhaps more.
fn build_composition(draft: SchemaKeywords, basic: Option<BasicType>) -> SchemaKind {
    // What is composed of objects is an object anyway.
    let basic = basic.filter(|b| *b != BasicType::Object || draft.speaks_of_objects());
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
        (_, _, not) => SchemaKind::Any(SchemaKeywords { not, ..draft }.any(basic)),
    }
}

pub(super) fn typed_values<T>(
    values: Option<Vec<Value>>,
    read: impl Fn(&Value) -> Option<T>,
) -> Vec<Option<T>> {
    let values = values.unwrap_or_default();
    values.iter().map(read).filter(Option::is_some).collect()
}

/// Gives values to a schema of strings that lists none, or the same, and to one
/// that says nothing.
fn adopt_enum(schema: &mut Schema, values: &[Value]) -> bool {
    if !values.iter().all(Value::is_string) {
        return false;
    }
    let values = typed_values(Some(values.to_vec()), |v| v.as_str().map(str::to_owned));
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
