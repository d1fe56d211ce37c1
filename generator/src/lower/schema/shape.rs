//! Shapes: what schemas amount to, as plain data.
//!
//! A shape says which kind of type a schema becomes, before the schemas inside it are resolved. A
//! reference must know whether its target is a named type without resolving all that the target
//! refers to.

use std::ops::Deref;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::annotations::Annotations;
use super::schema_ref::{ComponentId, SchemaRef};
use crate::ir::{EnumValue, PropertyPath, StringKind, Type, UntypedReason, Words};
use crate::source::Pointer;

/// The shape of a schema, with what it says beside.
#[derive(Debug, Clone)]
pub(in crate::lower) struct ResolvedSchema<'a> {
    /// Its shape.
    pub(in crate::lower) shape: SchemaShape<'a>,
    /// Whether `null` is one of its values, its target's own say apart.
    pub(in crate::lower) nullable: bool,
    /// What it says beside its shape.
    pub(in crate::lower) annotations: Annotations<'a>,
}

/// What a shape is in the end: itself, or that of a component.
#[derive(Debug)]
pub(in crate::lower) enum ResolvedTarget<'f, 'a> {
    /// The shape itself.
    Here(&'f ResolvedSchema<'a>),
    /// The shape of the component that it is the same as.
    There(Rc<ResolvedSchema<'a>>),
}

impl<'a> Deref for ResolvedTarget<'_, 'a> {
    type Target = ResolvedSchema<'a>;

    fn deref(&self) -> &ResolvedSchema<'a> {
        match self {
            Self::Here(resolved) => resolved,
            Self::There(resolved) => resolved,
        }
    }
}

/// Which kind of type a schema is.
#[derive(Debug, Clone)]
pub(in crate::lower) enum SchemaShape<'a> {
    /// Exactly that component.
    Component(ComponentId),
    /// A type that needs no further look.
    Type(Type),
    /// Always this value.
    Constant(Type, Value),
    /// One of these values.
    Enum(Vec<EnumValue>),
    /// A list of elements of (any of) these schemas.
    Array(Vec<SchemaRef<'a>>),
    /// A list with a schema for each place.
    Tuple(TupleShape<'a>),
    /// An object whose values are of (any of) these schemas, under any key.
    Map(Vec<SchemaRef<'a>>),
    /// An object with declared properties.
    Struct(ObjectShape<'a>),
    /// One of several.
    Union(UnionShape<'a>),
}

/// A list with a schema for each place.
#[derive(Debug, Clone)]
pub(in crate::lower) struct TupleShape<'a> {
    /// The schemas of the places.
    pub(in crate::lower) list: Vec<SchemaRef<'a>>,
    /// How many of them are always there.
    pub(in crate::lower) required: usize,
    /// What follows them.
    pub(in crate::lower) end: TupleRest<'a>,
}

/// What follows the places of a tuple.
#[derive(Debug, Clone)]
pub(in crate::lower) enum TupleRest<'a> {
    /// Nothing.
    Closed,
    /// The document does not say.
    Unspecified,
    /// Values of this schema.
    Items(SchemaRef<'a>),
}

/// An object with declared properties.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct ObjectShape<'a> {
    /// The properties.
    pub(in crate::lower) properties: IndexMap<&'a str, PropertyShape<'a>>,
    /// The schemas of values under any other key; none if the document says
    /// nothing of them.
    pub(in crate::lower) additional: Vec<SchemaRef<'a>>,
}

/// A property of an object.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct PropertyShape<'a> {
    /// The schemas that its value fulfils, all of them.
    pub(in crate::lower) sources: Vec<PropertySource<'a>>,
    /// Whether it must be there.
    pub(in crate::lower) required: bool,
    /// The files that it is, as a member of a shape.
    pub(in crate::lower) files: Option<FilePart>,
}

/// A schema of a property, with the component that declares it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct PropertySource<'a> {
    /// The schema.
    pub(in crate::lower) schema_ref: SchemaRef<'a>,
    /// The component, if it is not the schema that is being resolved.
    pub(in crate::lower) origin: Option<ComponentId>,
}

/// The variants of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct UnionShape<'a> {
    /// The variants, in the order of the document.
    pub(in crate::lower) variants: Vec<VariantShape<'a>>,
    /// The property that tells them apart, if there is one.
    pub(in crate::lower) discriminator: Option<PropertyPath>,
    /// The place of the variant that is meant where the tag says nothing.
    pub(in crate::lower) fallback: Option<usize>,
}

/// An variant of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct VariantShape<'a> {
    /// Its shape.
    pub(in crate::lower) resolved: ResolvedSchema<'a>,
    /// The component that it is named for.
    pub(in crate::lower) component: Option<ComponentId>,
    /// The values of the tag that select it.
    pub(in crate::lower) discriminator_values: Vec<String>,
    /// The words of its name.
    pub(in crate::lower) name: Words,
    /// Where it stands.
    pub(in crate::lower) at: Pointer,
}

impl<'a> ResolvedSchema<'a> {
    /// A shape that is never null and says nothing else.
    pub(in crate::lower) fn new(shape: SchemaShape<'a>) -> Self {
        Self {
            shape,
            nullable: false,
            annotations: Annotations::default(),
        }
    }
}

impl SchemaShape<'_> {
    /// Any JSON, as the document says.
    pub(in crate::lower) const ANYTHING: Self = Self::Type(Type::Untyped(UntypedReason::Declared));
    /// Any JSON, for want of a better type.
    pub(in crate::lower) const UNSUPPORTED: Self =
        Self::Type(Type::Untyped(UntypedReason::Unsupported));

    /// Whether the shape becomes a type with a name.
    pub(in crate::lower) const fn is_named(&self) -> bool {
        matches!(self, Self::Enum(_) | Self::Struct(_) | Self::Union(_))
    }

    /// Whether nothing is known of its values but that they may be objects.
    pub(in crate::lower) fn is_free(&self) -> bool {
        match self {
            Self::Type(ty) => matches!(ty, Type::Untyped(_) | Type::Null),
            Self::Map(values) => values.is_empty(),
            Self::Struct(object) => object.properties.is_empty() && object.additional.is_empty(),
            _ => false,
        }
    }

    /// Whether the type of this shape is the same wherever it stands.
    pub(in crate::lower) const fn is_same_everywhere(&self) -> bool {
        matches!(
            self,
            Self::Component(_) | Self::Type(_) | Self::Constant(..)
        )
    }
}

/// The files that a part of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum FilePart {
    /// One.
    One,
    /// A list of them, each a part.
    Many,
}

impl FilePart {
    pub(in crate::lower) fn ty(self) -> Type {
        let one = Type::String(StringKind::Binary);
        match self {
            Self::One => one,
            Self::Many => Type::Array(Box::new(one)),
        }
    }
}
