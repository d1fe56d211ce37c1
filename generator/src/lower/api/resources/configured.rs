//! The tree of resources that the configuration lays out.

use std::collections::{HashMap, HashSet};

use super::inferred::Tree;
use super::similar_endpoints::find_similar_endpoints;
use super::{Names, Unwrap, add};
use crate::config::{
    At, Config, Endpoint as Wanted, Method, MethodKind, Resource as Source, Settings,
};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Method as HttpMethod, Resource, WebhookMethod, WireName, Words};
use crate::lower::findings::Findings;
use crate::lower::operation::Naming;
use crate::lower::operation::endpoint::Endpoint;
use crate::lower::operation::unwrap_response::UnwrapRule;
use crate::source::Pointer;

pub(super) fn arrange_configured(
    endpoints: &[Endpoint<'_>],
    config: &Config,
    findings: &mut Findings,
) -> ConfiguredTree {
    let places = endpoints
        .iter()
        .enumerate()
        .map(|(i, e)| ((&e.method, e.path), i))
        .collect();
    let mut walk = Walk {
        places,
        findings,
        names: Names::new(),
        mentioned: Vec::new(),
        settings: &config.settings,
        like: config.target.like.as_ref().map(|like| like.value.as_str()),
        unwraps: Vec::new(),
        deprecated: Vec::new(),
        path: Vec::new(),
    };
    let mut root = Resource::default();
    for (name, source) in &config.resources {
        match name.as_str() {
            "$client" => walk.methods(source, &mut root),
            "$shared" => {}
            name => walk.resource(name, source, &mut root),
        }
    }
    let Walk {
        names,
        mentioned,
        unwraps,
        ..
    } = walk;
    ConfiguredTree {
        tree: Tree { root, names },
        unwraps,
        mentioned,
    }
}

/// The tree that the configuration lays out.
pub(super) struct ConfiguredTree {
    pub(super) tree: Tree,
    pub(super) unwraps: Vec<Unwrap>,
    /// The indices of the endpoints that the configuration names.
    mentioned: Vec<usize>,
}

impl ConfiguredTree {
    /// Returns the indices of the endpoints that the configuration neither names nor leaves out.
    pub(super) fn list_missing(
        &self,
        endpoints: &[Endpoint<'_>],
        config: &Config,
    ) -> HashSet<usize> {
        let is_unspecified = |endpoint: &Endpoint<'_>| {
            config.unspecified_endpoints.iter().any(|wanted| {
                wanted.value.method == endpoint.method && wanted.value.path == endpoint.path
            })
        };
        let endpoints = endpoints.iter().enumerate();
        let missing = endpoints.filter(|(index, endpoint)| {
            !self.mentioned.contains(index) && !is_unspecified(endpoint)
        });
        missing.map(|(index, _)| index).collect()
    }
}

/// Reports the endpoints that the configuration does not name.
pub(super) fn report_missing(
    missing: &HashSet<usize>,
    endpoints: &[Endpoint<'_>],
    findings: &mut Findings,
) {
    let endpoints = endpoints.iter().enumerate();
    for (_, endpoint) in endpoints.filter(|(index, _)| missing.contains(index)) {
        let message = format!(
            "`{} {}` is in no resource of the configuration; it is left out",
            endpoint.method, endpoint.path
        );
        let help = "add it with `sdkwright sync`, list it under `unspecified_endpoints`, or infer the calls of all such operations with `resources: { mode: override }`";
        let warning = Diagnostic::new(Code::EndpointNotConfigured, endpoint.at.clone(), message);
        findings.push(warning.help(help));
    }
}

struct Walk<'w, 'a> {
    places: HashMap<(&'a HttpMethod, &'a str), usize>,
    findings: &'w mut Findings,
    names: Names,
    mentioned: Vec<usize>,
    /// The language whose lists are followed.
    like: Option<&'w str>,
    settings: &'w Settings,
    unwraps: Vec<Unwrap>,
    /// The messages of the deprecated resources that are visited, the outermost first.
    deprecated: Vec<String>,
    /// The names of the resources above the one that is visited, and its own.
    path: Vec<Words>,
}

impl Walk<'_, '_> {
    fn resource(&mut self, name: &str, source: &Source, parent: &mut Resource) {
        if !source.filter.includes(self.like) || source.custom {
            self.mention(source);
            return;
        }
        let words = Words::split(name);
        let description = source.description.clone();
        let mut resource = Resource {
            name: words,
            description,
            ..Resource::default()
        };
        self.path.push(resource.name.clone());
        let outer = self.deprecated.len();
        self.deprecated.extend(source.deprecated.clone());
        self.methods(source, &mut resource);
        for (name, child) in &source.subresources {
            self.resource(name, child, &mut resource);
        }
        // A resource of the client is made for its webhooks later.
        let is_nested = self.path.len() > 1;
        let has_webhooks = is_nested && self.has_webhooks();
        self.path.pop();
        self.deprecated.truncate(outer);
        if !resource.methods.is_empty() || !resource.children.is_empty() || has_webhooks {
            parent.children.push(resource);
        }
    }

    /// Whether the resource that is visited decodes webhooks.
    fn has_webhooks(&self) -> bool {
        let mut unwraps = self.unwraps.iter();
        unwraps.any(|unwrap| unwrap.method.resource == self.path)
    }

    fn methods(&mut self, source: &Source, resource: &mut Resource) {
        for (name, method) in &source.methods {
            let words = Words::split(name);
            match &method.kind {
                MethodKind::Http(wanted) => self.http(words, wanted, method, resource),
                MethodKind::Alias { to } => self.alias(words, to, method, resource),
                MethodKind::WebhookUnwrap {
                    discriminator,
                    key_option,
                } if method.filter.includes(self.like) => {
                    self.unwraps.push(Unwrap {
                        method: WebhookMethod {
                            resource: self.path.clone(),
                            name: words,
                            is_verified: key_option.is_some(),
                        },
                        discriminator: discriminator.clone(),
                    });
                }
                MethodKind::WebhookUnwrap { .. } => {}
            }
        }
    }

    fn http(&mut self, words: Words, wanted: &Wanted, method: &Method, resource: &mut Resource) {
        if !method.filter.includes(self.like) {
            self.mentioned.extend(self.find_index(wanted));
            return;
        }
        let Some(index) = self.find_index(wanted) else {
            self.report_unknown(wanted, &method.pointer);
            return;
        };
        self.mentioned.push(index);
        self.names.entry(index).or_insert_with(|| Naming {
            body_argument: method
                .body_param_name
                .as_ref()
                .map(|name| Words::split(&name.value)),
            positional_params: positional_params(method),
            description: method.description.clone(),
            deprecated: deprecation(method, &self.deprecated),
            streaming: method
                .streaming
                .clone()
                .map(|streaming| At::new(streaming, method.pointer.child("streaming"))),
            defaults: method.defaults.clone(),
            unwrap: UnwrapRule::new(method, self.settings),
            paginated: Some(method.paginated.clone()),
            ..Naming::default()
        });
        add(resource, words, index);
    }

    /// Reports an endpoint that the document does not have.
    fn report_unknown(&mut self, wanted: &Wanted, at: &Pointer) {
        let message = format!(
            "the document has no operation `{} {}`",
            wanted.method, wanted.path
        );
        let similar = find_similar_endpoints(wanted, self.places.keys().copied());
        let similar: Vec<String> = similar.iter().map(|it| format!("`{it}`")).collect();
        let remedy = "run `sdkwright sync`, which follows new names of path variables; with `--remove`, it removes entries for operations that the document no longer has";
        let help = match similar.is_empty() {
            true => remedy.to_owned(),
            false => format!("did you mean {}? Otherwise {remedy}", similar.join(" or ")),
        };
        let finding = Diagnostic::new(Code::UnknownEndpoint, at.clone(), message);
        self.findings.push(finding.help(help).in_config());
    }

    fn find_index(&self, wanted: &Wanted) -> Option<usize> {
        self.places
            .get(&(&wanted.method, wanted.path.as_str()))
            .copied()
    }

    fn alias(&mut self, words: Words, to: &str, method: &Method, resource: &mut Resource) {
        let target = Words::split(to);
        match resource.methods.iter().find(|method| method.name == target) {
            Some(found) => {
                let index = found.operation.index();
                add(resource, words, index);
            }
            None => {
                let message = format!("no method before this one is called `{to}`");
                let finding =
                    Diagnostic::new(Code::UnknownMethodAlias, method.pointer.clone(), message);
                self.findings.push(finding.in_config());
            }
        }
    }

    /// Endpoints that are omitted on purpose are not missing.
    fn mention(&mut self, source: &Source) {
        for method in source.methods.values() {
            if let MethodKind::Http(wanted) = &method.kind {
                self.mentioned.extend(self.find_index(wanted));
            }
        }
        for child in source.subresources.values() {
            self.mention(child);
        }
    }
}

/// The parameters of a method that come first.
fn positional_params(method: &Method) -> Vec<(WireName, Pointer)> {
    let names = method.positional_params.iter().flatten();
    names
        .map(|name| (WireName::new(&name.value), name.pointer.clone()))
        .collect()
}

/// Why a method is deprecated: by its own message, or that of the innermost resource.
fn deprecation(method: &Method, resources: &[String]) -> Option<String> {
    let messages = method.deprecated.iter().chain(resources.iter().rev());
    let is_deprecated = method.deprecated.is_some() || !resources.is_empty();
    let mut messages = messages.filter(|message| !message.trim().is_empty());
    is_deprecated.then(|| messages.next().cloned().unwrap_or_default())
}
