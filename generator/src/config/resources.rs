//! `resources`: the tree of namespaces, with their models and methods.

mod read;

use indexmap::IndexMap;

pub(super) use self::read::model_kind;
use super::At;
use crate::ir;
use crate::source::Pointer;

/// `resources.mode`: the operations that have a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResourceMode {
    /// `complete`: those that the configuration names. Each other one is a warning.
    #[default]
    Complete,
    /// `override`: all. The calls of operations that the configuration does not name are inferred.
    Override,
}

/// A namespace: `client.name()`.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`: the reason, for all methods below.
    pub deprecated: Option<String>,
    /// `models`: named schemas, by name.
    pub models: IndexMap<String, Model>,
    /// `methods`, by name.
    pub methods: IndexMap<String, Method>,
    /// `subresources`: nested namespaces, by name.
    pub subresources: IndexMap<String, Resource>,
    /// `skip` and `only`: the languages that have the resource.
    pub filter: Filter,
    /// `custom`: the resource is written by hand and not generated.
    pub custom: bool,
    /// Position in the configuration.
    pub pointer: Pointer,
}

/// A named type of a resource.
#[derive(Debug, Clone)]
pub struct Model {
    /// The source of the model.
    pub kind: ModelKind,
    /// `param_model`: the dotted path of the model to use in requests.
    pub param_model: Option<String>,
    /// `deprecated`: the reason.
    pub deprecated: Option<String>,
    /// The languages that have the model.
    pub filter: Filter,
    /// Position in the configuration.
    pub pointer: Pointer,
}

/// The source of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelKind {
    /// A schema of the document: `#/components/schemas/X`, or a nested schema. A bare name `X` is
    /// expanded. In a 2.0 document, `#/definitions/X` means the component too.
    Schema(Pointer),
    /// A JSONPath or JMESPath query for a schema, which is not supported.
    Query(String),
    /// Another model of the same resource.
    Alias(String),
}

/// A method of a resource.
#[derive(Debug, Clone)]
pub struct Method {
    /// The kind of the method.
    pub kind: MethodKind,
    /// `description`: replaces the description in the document.
    pub description: Option<String>,
    /// `deprecated`: the reason.
    pub deprecated: Option<String>,
    /// The languages that have the method.
    pub filter: Filter,
    /// `paginated`.
    pub paginated: At<Paginated>,
    /// `streaming`.
    pub streaming: Option<Streaming>,
    /// `unwrap_response`: whether to return a property of the response instead of the response.
    pub unwrap_response: Unwrap,
    /// `body_param_name`: the argument that holds the body as a whole.
    pub body_param_name: Option<At<String>>,
    /// `positional_params`: wire names of the parameters that are separate arguments, in order.
    /// `None` means the default.
    pub positional_params: Option<Vec<At<String>>>,
    /// `default_request_options`.
    pub defaults: RequestDefaults,
    /// Position in the configuration.
    pub pointer: Pointer,
}

/// The kind of a method: `type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MethodKind {
    /// `http`: a request to an endpoint.
    Http(Endpoint),
    /// `alias`: another name for a method of the same resource.
    Alias {
        /// `to`: the name of that method.
        to: String,
    },
    /// `webhook_unwrap`: verification and decoding of a delivery.
    WebhookUnwrap {
        /// `discriminator`: the property that selects the event.
        discriminator: Option<String>,
        /// `webhook_key_opt`: the client option with the signing secret.
        key_option: Option<String>,
    },
}

/// `post /v3/chats/{chatId}`: an operation of the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The HTTP method.
    pub method: ir::Method,
    /// The path, exactly as in the document.
    pub path: String,
}

impl From<&ir::Operation> for Endpoint {
    fn from(operation: &ir::Operation) -> Self {
        Self {
            method: operation.method.clone(),
            path: operation.path.clone(),
        }
    }
}

/// `skip` and `only`: the languages of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// `skip: true`, for all languages.
    pub skip_all: bool,
    /// `skip: [go]`.
    pub skip: Vec<String>,
    /// `only: [rust]`.
    pub only: Option<Vec<String>>,
}

impl Filter {
    /// Whether the entry applies to Rust. Lists that do not name `rust` are read as if Rust were
    /// the language `like`.
    #[must_use]
    pub fn includes(&self, like: Option<&str>) -> bool {
        const RUST: &str = "rust";

        let names = |list: &[String], language: &str| list.iter().any(|name| name == language);
        let names_like = |list: &[String]| like.is_some_and(|like| names(list, like));
        let only = self.only.as_deref();
        if self.skip_all || names(&self.skip, RUST) {
            return false;
        }
        if only.is_some_and(|only| names(only, RUST)) {
            return true;
        }
        !names_like(&self.skip) && only.is_none_or(names_like)
    }
}

/// `paginated`: whether a method lists pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Paginated {
    /// Absent: paginated if a scheme matches.
    #[default]
    Auto,
    /// `true`: paginated by the scheme that matches. If none does, that is reported.
    Always,
    /// `false`.
    Never,
    /// `inferred`: as without any scheme, by extensions and well-known names.
    Inferred,
    /// The name of a scheme.
    Scheme(String),
}

/// `unwrap_response`: whether to return a property of the response instead of the response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Unwrap {
    /// Absent: as in `settings.unwrap_response_fields`.
    #[default]
    Inherit,
    /// `false`.
    Never,
    /// The name of a property.
    Property(String),
}

/// `streaming`: a method whose response is a stream of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Streaming {
    /// `param_discriminator`: the request property that selects a stream. `None` means that the
    /// method always streams.
    pub param_discriminator: Option<String>,
    /// `stream_event_model`: the dotted path of the event's model.
    pub event_model: Option<String>,
    /// `params_type_name`.
    pub params_type_name: Option<String>,
}

/// `default_request_options`: options of a method that differ from those of the client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestDefaults {
    /// `timeout`, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// `max_retries`.
    pub max_retries: Option<u32>,
}
