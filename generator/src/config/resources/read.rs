//! Reading `resources`.

use indexmap::IndexMap;
use serde_json::Value;

use crate::config::reader::{Fields, Reader};
use crate::config::{
    At, Endpoint, Filter, Method, MethodKind, Model, ModelKind, Paginated, RequestDefaults,
    Resource, ResourceMode, Streaming, Unwrap,
};
use crate::diagnostics::Code;
use crate::ir;
use crate::source::Pointer;

impl Reader<'_> {
    /// Takes `resources.mode` from the mapping of resources. A resource of this name is a mapping.
    pub(in crate::config) fn resource_mode(
        &mut self,
        resources: &mut Option<At<Value>>,
    ) -> ResourceMode {
        const MODES: &[(&str, ResourceMode)] = &[
            ("complete", ResourceMode::Complete),
            ("override", ResourceMode::Override),
        ];
        let Some(At {
            value: Value::Object(map),
            pointer,
        }) = resources
        else {
            return ResourceMode::default();
        };
        if !map.get("mode").is_some_and(Value::is_string) {
            return ResourceMode::default();
        }
        let mode = map.shift_remove("mode");
        let mode = mode.map(|mode| At::new(mode, pointer.child("mode")));
        let mode = self.word(mode, MODES);
        mode.map(|mode| mode.value).unwrap_or_default()
    }

    pub(in crate::config) fn resources(
        &mut self,
        node: Option<At<Value>>,
    ) -> IndexMap<String, Resource> {
        let mut resources = IndexMap::new();
        for (name, node) in self.entries(node) {
            if let Some(resource) = self.resource(node) {
                resources.insert(name, resource);
            }
        }
        resources
    }

    pub(in crate::config) fn unspecified(&mut self, node: Option<At<Value>>) -> Vec<At<Endpoint>> {
        let endpoints = self.texts(node).into_iter();
        endpoints.filter_map(|text| self.endpoint(&text)).collect()
    }

    fn resource(&mut self, node: At<Value>) -> Option<Resource> {
        if node.value.is_null() {
            return Some(Resource {
                pointer: node.pointer,
                ..Resource::default()
            });
        }
        let mut fields = self.fields(node)?;
        let mut resource = Resource {
            description: self.plain(fields.take("description")),
            deprecated: self.localized(fields.take("deprecated")),
            filter: self.filter(&mut fields),
            custom: self.flag(fields.take("custom")),
            subresources: self.resources(fields.take("subresources")),
            pointer: fields.at.clone(),
            ..Resource::default()
        };
        for (name, node) in self.entries(fields.take("models")) {
            if let Some(model) = self.model(node) {
                resource.models.insert(name, model);
            }
        }
        for (name, node) in self.entries(fields.take("methods")) {
            if let Some(method) = self.method(node) {
                resource.methods.insert(name, method);
            }
        }
        self.finish(fields, "resources.*");
        Some(resource)
    }

    /// `skip` and `only`.
    fn filter(&mut self, fields: &mut Fields) -> Filter {
        let mut filter = Filter::default();
        match fields.take("skip") {
            Some(At {
                value: Value::Bool(skip),
                ..
            }) => filter.skip_all = skip,
            other => filter.skip = values(self.texts(other)),
        }
        filter.only = fields
            .take("only")
            .map(|node| values(self.texts(Some(node))));
        filter
    }

    fn model(&mut self, node: At<Value>) -> Option<Model> {
        let pointer = node.pointer.clone();
        if let Value::String(text) = &node.value {
            return Some(Model {
                kind: model_kind(text),
                param_model: None,
                deprecated: None,
                filter: Filter::default(),
                pointer,
            });
        }
        let mut fields = self.fields(node)?;
        let kind = self.model_map(&mut fields);
        let model = Model {
            param_model: self.plain(fields.take("param_model")),
            deprecated: self.localized(fields.take("deprecated")),
            filter: self.filter(&mut fields),
            kind: kind?,
            pointer,
        };
        self.finish(fields, "resources.*.models.*");
        Some(model)
    }

    fn model_map(&mut self, fields: &mut Fields) -> Option<ModelKind> {
        let at = fields.at.clone();
        let alias = self.plain(fields.take("to"));
        let uri = self.plain(fields.take("openapi_uri"));
        match self.plain(fields.take("type")).as_deref() {
            Some("alias") if alias.is_some() => alias.map(ModelKind::Alias),
            Some("alias") => {
                let message = "the alias has no `to`".to_owned();
                self.error(
                    Code::MissingConfigKey,
                    &at,
                    message,
                    "add `to` with the name of a model of this resource",
                );
                None
            }
            None | Some("model") if uri.is_some() => uri.as_deref().map(model_kind),
            None | Some("model") => {
                let message = "a model says in `openapi_uri` which schema it is".to_owned();
                self.error(
                    Code::MissingConfigKey,
                    &at,
                    message,
                    "add `openapi_uri: \"#/components/schemas/…\"`",
                );
                None
            }
            Some(other) => {
                let message = format!("models have no `type: {other}`");
                self.error(
                    Code::InvalidConfigValue,
                    &at.child("type"),
                    message,
                    "one of `model`, `alias`",
                );
                None
            }
        }
    }

    fn method(&mut self, node: At<Value>) -> Option<Method> {
        let pointer = node.pointer.clone();
        if let Value::String(text) = node.value {
            let endpoint = self.endpoint(&At::new(text, pointer.clone()))?;
            return Some(Method {
                kind: MethodKind::Http(endpoint.value),
                ..empty(pointer)
            });
        }
        let mut fields = self.fields(node)?;
        let kind = self.method_kind(&mut fields);
        let method = Method {
            description: self.plain(fields.take("description")),
            deprecated: self.localized(fields.take("deprecated")),
            filter: self.filter(&mut fields),
            paginated: self.paginated(fields.take("paginated"), &pointer),
            streaming: self.streaming(fields.take("streaming")),
            unwrap_response: self.unwrap_response(fields.take("unwrap_response")),
            body_param_name: self.text(fields.take("body_param_name")),
            positional_params: fields
                .take("positional_params")
                .map(|node| self.texts(Some(node))),
            defaults: self.request_defaults(fields.take("default_request_options")),
            ..empty(pointer)
        };
        self.finish(fields, "resources.*.methods.*");
        Some(Method {
            kind: kind?,
            ..method
        })
    }

    fn method_kind(&mut self, fields: &mut Fields) -> Option<MethodKind> {
        let at = fields.at.clone();
        let endpoint = self.text(fields.take("endpoint"));
        let to = self.plain(fields.take("to"));
        let discriminator = self.plain(fields.take("discriminator"));
        let key_option = self.plain(fields.take("webhook_key_opt"));
        match (self.plain(fields.take("type")).as_deref(), endpoint, to) {
            (None | Some("http"), Some(endpoint), _) => {
                self.endpoint(&endpoint).map(|e| MethodKind::Http(e.value))
            }
            (None | Some("http"), None, _) => {
                let message = "the method has no `endpoint`".to_owned();
                self.error(
                    Code::MissingConfigKey,
                    &at,
                    message,
                    "add one: `endpoint: get /v1/things`",
                );
                None
            }
            (Some("alias"), _, Some(to)) => Some(MethodKind::Alias { to }),
            (Some("alias"), _, None) => {
                let message = "the alias has no `to`".to_owned();
                self.error(
                    Code::MissingConfigKey,
                    &at,
                    message,
                    "add `to` with the name of a method of this resource",
                );
                None
            }
            (Some("webhook_unwrap"), ..) => Some(MethodKind::WebhookUnwrap {
                discriminator,
                key_option,
            }),
            (Some(other), ..) => {
                let message = format!("methods have no `type: {other}`");
                let help = "one of `http`, `alias`, `webhook_unwrap`";
                self.error(Code::InvalidConfigValue, &at.child("type"), message, help);
                None
            }
        }
    }

    /// Reads an endpoint, a method and a path: `post /v3/chats`.
    pub(in crate::config) fn endpoint(&mut self, text: &At<String>) -> Option<At<Endpoint>> {
        let endpoint = parse_endpoint(&text.value);
        if endpoint.is_none() {
            let message = format!("`{}` is not an endpoint", text.value);
            let help = "write the HTTP method and the path: `get /v1/things/{id}`";
            self.error(Code::InvalidEndpoint, &text.pointer, message, help);
        }
        Some(At::new(endpoint?, text.pointer.clone()))
    }

    fn paginated(&mut self, node: Option<At<Value>>, method: &Pointer) -> At<Paginated> {
        let pointer = node.as_ref().map_or(method, |node| &node.pointer).clone();
        let paginated = match node {
            None => Paginated::Auto,
            Some(At {
                value: Value::Bool(true),
                ..
            }) => Paginated::Always,
            Some(At {
                value: Value::Bool(false),
                ..
            }) => Paginated::Never,
            other => match self.plain(other) {
                None => Paginated::Auto,
                Some(name) if name == "inferred" => Paginated::Inferred,
                Some(name) => Paginated::Scheme(name),
            },
        };
        At::new(paginated, pointer)
    }

    fn unwrap_response(&mut self, node: Option<At<Value>>) -> Unwrap {
        match node {
            None => Unwrap::Inherit,
            Some(At {
                value: Value::Bool(false),
                ..
            }) => Unwrap::Never,
            other => self.plain(other).map_or(Unwrap::Inherit, Unwrap::Property),
        }
    }

    fn streaming(&mut self, node: Option<At<Value>>) -> Option<Streaming> {
        let mut fields = self.fields(node?)?;
        let streaming = Streaming {
            param_discriminator: self.plain(fields.take("param_discriminator")),
            event_model: self.plain(fields.take("stream_event_model")),
            params_type_name: self.plain(fields.take("params_type_name")),
        };
        self.finish(fields, "resources.*.methods.*.streaming");
        Some(streaming)
    }

    fn request_defaults(&mut self, node: Option<At<Value>>) -> RequestDefaults {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return RequestDefaults::default();
        };
        let timeout = fields.take("timeout").and_then(|node| self.timeout(node));
        let defaults = RequestDefaults {
            timeout_ms: timeout.map(|ms| ms.value),
            max_retries: self.small(fields.take("max_retries")).map(|n| n.value),
        };
        self.finish(fields, "resources.*.methods.*.default_request_options");
        defaults
    }
}

