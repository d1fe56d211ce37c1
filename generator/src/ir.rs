//! The model: an API in the terms of OpenAPI and HTTP.
//!
//! [`lower`](crate::lower) builds it and [`plan`](crate::plan) reads it. It names nothing in Rust,
//! and it depends neither on the parser's types nor on the renderer. Types live in an arena
//! ([`Types`]) and refer to each other by [`TypeId`], so that a recursive schema is an ordinary
//! value.

mod body;
mod former_names;
mod media_type_variant;
mod name;
mod operation;
mod pagination;
mod parameter;
mod presence;
mod readme;
mod response;
mod streaming;
mod type_coverage;
mod types;
mod variant_matching;

pub use body::{Body, BodyContent, Content, MediaType, PartEncoding};
pub use former_names::{FormerName, FormerNames};
pub use media_type_variant::MediaTypeVariant;
pub use name::{PropertyPath, WireName, Words};
pub use operation::{Method, Operation, OperationId, request_path};
pub use pagination::{
    FieldPath, OnEmptyPage, PageFieldRole, PageFieldSource, PageParam, PageParamLocation,
    Pagination, PaginationStyle, Unpaginated, UnpaginatedReason,
};
pub use parameter::{Delimiter, ParamLocation, ParamStyle, Parameter};
pub use presence::{Access, Presence};
pub use readme::{ReadmeCall, ReadmeCalls};
pub(crate) use response::list_successes;
pub use response::{Payload, Response, ResponseHeader, StatusPattern};
pub use streaming::{EventHandling, EventItemShape, EventRule, StreamMode, Streaming};
pub use type_coverage::{RawReason, RawValue, TypeCoverage};
pub use types::{
    AdditionalProperties, Docs, Enum, EnumValue, Field, IntegerKind, NumberKind, Owner, Scalar,
    Shape, StringKind, Struct, Tuple, Type, TypeDef, TypeId, Types, UndeclaredProperties, Union,
    UntypedReason, Variant,
};
pub use variant_matching::{
    DiscriminatorCase, DiscriminatorMatching, JsonType, Predicate, Selected, Selection,
    VariantMatching, VariantPredicate,
};

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
    /// The calls that the README shows, where the configuration chooses them.
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

/// The generated crate and the configuration of its client.
#[derive(Debug, Clone)]
pub struct Package {
    /// The name on crates.io: `linq-sdk`.
    pub name: String,
    /// The name that users know the API by, also used in `User-Agent`.
    pub client_name: String,
    /// The version of the generated crate.
    pub version: String,
    /// The licence, as an SPDX expression.
    pub license: String,
    /// Whether the crate has a custom module, `src/custom/mod.rs`.
    pub custom: bool,
    /// The library for dates and times.
    pub date_times: DateTimes,
    /// The encoding of strings with `format: byte`.
    pub byte_format: ByteFormat,
    /// Whether the crate holds the runtime or depends on it.
    pub runtime: RuntimeSource,
    /// Further entries of its manifest.
    pub manifest: Manifest,
    /// The prefix of the environment variables: `LINQ_API_V3`.
    pub env_prefix: String,
    /// The options of the client's constructor.
    pub options: Vec<ClientOption>,
    /// The header for idempotency keys, if the API has one.
    pub idempotency_header: Option<String>,
    /// The headers of every call, in the order of the configuration.
    pub headers: Vec<(String, String)>,
    /// The JSON pointer to the message in an error body.
    pub error_message: Option<String>,
    /// The header with the id of a request.
    pub request_id_header: Option<String>,
    /// The first and the longest delay before a retry, in milliseconds.
    pub delays_ms: (Option<u64>, Option<u64>),
    /// The timeout of an attempt, in milliseconds.
    pub timeout_ms: u64,
    /// Maximum number of retries.
    pub max_retries: u32,
    /// The rule for retries.
    pub retry_rule: RetryRule,
    /// The default format of arrays in a query.
    pub query_array_format: QueryArrayFormat,
    /// The default format of objects in a query.
    pub query_object_format: QueryObjectFormat,
    /// The default formats of arrays and objects in a multipart body, if configured.
    pub part_formats: Option<(QueryArrayFormat, QueryObjectFormat)>,
    /// Whether the crate has tests.
    pub has_tests: bool,
    /// Text at the head of each generated file.
    pub file_header: Option<String>,
}

/// The format of objects in a query: `nested_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryObjectFormat {
    /// `a[b]=1`.
    #[default]
    Brackets,
    /// `a.b=1`.
    Dots,
}

/// Entries of a crate's manifest from the configuration.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The line that crates.io shows.
    pub description: Option<String>,
    /// The repository that the crate is published from.
    pub repository: Option<String>,
    /// The home page of the API, or of its documentation.
    pub homepage: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The categories of crates.io that it is in.
    pub categories: Vec<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The minimum supported Rust version.
    pub rust_version: Option<String>,
    /// The heading of its README.
    pub readme_title: Option<String>,
}

/// The source of a crate's runtime: `targets.rust.options.runtime` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RuntimeSource {
    /// The crate holds a copy in `src/runtime`.
    #[default]
    Vendored,
    /// The crate depends on `sdkwright-runtime`.
    Dependency,
}

/// A library for dates and times: `targets.rust.options.date_time` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateTimes {
    /// `chrono`.
    #[default]
    Chrono,
    /// `jiff`.
    Jiff,
    /// `time`.
    Time,
}

