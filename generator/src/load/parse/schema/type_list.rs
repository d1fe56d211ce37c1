//! `type` with several types: `[string, integer]`.

use openapiv3::{ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use crate::load::non_null_type::NonNullType;
use crate::source::PointerPath;

/// The types that cover all of JSON.
const ALL: [NonNullType; 5] = [
    NonNullType::String,
    NonNullType::Number,
    NonNullType::Boolean,
    NonNullType::Object,
    NonNullType::Array,
];

impl Parser<'_> {
    /// Builds a union with a subschema for each type.
    pub(super) fn build_type_union(
        &mut self,
        mut keywords: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> Schema {
        let mut types = std::mem::take(&mut keywords.types);
        if types.contains(&NonNullType::Number) && types.contains(&NonNullType::Integer) {
            // Every integer is a number. The integer comes first, so that its digits are kept.
            types.retain(|json_type| *json_type != NonNullType::Integer);
            types.insert(0, NonNullType::Integer);
        }
        let everything = ALL.iter().all(|json_type| types.contains(json_type));
        // The subschemas declare the type.
        if types.len() < 2 || everything || keywords.is_composed() {
            let json_type = types.pop().filter(|_| types.is_empty());
            return self.build_single_type(keywords, json_type, at);
        }
        let data = std::mem::take(&mut keywords.data);
        let mut any_of = Vec::with_capacity(types.len());
        for json_type in types {
            if let Some(branch) = take_type_keywords(&mut keywords, json_type) {
                any_of.push(ReferenceOr::Item(self.build_single_type(
                    branch,
                    Some(json_type),
                    at,
                )));
            }
        }
        Schema {
            schema_data: data,
            schema_kind: SchemaKind::AnyOf { any_of },
        }
    }
}

/// Takes the keywords of one type. Returns `None` if `enum` has no value of the type.
fn take_type_keywords(
    keywords: &mut SchemaKeywords,
    json_type: NonNullType,
) -> Option<SchemaKeywords> {
    let mut branch = SchemaKeywords::default();
    if let Some(values) = &mut keywords.enumeration {
        let is_of = |value: &Value| {
            let of = NonNullType::from_value(value);
            of == Some(json_type)
                || (json_type == NonNullType::Number && of == Some(NonNullType::Integer))
        };
        let (mine, rest) = std::mem::take(values).into_iter().partition(is_of);
        *values = rest;
        let mine: Vec<Value> = mine;
        if mine.is_empty() {
            return None;
        }
        branch.enumeration = Some(mine);
    }
    match json_type {
        NonNullType::String => {
            branch.format = keywords.format.take_if(|format| !is_numeric(format));
            branch.pattern = keywords.pattern.take();
            branch.min_length = keywords.min_length.take();
            branch.max_length = keywords.max_length.take();
        }
        // If both types occur, the bounds apply to both.
        NonNullType::Number | NonNullType::Integer => {
            let is_whole = json_type == NonNullType::Integer;
            branch.format = keywords
                .format
                .take_if(|format| is_numeric(format) && is_whole_format(format) == is_whole);
            branch.minimum.clone_from(&keywords.minimum);
            branch.maximum.clone_from(&keywords.maximum);
            branch.exclusive_minimum = keywords.exclusive_minimum;
            branch.exclusive_maximum = keywords.exclusive_maximum;
            branch.multiple_of.clone_from(&keywords.multiple_of);
        }
        NonNullType::Object => {
            branch.properties = std::mem::take(&mut keywords.properties);
            branch.required = std::mem::take(&mut keywords.required);
            branch.additional = keywords.additional.take();
            branch.min_properties = keywords.min_properties.take();
            branch.max_properties = keywords.max_properties.take();
        }
        NonNullType::Array => {
            branch.items = keywords.items.take();
            branch.min_items = keywords.min_items.take();
            branch.max_items = keywords.max_items.take();
            branch.unique_items = keywords.unique_items.take();
        }
        NonNullType::Boolean => {}
    }
    Some(branch)
}

/// Whether a format of the [registry](https://spec.openapis.org/registry/format/) is one of numbers.
fn is_numeric(format: &str) -> bool {
    is_whole_format(format) || matches!(format, "float" | "double" | "decimal" | "decimal128")
}

/// Whether a format of the registry describes integers.
fn is_whole_format(format: &str) -> bool {
    let digits = format
        .strip_prefix("uint")
        .or_else(|| format.strip_prefix("int"));
    digits.is_some_and(|bits| !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit()))
}
