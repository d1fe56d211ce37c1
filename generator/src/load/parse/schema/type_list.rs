//! `type: [string, integer]`: one of several types.

use openapiv3::{ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::Parser;
use super::SchemaKeywords;
use super::type_keyword::BasicType;
use crate::source::PointerPath;

/// The types that together are all of JSON.
const ALL: [BasicType; 5] = [
    BasicType::String,
    BasicType::Number,
    BasicType::Boolean,
    BasicType::Object,
    BasicType::Array,
];

impl Parser<'_> {
    /// A schema of several types: a union with a branch for each.
    pub(super) fn build_type_union(
        &mut self,
        mut draft: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> Schema {
        let mut types = std::mem::take(&mut draft.types);
        if types.contains(&BasicType::Number) && types.contains(&BasicType::Integer) {
            // An integer is a number, too. A reader tries it first, to keep its digits.
            types.retain(|basic| *basic != BasicType::Integer);
            types.insert(0, BasicType::Integer);
        }
        let everything = ALL.iter().all(|basic| types.contains(basic));
        // What it is composed of says which type it is.
        if types.len() < 2 || everything || draft.is_composed() {
            let basic = types.pop().filter(|_| types.is_empty());
            return self.build_single_type(draft, basic, at);
        }
        let data = std::mem::take(&mut draft.data);
        let mut any_of = Vec::with_capacity(types.len());
        for basic in types {
            if let Some(branch) = branch(&mut draft, basic) {
                any_of.push(ReferenceOr::Item(self.build_single_type(
                    branch,
                    Some(basic),
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

/// The keywords that speak of one type, or nothing if none of the values is of it.
fn branch(draft: &mut SchemaKeywords, basic: BasicType) -> Option<SchemaKeywords> {
    let mut branch = SchemaKeywords::default();
    if let Some(values) = &mut draft.enumeration {
        let is_of = |value: &Value| {
            let of = BasicType::from_value(value);
            of == Some(basic) || (basic == BasicType::Number && of == Some(BasicType::Integer))
        };
        let (mine, rest) = std::mem::take(values).into_iter().partition(is_of);
        *values = rest;
        let mine: Vec<Value> = mine;
        if mine.is_empty() {
            return None;
        }
        branch.enumeration = Some(mine);
    }
    match basic {
        BasicType::String => {
            branch.format = draft.format.take_if(|format| !is_numeric(format));
            branch.pattern = draft.pattern.take();
            branch.min_length = draft.min_length.take();
            branch.max_length = draft.max_length.take();
        }
        // Both can be types of one schema, which the bounds are then about.
        BasicType::Number | BasicType::Integer => {
            let is_whole = basic == BasicType::Integer;
            branch.format = draft
                .format
                .take_if(|format| is_numeric(format) && is_whole_format(format) == is_whole);
            branch.minimum.clone_from(&draft.minimum);
            branch.maximum.clone_from(&draft.maximum);
            branch.exclusive_minimum = draft.exclusive_minimum;
            branch.exclusive_maximum = draft.exclusive_maximum;
            branch.multiple_of.clone_from(&draft.multiple_of);
        }
        BasicType::Object => {
            branch.properties = std::mem::take(&mut draft.properties);
            branch.required = std::mem::take(&mut draft.required);
            branch.additional = draft.additional.take();
            branch.min_properties = draft.min_properties.take();
            branch.max_properties = draft.max_properties.take();
        }
        BasicType::Array => {
            branch.items = draft.items.take();
            branch.min_items = draft.min_items.take();
            branch.max_items = draft.max_items.take();
            branch.unique_items = draft.unique_items.take();
        }
        BasicType::Boolean => {}
    }
    Some(branch)
}

/// Whether a format of the [registry](https://spec.openapis.org/registry/format/) is one of numbers.
fn is_numeric(format: &str) -> bool {
    is_whole_format(format) || matches!(format, "float" | "double" | "decimal" | "decimal128")
}

/// Whether a format of the registry is one of integers.
fn is_whole_format(format: &str) -> bool {
    let digits = format
        .strip_prefix("uint")
        .or_else(|| format.strip_prefix("int"));
    digits.is_some_and(|bits| !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit()))
}
