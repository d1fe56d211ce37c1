//! The types of a crate, as their users see them.

use serde_json::Value;

use crate::ir::{Docs, StatusPattern};
use crate::plan::{FieldInit, FieldWrapper, ItemId, RustType};
use crate::source::Pointer;

/// A type of the crate.
#[derive(Debug, Clone)]
pub struct ItemSurface {
    /// Its name.
    pub name: String,
    /// The JSON pointer of its schema or operation.
    pub pointer: Option<Pointer>,
    /// Whether the document declares it under `components`.
    pub owner: OwnerKey,
    /// The description.
    pub docs: Docs,
    /// The type that it is another name for.
    pub alias_of: Option<ItemId>,
    /// Whether it is the name of a type in earlier versions.
    pub is_former_name: bool,
    /// The shape.
    pub shape: ItemShape,
    /// The type of the items, if the type is a page of a list.
    pub page_item: Option<RustType>,
    /// Whether values of it travel in requests.
    pub is_sent: bool,
    /// Whether values of it travel in responses or deliveries.
    pub is_received: bool,
    /// The features that it is compiled with; always, if there is none.
    pub features: Vec<String>,
    /// The generated file that it stands in.
    pub file: String,
}

impl ItemSurface {
    /// Whether it is the schema of this name itself, and not one inside of it.
    pub(in crate::diff) fn is_schema_of(&self, name: &str) -> bool {
        let last = self.pointer.as_ref().and_then(Pointer::last);
        last.is_some_and(|last| last == name)
    }
}

/// The owner of a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OwnerKey {
    /// A schema that the document names.
    Component(String),
    /// The operation at this pointer.
    Operation(Pointer),
    /// The webhooks.
    Webhooks,
}

/// The shape of a type.
#[derive(Debug, Clone)]
pub enum ItemShape {
    /// A struct with a codec.
    Struct(StructSurface),
    /// The parameters of an operation.
    Params(StructSurface),
    /// An open enum of scalars.
    Enum(EnumSurface),
    /// A union.
    Union(UnionSurface),
    /// The responses of an operation that has several.
    Outcome(OutcomeSurface),
    /// A struct around a type.
    Wrapper(RustType),
    /// Another name for a type.
    TypeAlias(RustType),
}

impl ItemShape {
    /// The kind of the type in a word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Struct(_) => "struct",
            Self::Params(_) => "parameters",
            Self::Enum(_) => "enum",
            Self::Union(_) => "union",
            Self::Outcome(_) => "outcome",
            Self::Wrapper(_) => "wrapper",
            Self::TypeAlias(_) => "alias",
        }
    }

    /// The fields, if the type has fields.
    #[must_use]
    pub const fn as_struct(&self) -> Option<&StructSurface> {
        match self {
            Self::Struct(object) | Self::Params(object) => Some(object),
            _ => None,
        }
    }
}

/// A struct, or the parameters of an operation.
#[derive(Debug, Clone)]
pub struct StructSurface {
    /// The fields, in order.
    pub fields: Vec<FieldSurface>,
    /// The field for properties that are not declared.
    pub extra: Option<ExtraSurface>,
    /// The constructor, if users can create values.
    pub constructor: Option<ConstructorSurface>,
    /// The body of the request, for parameters.
    pub body: ParamsBody,
}

/// The field for properties that are not declared.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraSurface {
    /// Its name.
    pub name: String,
    /// The type of the values, if the document declares one.
    pub ty: Option<RustType>,
}

/// A constructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstructorSurface {
    /// The indices of the fields that `new` takes, in order.
    pub arguments: Vec<usize>,
}

/// The encoding of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodySurface {
    /// The media type.
    pub media_type: String,
    /// The encodings of its parts that differ from the default.
    pub parts: String,
}

/// The location of a field in the request, with its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationSurface {
    /// The part of the request.
    pub part: RequestPart,
    /// The style.
    pub style: String,
}

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestPart {
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// A header of a part of the body.
    PartHeader,
    /// The body, as one of its properties.
    Property,
    /// The body, as a whole.
    Body,
}