/// The rule for retries: `targets.rust.options.retries` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RetryRule {
    /// Calls that are safe to repeat ([RFC 9110, section
    /// 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)).
    #[default]
    Rfc9110,
    /// All calls, as in SDKs by Stainless.
    Stainless,
}

/// The encoding of strings with `format: byte`: `targets.rust.options.byte_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ByteFormat {
    /// Base64, as the format says.
    #[default]
    Base64,
    /// Plain text, as in some documents.
    Text,
}

/// The format of arrays in a query: `array_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryArrayFormat {
    /// By the `style` and `explode` of each parameter.
    #[default]
    Declared,
    /// `a=1,2`.
    Comma,
    /// `a=1&a=2`.
    Repeat,
    /// `a[]=1&a[]=2`.
    Brackets,
    /// `a[0]=1&a[1]=2`.
    Indices,
}

/// An option of the client's constructor.
#[derive(Debug, Clone)]
pub struct ClientOption {
    /// Its name.
    pub name: Words,
    /// Its purpose.
    pub description: Option<String>,
    /// The environment variable that it falls back to.
    pub env: Option<String>,
    /// Its role.
    pub role: OptionRole,
    /// The type of its value.
    pub ty: OptionType,
    /// The default.
    pub default: Option<String>,
    /// Whether it is required.
    pub required: bool,
    /// Whether the configuration says that calls can do without it.
    pub nullable: bool,
}

/// Role of a client option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionRole {
    /// A credential of this security scheme, or a part of it.
    Credential {
        /// The name of the security scheme.
        scheme: String,
        /// The part of the credential.
        part: CredentialPart,
    },
    /// The signing secret of webhooks.
    WebhookSecret,
    /// A header of every call.
    Header(String),
    /// A query parameter of every call.
    Query(String),
    /// The default of this path parameter.
    Path(String),
    /// The default of this property in the JSON body of calls.
    Member(String),
    /// The value of this variable in server URLs.
    Server(ServerVariable),
}

/// A variable in the URLs of servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name, in braces in the URL.
    pub name: String,
    /// Its default, by the name of the environment.
    pub defaults: Vec<(String, String)>,
    /// Its allowed values; any value, if empty.
    pub values: Vec<String>,
}

/// The type of a client option's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OptionType {
    /// Text.
    #[default]
    String,
    /// An integer.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
}

/// Part of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialPart {
    /// All of it.
    Value,
    /// The user name of HTTP Basic.
    Username,
    /// The password of HTTP Basic.
    Password,
    /// The client id of OAuth 2.0.
    ClientId,
    /// The client secret of OAuth 2.0.
    ClientSecret,
}

/// A security scheme: how a call is authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityScheme {
    /// `Authorization: Bearer …`, or another keyword instead of `Bearer`.
    Bearer {
        /// The word before the token.
        keyword: String,
    },
    /// `Authorization: Basic …` ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    Basic,
    /// `Authorization: Basic …` without base64.
    BasicPlain,
    /// An API key in a header of this name.
    ApiKeyHeader(String),
    /// An API key in a query parameter of this name.
    ApiKeyQuery(String),
    /// An API key in a cookie of this name.
    ApiKeyCookie(String),
    /// An OAuth 2.0 token, sent as a bearer token.
    OAuth2 {
        /// The token endpoint of the client-credentials flow, if it has one.
        token_url: Option<String>,
        /// The scopes that the document requires for every call.
        scopes: Vec<String>,
    },
    /// `OpenID` Connect, sent as a bearer token.
    OpenIdConnect,
}

/// A set of schemes that are needed together; empty if none is needed.
pub type SecurityRequirement = Vec<String>;

/// A resource: a namespace of methods.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// Its own name, without those of its parents; empty at the root.
    pub name: Words,
    /// Its description.
    pub description: Option<String>,
    /// Its methods, in the order of the configuration or of the document.
    pub methods: Vec<ResourceMethod>,
    /// Its child resources.
    pub children: Vec<Resource>,
}

/// A method of a resource.
#[derive(Debug, Clone)]
pub struct ResourceMethod {
    /// Its name.
    pub name: Words,
    /// The operation that it calls.
    pub operation: OperationId,
}

/// The events that the API sends to its users.
#[derive(Debug, Clone)]
pub struct Webhooks {
    /// The methods that decode a delivery. At least one.
    pub methods: Vec<WebhookMethod>,
    /// The union of all events. The discriminator values of a variant are its event types.
    pub event: TypeId,
    /// The signature scheme of deliveries.
    pub signature: WebhookSignature,
    /// The JSON pointer of the events.
    pub pointer: Pointer,
}

impl Webhooks {
    /// Whether any method verifies the signature of a delivery.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.methods.iter().any(|method| method.is_verified)
    }
}

/// A method that decodes a delivery.
#[derive(Debug, Clone)]
pub struct WebhookMethod {
    /// The path of its resource from the client. Empty for the client itself.
    pub resource: Vec<Words>,
    /// Its name, usually `unwrap`.
    pub name: Words,
    /// Whether it verifies the signature of a delivery.
    pub is_verified: bool,
}

/// The signature scheme of deliveries, by the headers that the document declares. Header names are
/// in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookSignature {
    /// Standard Webhooks with its own headers or those of Svix, or the legacy scheme.
    Usual,
    /// Standard Webhooks with this prefix instead of `webhook` in its headers.
    Standard(String),
    /// The HMAC-SHA256 of the body, in this header.
    Body(String),
    /// An unknown scheme, in this header.
    Unknown(String),
}

/// An example of a value, from the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its key under `examples`, or empty.
    pub name: String,
    /// The value itself.
    pub value: Value,
}
