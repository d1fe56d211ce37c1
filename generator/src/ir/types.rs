//! Types of the model.

use std::fmt;

use serde_json::Value;

use super::{Access, Example, Presence, Union, WireName, Words};
use crate::source::Pointer;

/// The index of a type in its [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

impl TypeId {
    /// The index of the type.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The types of an API, in the order in which the document declares them.
#[derive(Debug, Clone, Default)]
pub struct Types {
    defs: Vec<TypeDef>,
}

impl Types {
    /// Adds a type.
    ///
    /// # Panics
    ///
    /// If there are 2³² types already.
    pub fn push(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId(u32::try_from(self.defs.len()).expect("fewer than 2^32 types"));
        self.defs.push(def);
        id
    }

    /// Returns the type of an id. Only [`Types::push`] creates ids.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &TypeDef {
        self.defs
            .get(id.0 as usize)
            .expect("a TypeId is an index into its own arena")
    }

    /// Returns the type of an id for changes.
    pub fn get_mut(&mut self, id: TypeId) -> &mut TypeDef {
        self.defs
            .get_mut(id.0 as usize)
            .expect("a TypeId is an index into its own arena")
    }

    /// Returns the object that a type names, directly or through aliases.
    #[must_use]
    pub fn find_struct(&self, ty: &Type) -> Option<&Struct> {
        let Type::Named(id) = ty else { return None };
        match &self.get(*id).shape {
            Shape::Struct(object) => Some(object),
            Shape::Alias(Type::Named(target)) if target != id => {
                self.find_struct(&Type::Named(*target))
            }
            _ => None,
        }
    }

    /// Returns all types with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.defs.iter().enumerate().map(|(i, def)| {
            (
                TypeId(u32::try_from(i).expect("fewer than 2^32 types")),
                def,
            )
        })
    }

    /// Returns all types for changes, in order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut TypeDef> {
        self.defs.iter_mut()
    }

    /// Number of types.
    #[must_use]
    pub fn len(&self) -> usize {
        self.defs.len()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.defs.is_empty()
    }
}

/// A named type.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The words of its name. The name of an inline schema consists of its owner and the path to
    /// it.
    pub name: Words,
    /// Its name if another type has `name`: a parameter's type ends with `param`.
    pub distinct_name: Option<Words>,
    /// The item that it belongs to.
    pub owner: Owner,
    /// The description.
    pub docs: Docs,
    /// The JSON pointer of its schema.
    pub pointer: Pointer,
    /// Its definition.
    pub shape: Shape,
    /// Examples from the document.
    pub examples: Vec<Example>,
}

/// The item that a type belongs to. Both are in the same file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A schema of `components.schemas`, itself or below it.
    Component(WireName),
    /// An operation: an inline schema of the operation.
    Operation(super::OperationId),
    /// The webhooks.
    Webhooks,
}

/// Documentation from the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// One line: `summary` or `title`.
    pub summary: Option<String>,
    /// `description`, in CommonMark.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The configured message about the deprecation, such as the replacement.
    pub deprecation: Option<String>,
    /// The version of the crate that deprecated it.
    pub deprecated_since: Option<String>,
    /// `externalDocs`: a link.
    pub external: Option<String>,
}

/// The definition of a named type.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with declared properties.
    Struct(Struct),
    /// One of a list of scalars.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// An alias of a type. Only a schema that would otherwise contain itself endlessly becomes an alias;
    /// all others are resolved where they are used.
    Alias(Type),
}

/// An object with declared properties.
#[derive(Debug, Clone)]
pub struct Struct {
    /// The properties, in the order of the document.
    pub fields: Vec<Field>,
    /// The additional properties.
    pub additional: AdditionalProperties,
}

/// The properties of an object that are not declared.
#[derive(Debug, Clone, PartialEq)]
pub enum AdditionalProperties {
    /// Any value: decoded, kept and encoded again.
    Kept,
    /// Values of this type: `additionalProperties` next to `properties`.
    Typed(Type),
}

/// Names that a schema requires without declaring a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndeclaredProperties {
    /// The names.
    pub names: Vec<String>,
    /// The JSON pointer of the first name under `required`.
    pub pointer: Pointer,
    /// The JSON pointers of the schemas whose values would have them.
    pub schemas: Vec<Pointer>,
}

