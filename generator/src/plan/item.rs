//! Items: the contents of the `types` module of a generated crate.

mod encoding;
mod unions;

pub use encoding::{BodyEncoding, BodyPlan, FieldLocation, HeaderStyle, QueryEscaping, QueryStyle};
pub use unions::{UnionPlan, VariantPlan};

use serde_json::Value;

use super::RustIdent;
use crate::ir::{Docs, EnumValue, Operation, Owner, Scalar, StatusPattern, TypeId, WireName};

/// The index of an item in its [`Plan`](super::Plan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(u32);

impl ItemId {
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 items"))
    }

    /// Returns the index of the item in the list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type of the generated crate.
#[derive(Debug)]
pub struct Item<'a> {
    /// Its name.
    pub ident: RustIdent,
    /// The description.
    pub docs: Docs,
    /// The type of the model; parameters have none.
    pub source: Option<TypeId>,
    /// The schema or operation that it belongs to.
    pub owner: Owner,
    /// The item that it is an alias of, if both are equal except for their names.
    pub alias_of: Option<ItemId>,
    /// Whether items of other owners are aliases of it.
    pub is_shared: bool,
    /// Whether it is an alias by which earlier versions of the crate know a type.
    pub is_former_name: bool,
    /// The kind.
    pub kind: ItemKind<'a>,
}

impl Item<'_> {
    /// Whether only the client uses it, because it is not a JSON value.
    #[must_use]
    pub fn needs_client(&self) -> bool {
        match &self.kind {
            ItemKind::Params(params) => params.extra.is_none(),
            ItemKind::Outcome(_) => true,
            ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Alias(_) => {
                false
            }
            ItemKind::TypeAlias(_) => matches!(self.owner, Owner::Operation(_)),
        }
    }
}

