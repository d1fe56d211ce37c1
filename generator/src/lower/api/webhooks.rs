//! Webhooks: the events that the API delivers, as a union.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{Parameter, PathItem};

use super::resources::Unwrap;
use crate::config::{Config, MethodKind, Resource, ResourceMode};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    Content, Docs, Example, Owner, PropertyPath, Shape, Type, TypeDef, Union, Variant,
    WebhookMethod, WebhookSignature, Webhooks, Words,
};
use crate::lower::operation::context::LoweringContext;
use crate::lower::operation::endpoint::operations;
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape};
use crate::lower::schema::type_name::TypeNamePath;
use crate::source::Pointer;

/// Usual names of the discriminator of events.
const DISCRIMINATORS: [&str; 6] = [
    "event_type",
    "type",
    "event",
    "eventType",
    "topic",
    "action",
];

/// A delivery and its body.
struct Delivery<'a> {
    name: &'a str,
    ty: Type,
    resolved: ResolvedSchema<'a>,
    docs: Docs,
    examples: Vec<Example>,
    at: Pointer,
}

/// Returns the signature scheme of the declared headers.
fn signature_of(headers: &[(String, Pointer)]) -> WebhookSignature {
    const USUAL: [&str; 3] = ["webhook-signature", "svix-signature", "x-webhook-signature"];
    const BODY: &str = "x-hub-signature-256";

    let has = |name: &str| headers.iter().any(|(known, _)| known == name);
    if USUAL.into_iter().any(has) {
        return WebhookSignature::Usual;
    }
    let mut prefixes = headers
        .iter()
        .filter_map(|(name, _)| name.strip_suffix("-signature"));
    let standard =
        prefixes.find(|prefix| has(&format!("{prefix}-id")) && has(&format!("{prefix}-timestamp")));
    if let Some(prefix) = standard {
        return WebhookSignature::Standard(prefix.to_owned());
    }
    if has(BODY) {
        return WebhookSignature::Body(BODY.to_owned());
    }
    let is_signature = |name: &str| name.contains("signature") || name.contains("hmac");
    match headers.iter().find(|(name, _)| is_signature(name)) {
        Some((name, _)) => WebhookSignature::Unknown(name.clone()),
        None => WebhookSignature::Usual,
    }
}

impl<'a> LoweringContext<'a> {
    /// Lowers the webhooks, unless the configuration has no method that verifies them.
    pub(in crate::lower) fn webhooks(
        &mut self,
        webhooks: &'a IndexMap<String, PathItem>,
        mut unwraps: Vec<Unwrap>,
        config: &Config,
    ) -> Option<Webhooks> {
        let at = Pointer::root().child("webhooks");
        if unwraps.is_empty() && infers_unwrap(config) {
            unwraps.push(default_unwrap());
        }
        if unwraps.is_empty() {
            if !webhooks.is_empty() {
                let message =
                    "the configuration has no method that decodes webhooks; webhooks are ignored";
                let warning = Diagnostic::new(Code::WebhooksNotConfigured, at, message);
                let help = "add one of the type `webhook_unwrap`, or let `sdkwright sync` add it";
                self.schemas.findings.push(warning.help(help));
            }
            return None;
        }
        let deliveries: Vec<Delivery<'a>> = webhooks
            .iter()
            .flat_map(|(name, item)| self.deliveries(name, item, &at.child(name)))
            .collect();
        if deliveries.is_empty() {
            return None;
        }
        let discriminator = unwraps
            .iter()
            .find_map(|unwrap| unwrap.discriminator.clone());
        let event = self.event(&deliveries, discriminator, &at);
        let signature = self.signature(webhooks, &at);
        let deliveries = deliveries.into_iter();
        Some(Webhooks {
            methods: name_methods(unwraps),
            event,
            examples: deliveries.flat_map(|delivery| delivery.examples).collect(),
            signature,
            pointer: at,
        })
    }

