//! The keywords of a schema.
//!
//! The parser sorts schemas into kinds by the keywords that they use together. The meaning of a
//! schema does not follow those kinds. The rest of lowering therefore reads this type, which has
//! each keyword or its absence.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty as Format,
};
use serde_json::Value;

use super::value_constraints::ValueConstraints;
use crate::load::implied_type::TypeHints;
use crate::load::internal_extensions;
use crate::load::non_null_type::NonNullType;
use crate::lower::media_type::is_binary;

/// Properties by name.
pub(in crate::lower) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The type that `type` names, or that other keywords imply.
///
/// It is [`NonNullType`] and `null`, which a schema of nothing but `null` has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::lower) enum SchemaType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl From<NonNullType> for SchemaType {
    fn from(ty: NonNullType) -> Self {
        match ty {
            NonNullType::Boolean => Self::Boolean,
            NonNullType::Integer => Self::Integer,
            NonNullType::Number => Self::Number,
            NonNullType::String => Self::String,
            NonNullType::Array => Self::Array,
            NonNullType::Object => Self::Object,
        }
    }
}

/// The keywords of a schema.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Keywords<'a> {
    /// The keywords that apply to any schema.
    pub(in crate::lower) data: &'a SchemaData,
    /// `type`, as the document spells it.
    pub(in crate::lower) ty: Option<&'a str>,
    /// The keywords that restrict a value.
    pub(in crate::lower) constraints: ValueConstraints<'a>,
    /// `enum`.
    pub(in crate::lower) values: Vec<Value>,
    /// `properties`, if there are any.
    pub(in crate::lower) properties: Option<&'a Properties>,
    /// `required`.
    pub(in crate::lower) required: &'a [String],
    /// `additionalProperties`.
    pub(in crate::lower) additional: Option<&'a AdditionalProperties>,
    /// `items`.
    pub(in crate::lower) items: Option<&'a ReferenceOr<Box<Schema>>>,
    /// `allOf`.
    pub(in crate::lower) all_of: &'a [ReferenceOr<Schema>],
    /// `oneOf`.
    pub(in crate::lower) one_of: &'a [ReferenceOr<Schema>],
    /// `anyOf`.
    pub(in crate::lower) any_of: &'a [ReferenceOr<Schema>],
    /// The keywords that imply a type, but for those that this type has as fields.
    hints: TypeHints<'a>,
}

