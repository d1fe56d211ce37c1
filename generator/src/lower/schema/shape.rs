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
use super::value_constraints::ValueConstraints;
use crate::ir::{EnumValue, PropertyPath, StringKind, Type, UntypedReason, Words};
use crate::source::Pointer;

/// A schema after `allOf`, `$ref` and `nullable` are resolved.
#[derive(Debug, Clone)]
pub(in crate::lower) struct ResolvedSchema<'a> {
    /// Its resolved schema.
    pub(in crate::lower) shape: SchemaShape<'a>,
    /// Whether the schema itself allows `null`, whatever its target allows.
    pub(in crate::lower) nullable: bool,
    /// Its annotations.
    pub(in crate::lower) annotations: Annotations<'a>,
    /// The restrictions of its value.
    pub(in crate::lower) constraints: ValueConstraints<'a>,
}

/// A schema after references are followed.
#[derive(Debug)]
pub(in crate::lower) enum ResolvedTarget<'f, 'a> {
    /// The schema itself.
    Here(&'f ResolvedSchema<'a>),
    /// The component that it refers to.
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

/// The kind of type that a schema becomes.
#[derive(Debug, Clone)]
pub(in crate::lower) enum SchemaShape<'a> {
    /// A component, unchanged.
    Component(ComponentId),
    /// A type that is known already.
    Type(Type),
    /// A constant.
    Constant(Type, Value),
    /// An `enum`.
    Enum(Vec<EnumValue>),
    /// An array whose items match any of these schemas.
    Array(Vec<SchemaRef<'a>>),
    /// An array with a schema for each position.
    Tuple(TupleShape<'a>),
    /// An object without declared properties, whose values match any of these schemas.
    Map(Vec<SchemaRef<'a>>),
    /// An object with declared properties.
    Struct(ObjectShape<'a>),
    /// A `oneOf` or `anyOf`.
    Union(UnionShape<'a>),
}

/// A list with a schema for each index.
#[derive(Debug, Clone)]
pub(in crate::lower) struct TupleShape<'a> {
    /// The schemas of the positions.
    pub(in crate::lower) list: Vec<SchemaRef<'a>>,
    /// Number of elements that are always present.
    pub(in crate::lower) required: usize,
    /// The elements after them.
    pub(in crate::lower) end: TupleRest<'a>,
}

/// The elements after the positions of a tuple.
#[derive(Debug, Clone)]
pub(in crate::lower) enum TupleRest<'a> {
    /// No further elements.
    Closed,
    /// Unspecified by the document.
    Unspecified,
    /// Values of this schema.
    Items(SchemaRef<'a>),
}

/// An object with declared properties.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct ObjectShape<'a> {
    /// The properties.
    pub(in crate::lower) properties: IndexMap<&'a str, PropertyShape<'a>>,
    /// The schemas of additional properties; empty if the document does not describe any.
    pub(in crate::lower) additional: Vec<SchemaRef<'a>>,
}

/// A property of an object.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct PropertyShape<'a> {
    /// The schemas that its value must satisfy.
    pub(in crate::lower) sources: Vec<PropertySource<'a>>,
    /// Whether it is required.
    pub(in crate::lower) required: bool,
    /// The file or files that it is, as a part of a multipart form.
    pub(in crate::lower) files: Option<FilePart>,
}

/// A schema of a property, with the component that declares it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct PropertySource<'a> {
    /// The schema.
    pub(in crate::lower) schema_ref: SchemaRef<'a>,
    /// The component that declares it, if it is not the schema under resolution.
    pub(in crate::lower) origin: Option<ComponentId>,
}

/// The variants of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct UnionShape<'a> {
    /// The variants, in the order of the document.
    pub(in crate::lower) variants: Vec<VariantShape<'a>>,
    /// The discriminator, if there is one.
    pub(in crate::lower) discriminator: Option<DiscriminatorShape>,
    /// The index of the variant for a value that no discriminator value selects.
    pub(in crate::lower) fallback: Option<usize>,
}

/// The discriminator of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct DiscriminatorShape {
    /// The property whose value selects a variant.
    pub(in crate::lower) path: PropertyPath,
    /// The JSON pointer of the `discriminator` object; `None` if the property is inferred.
    pub(in crate::lower) pointer: Option<Pointer>,
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct VariantShape<'a> {
    /// Its shape.
    pub(in crate::lower) resolved: ResolvedSchema<'a>,
    /// The component that names it.
    pub(in crate::lower) component: Option<ComponentId>,
    /// The discriminator values that select it.
    pub(in crate::lower) discriminator_values: Vec<String>,
    /// The words of its name.
    pub(in crate::lower) name: Words,
    /// Its JSON pointer.
    pub(in crate::lower) at: Pointer,
}

impl<'a> ResolvedSchema<'a> {
    /// Returns a schema that is never null and has no annotations.
    pub(in crate::lower) fn new(shape: SchemaShape<'a>) -> Self {
        Self {
            shape,
            nullable: false,
            annotations: Annotations::default(),
            constraints: ValueConstraints::default(),
        }
    }
}

impl SchemaShape<'_> {
    /// Any JSON value, as the document declares.
    pub(in crate::lower) const ANYTHING: Self = Self::Type(Type::Untyped(UntypedReason::Declared));
    /// Any JSON value, because the schema is not supported.
    pub(in crate::lower) const UNSUPPORTED: Self =
        Self::Type(Type::Untyped(UntypedReason::Unsupported));

    /// Whether the shape becomes a named type.
    pub(in crate::lower) const fn is_named(&self) -> bool {
        matches!(self, Self::Enum(_) | Self::Struct(_) | Self::Union(_))
    }

    /// Whether the shape is any value or any object.
    pub(in crate::lower) fn is_free(&self) -> bool {
        match self {
            Self::Type(ty) => matches!(ty, Type::Untyped(_) | Type::Null),
            Self::Map(values) => values.is_empty(),
            Self::Struct(object) => object.properties.is_empty() && object.additional.is_empty(),
            _ => false,
        }
    }

    /// Whether the type of this shape does not depend on where it is used.
    pub(in crate::lower) const fn is_same_everywhere(&self) -> bool {
        matches!(
            self,
            Self::Component(_) | Self::Type(_) | Self::Constant(..)
        )
    }
}

/// The files of a part of a multipart form.
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

/// Maximum length of a chain of components that are aliases.
pub(in crate::lower) const MAX_ALIAS_CHAIN: usize = 64;

/// Returns the component that a shape is an alias of.
pub(in crate::lower) const fn alias_target(shape: &SchemaShape<'_>) -> Option<ComponentId> {
    match shape {
        SchemaShape::Component(id) => Some(*id),
        _ => None,
    }
}