    /// Returns the signature scheme of deliveries, and warns of an unknown one.
    fn signature(
        &mut self,
        webhooks: &'a IndexMap<String, PathItem>,
        at: &Pointer,
    ) -> WebhookSignature {
        let endpoints = webhooks
            .iter()
            .flat_map(|(name, item)| operations(name, item, &at.child(name)));
        let mut headers: Vec<(String, Pointer)> = Vec::new();
        for endpoint in endpoints {
            let own = (&endpoint.operation.parameters, &endpoint.at);
            for (parameters, at) in [own, (&endpoint.item.parameters, &endpoint.item_at)] {
                let at = at.child("parameters");
                for (index, reference) in parameters.iter().enumerate() {
                    let found = self.parameter(reference, &at.child(&index.to_string()));
                    if let Some(found) = found
                        && let Parameter::Header { parameter_data, .. } = found.item
                    {
                        headers.push((parameter_data.name.to_lowercase(), found.at));
                    }
                }
            }
        }
        let signature = signature_of(&headers);
        if let WebhookSignature::Unknown(name) = &signature
            && let Some((_, at)) = headers.iter().find(|(known, _)| known == name)
        {
            let message = format!(
                "Deliveries are signed in the header `{name}`, whose scheme is not known. The SDK \
                 refuses them unless its client has a `webhook_verifier`."
            );
            let findings = &mut self.schemas.findings;
            findings.warn(Code::UnknownWebhookSignature, at, message);
        }
        signature
    }