/// A property of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name on the wire.
    pub wire: WireName,
    /// The words of its name in code: those of `wire`, unless configured.
    pub name: Words,
    /// The type of its value without `null`.
    pub ty: Type,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Whether it is in requests, in responses, or in both.
    pub access: Access,
    /// `default`: the value that the server assumes when it is absent.
    pub default: Option<Value>,
    /// `const`, or the only value of an enum.
    pub constant: Option<Value>,
    /// The description.
    pub docs: Docs,
    /// The JSON pointer.
    pub pointer: Pointer,
    /// An example of its value.
    pub example: Option<Value>,
    /// A value for samples without an example. It fits the name and the keywords. `None` if they say no
    /// more than the type.
    pub sample: Option<Value>,
}

impl Field {
    /// Returns its presence in requests, which can lack a `readOnly` property.
    ///
    /// A constant is sent all the same: the API can select a schema by it, and a user has nothing to
    /// set.
    pub const fn presence_in_requests(&self) -> Presence {
        match self.access {
            Access::ReadOnly if self.constant.is_none() => self.presence.optional(),
            Access::ReadOnly | Access::ReadWrite | Access::WriteOnly => self.presence,
        }
    }

    /// Returns its presence in responses, which can lack a `writeOnly` property.
    pub const fn presence_in_responses(&self) -> Presence {
        match self.access {
            Access::WriteOnly => self.presence.optional(),
            Access::ReadWrite | Access::ReadOnly => self.presence,
        }
    }
}

/// The type of a value, where it is used.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `boolean`.
    Bool,
    /// `integer`.
    Integer(IntegerKind),
    /// `number`.
    Number(NumberKind),
    /// `string`.
    String(StringKind),
    /// `array`.
    Array(Box<Type>),
    /// `object` with values of one type under any key.
    Map(Box<Type>),
    /// `prefixItems`: an array with a type for each position.
    Tuple(Tuple),
    /// A value that can be `null` and is not a property, such as the items of an array. See
    /// [`Presence`] for properties.
    Nullable(Box<Type>),
    /// A named type.
    Named(TypeId),
    /// `null` and nothing else.
    Null,
    /// Any JSON value.
    Untyped(UntypedReason),
}

/// An array with a type for each position.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// The types of its positions.
    pub elements: Vec<Type>,
    /// Minimum number of elements; the others can be absent from the end.
    pub required: usize,
    /// The type of any further elements, if there can be any.
    pub rest: Option<Box<Type>>,
}

impl Tuple {
    /// Returns the types of its positions and of further elements, if the document declares them.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let rest = self.rest.as_deref();
        let rest = rest.filter(|ty| !matches!(ty, Type::Untyped(_)));
        self.elements.iter().chain(rest)
    }
}

/// The reason why a value is raw JSON in the generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UntypedReason {
    /// The document allows any value: `{}`, `true`, or a free-form object.
    Declared,
    /// The schema uses something that the model cannot hold; a diagnostic names it.
    Unsupported,
}

/// The width of an integer: its `format`, or its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegerKind {
    /// `int32`.
    I32,
    /// `int64`, and integers of no format.
    I64,
    /// `uint32`.
    U32,
    /// `uint64`, and integers whose bounds only fit this.
    U64,
}

/// The kind of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// `float`, `double`, and numbers of no format: kept as a double.
    ///
    /// `format: float` is a double as well. A server with single precision sends the shortest text of a
    /// value, and a double preserves it. An `f32` would lose digits of values such as money and
    /// coordinates, which many documents declare as `float`.
    F64,
    /// Integers that may have more than 64 bits, and decimals: kept digit by digit.
    Exact,
}

/// The kind of a string: its `format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StringKind {
    /// Text, including formats without a type of their own.
    Text,
    /// `date-time` ([RFC 3339](https://www.rfc-editor.org/rfc/rfc3339)).
    DateTime,
    /// `date`, as in RFC 3339's `full-date`.
    Date,
    /// `password`: never shown in `Debug`.
    Secret,
    /// `byte`: bytes that are encoded as base64.
    Base64,
    /// `binary`: raw bytes, only as a whole body or as a part of a form.
    Binary,
}

/// One of a list of scalars.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The values, in the order of the document, without duplicates.
    pub values: Vec<EnumValue>,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnumValue {
    /// The value as it is sent.
    pub value: Scalar,
    /// The words of its name: those of the value, or of `x-enum-varnames`.
    pub name: Words,
    /// Its description: `x-enum-descriptions`.
    pub description: Option<String>,
}

/// A scalar that an enum can list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "{number}"),
        }
    }
}
