//! The model: what the API is, in the terms of OpenAPI and HTTP.
//!
//! It is what [`lower`](crate::lower) makes and [`plan`](crate::plan) reads. It
//! names nothing in Rust, and it sees neither the parser's types nor the
//! renderer's. Types live in an arena ([`Types`]) and refer to each other by
//! [`TypeId`], so that a recursive schema is an ordinary value.

mod body;
mod media_type_variant;
mod name;
mod operation;
mod pagination;
mod parameter;
mod presence;
mod response;
mod streaming;
mod type_coverage;
mod types;
mod variant_matching;

pub use body::{Body, BodyContent, Content, MediaType, PartEncoding};
pub use media_type_variant::MediaTypeVariant;
pub use name::{PropertyPath, WireName, Words};
pub use operation::{Method, Operation, OperationId, request_path};
pub use pagination::{
    FieldPath, OnEmptyPage, PageFieldRole, PageFieldSource, PageParam, PageParamLocation,
    Pagination, PaginationStyle, Unpaginated, UnpaginatedReason,
};
pub use parameter::{Delimiter, ParamLocation, ParamStyle, Parameter};
pub use presence::{Access, Presence};
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

/// An API: everything that a generated crate is made from.
#[derive(Debug, Clone)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`, the version of the description.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The package that is generated, and what its client is configured with.
    pub package: Package,
    /// The schemas.
    pub types: Types,
    /// Where the configuration leaves operations out: the types that it asks
    /// for by name. What neither these nor an operation reach is not made.
    pub requested_types: Option<Vec<TypeId>>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The operations that take a parameter like those of pages, and are not paged.
    pub unpaginated: Vec<Unpaginated>,
    /// The names that schemas require and do not declare.
    pub undeclared_properties: Vec<UndeclaredProperties>,
    /// The tree of namespaces that methods are found under. The root is the
    /// client itself: its name is empty.
    pub root: Resource,
    /// The servers or environments, by name, the default one first.
    pub environments: IndexMap<String, String>,
    /// How a call may be authenticated, by the name of the scheme.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The requirement of operations that declare none: alternatives, of which
    /// each is a set of schemes that are all needed.
    pub security: Vec<SecurityRequirement>,
    /// What the events of streams mean, in the order in which they are tried.
    pub event_rules: Vec<EventRule>,
    /// The events that the API delivers, if any.
    pub webhooks: Option<Webhooks>,
    /// The body of a failing response, where the operations agree on one.
    pub error_body: Option<Type>,
}

impl Api {
    /// The operation behind an id.
    ///
    /// Ids are only made by the lowering of the same document.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &Operation {
        self.operations
            .get(id.index())
            .expect("an OperationId is an index into its own Api")
    }
}

/// What the crate is called and how its client is configured.
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
    /// Whether the crate has a module of its owners' own, `src/custom/mod.rs`.
    pub custom: bool,
    /// The library whose dates and times the types have.
    pub date_times: DateTimes,
    /// What strings of `format: byte` are.
    pub byte_format: ByteFormat,
    /// What its manifest says beside that.
    pub manifest: Manifest,
    /// The prefix of the environment variables: `LINQ_API_V3`.
    pub env_prefix: String,
    /// The options of the client's constructor.
    pub options: Vec<ClientOption>,
    /// The header that carries an idempotency key, where the API has one.
    pub idempotency_header: Option<String>,
    /// The headers of every call, in the order of the configuration.
    pub headers: Vec<(String, String)>,
    /// The member of a failing answer's body that says what went wrong, as a JSON pointer.
    pub error_message: Option<String>,
    /// The header that carries the id of a call.
    pub request_id_header: Option<String>,
    /// The first wait before a call is repeated, and the longest, in milliseconds.
    pub delays_ms: (Option<u64>, Option<u64>),
    /// The time limit of one attempt, in milliseconds.
    pub timeout_ms: u64,
    /// How often a failed call is tried again.
    pub max_retries: u32,
    /// Which calls are tried again after which failures.
    pub retry_rule: RetryRule,
    /// How arrays are written in a query when the document does not say.
    pub query_array_format: QueryArrayFormat,
    /// How the members of objects are written in a query when the document does not say.
    pub query_object_format: QueryObjectFormat,
}

