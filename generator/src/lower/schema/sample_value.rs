//! Sample values of properties and parameters without an example: the default of the document, or a
//! value that fits the name and the keywords.
//!
//! Without a default, only scalars and arrays of scalars have a sample. The plan makes the samples of
//! all other types.

mod numbers;
mod pattern_text;
mod texts;

use serde_json::Value;

use self::numbers::sample_number;
use self::texts::sample_text;
use super::annotations::Annotations;
use super::builder::SchemaBuilder;
use super::shape::{ResolvedSchema, SchemaShape};
use crate::ir::{StringKind, Type, Words};

/// Deepest nesting of arrays and unions in a sample.
const MAX_SAMPLE_DEPTH: usize = 4;

/// Maximum number of items in a sample.
const MAX_SAMPLE_ITEMS: usize = 8;

impl<'a> SchemaBuilder<'a> {
    /// Returns a sample for a schema with these annotations, which includes those of its target.
    pub(in crate::lower) fn sample_value(
        &mut self,
        name: &str,
        resolved: &ResolvedSchema<'a>,
        annotations: &Annotations<'a>,
    ) -> Option<Value> {
        let default = annotations.default_value();
        if let Some(default) = default.filter(|value| is_informative(value)) {
            return Some(default.clone());
        }
        let words = Words::split(name).singular();
        self.sample_of_shape(&words, resolved, 0)
    }

    fn sample_of_shape(
        &mut self,
        name: &Words,
        resolved: &ResolvedSchema<'a>,
        depth: usize,
    ) -> Option<Value> {
        if depth >= MAX_SAMPLE_DEPTH {
            return None;
        }
        let constraints = self.with_target_constraints(resolved);
        let target = self.resolve_target(resolved)?;
        match &target.shape {
            SchemaShape::Type(Type::String(StringKind::Text | StringKind::Secret)) => {
                sample_text(name, constraints).map(Value::from)
            }
            SchemaShape::Type(Type::Integer(_)) => {
                sample_number(name, constraints, true).map(to_json_number)
            }
            SchemaShape::Type(Type::Number(_)) => {
                sample_number(name, constraints, false).map(to_json_number)
            }
            SchemaShape::Array(items) => {
                let item = self.resolve(items.first()?);
                let item = self.sample_of_part(name, &item, depth)?;
                let count = constraints.min_items.unwrap_or(1).max(1);
                (count <= MAX_SAMPLE_ITEMS).then(|| Value::Array(vec![item; count]))
            }
            SchemaShape::Union(union) => {
                let variant = union.variants.first()?;
                self.sample_of_part(name, &variant.resolved, depth)
            }
            _ => None,
        }
    }

    /// Returns the sample of an item or a variant.
    fn sample_of_part(
        &mut self,
        name: &Words,
        part: &ResolvedSchema<'a>,
        depth: usize,
    ) -> Option<Value> {
        let annotations = self.with_target_annotations(part);
        let example = annotations.example();
        example.or_else(|| self.sample_of_shape(name, part, depth + 1))
    }
}

/// Returns a number as JSON, without a fraction of zero.
fn to_json_number(number: f64) -> Value {
    match number.fract() == 0.0 {
        true => Value::from(number as i64),
        false => Value::from(number),
    }
}

/// Whether a default shows users what to send.
fn is_informative(default: &Value) -> bool {
    match default {
        // The other boolean shows more.
        Value::Null | Value::Bool(_) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Number(_) => true,
    }
}
