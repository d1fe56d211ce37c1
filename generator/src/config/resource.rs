//! `resources`: the tree of namespaces, with their models and methods.

use indexmap::IndexMap;

use super::At;
use crate::ir;
use crate::source::Pointer;

/// A namespace: `client.name()`.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`: why not to use it, for all methods below.
    pub deprecated: Option<String>,
    /// `models`: schemas that are named by the configuration, by that name.
    pub models: IndexMap<String, Model>,
    /// `methods`, by name.
    pub methods: IndexMap<String, Method>,
    /// `subresources`: the namespaces below, by name.
    pub subresources: IndexMap<String, Resource>,
    /// `skip` and `only`: which languages have it.
    pub filter: Filter,
    /// `custom`: it is written by hand and not generated.
    pub custom: bool,
    /// Where it stands.
    pub pointer: Pointer,
}

/// A named type of a resource.
#[derive(Debug, Clone)]
pub struct Model {
    /// What it names.
    pub kind: ModelKind,
    /// `param_model`: the dotted path of its twin for requests.
    pub param_model: Option<String>,
    /// `deprecated`: why not to use it.
    pub deprecated: Option<String>,
    /// Which languages have it.
    pub filter: Filter,
    /// Where it stands.
    pub pointer: Pointer,
}

/// What a model names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelKind {
    /// A schema of the document: `#/components/schemas/X`, or a schema that
    /// stands inside another. A bare name `X` has been completed. For a 2.0
    /// document `#/definitions/X` is read as the component too.
    Schema(Pointer),
    /// A JSONPath or JMESPath query for a schema, which we do not run.
    Query(String),
    /// Another model of the same resource.
    Alias(String),
}

/// A method of a resource.
#[derive(Debug, Clone)]
pub struct Method {
    /// What it does.
    pub kind: MethodKind,
    /// `description`: replaces that of the document.
    pub description: Option<String>,
    /// `deprecated`: why not to use it.
    pub deprecated: Option<String>,
    /// Which languages have it.
    pub filter: Filter,
    /// `paginated`.
    pub paginated: At<Paginated>,
    /// `streaming`.
    pub streaming: Option<Streaming>,
    /// `unwrap_response`: whether a property of the response is returned in its place.
    pub unwrap_response: Unwrap,
    /// `body_param_name`: the argument of a body that is not spread over the parameters.
    pub body_param_name: Option<At<String>>,
    /// `positional_params`: the wire names of the parameters that are
    /// arguments of their own, in order. `None`: as is usual.
    pub positional_params: Option<Vec<At<String>>>,
    /// `default_request_options`.
    pub defaults: RequestDefaults,
    /// Where it stands.
    pub pointer: Pointer,
}

/// What a method does: `type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MethodKind {
    /// `http`: calls an endpoint.
    Http(Endpoint),
    /// `alias`: another name for a method of the same resource.
    Alias {
        /// `to`: the method's name.
        to: String,
    },
    /// `webhook_unwrap`: verifies and decodes a delivery.
    WebhookUnwrap {
        /// `discriminator`: the property that tells the events apart.
        discriminator: Option<String>,
        /// `webhook_key_opt`: the client option that holds the signing secret.
        key_option: Option<String>,
    },
}

/// `post /v3/chats/{chatId}`: an operation of the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The HTTP method.
    pub method: ir::Method,
    /// The path, exactly as the document has it.
    pub path: String,
}

/// `skip` and `only`: which languages an entry is for.
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
    /// Whether the entry is for Rust. Lists that do not name `rust` are read as if they were for
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
    /// Not said: if a scheme matches.
    #[default]
    Auto,
    /// `true`: by whichever scheme matches; none is a finding.
    Always,
    /// `false`.
    Never,
    /// By the scheme of this name.
    Scheme(String),
}

/// `unwrap_response`: whether a property of the response is returned in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Unwrap {
    /// Not said: as `settings.unwrap_response_fields` has it.
    #[default]
    Inherit,
    /// `false`.
    Never,
    /// The property of this name.
    Property(String),
}

/// `streaming`: a method whose answer is a stream of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Streaming {
    /// `param_discriminator`: the request field that asks for a stream. `None`:
    /// the method always streams.
    pub param_discriminator: Option<String>,
    /// `stream_event_model`: the dotted path of the event's model.
    pub event_model: Option<String>,
    /// `params_type_name`.
    pub params_type_name: Option<String>,
}

/// `default_request_options`: what a method does differently.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestDefaults {
    /// `timeout`, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// `max_retries`.
    pub max_retries: Option<u32>,
}