/// The kind of an item.
#[derive(Debug)]
pub enum ItemKind<'a> {
    /// A struct with a codec.
    Struct(StructPlan<'a>),
    /// An open enum of strings or integers.
    Enum(EnumPlan<'a>),
    /// A union.
    Union(UnionPlan),
    /// An alias of a type.
    Alias(AliasPlan),
    /// The parameters of an operation.
    Params(ParamsPlan<'a>),
    /// The responses of an operation that has several.
    Outcome(OutcomePlan),
    /// An alias of a type without an item, or of another item.
    TypeAlias(RustType),
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `()`.
    Unit,
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f64`.
    F64,
    /// A number of any size and precision.
    ExactNumber,
    /// `String`.
    String,
    /// An instant with an offset.
    DateTime,
    /// A day of the calendar.
    Date,
    /// A string that `Debug` does not show.
    Secret,
    /// Bytes that are base64 on the wire.
    Base64,
    /// Raw bytes: a whole body.
    Bytes,
    /// A file of a multipart body.
    Upload,
    /// Any JSON value.
    Value,
    /// `Vec<T>`.
    Vec(Box<RustType>),
    /// `BTreeMap<String, T>`.
    Map(Box<RustType>),
    /// `(A, B, …)`.
    Tuple(Vec<RustType>),
    /// `OpenTuple<(A, B, …), T>`: keeps further elements.
    OpenTuple(Vec<RustType>, Box<RustType>),
    /// `Option<T>`.
    Option(Box<RustType>),
    /// `Nullable<T>`: absent, null or a value.
    Nullable(Box<RustType>),
    /// `Box<T>`, if a type would otherwise contain itself by value.
    Boxed(Box<RustType>),
    /// An item of the `types` module.
    Item(ItemId),
}

/// A struct.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StructPlan<'a> {
    /// Its fields, in the order of the document.
    pub fields: Vec<FieldPlan<'a>>,
    /// The field for undeclared properties.
    pub extra: ExtraPlan,
    /// The constructor; `None` if users only receive values of the type.
    pub constructor: Option<ConstructorPlan>,
}

/// The field for undeclared properties of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExtraPlan {
    /// The field.
    pub ident: RustIdent,
    /// The type of their values, if the document declares one.
    pub ty: Option<RustType>,
}

/// A constructor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConstructorPlan {
    /// The indices of the fields that `new` takes, in order.
    pub required: Vec<usize>,
    /// Whether the initial value of every other field is its type's default, so that `Default` can be
    /// derived if `new` takes no arguments.
    pub derives_default: bool,
}

/// A field of a struct or of parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldPlan<'a> {
    /// Its name.
    pub ident: RustIdent,
    /// Its name as a local variable of the decoder.
    pub local: RustIdent,
    /// The name of the setter to `null`, if `null` differs from an absent value.
    pub null_setter: Option<RustIdent>,
    /// Its name on the wire.
    pub wire: &'a WireName,
    /// The location in the request; for the field of a struct, a property.
    pub location: FieldLocation<'a>,
    /// The type of its value, without the [`FieldWrapper`].
    pub ty: RustType,
    /// The wrapper of the value.
    pub wrapper: FieldWrapper,
    /// The initial value.
    pub initial: FieldInit,
    /// The description.
    pub docs: &'a Docs,
    /// The server's default for an absent value.
    pub default: Option<&'a Value>,
    /// An example of its value.
    pub example: Option<&'a Value>,
    /// A value for samples without an example.
    pub sample: Option<&'a Value>,
}

impl FieldPlan<'_> {
    /// Whether the value is one or several files.
    #[must_use]
    pub fn is_upload(&self) -> bool {
        is_upload(&self.ty)
    }

    /// Whether the value is a map of files by name.
    #[must_use]
    pub fn is_map_of_uploads(&self) -> bool {
        matches!(&self.ty, RustType::Map(inner) if is_upload(inner))
    }

    /// Returns the type of the field, with its wrapper.
    #[must_use]
    pub fn full_type(&self) -> RustType {
        let inner = Box::new(self.ty.clone());
        match self.wrapper {
            FieldWrapper::Plain => *inner,
            FieldWrapper::Optional | FieldWrapper::Null => RustType::Option(inner),
            FieldWrapper::Nullable => RustType::Nullable(inner),
        }
    }
}

fn is_upload(ty: &RustType) -> bool {
    match ty {
        RustType::Upload => true,
        RustType::Vec(inner) => **inner == RustType::Upload,
        _ => false,
    }
}

/// The wrapper of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldWrapper {
    /// No wrapper: the value is always present.
    Plain,
    /// `Option`: `None` is omitted.
    Optional,
    /// `Option`: `None` is encoded as `null`.
    Null,
    /// `Nullable`: absent, null or a value.
    Nullable,
}

/// The initial value of a field in `new`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldInit {
    /// An argument of `new`.
    Argument,
    /// Absent.
    Default,
    /// Its only value.
    Constant(Value),
}

/// An open enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnumPlan<'a> {
    /// Its variants with their values.
    pub variants: Vec<(RustIdent, &'a EnumValue)>,
    /// Whether the values are integers rather than strings.
    pub integers: bool,
}

impl EnumPlan<'_> {
    /// Returns the variant of a known value.
    #[must_use]
    pub fn variant(&self, value: &Scalar) -> Option<&RustIdent> {
        self.variants
            .iter()
            .find(|(_, v)| v.value == *value)
            .map(|(ident, _)| ident)
    }
}

/// An alias of a type.
#[derive(Debug)]
pub struct AliasPlan {
    /// The type.
    pub ty: RustType,
}

/// The parameters of an operation.
#[derive(Debug)]
pub struct ParamsPlan<'a> {
    /// The operation that takes them.
    pub operation: &'a Operation,
    /// Its fields, required ones of the operation first.
    pub fields: Vec<FieldPlan<'a>>,
    /// The constructor.
    pub constructor: ConstructorPlan,
    /// The body of the request.
    pub body: BodyPlan<'a>,
    /// The field for undeclared properties, if the parameters are the body.
    pub extra: Option<ExtraPlan>,
}

impl ParamsPlan<'_> {
    /// Whether the body is optional and these parameters have one.
    #[must_use]
    pub fn has_optional_body(&self) -> bool {
        let is_optional = self.operation.body.as_ref().is_some_and(|b| !b.required);
        let is_spread = matches!(self.body, BodyPlan::Whole(_) | BodyPlan::Properties(_));
        is_optional && is_spread && !self.constructor.derives_default
    }
}

/// The responses of an operation that has several.
#[derive(Debug)]
pub struct OutcomePlan {
    /// One variant per response.
    pub variants: Vec<OutcomeVariant>,
}

/// A response of an operation.
#[derive(Debug)]
pub struct OutcomeVariant {
    /// Its name.
    pub ident: RustIdent,
    /// The statuses of the response.
    pub status: StatusPattern,
    /// The type of the body.
    pub ty: RustType,
    /// The description.
    pub description: String,
}