    fn deliveries(&mut self, name: &'a str, item: &'a PathItem, at: &Pointer) -> Vec<Delivery<'a>> {
        operations(name, item, at)
            .iter()
            .filter_map(|endpoint| {
                let reference = endpoint.operation.request_body.as_ref()?;
                let found = self.request_body(reference, &endpoint.at.child("requestBody"))?;
                let (words, owner) = (Words::split(name).with("event"), Owner::Webhooks);
                let name_path = TypeNamePath::root(&words, &owner);
                let contents = self.received(&found.item.content, &found.at, &name_path);
                let content = contents
                    .into_iter()
                    .find_map(|content| match content.content {
                        Content::Json(ty) => Some((content.media_type, ty, content.examples)),
                        _ => None,
                    });
                let (media, ty, examples) = content?;
                let schema = found.item.content.get(media.as_str())?.schema.as_ref()?;
                let schema_ref = self.schemas.schema_ref(schema, found.at.child("schema"));
                let docs = Docs {
                    summary: endpoint.operation.summary.clone(),
                    description: endpoint.operation.description.clone(),
                    ..Docs::default()
                };
                Some(Delivery {
                    name,
                    ty,
                    resolved: self.schemas.resolve(&schema_ref),
                    docs,
                    examples,
                    at: endpoint.at.clone(),
                })
            })
            .collect()
    }

    /// Builds the union of all events. A single delivery that already is a union with a
    /// discriminator is used as it is.
    fn event(
        &mut self,
        deliveries: &[Delivery<'a>],
        configured: Option<String>,
        at: &Pointer,
    ) -> crate::ir::TypeId {
        if let [
            Delivery {
                ty: Type::Named(id),
                ..
            },
        ] = deliveries
            && let Shape::Union(Union {
                discriminator: Some(_),
                ..
            }) = self.schemas.types.get(*id).shape
        {
            return *id;
        }
        let discriminator = configured.or_else(|| self.discriminator(deliveries));
        let mut variants = Vec::new();
        for delivery in deliveries {
            variants.extend(self.variants(delivery, discriminator.as_deref()));
        }
        distinguish(&mut variants);
        let discriminator = discriminator.map(PropertyPath::direct);
        self.schemas.types.push(TypeDef {
            name: Words::split("webhook_event"),
            distinct_name: None,
            owner: Owner::Webhooks,
            docs: Docs {
                description: Some("An event that the API delivers.".to_owned()),
                ..Docs::default()
            },
            pointer: at.clone(),
            shape: Shape::Union(Union::new(variants, discriminator, None)),
            examples: Vec::new(),
        })
    }

    /// Returns a property that every delivery requires, with distinct values.
    fn discriminator(&mut self, deliveries: &[Delivery<'a>]) -> Option<String> {
        DISCRIMINATORS
            .into_iter()
            .find(|name| self.tells_apart(deliveries, name))
            .map(str::to_owned)
    }

    fn tells_apart(&mut self, deliveries: &[Delivery<'a>], property: &str) -> bool {
        let mut seen = HashSet::new();
        deliveries.iter().all(|delivery| {
            let values = self.schemas.list_values(&delivery.resolved, property, true);
            values.is_some_and(|values| values.into_iter().all(|value| seen.insert(value)))
        })
    }

    fn variants(&mut self, delivery: &Delivery<'a>, discriminator: Option<&str>) -> Vec<Variant> {
        let values = discriminator.and_then(|name| self.event_values(&delivery.resolved, name));
        let variant = |name: &str, tag: &str, docs: Docs| Variant {
            name: Words::split(name),
            component: None,
            ty: delivery.ty.clone(),
            discriminator_values: vec![tag.to_owned()],
            added_discriminator: None,
            docs,
            pointer: delivery.at.clone(),
        };
        match values {
            Some(values) => values
                .into_iter()
                .map(|(value, description)| {
                    let docs = if description.is_some() {
                        Docs {
                            description,
                            ..Docs::default()
                        }
                    } else {
                        Docs::default()
                    };
                    variant(&value, &value, docs)
                })
                .collect(),
            None => vec![variant(delivery.name, delivery.name, delivery.docs.clone())],
        }
    }

    /// Returns the discriminator values with their descriptions.
    fn event_values(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        property: &str,
    ) -> Option<Vec<(String, Option<String>)>> {
        let target = self.schemas.resolve_target(resolved)?;
        if let SchemaShape::Struct(object) = &target.shape
            && let Some(property_shape) = object.properties.get(property)
        {
            let resolved = self.schemas.resolve_property(property_shape);
            if let SchemaShape::Enum(values) = &self.schemas.resolve_target(&resolved)?.shape {
                return Some(
                    values
                        .iter()
                        .map(|value| (value.value.to_string(), value.description.clone()))
                        .collect(),
                );
            }
        }
        let values = self.schemas.list_values(resolved, property, false)?;
        Some(values.into_iter().map(|value| (value, None)).collect())
    }
}

/// The method of a document without a configuration.
fn default_unwrap() -> Unwrap {
    Unwrap {
        method: WebhookMethod {
            resource: vec![Words::split("webhooks")],
            name: Words::split("unwrap"),
            is_verified: true,
        },
        discriminator: None,
    }
}

/// Names the methods. Next to a method that verifies signatures, the name of one that does not
/// says so.
fn name_methods(unwraps: Vec<Unwrap>) -> Vec<WebhookMethod> {
    const CAVEATS: [&str; 5] = ["unsafe", "unverified", "insecure", "without", "parse"];

    let mut methods: Vec<WebhookMethod> = unwraps.into_iter().map(|unwrap| unwrap.method).collect();
    let verified: Vec<Vec<Words>> = methods
        .iter()
        .filter(|method| method.is_verified)
        .map(|method| method.resource.clone())
        .collect();
    for method in methods.iter_mut().filter(|method| !method.is_verified) {
        let mut words = method.name.iter();
        let says_so = words.any(|word| CAVEATS.contains(&word.as_str()));
        if verified.contains(&method.resource) && !says_so {
            method.name = method.name.with("unverified");
        }
    }
    methods
}

/// Merges events that are declared twice with the same payload.
fn distinguish(variants: &mut Vec<Variant>) {
    let mut seen: HashMap<String, Vec<Type>> = HashMap::new();
    variants.retain(|variant| {
        variant.discriminator_values.iter().any(|tag| {
            let payloads = seen.entry(tag.clone()).or_default();
            let is_new = !payloads.contains(&variant.ty);
            if is_new {
                payloads.push(variant.ty.clone());
            }
            is_new
        })
    });
}

/// Whether webhooks have the usual method: the configuration decides about no resource, or it only
/// overrides what it names, and names no such method.
fn infers_unwrap(config: &Config) -> bool {
    let is_partial = config.resource_mode == ResourceMode::Override;
    config.resources.is_empty() || (is_partial && !config.resources.values().any(names_unwrap))
}

/// Whether a resource names a method that decodes webhooks, even one that it leaves out.
fn names_unwrap(resource: &Resource) -> bool {
    let mut methods = resource.methods.values();
    methods.any(|method| matches!(method.kind, MethodKind::WebhookUnwrap { .. }))
        || resource.subresources.values().any(names_unwrap)
}

/// Returns the client option for the signing secret.
pub(in crate::lower) fn key_option(config: &Config) -> Option<&str> {
    config.resources.values().find_map(key_option_of)
}

fn key_option_of(resource: &Resource) -> Option<&str> {
    let own = resource
        .methods
        .values()
        .find_map(|method| match &method.kind {
            MethodKind::WebhookUnwrap { key_option, .. } => key_option.as_deref(),
            _ => None,
        });
    own.or_else(|| resource.subresources.values().find_map(key_option_of))
}
