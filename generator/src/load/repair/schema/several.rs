//! `type: [string, integer]`: one of several types.

use openapiv3::{ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::Draft;
use super::Repair;
use super::types::Basic;
use crate::load::place::Place;

/// The types that together are all of JSON.
const ALL: [Basic; 5] = [
    Basic::String,
    Basic::Number,
    Basic::Boolean,
    Basic::Object,
    Basic::Array,
];

impl Repair<'_> {
    /// A schema of several types: a union with a branch for each.
    pub(super) fn several(&mut self, mut draft: Draft, at: &Place<'_>) -> Schema {
        let mut types = std::mem::take(&mut draft.types);
        if types.contains(&Basic::Number) {
            // An integer is a number.
            types.retain(|basic| *basic != Basic::Integer);
        }
        let everything = ALL.iter().all(|basic| types.contains(basic));
        // What it is composed of says which type it is.
        if types.len() < 2 || everything || draft.is_composed() {
            let basic = types.pop().filter(|_| types.is_empty());
            return self.single(draft, basic, at);
        }
        let data = std::mem::take(&mut draft.data);
        let mut any_of = Vec::with_capacity(types.len());
        for basic in types {
            if let Some(branch) = branch(&mut draft, basic) {
                any_of.push(ReferenceOr::Item(self.single(branch, Some(basic), at)));
            }
        }
        Schema {
            schema_data: data,
            schema_kind: SchemaKind::AnyOf { any_of },
        }
    }
}

/// The keywords that speak of one type, or nothing if none of the values is of it.
fn branch(draft: &mut Draft, basic: Basic) -> Option<Draft> {
    let mut branch = Draft::default();
    if let Some(values) = &mut draft.enumeration {
        let is_of = |value: &Value| {
            let of = Basic::of(value);
            of == Some(basic) || (basic == Basic::Number && of == Some(Basic::Integer))
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
        Basic::String => {
            branch.format = draft.format.take();
            branch.pattern = draft.pattern.take();
            branch.min_length = draft.min_length.take();
            branch.max_length = draft.max_length.take();
        }
        Basic::Number | Basic::Integer => {
            branch.minimum = draft.minimum.take();
            branch.maximum = draft.maximum.take();
            branch.exclusive_minimum = draft.exclusive_minimum.take();
            branch.exclusive_maximum = draft.exclusive_maximum.take();
            branch.multiple_of = draft.multiple_of.take();
        }
        Basic::Object => {
            branch.properties = std::mem::take(&mut draft.properties);
            branch.required = std::mem::take(&mut draft.required);
            branch.additional = draft.additional.take();
            branch.min_properties = draft.min_properties.take();
            branch.max_properties = draft.max_properties.take();
        }
        Basic::Array => {
            branch.items = draft.items.take();
            branch.min_items = draft.min_items.take();
            branch.max_items = draft.max_items.take();
            branch.unique_items = draft.unique_items.take();
        }
        Basic::Boolean => {}
    }
    Some(branch)
}
