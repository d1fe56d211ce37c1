//! Operations: from an endpoint of the document to an operation of the model.
//!
//! This room lowers parameters, bodies and responses. It refuses to decide where an operation is
//! found and what its method is called.

pub(in crate::lower) mod content;
pub(in crate::lower) mod context;
pub(in crate::lower) mod endpoint;
pub(in crate::lower) mod media_type_variants;
pub(in crate::lower) mod multipart_files;
pub(in crate::lower) mod parameter;
pub(in crate::lower) mod part_encoding;
mod path_template;
mod problem_details;
pub(in crate::lower) mod response;
pub(in crate::lower) mod security_requirement;
pub(in crate::lower) mod shared_errors;
pub(in crate::lower) mod unwrap_response;
pub(in crate::lower) mod websocket;

use openapiv3::{ExternalDocumentation, RequestBody};

use self::content::BodyChoice;
use self::context::LoweringContext;
use self::endpoint::Endpoint;
use self::path_template::write_template;
use self::security_requirement::lower_requirements;
use self::unwrap_response::UnwrapRule;
use crate::config::{self, At, Paginated, RequestDefaults};
use crate::ir::{
    Body, BodyContent, Content, Docs, Operation, OperationId, Owner, Parameter, Type, TypeId,
    WireName, Words,
};
use crate::lower::components::Resolved;
use crate::lower::schema::shape::SchemaShape;
use crate::lower::schema::type_name::TypeNamePath;
use crate::source::Pointer;

/// Decisions of the resource tree about an operation.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Naming {
    /// The words for the names of its types.
    pub(in crate::lower) name: Words,
    /// The argument name of a body that is not spread over the parameters.
    pub(in crate::lower) body_argument: Option<Words>,
    /// The parameters that come first, and where the configuration names them.
    pub(in crate::lower) positional_params: Vec<(WireName, Pointer)>,
    /// The description of the configuration.
    pub(in crate::lower) description: Option<String>,
    /// The deprecation message of the configuration, if it deprecates the operation.
    pub(in crate::lower) deprecated: Option<String>,
    /// Its stream in the configuration.
    pub(in crate::lower) streaming: Option<At<config::Streaming>>,
    /// Its timeout and retries in the configuration.
    pub(in crate::lower) defaults: RequestDefaults,
    /// The property that the method returns instead of the whole response, by the configuration.
    pub(in crate::lower) unwrap: Option<UnwrapRule>,
    /// Its pagination in the configuration.
    pub(in crate::lower) paginated: Option<At<Paginated>>,
}

impl<'a> LoweringContext<'a> {
    /// Lowers an endpoint to an operation. Its server is added later.
    pub(in crate::lower) fn operation(
        &mut self,
        id: OperationId,
        endpoint: &Endpoint<'a>,
        naming: Naming,
    ) -> Operation {
        let owner = Owner::Operation(id);
        let source = endpoint.operation;
        let declared = self.declared_params(endpoint);
        let mut params = self.params(&declared, &naming.name, &owner);
        let body = self.body(endpoint, &naming, &owner, BodyChoice::Usual);
        params.extend(self.headers_of_parts(endpoint, body.as_ref(), &naming.name, &owner));
        let responses = self.responses(endpoint, &naming.name, &owner);
        let rule = naming.unwrap.as_ref();
        let unwrapped = rule.and_then(|rule| {
            rule.find_property(&responses, &self.schemas.types, &mut self.schemas.findings)
        });
        Operation {
            operation_id: source.operation_id.clone(),
            method: endpoint.method.clone(),
            path: endpoint.path.to_owned(),
            template: write_template(endpoint.path, declared.iter().map(|it| it.item)),
            docs: docs(endpoint, &naming),
            name: naming.name.clone(),
            positional_params: naming.positional_params.clone(),
            params,
            body,
            responses,
            stream: None,
            media_type_variant: None,
            security: source.security.as_ref().map(|list| {
                let at = endpoint.at.child("security");
                lower_requirements(list, self.openapi, &at, &mut self.schemas.findings)
            }),
            server: None,
            timeout_ms: naming.defaults.timeout_ms,
            max_retries: naming.defaults.max_retries,
            unwrapped,
            pagination: None,
            tags: source.tags.clone(),
            pointer: endpoint.at.clone(),
        }
    }