/// How the members of an object are written in a query: the `nested_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryObjectFormat {
    /// `a[b]=1`.
    #[default]
    Brackets,
    /// `a.b=1`.
    Dots,
}

/// What a crate's manifest says of it, where the configuration does.
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
    /// Who made it.
    pub authors: Vec<String>,
    /// The oldest compiler that it is for.
    pub rust_version: Option<String>,
    /// The heading of its README.
    pub readme_title: Option<String>,
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

/// Which calls are repeated after which failures: `targets.rust.options.retries` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RetryRule {
    /// Those that may be, by [RFC 9110, section
    /// 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2).
    #[default]
    Rfc9110,
    /// All, as SDKs made by Stainless do.
    Stainless,
}

/// What strings of `format: byte` are: `targets.rust.options.byte_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ByteFormat {
    /// Base64, as the format says.
    #[default]
    Base64,
    /// Plain text, as some documents mean it.
    Text,
}

/// How an array is written in a query: the `array_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryArrayFormat {
    /// As the parameter's own `style` and `explode` say.
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
    /// What it is for.
    pub description: Option<String>,
    /// The environment variable that it falls back to.
    pub env: Option<String>,
    /// What it does.
    pub role: OptionRole,
    /// The type of its value.
    pub ty: OptionType,
    /// What stands for it where it is not set.
    pub default: Option<String>,
    /// Whether a client cannot be made without it.
    pub required: bool,
}

/// What a client option does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionRole {
    /// It is the credential of the security scheme of this name, or a part of it.
    Credential {
        /// The name of the security scheme.
        scheme: String,
        /// Which part of the credential it is.
        part: CredentialPart,
    },
    /// It is the secret that webhook deliveries are signed with.
    WebhookSecret,
    /// It is sent in this header on every call.
    Header(String),
    /// It is sent in this query parameter on every call.
    Query(String),
    /// It is the path parameter of this name, where a call gives it no other value.
    Path(String),
    /// It is a member of this name of the JSON object that a call sends, where the call gives it no
    /// other value.
    Member(String),
    /// It stands for the variable of this name in the URLs of servers.
    Server(ServerVariable),
}

/// A variable in the URLs of servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name, which stands in braces.
    pub name: String,
    /// Its value where it is not set, by the name of the environment.
    pub defaults: Vec<(String, String)>,
    /// The values that it can have; any, if there are none.
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

/// Which part of a credential a client option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialPart {
    /// All of it.
    Value,
    /// The user's name of HTTP Basic.
    Username,
    /// The password of HTTP Basic.
    Password,
    /// The id that OAuth 2.0 tokens are asked for with.
    ClientId,
    /// The secret that OAuth 2.0 tokens are asked for with.
    ClientSecret,
}

/// How a call proves who makes it: an OpenAPI Security Scheme Object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityScheme {
    /// `Authorization: Bearer …`, or another keyword in its place.
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
        /// The scopes that every call needs by the document.
        scopes: Vec<String>,
    },
    /// `OpenID` Connect, sent as a bearer token.
    OpenIdConnect,
}

/// A set of schemes that are needed together; empty means that none is.
pub type SecurityRequirement = Vec<String>;

/// A namespace of methods.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// Its own name, without those of its parents; empty at the root.
    pub name: Words,
    /// What it is.
    pub description: Option<String>,
    /// Its methods, in the order of the configuration or of the document.
    pub methods: Vec<ResourceMethod>,
    /// The namespaces below it.
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
    /// The namespace of the method that verifies and decodes a delivery.
    pub resource: Words,
    /// The method's name, usually `unwrap`.
    pub method: Words,
    /// The union of all events. Its variants are told apart by the
    /// discriminator; a variant's tags are the event types it stands for.
    pub event: TypeId,
    /// How deliveries are signed.
    pub signature: WebhookSignature,
    /// Where the events are declared.
    pub pointer: Pointer,
}

/// How deliveries are signed, as the headers tell that the document declares for them. Names of headers
/// are in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookSignature {
    /// By Standard Webhooks under its own names or those of Svix, or by the scheme from before it.
    Usual,
    /// By Standard Webhooks, with this text in the place of `webhook` in the names of its headers.
    Standard(String),
    /// By the HMAC-SHA256 of the body, in this header.
    Body(String),
    /// In another way, in this header.
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