impl<'a> Keywords<'a> {
    /// The keywords of a schema.
    pub(in crate::lower) fn new(schema: &'a Schema) -> Self {
        let mut keywords = Self::empty(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(ty) => keywords.read_type(ty),
            SchemaKind::OneOf { one_of } => keywords.one_of = one_of,
            SchemaKind::AnyOf { any_of } => keywords.any_of = any_of,
            SchemaKind::AllOf { all_of } => keywords.all_of = all_of,
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => keywords.read_any(any),
        }
        keywords
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            ty: None,
            constraints: ValueConstraints::default(),
            values: Vec::new(),
            properties: None,
            required: &[],
            additional: None,
            items: None,
            all_of: &[],
            one_of: &[],
            any_of: &[],
            hints: TypeHints::default(),
        }
    }

    fn read_type(&mut self, ty: &'a Type) {
        match ty {
            Type::String(string) => {
                self.ty = Some("string");
                self.constraints.read_string(string);
                self.constraints.format =
                    format(&string.format, string_format).or_else(|| self.implied_format());
                self.values = values(&string.enumeration);
            }
            Type::Number(number) => {
                self.ty = Some("number");
                self.constraints.format = format(&number.format, number_format);
                self.values = values(&number.enumeration);
                self.constraints.read_number(number);
            }
            Type::Integer(integer) => {
                self.ty = Some("integer");
                self.constraints.format = format(&integer.format, integer_format);
                self.values = values(&integer.enumeration);
                self.constraints.read_integer(integer);
            }
            Type::Object(object) => {
                self.ty = Some("object");
                self.read_object(&object.properties, &object.required);
                self.additional = object.additional_properties.as_ref();
            }
            Type::Array(array) => {
                self.ty = Some("array");
                self.items = array.items.as_ref();
                self.constraints.read_array(array);
            }
            Type::Boolean(boolean) => {
                self.ty = Some("boolean");
                self.values = values(&boolean.enumeration);
            }
        }
    }

    /// Text of a binary media type without `contentEncoding` is raw bytes.
    fn implied_format(&self) -> Option<&'a str> {
        let kind = self
            .extension(internal_extensions::CONTENT_MEDIA_TYPE)?
            .as_str()?;
        is_binary(kind).then_some("binary")
    }

    fn read_any(&mut self, any: &'a AnySchema) {
        self.ty = any.typ.as_deref();
        self.values.clone_from(&any.enumeration);
        self.constraints.read_any(any);
        self.read_object(&any.properties, &any.required);
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref();
        self.all_of = &any.all_of;
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.hints = read_hints(any);
    }

    fn read_object(&mut self, properties: &'a Properties, required: &'a [String]) {
        self.properties = (!properties.is_empty()).then_some(properties);
        self.required = required;
    }

    /// The value of an extension.
    pub(in crate::lower) fn extension(&self, name: &str) -> Option<&'a Value> {
        self.data.extensions.get(name)
    }

    /// Whether an extension is present and not `false`.
    pub(in crate::lower) fn has(&self, name: &str) -> bool {
        self.extension(name)
            .is_some_and(|value| *value != Value::Bool(false))
    }

    /// `const`.
    pub(in crate::lower) fn constant(&self) -> Option<&'a Value> {
        self.extension(internal_extensions::CONST)
    }

    /// Returns the type that `type` declares, or that other keywords imply.
    pub(in crate::lower) fn schema_type(&self) -> Option<SchemaType> {
        self.declared().or_else(|| self.implied())
    }

    fn declared(&self) -> Option<SchemaType> {
        if self.has(internal_extensions::NULL) {
            return Some(SchemaType::Null);
        }
        match self.ty? {
            "null" => Some(SchemaType::Null),
            name => NonNullType::from_name(name).map(SchemaType::from),
        }
    }

    /// Returns the type that the keywords imply. `required` and a boolean
    /// `additionalProperties` do not count: they restrict a shape that another schema declares.
    fn implied(&self) -> Option<SchemaType> {
        let hints = TypeHints {
            object: self.hints.object
                || self.properties.is_some()
                || self.constrains_members()
                || self.has(internal_extensions::PATTERN_PROPERTIES),
            array: self.hints.array
                || self.items.is_some()
                || self.has(internal_extensions::PREFIX_ITEMS),
            string: self.hints.string || self.has(internal_extensions::CONTENT_MEDIA_TYPE),
            ..self.hints
        };
        hints.implied_type().map(SchemaType::from)
    }

    fn constrains_members(&self) -> bool {
        matches!(self.additional, Some(AdditionalProperties::Schema(_)))
    }

    /// Whether there is a `oneOf` or an `anyOf`.
    pub(in crate::lower) fn is_union(&self) -> bool {
        !self.one_of.is_empty() || !self.any_of.is_empty()
    }

    /// Whether the schema only annotates: it does not restrict its values, but can allow null.
    pub(in crate::lower) fn is_annotation(&self) -> bool {
        self.is_constraint() && self.ty.is_none() && self.required.is_empty()
    }

    /// Whether `{}` is the only object that the schema allows.
    pub(in crate::lower) fn is_empty_object(&self) -> bool {
        self.is_constraint()
            && self.ty == Some("object")
            && matches!(self.additional, Some(AdditionalProperties::Any(false)))
    }

    /// Whether the schema is empty: `{}`.
    pub(in crate::lower) fn is_bare(&self) -> bool {
        let SchemaData {
            title,
            description,
            default,
            example,
            nullable,
            extensions,
            ..
        } = self.data;
        let texts = [title, description].into_iter().flatten();
        let values = [default, example].into_iter().flatten();
        self.is_annotation()
            && !nullable
            && texts.count() + values.count() == 0
            && extensions.keys().all(|key| key == internal_extensions::ANY)
    }

    /// Whether the schema adds nothing to a schema that it is combined with.
    pub(in crate::lower) fn adds_nothing(&self) -> bool {
        self.is_constraint() && self.required.is_empty()
    }

    /// Whether the schema only restricts values whose shape another schema declares: `required:
    /// [a]`, `not: {…}`, or nothing at all.
    pub(in crate::lower) fn is_constraint(&self) -> bool {
        matches!(self.ty, None | Some("object"))
            && self.properties.is_none()
            && !self.constrains_members()
            && self.values.is_empty()
            && self.all_of.is_empty()
            && !self.is_union()
            && self.implied().is_none()
            && self.constant().is_none()
            && !self.has(internal_extensions::NULL)
            && !self.has(internal_extensions::NEVER)
    }

    /// Returns the keywords without `oneOf` and `anyOf`.
    pub(in crate::lower) fn without_unions(&self) -> Self {
        Self {
            one_of: &[],
            any_of: &[],
            ..self.clone()
        }
    }

    /// Returns the keywords without `allOf`.
    pub(in crate::lower) fn without_all_of(&self) -> Self {
        Self {
            all_of: &[],
            ..self.clone()
        }
    }

    /// Returns the keywords without `required`.
    pub(in crate::lower) fn without_required(self) -> Self {
        Self {
            required: &[],
            ..self
        }
    }
}

/// Rounds a bound. Bounds only decide between integer widths, for which this is enough.
fn values<T: Clone + Into<Value>>(list: &[Option<T>]) -> Vec<Value> {
    list.iter()
        .map(|value| value.clone().map_or(Value::Null, Into::into))
        .collect()
}

fn format<T: Copy>(format: &Format<T>, name: fn(T) -> &'static str) -> Option<&str> {
    match format {
        Format::Item(known) => Some(name(*known)),
        Format::Unknown(text) => Some(text),
        Format::Empty => None,
    }
}

const fn string_format(format: StringFormat) -> &'static str {
    match format {
        StringFormat::Date => "date",
        StringFormat::DateTime => "date-time",
        StringFormat::Password => "password",
        StringFormat::Byte => "byte",
        StringFormat::Binary => "binary",
    }
}

const fn number_format(format: NumberFormat) -> &'static str {
    match format {
        NumberFormat::Float => "float",
        NumberFormat::Double => "double",
    }
}

const fn integer_format(format: IntegerFormat) -> &'static str {
    match format {
        IntegerFormat::Int32 => "int32",
        IntegerFormat::Int64 => "int64",
    }
}

fn read_hints(any: &AnySchema) -> TypeHints<'_> {
    TypeHints {
        values: None,
        object: any.min_properties.is_some() || any.max_properties.is_some(),
        array: any.min_items.is_some() || any.max_items.is_some() || any.unique_items.is_some(),
        string: any.pattern.is_some() || any.min_length.is_some() || any.max_length.is_some(),
        number: any.minimum.is_some() || any.maximum.is_some() || any.multiple_of.is_some(),
        format: any.format.as_deref(),
    }
}
