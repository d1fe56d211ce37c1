//! The keywords of a schema, before its variant of `openapiv3` is known.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData};
use serde_json::{Number, Value};

use crate::load::implied_type::TypeHints;
use crate::load::internal_extensions;
use crate::load::non_null_type::NonNullType;

/// The keywords of a schema, before its variant of `openapiv3` is known.
#[derive(Default)]
pub(super) struct SchemaKeywords {
    pub(super) data: SchemaData,
    /// `$ref`.
    pub(super) reference: Option<String>,
    /// `type`, without `null`.
    pub(super) types: Vec<NonNullType>,
    /// Whether `type`, `enum` or a subschema allows `null`.
    pub(super) null: bool,
    /// Whether `null` is the only value.
    pub(super) only_null: bool,
    /// Whether `null` is the only value of its `oneOf` or `anyOf`.
    pub(super) null_union: bool,
    pub(super) format: Option<String>,
    pub(super) enumeration: Option<Vec<Value>>,
    pub(super) constant: Option<Value>,

    pub(super) pattern: Option<String>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,

    pub(super) minimum: Option<Number>,
    pub(super) maximum: Option<Number>,
    pub(super) exclusive_minimum: Option<bool>,
    pub(super) exclusive_maximum: Option<bool>,
    pub(super) multiple_of: Option<Number>,

    pub(super) properties: IndexMap<String, ReferenceOr<Box<Schema>>>,
    pub(super) required: Vec<String>,
    pub(super) additional: Option<AdditionalProperties>,
    pub(super) min_properties: Option<usize>,
    pub(super) max_properties: Option<usize>,

    pub(super) items: Option<ReferenceOr<Box<Schema>>>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) unique_items: Option<bool>,

    pub(super) one_of: Vec<ReferenceOr<Schema>>,
    pub(super) all_of: Vec<ReferenceOr<Schema>>,
    pub(super) any_of: Vec<ReferenceOr<Schema>>,
    pub(super) not: Option<Box<ReferenceOr<Schema>>>,

    /// Number of schemas in `prefixItems`.
    pub(super) places: usize,
    /// Whether an array cannot be longer than `prefixItems`.
    pub(super) closed: bool,
    /// The schema of the items after a tuple: `additionalItems` of older drafts.
    pub(super) additional_items: Option<ReferenceOr<Box<Schema>>>,
    /// Whether there are `patternProperties`.
    pub(super) has_patterns: bool,
}

impl SchemaKeywords {
    /// Whether the schema is composed of subschemas.
    pub(super) fn is_composed(&self) -> bool {
        !self.one_of.is_empty()
            || !self.all_of.is_empty()
            || !self.any_of.is_empty()
            || self.not.is_some()
    }

    /// Whether any keyword restricts the shape of values.
    pub(super) fn is_shaped(&self) -> bool {
        !self.types.is_empty()
            || self.is_composed()
            || self.enumeration.is_some()
            || self.describes_objects()
            || self.describes_arrays()
            || self.describes_strings()
            || self.describes_numbers()
    }

    /// Whether a keyword describes objects.
    pub(super) fn describes_objects(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional.is_some()
            || self.min_properties.is_some()
            || self.max_properties.is_some()
            || self.has_patterns
    }

    /// Whether a keyword describes arrays.
    pub(super) fn describes_arrays(&self) -> bool {
        self.items.is_some()
            || self.min_items.is_some()
            || self.max_items.is_some()
            || self.unique_items.is_some()
            || self.places > 0
    }

    /// Whether a keyword describes strings.
    pub(super) fn describes_strings(&self) -> bool {
        self.pattern.is_some() || self.min_length.is_some() || self.max_length.is_some()
    }

    /// Whether a keyword describes numbers.
    pub(super) fn describes_numbers(&self) -> bool {
        self.minimum.is_some() || self.maximum.is_some() || self.multiple_of.is_some()
    }

    /// Returns the keywords that imply a type. `required` and a boolean
    /// `additionalProperties` count, since no subschema declares the properties.
    pub(super) fn type_hints(&self) -> TypeHints<'_> {
        let has_media_type = self
            .data
            .extensions
            .contains_key(internal_extensions::CONTENT_MEDIA_TYPE);
        TypeHints {
            values: self.enumeration.as_deref(),
            object: self.describes_objects(),
            array: self.describes_arrays(),
            string: self.describes_strings() || has_media_type,
            number: self.describes_numbers(),
            format: self.format.as_deref(),
        }
    }

    /// Returns the keywords in the variant that can hold all of them.
    pub(super) fn any(self, typ: Option<NonNullType>) -> AnySchema {
        AnySchema {
            typ: typ.map(|json_type| json_type.as_str().to_owned()),
            pattern: self.pattern,
            multiple_of: self.multiple_of.and_then(|n| n.as_f64()),
            exclusive_minimum: self.exclusive_minimum,
            exclusive_maximum: self.exclusive_maximum,
            minimum: self.minimum.and_then(|n| n.as_f64()),
            maximum: self.maximum.and_then(|n| n.as_f64()),
            properties: self.properties,
            required: self.required,
            additional_properties: self.additional,
            min_properties: self.min_properties,
            max_properties: self.max_properties,
            items: self.items,
            min_items: self.min_items,
            max_items: self.max_items,
            unique_items: self.unique_items,
            enumeration: without_null(self.enumeration),
            format: self.format,
            min_length: self.min_length,
            max_length: self.max_length,
            one_of: self.one_of,
            all_of: self.all_of,
            any_of: self.any_of,
            not: self.not,
        }
    }
}

/// Removes `null` from the values of an `enum`. `nullable` records it.
fn without_null(values: Option<Vec<Value>>) -> Vec<Value> {
    let mut values = values.unwrap_or_default();
    values.retain(|value| !value.is_null());
    values
}