    pub(in crate::lower) fn body(
        &mut self,
        endpoint: &Endpoint<'a>,
        naming: &Naming,
        owner: &Owner,
        chosen: BodyChoice<'_>,
    ) -> Option<Body> {
        let reference = endpoint.operation.request_body.as_ref()?;
        let found = self.request_body(reference, &endpoint.at.child("requestBody"))?;
        let content = match found.name {
            Some(name) => {
                let (words, owner) = (chosen.words(name), Owner::Component(WireName::new(name)));
                let name_path = TypeNamePath::root(&words, &owner);
                self.sent(&found.item.content, &found.at, &name_path, chosen)
            }
            None => self.body_in_place(&found, &naming.name, owner, chosen),
        };
        Some(Body {
            required: found.item.required,
            docs: Docs {
                description: found.item.description.clone(),
                ..Docs::default()
            },
            content: content.into_iter().collect(),
            argument: naming.body_argument.clone(),
            pointer: found.at,
        })
    }

    /// Lowers the headers of the parts of a multipart body.
    pub(in crate::lower) fn headers_of_parts(
        &mut self,
        endpoint: &Endpoint<'a>,
        body: Option<&Body>,
        name: &Words,
        owner: &Owner,
    ) -> Vec<Parameter> {
        let sent = body.and_then(|body| body.content.first());
        let Some(sent) = sent.filter(|sent| matches!(sent.content, Content::Multipart(_))) else {
            return Vec::new();
        };
        let kind = sent.media_type.as_str();
        let reference = endpoint.operation.request_body.as_ref();
        let found = reference
            .and_then(|body| self.request_body(body, &endpoint.at.child("requestBody")))
            .and_then(|found| Some((found.item.content.get(kind)?, found.at)));
        found.map_or_else(Vec::new, |(media, at)| {
            self.part_headers(media, &at.child("content").child(kind), name, owner)
        })
    }

    /// Lowers an inline body. An object is usually spread over the parameters, so its inner types
    /// are named for them.
    fn body_in_place(
        &mut self,
        found: &Resolved<'a, RequestBody>,
        name: &Words,
        owner: &Owner,
        chosen: BodyChoice<'_>,
    ) -> Option<BodyContent> {
        let (params, body) = (name.with("params"), name.with("body"));
        let words = if self.is_object(found) {
            &params
        } else {
            &body
        };
        let name_path = TypeNamePath::root(words, owner);
        let content = self.sent(&found.item.content, &found.at, &name_path, chosen);
        if let Some(id) = content
            .as_ref()
            .and_then(|entry| find_named_type(&entry.content))
        {
            let def = self.schemas.types.get_mut(id);
            if def.owner == *owner && def.name == params {
                def.name.clone_from(&body);
            }
        }
        content
    }

    fn is_object(&mut self, found: &Resolved<'a, RequestBody>) -> bool {
        let at = found.at.child("content");
        found.item.content.iter().any(|(name, media)| {
            let Some(schema) = &media.schema else {
                return false;
            };
            let schema_ref = self
                .schemas
                .schema_ref(schema, at.child(name).child("schema"));
            let resolved = self.schemas.resolve(&schema_ref);
            self.schemas
                .resolve_target(&resolved)
                .is_some_and(|target| matches!(target.shape, SchemaShape::Struct(_)))
        })
    }
}

fn find_named_type(content: &Content) -> Option<TypeId> {
    let (Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty)) = content else {
        return None;
    };
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => match **inner {
            Type::Named(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

fn docs(endpoint: &Endpoint<'_>, naming: &Naming) -> Docs {
    let (item, operation) = (endpoint.item, endpoint.operation);
    let description = naming
        .description
        .clone()
        .or_else(|| operation.description.clone());
    Docs {
        summary: operation.summary.clone().or_else(|| item.summary.clone()),
        description: description.or_else(|| item.description.clone()),
        deprecated: operation.deprecated || naming.deprecated.is_some(),
        deprecation: naming
            .deprecated
            .clone()
            .filter(|note| !note.trim().is_empty()),
        deprecated_since: None,
        external: link(operation.external_docs.as_ref()),
    }
}

fn link(docs: Option<&ExternalDocumentation>) -> Option<String> {
    docs.map(|docs| docs.url.clone())
}