/// The fields of parameters that are sent as the body.
#[derive(Debug, Clone, PartialEq)]
pub enum ParamsBody {
    /// Nothing.
    None,
    /// An object of fields.
    Fields(BodySurface),
    /// The value of one field.
    Value(BodySurface),
}

impl ParamsBody {
    /// The encoding of the body.
    #[must_use]
    pub const fn encoding(&self) -> Option<&BodySurface> {
        match self {
            Self::None => None,
            Self::Fields(encoding) | Self::Value(encoding) => Some(encoding),
        }
    }
}

/// A field.
#[derive(Debug, Clone)]
pub struct FieldSurface {
    /// Its name.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// The type of its value, without the wrapper.
    pub ty: RustType,
    /// The wrapper of the value.
    pub wrapper: FieldWrapper,
    /// The initial value.
    pub initial: FieldInit,
    /// The name of the setter to `null`.
    pub null_setter: Option<String>,
    /// The location, for a parameter.
    pub location: Option<LocationSurface>,
    /// The description.
    pub docs: Docs,
    /// The server's default.
    pub default: Option<Value>,
    /// The JSON pointer of its declaration.
    pub pointer: Option<Pointer>,
}

impl FieldSurface {
    /// The type of the field itself.
    #[must_use]
    pub fn full_type(&self) -> RustType {
        let inner = Box::new(self.ty.clone());
        match self.wrapper {
            FieldWrapper::Plain => *inner,
            FieldWrapper::Optional | FieldWrapper::Null => RustType::Option(inner),
            FieldWrapper::Nullable => RustType::Nullable(inner),
        }
    }

    /// Whether the value must be there.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        matches!(self.wrapper, FieldWrapper::Plain | FieldWrapper::Null)
    }

    /// Whether the value may be `null`.
    #[must_use]
    pub const fn is_nullable(&self) -> bool {
        matches!(self.wrapper, FieldWrapper::Null | FieldWrapper::Nullable)
    }

    /// Whether it is a property of a body, not a query parameter, header or cookie.
    #[must_use]
    pub const fn is_property(&self) -> bool {
        match &self.location {
            None => true,
            Some(location) => matches!(location.part, RequestPart::Property | RequestPart::Body),
        }
    }

    /// Whether `new` takes it.
    #[must_use]
    pub const fn is_argument(&self) -> bool {
        matches!(self.initial, FieldInit::Argument)
    }
}

/// An open enum of scalars.
#[derive(Debug, Clone)]
pub struct EnumSurface {
    /// Its values.
    pub values: Vec<ValueSurface>,
    /// Whether the values are integers rather than strings.
    pub is_integer: bool,
}

/// A value of an enum.
#[derive(Debug, Clone)]
pub struct ValueSurface {
    /// The name of the variant.
    pub name: String,
    /// The value on the wire, as JSON writes it.
    pub value: String,
    /// The description.
    pub description: Option<String>,
    /// The JSON pointer.
    pub pointer: Option<Pointer>,
}

/// A union.
#[derive(Debug, Clone)]
pub struct UnionSurface {
    /// Its variants, in order.
    pub variants: Vec<VariantSurface>,
    /// The property that selects the variant, by the names from the value down.
    pub discriminator: Option<String>,
    /// Whether it has a method for each variant.
    pub has_accessors: bool,
    /// The method that returns the value of the discriminator.
    pub discriminator_method: Option<String>,
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub struct VariantSurface {
    /// Its name.
    pub name: String,
    /// Its payload.
    pub ty: RustType,
    /// The values of the discriminator that select it.
    pub values: Vec<String>,
    /// Whether the union has `From` of the payload.
    pub has_conversion: bool,
    /// The method that looks for it.
    pub accessor: String,
    /// The description.
    pub docs: Docs,
    /// The JSON pointer.
    pub pointer: Option<Pointer>,
}

/// The responses of an operation that has several.
#[derive(Debug, Clone)]
pub struct OutcomeSurface {
    /// Its variants: the name, the statuses, the payload.
    pub variants: Vec<(String, StatusPattern, RustType)>,
}