/// Creates a method without settings.
fn empty(pointer: Pointer) -> Method {
    Method {
        kind: MethodKind::Alias { to: String::new() },
        description: None,
        deprecated: None,
        filter: Filter::default(),
        paginated: At::new(Paginated::Auto, pointer.clone()),
        streaming: None,
        unwrap_response: Unwrap::Inherit,
        body_param_name: None,
        positional_params: None,
        defaults: RequestDefaults::default(),
        pointer,
    }
}

fn values(texts: Vec<At<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// Parses a pointer, the bare name of a schema, or a query.
pub(in crate::config) fn model_kind(text: &str) -> ModelKind {
    const DEFINITIONS: &str = "#/definitions/";
    if let Some(name) = text.strip_prefix(DEFINITIONS) {
        return ModelKind::Schema(Pointer::parse(&format!("#/components/schemas/{name}")));
    }
    if text.starts_with('#') {
        return ModelKind::Schema(Pointer::parse(text));
    }
    if text.contains(['$', '[', '(', '@', '|', '*', '?']) {
        return ModelKind::Query(text.to_owned());
    }
    ModelKind::Schema(Pointer::parse("/components/schemas").child(text))
}

fn parse_endpoint(text: &str) -> Option<Endpoint> {
    let (method, path) = text.trim().split_once(char::is_whitespace)?;
    let key = method.to_ascii_lowercase();
    // A method that HTTP does not define is written as it is sent: a token (RFC 9110, section
    // 5.6.2) without lower-case letters.
    let is_token =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "!#$%&'*+-.^_`|~".contains(c);
    let is_other = key == "query" || method.chars().all(is_token);
    let method = ir::Method::from_key(&key)
        .or_else(|| is_other.then(|| ir::Method::Other(method.to_ascii_uppercase())))?;
    let path = path.trim();
    path.starts_with('/').then(|| Endpoint {
        method,
        path: path.to_owned(),
    })
}
