//! The variant of `openapiv3` for a schema whose keywords are all known.

use openapiv3::{
    ArrayType, BooleanType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};
use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use super::integer::{integer, is_large};
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::load::non_null_type::NonNullType;
use crate::load::parse::value::parse_bool_word;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn build_schema_or_ref(
        &mut self,
        mut keywords: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Schema> {
        if let Some(reference) = keywords.reference.take() {
            return self.build_reference(reference, keywords, at);
        }
        ReferenceOr::Item(self.build_schema(keywords, at))
    }

    /// Builds a schema that is not a reference.
    pub(super) fn build_schema(
        &mut self,
        mut keywords: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> Schema {
        move_null_to_nullable(&mut keywords);
        apply_tuple_length(&mut keywords);
        if let Some(mut constant) = keywords.constant.take() {
            if let Value::Number(number) = &constant
                && keywords.types.as_slice() == [NonNullType::String]
            {
                constant = Value::String(self.spell_number(number, &at.key("const")));
            }
            if keywords.types.is_empty() && !keywords.is_composed() {
                keywords.types.extend(NonNullType::from_value(&constant));
            }
            keywords
                .data
                .extensions
                .insert(internal_extensions::CONST.to_owned(), constant);
        }
        if keywords.types.is_empty() && !keywords.is_composed() && !keywords.only_null {
            keywords.types.extend(keywords.type_hints().implied_type());
        }
        self.allow_array_with_items(&mut keywords, at);
        if keywords.types.len() > 1 {
            return self.build_type_union(keywords, at);
        }
        let json_type = keywords.types.pop();
        self.build_single_type(keywords, json_type, at)
    }

    /// Adds the type array to an object with `items`. Its authors mean either of the two, so both
    /// are accepted.
    fn allow_array_with_items(&mut self, keywords: &mut SchemaKeywords, at: &PointerPath<'_>) {
        let is_object = keywords.types.as_slice() == [NonNullType::Object];
        if is_object
            && keywords.items.is_some()
            && !keywords.describes_objects()
            && !keywords.is_composed()
        {
            keywords.types.push(NonNullType::Array);
            self.report(
                Code::ConflictingTypeKeywords,
                &at.key("type"),
                "`items` does not apply to an object; an array is accepted too",
            );
        }
    }

    /// Builds a schema with at most one type.
    pub(super) fn build_single_type(
        &mut self,
        mut keywords: SchemaKeywords,
        json_type: Option<NonNullType>,
        at: &PointerPath<'_>,
    ) -> Schema {
        let mut schema_data = std::mem::take(&mut keywords.data);
        let schema_kind = if keywords.is_composed() {
            build_composition(keywords, json_type)
        } else if let Some(json_type) = json_type {
            let json_type = match self.reconcile_type(&keywords, json_type, at) {
                json_type @ (NonNullType::Object | NonNullType::Array) => json_type,
                scalar => self.reconcile_enum(&mut keywords, scalar, at),
            };
            self.check_default(&schema_data, json_type, at);
            SchemaKind::Type(self.build_type(keywords, json_type, at))
        } else {
            if keywords.only_null {
                let extensions = &mut schema_data.extensions;
                extensions.insert(internal_extensions::NULL.to_owned(), Value::Bool(true));
            }
            let is_enum = keywords.enumeration.is_some();
            let says_more = schema_data
                .extensions
                .keys()
                .any(|key| SHAPES.contains(&key.as_str()));
            if !is_enum && !says_more {
                schema_data
                    .extensions
                    .insert(internal_extensions::ANY.to_owned(), Value::Bool(true));
            }
            SchemaKind::Any(keywords.any(None))
        };
        Schema {
            schema_data,
            schema_kind,
        }
    }

    /// Reports a default that cannot be read as the type.
    fn check_default(&mut self, data: &SchemaData, json_type: NonNullType, at: &PointerPath<'_>) {
        let Some(Value::String(text)) = &data.default else {
            return;
        };
        let is_readable = match json_type {
            NonNullType::Integer | NonNullType::Number => text.trim().parse::<f64>().is_ok(),
            NonNullType::Boolean => parse_bool_word(text).is_some(),
            _ => return,
        };
        if !is_readable {
            let message = format!(
                "the default `{text}` is not of type `{}`",
                json_type.as_str()
            );
            self.report(Code::InvalidDefault, &at.key("default"), message);
        }
    }

    /// Returns the type, or another one if the other keywords clearly contradict it.
    fn reconcile_type(
        &mut self,
        keywords: &SchemaKeywords,
        json_type: NonNullType,
        at: &PointerPath<'_>,
    ) -> NonNullType {
        let is_list = keywords.items.is_some() || keywords.places > 0;
        let (better, because) = match json_type {
            NonNullType::Object if keywords.places > 0 && !keywords.describes_objects() => {
                (NonNullType::Array, "items")
            }
            NonNullType::Array if !is_list && !keywords.properties.is_empty() => {
                (NonNullType::Object, "properties")
            }
            // Some documents describe the values of a string as if they were properties.
            scalar if scalar.is_scalar() && !keywords.properties.is_empty() => {
                (scalar, "properties")
            }
            _ => return json_type,
        };
        let word = better.as_str();
        let message = format!("`{because}` contradicts the type; it is read as `{word}`");
        self.report(Code::ConflictingTypeKeywords, &at.key("type"), message);
        better
    }

    fn build_type(
        &mut self,
        keywords: SchemaKeywords,
        json_type: NonNullType,
        at: &PointerPath<'_>,
    ) -> Type {
        match json_type {
            NonNullType::String => Type::String(StringType {
                format: keywords.format.into(),
                pattern: keywords.pattern,
                enumeration: parse_typed_values(keywords.enumeration, |v| {
                    v.as_str().map(str::to_owned)
                }),
                min_length: keywords.min_length,
                max_length: keywords.max_length,
            }),
            NonNullType::Number => Type::Number(NumberType {
                format: keywords.format.into(),
                multiple_of: keywords.multiple_of.and_then(|n| n.as_f64()),
                exclusive_minimum: keywords.exclusive_minimum.unwrap_or_default(),
                exclusive_maximum: keywords.exclusive_maximum.unwrap_or_default(),
                minimum: keywords.minimum.and_then(|n| n.as_f64()),
                maximum: keywords.maximum.and_then(|n| n.as_f64()),
                enumeration: parse_typed_values(keywords.enumeration, Value::as_f64),
            }),
            NonNullType::Integer => {
                let integer = integer(keywords);
                if is_large(&integer.format) {
                    let message = "an integer of more than 64 bits is read as `f64`, which is exact for 15 digits";
                    self.report(Code::LargeInteger, at, message);
                }
                Type::Integer(integer)
            }
            NonNullType::Boolean => Type::Boolean(BooleanType {
                enumeration: parse_typed_values(keywords.enumeration, Value::as_bool),
            }),
            NonNullType::Object => {
                if keywords.enumeration.is_some() {
                    self.report(
                        Code::UnsupportedEnum,
                        &at.key("enum"),
                        "an enum of objects is not supported; any object is accepted",
                    );
                }
                Type::Object(ObjectType {
                    properties: keywords.properties,
                    required: keywords.required,
                    additional_properties: keywords.additional,
                    min_properties: keywords.min_properties,
                    max_properties: keywords.max_properties,
                })
            }
            NonNullType::Array => Type::Array(self.build_array(keywords, at)),
        }
    }

    fn build_array(&mut self, keywords: SchemaKeywords, at: &PointerPath<'_>) -> ArrayType {
        let mut items = keywords.items;
        if let Some(mut values) = keywords.enumeration {
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
            min_items: keywords.min_items,
            max_items: keywords.max_items,
            unique_items: keywords.unique_items.unwrap_or_default(),
        }
    }
}

/// Extensions that restrict the shape of values.
const SHAPES: &[&str] = &[
    internal_extensions::CONST,
    internal_extensions::NULL,
    internal_extensions::PREFIX_ITEMS,
    internal_extensions::PATTERN_PROPERTIES,
];

/// Moves `null` from the types and the values to `nullable`.
pub(super) fn move_null_to_nullable(keywords: &mut SchemaKeywords) {
    if let Some(values) = &keywords.enumeration
        && values.iter().any(Value::is_null)
    {
        // The values keep their positions for now: the spelling of a number is looked up by its
        // position.
        keywords.null = true;
        remove_names_of_null(&mut keywords.data, values);
        if values.iter().all(Value::is_null) {
            keywords.enumeration = None;
            keywords.types.clear();
            keywords.only_null = true;
        }
    }
    if keywords.constant.as_ref().is_some_and(Value::is_null) {
        keywords.constant = None;
        keywords.null = true;
        keywords.types.clear();
        keywords.only_null = true;
    }
    // A union whose only subschema is `null` accepts only `null`.
    keywords.only_null |= keywords.null_union && !keywords.is_shaped();
    if keywords.null {
        keywords.data.nullable = true;
    }
}

/// Removes the entries for `null` from the extensions that accompany `enum`, so that their
/// positions match those of the values.
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

/// Expresses the end of a tuple, and the items after it, as `maxItems` and `items`.
fn apply_tuple_length(keywords: &mut SchemaKeywords) {
    if keywords.places == 0 {
        return;
    }
    if let Some(more) = keywords.additional_items.take() {
        keywords.items.get_or_insert(more);
    }
    if keywords.closed {
        let most = keywords.max_items.unwrap_or(keywords.places);
        keywords.max_items = Some(most.min(keywords.places));
    }
}

/// Builds a composed schema.
fn build_composition(keywords: SchemaKeywords, json_type: Option<NonNullType>) -> SchemaKind {
    // A schema that is composed of objects is an object without `type`.
    let json_type = json_type.filter(|b| *b != NonNullType::Object || keywords.describes_objects());
    let plain = json_type.is_none()
        && keywords.enumeration.is_none()
        && !keywords.describes_objects()
        && !keywords.describes_arrays();
    let parts = [
        !keywords.one_of.is_empty(),
        !keywords.all_of.is_empty(),
        !keywords.any_of.is_empty(),
        keywords.not.is_some(),
    ];
    match (plain, parts, keywords.not) {
        (true, [true, false, false, false], _) => SchemaKind::OneOf {
            one_of: keywords.one_of,
        },
        (true, [false, true, false, false], _) => SchemaKind::AllOf {
            all_of: keywords.all_of,
        },
        (true, [false, false, true, false], _) => SchemaKind::AnyOf {
            any_of: keywords.any_of,
        },
        (true, [false, false, false, true], Some(not)) => SchemaKind::Not { not },
        (_, _, not) => SchemaKind::Any(SchemaKeywords { not, ..keywords }.any(json_type)),
    }
}

pub(super) fn parse_typed_values<T>(
    values: Option<Vec<Value>>,
    read: impl Fn(&Value) -> Option<T>,
) -> Vec<Option<T>> {
    let values = values.unwrap_or_default();
    values.iter().map(read).filter(Option::is_some).collect()
}

/// Moves values to a schema that accepts any string, the same values, or any value.
fn adopt_enum(schema: &mut Schema, values: &[Value]) -> bool {
    if !values.iter().all(Value::is_string) {
        return false;
    }
    let values = parse_typed_values(Some(values.to_vec()), |v| v.as_str().map(str::to_owned));
    if schema
        .schema_data
        .extensions
        .shift_remove(internal_extensions::ANY)
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
