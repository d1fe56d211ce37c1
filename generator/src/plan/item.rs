//! Items: what the `types` module of the generated crate is made of.

mod encoding;
mod unions;

pub use encoding::{BodyEncoding, BodyPlan, FieldLocation, HeaderStyle, QueryEscaping, QueryStyle};
pub use unions::{UnionPlan, VariantPlan};

use serde_json::Value;

use super::RustIdent;
use crate::ir::{Docs, EnumValue, Operation, Owner, Scalar, StatusPattern, TypeId, WireName};

/// The place of an item in its [`Plan`](super::Plan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(u32);

impl ItemId {
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 items"))
    }

    /// The item's place in the list.
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
    /// What it is, in words.
    pub docs: Docs,
    /// The type of the model that it stands for; parameters have none.
    pub source: Option<TypeId>,
    /// The schema or operation that it belongs to.
    pub owner: Owner,
    /// The item that it is an alias of, where both are equal but for their names.
    pub alias_of: Option<ItemId>,
    /// Whether items of other owners are aliases of it.
    pub is_shared: bool,
    /// What it is.
    pub kind: ItemKind<'a>,
}

impl Item<'_> {
    /// Whether it is of use to the client only: what no value of JSON is.
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

/// What an item is.
#[derive(Debug)]
pub enum ItemKind<'a> {
    /// A struct with a codec.
    Struct(StructPlan<'a>),
    /// An open enum of strings or integers.
    Enum(EnumPlan<'a>),
    /// A union.
    Union(UnionPlan),
    /// Another name for a type.
    Alias(AliasPlan),
    /// The parameters of an operation.
    Params(ParamsPlan<'a>),
    /// The answers of an operation that has several.
    Outcome(OutcomePlan),
    /// Another name for a type that has no item, or that another item has.
    TypeAlias(RustType),
}

/// A type as Rust spells it.
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
    /// `OpenTuple<(A, B, …), T>`: what follows the places is kept.
    OpenTuple(Vec<RustType>, Box<RustType>),
    /// `Option<T>`.
    Option(Box<RustType>),
    /// `Nullable<T>`: absent, null or a value.
    Nullable(Box<RustType>),
    /// `Box<T>`, where a type would otherwise contain itself.
    Boxed(Box<RustType>),
    /// An item of the `types` module.
    Item(ItemId),
}

/// A struct.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StructPlan<'a> {
    /// Its fields, in the order of the document.
    pub fields: Vec<FieldPlan<'a>>,
    /// Where members that are not declared go.
    pub extra: ExtraPlan,
    /// How users make one; `None` where the API only ever sends it.
    pub constructor: Option<ConstructorPlan>,
}

/// Where the members of an object go that are not declared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExtraPlan {
    /// The field.
    pub ident: RustIdent,
    /// The type of their values, where the document gives one.
    pub ty: Option<RustType>,
}

/// How users make a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConstructorPlan {
    /// The indices of the fields that `new` takes, in order.
    pub required: Vec<usize>,
    /// Whether every other field starts as its type's default, so that
    /// `Default` can be derived where `new` takes nothing.
    pub derives_default: bool,
}

/// A field of a struct or of parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldPlan<'a> {
    /// Its name.
    pub ident: RustIdent,
    /// Its name where it is a local variable, among others of ours.
    pub local: RustIdent,
    /// The name of the setter to `null`, where that is a state of its own.
    pub null_setter: Option<RustIdent>,
    /// Its name on the wire.
    pub wire: &'a WireName,
    /// The part of the request that it is sent in; a property, for the field of a struct.
    pub location: FieldLocation<'a>,
    /// The type of its value, without what [`FieldWrapper`] adds.
    pub ty: RustType,
    /// What holds the value.
    pub wrapper: FieldWrapper,
    /// What it starts as.
    pub initial: FieldInit,
    /// What it is, in words.
    pub docs: &'a Docs,
    /// What the server takes when it is absent.
    pub default: Option<&'a Value>,
    /// An example of its value.
    pub example: Option<&'a Value>,
}

impl FieldPlan<'_> {
    /// Whether the value is a file, or several.
    #[must_use]
    pub fn is_upload(&self) -> bool {
        is_upload(&self.ty)
    }

    /// Whether the value is files by their names.
    #[must_use]
    pub fn is_map_of_uploads(&self) -> bool {
        matches!(&self.ty, RustType::Map(inner) if is_upload(inner))
    }

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
}

fn is_upload(ty: &RustType) -> bool {
    match ty {
        RustType::Upload => true,
        RustType::Vec(inner) => **inner == RustType::Upload,
        _ => false,
    }
}

/// What holds the value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldWrapper {
    /// Nothing: it is always there.
    Plain,
    /// `Option`: `None` is left out.
    Optional,
    /// `Option`: `None` is written as `null`.
    Null,
    /// `Nullable`: absent, null or a value.
    Nullable,
}

/// What a field starts as when a value is made by `new`.
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
    /// The variant of a value, if it is a known one.
    #[must_use]
    pub fn variant(&self, value: &Scalar) -> Option<&RustIdent> {
        self.variants
            .iter()
            .find(|(_, v)| v.value == *value)
            .map(|(ident, _)| ident)
    }
}

/// Another name for a type.
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
    /// Its fields: required ones of the operation first.
    pub fields: Vec<FieldPlan<'a>>,
    /// How users make one.
    pub constructor: ConstructorPlan,
    /// What is sent as the body.
    pub body: BodyPlan<'a>,
    /// Where undeclared members go, if the parameters are the body.
    pub extra: Option<ExtraPlan>,
}

impl ParamsPlan<'_> {
    /// Whether the API takes a call without the body, and a value of these parameters has one.
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
    /// One variant for each answer.
    pub variants: Vec<OutcomeVariant>,
}

/// One of the answers of an operation.
#[derive(Debug)]
pub struct OutcomeVariant {
    /// Its name.
    pub ident: RustIdent,
    /// The statuses it is for.
    pub status: StatusPattern,
    /// What it carries.
    pub ty: RustType,
    /// What it means.
    pub description: String,
}
