//! The model: an API in the terms of OpenAPI and HTTP.
//!
//! [`lower`](crate::lower) builds it and [`plan`](crate::plan) reads it. It names nothing in Rust,
//! and it depends neither on the parser's types nor on the renderer. Types live in an arena
//! ([`Types`]) and refer to each other by [`TypeId`], so that a recursive schema is an ordinary
//! value.

mod body;
mod client_option;
mod former_names;
mod media_type_variant;
mod name;
mod operation;
mod package;
mod pagination;
mod parameter;
mod presence;
mod property_path;
mod readme;
mod resource;
mod response;
mod security;
mod streaming;
mod type_coverage;
mod types;
mod union;
mod variant_matching;
mod webhooks;

pub use body::{Body, BodyContent, Content, PartEncoding};
pub use client_option::{ClientOption, CredentialPart, OptionRole, OptionType, ServerVariable};
pub use former_names::{FormerName, FormerNames};
pub use media_type_variant::MediaTypeVariant;
pub use name::{WireName, Words};
pub use operation::{Method, Operation, OperationId, request_path};
pub use package::{
    ByteFormat, CrateDependency, CustomCode, DateTimes, Manifest, Package, QueryArrayFormat,
    QueryObjectFormat, RetryRule, RuntimeSource,
};
pub use pagination::{
    FieldPath, OnEmptyPage, PageFieldRole, PageFieldSource, PageParam, PageParamLocation,
    Pagination, PaginationStyle, Unpaginated, UnpaginatedReason,
};
pub use parameter::{Delimiter, ParamLocation, ParamStyle, Parameter};
pub use presence::{Access, Presence};
pub use property_path::PropertyPath;
pub use readme::{ReadmeCall, ReadmeCalls};
pub use resource::{Resource, ResourceMethod};
pub(crate) use response::list_successes;
pub use response::{Payload, Response, ResponseHeader, StatusPattern};
pub use security::{SecurityRequirement, SecurityScheme, is_satisfied};
pub use streaming::{
    DeclaredStream, EventHandling, EventIdType, EventItemShape, EventRule, ParamsName,
    ParamsNameSource, StreamMode, StreamSwitch, Streaming, SwitchValue,
};
pub use type_coverage::{RawReason, RawValue, TypeCoverage};
pub use types::{
    AdditionalProperties, Docs, Enum, EnumValue, Field, IntegerKind, NumberKind, Owner, Scalar,
    Shape, StringKind, Struct, Tuple, Type, TypeDef, TypeId, Types, UndeclaredProperties,
    UntypedReason,
};
pub use union::{Union, Variant};
pub use variant_matching::{
    DiscriminatorCase, DiscriminatorMatching, JsonType, Predicate, Selected, Selection,
    VariantMatching, VariantPredicate,
};
pub use webhooks::{WebhookMethod, WebhookSignature, Webhooks};

pub use crate::source::MediaType;

use indexmap::IndexMap;
use serde_json::Value;

use crate::source::Pointer;

/// An API: the input of a generated crate.
#[derive(Debug, Clone)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`, the version of the description.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The generated package and its client configuration.
    pub package: Package,
    /// The schemas.
    pub types: Types,
    /// The types that the configuration names, if it leaves operations out. Other types are
    /// generated only if an operation uses them.
    pub requested_types: Option<Vec<TypeId>>,
    /// The types that the configuration names. Their names come before all others.
    pub configured_types: Vec<ConfiguredType>,
    /// Further names of types, which the configuration gives.
    pub aliases: Vec<TypeAlias>,
    /// The names of earlier versions that the crate keeps.
    pub former_names: FormerNames,
    /// Whether a component that an operation returns has a second name, after the operation:
    /// if the configuration lists the methods, and does not name the component.
    pub names_responses: bool,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The endpoints of the document without a method, as a method and a path.
    pub omitted: Vec<(Method, String)>,
    /// The operations with a pagination parameter that are not paginated.
    pub unpaginated: Vec<Unpaginated>,
    /// The properties that schemas require and do not declare.
    pub undeclared_properties: Vec<UndeclaredProperties>,
    /// The tree of resources. The root is the client, and its name is empty.
    pub root: Resource,
    /// The servers or environments, by name, the default one first.
    pub environments: IndexMap<String, String>,
    /// The security schemes, by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The default security requirements. A call satisfies one of them, with all of its schemes.
    pub security: Vec<SecurityRequirement>,
    /// The event rules of streams, in the order in which they are tried.
    pub event_rules: Vec<EventRule>,
    /// The events that the API delivers, if any.
    pub webhooks: Option<Webhooks>,
    /// The body of failing responses: the configured one, or the one that the operations agree on.
    pub error_body: Option<Type>,
    /// The calls that the README shows, if the configuration chooses them.
    pub readme: ReadmeCalls,
}

impl Api {
    /// Returns the operation of an id of the same API.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &Operation {
        self.operations
            .get(id.index())
            .expect("an OperationId is an index into its own Api")
    }
}

/// A type that the configuration names.
#[derive(Debug, Clone)]
pub struct ConfiguredType {
    /// The type.
    pub id: TypeId,
    /// The path of the model, with dots: `chat.completions.chunk`.
    pub path: String,
    /// The JSON pointer of its entry in the configuration.
    pub pointer: Pointer,
}

/// Another name for a type.
#[derive(Debug, Clone)]
pub struct TypeAlias {
    /// The name.
    pub name: Words,
    /// The type that it stands for.
    pub ty: Type,
    /// Its description.
    pub docs: Docs,
    /// The schema or operation that it belongs to.
    pub owner: Owner,
}

/// An example of a value, from the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its key under `examples`, or empty.
    pub name: String,
    /// The value itself.
    pub value: Value,
}
