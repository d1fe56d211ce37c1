//! Sync: what an `sdk.yaml` lacks of a document, and the text with it.
//!
//! It compares the configuration with the model and inserts entries into the text. It never changes
//! a name or removes a line, and it refuses to look at the document.

mod drift;
mod insert;
mod pagination;
mod settings;
mod version;

pub use drift::Drift;
pub(crate) use insert::{insert_entries, insert_item};
pub(crate) use pagination::complete_schemes;
pub(crate) use settings::{find_missing_environments, find_missing_options};
pub(crate) use version::{set_sha256, set_version};

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::{Config, Endpoint, MethodKind, ModelKind, Resource};
use crate::diagnostics::Code;
use crate::init::{ModelEntry, spell};
use crate::ir::{self, Api, Method, OperationId, Words};
use crate::source::Pointer;

/// The path of a resource in the configuration: its keys.
pub(crate) type ResourceKeys = Vec<String>;

/// The key of models that no resource has for itself.
const SHARED: &str = "$shared";

/// The key of the methods of the client itself.
const CLIENT: &str = "$client";

/// The resources of a configuration by their paths.
#[derive(Debug, Default)]
pub(crate) struct ConfiguredTree {
    methods: BTreeMap<ResourceKeys, HashSet<Words>>,
    models: BTreeMap<ResourceKeys, HashSet<String>>,
    endpoints: HashMap<Endpoint, ResourceKeys>,
    schemas: HashSet<Pointer>,
    has_unwraps: bool,
}

impl ConfiguredTree {
    /// Reads the resources of a configuration.
    pub(crate) fn new(config: &Config) -> Self {
        let mut tree = Self::default();
        for (name, resource) in &config.resources {
            tree.add(vec![name.clone()], resource);
        }
        tree
    }

    fn add(&mut self, path: ResourceKeys, resource: &Resource) {
        let methods = resource.methods.keys().map(|name| Words::split(name));
        self.methods.insert(path.clone(), methods.collect());
        let models = resource.models.keys().cloned();
        self.models.insert(path.clone(), models.collect());
        for method in resource.methods.values() {
            match &method.kind {
                MethodKind::Http(endpoint) => {
                    self.endpoints.insert(endpoint.clone(), path.clone());
                }
                MethodKind::WebhookUnwrap { .. } => self.has_unwraps = true,
                MethodKind::Alias { .. } => {}
            }
        }
        for model in resource.models.values() {
            if let ModelKind::Schema(pointer) = &model.kind {
                self.schemas.insert(pointer.clone());
            }
        }
        for (name, child) in &resource.subresources {
            let below = path.iter().chain([name]).cloned().collect();
            self.add(below, child);
        }
    }

    /// Returns the endpoints without a method that are left out by no line of the configuration.
    /// Without resources, all methods are inferred.
    pub(crate) fn missing_endpoints(&self, config: &Config, api: &Api) -> Vec<Endpoint> {
        let operations = api.operations.iter();
        let inferred = operations.filter(|_| config.resources.is_empty());
        let inferred = inferred.map(|operation| (&operation.method, &operation.path));
        let omitted = api.omitted.iter().map(|(method, path)| (method, path));
        let unwritten = inferred.chain(omitted).map(|(method, path)| Endpoint {
            method: method.clone(),
            path: path.clone(),
        });
        let is_known = |endpoint: &Endpoint| {
            let mut unspecified = config.unspecified_endpoints.iter();
            self.endpoints.contains_key(endpoint) || unspecified.any(|at| at.value == *endpoint)
        };
        unwritten.filter(|endpoint| !is_known(endpoint)).collect()
    }

    /// Returns the endpoints that the document does not have any more, in order.
    pub(crate) fn lost_endpoints(&self, api: &Api) -> Vec<Endpoint> {
        let operations = api
            .operations
            .iter()
            .map(|it| (&it.method, it.path.as_str()));
        let omitted = api
            .omitted
            .iter()
            .map(|(method, path)| (method, path.as_str()));
        let known: HashSet<(&Method, &str)> = operations.chain(omitted).collect();
        let mut lost: Vec<Endpoint> = self
            .endpoints
            .keys()
            .filter(|it| !known.contains(&(&it.method, it.path.as_str())))
            .cloned()
            .collect();
        lost.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
        lost
    }

    /// Returns the resources and the names of missing endpoints: the inferred ones, next to the methods
    /// that were inferred for the same resource.
    pub(crate) fn place_endpoints(
        &mut self,
        missing: &[Endpoint],
        inferred: &Api,
    ) -> Vec<NewMethod> {
        let calls = inferred_calls(inferred);
        let homes = self.find_homes(&calls);
        let wanted: HashSet<&Endpoint> = missing.iter().collect();
        let mut found = Vec::new();
        for call in &calls {
            if !wanted.contains(&call.endpoint) {
                continue;
            }
            let resource = find_resource(&homes, &call.path);
            let taken = self.methods.entry(resource.clone()).or_default();
            let Some(name) = distinguish_name(&call.name, taken) else {
                continue;
            };
            found.push(NewMethod {
                resource,
                name: spell(&name),
                endpoint: call.endpoint.clone(),
                operation: call.operation,
            });
        }
        found
    }

    /// Returns the resource of the method that decodes webhooks, unless the configuration has such a
    /// method or says that it needs none.
    pub(crate) fn find_missing_unwraps(&self, config: &Config, inferred: &Api) -> Option<Words> {
        let unwanted = Code::WebhooksNotConfigured.as_str();
        let is_unwanted = config.ignored.iter().any(|it| it.code == unwanted);
        let method = inferred.webhooks.as_ref()?.methods.first()?;
        let resource = method.resource.first()?;
        let home = self.methods.get([self.find_key(resource)].as_slice());
        let is_taken = home.is_some_and(|methods| methods.contains(&method.name));
        (!self.has_unwraps && !is_unwanted && !is_taken).then(|| resource.clone())
    }

    /// Returns the key of a resource of the root, or else the key that it would get.
    pub(crate) fn find_key(&self, resource: &Words) -> String {
        let keys = self
            .methods
            .keys()
            .filter_map(|path| match path.as_slice() {
                [key] if Words::split(key) == *resource => Some(key.clone()),
                _ => None,
            });
        keys.into_iter().next().unwrap_or_else(|| spell(resource))
    }

    /// Returns the resource of the configuration that has most methods of each inferred resource.
    fn find_homes(&self, calls: &[InferredCall]) -> Homes {
        let mut counts: HashMap<Vec<Words>, BTreeMap<ResourceKeys, usize>> = HashMap::new();
        for call in calls {
            if let Some(resource) = self.endpoints.get(&call.endpoint) {
                let counts = counts.entry(call.path.clone()).or_default();
                *counts.entry(resource.clone()).or_default() += 1;
            }
        }
        let most = |counts: BTreeMap<ResourceKeys, usize>| {
            let first = counts.into_iter().rev().max_by_key(|(_, count)| *count);
            first.map(|(resource, _)| resource)
        };
        let homes = counts.into_iter();
        homes
            .filter_map(|(path, counts)| Some((path, most(counts)?)))
            .collect()
    }

    /// Returns the models that the configuration lacks, with the resource that each goes into.
    pub(crate) fn missing_models(
        &mut self,
        models: Vec<ModelEntry>,
    ) -> Vec<(ResourceKeys, ModelEntry)> {
        let keys: HashMap<Vec<Words>, ResourceKeys> = self
            .methods
            .keys()
            .map(|path| {
                (
                    path.iter().map(|key| Words::split(key)).collect(),
                    path.clone(),
                )
            })
            .collect();
        let schemas = Pointer::root().child("components").child("schemas");
        let mut found = Vec::new();
        for model in models {
            if self.schemas.contains(&schemas.child(&model.component)) {
                continue;
            }
            let resource = model.resource.as_ref().and_then(|path| keys.get(path));
            let resource = resource.cloned().unwrap_or_else(|| vec![SHARED.to_owned()]);
            let taken = self.models.entry(resource.clone()).or_default();
            let mut names = [model.name.clone(), model.component.clone()].into_iter();
            if let Some(name) = names.find(|name| !taken.contains(name)) {
                taken.insert(name.clone());
                found.push((resource, ModelEntry { name, ..model }));
            }
        }
        found
    }
}

/// A method that a configuration lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMethod {
    /// The keys of its resource.
    pub resource: ResourceKeys,
    /// Its name.
    pub name: String,
    /// The endpoint that it calls.
    pub endpoint: Endpoint,
    /// Its operation in the inferred model.
    pub(crate) operation: OperationId,
}

/// A call with its inferred name.
struct InferredCall {
    endpoint: Endpoint,
    operation: OperationId,
    path: Vec<Words>,
    name: Words,
}

/// Returns a name that is not taken, with a number if need be, and takes it.
fn distinguish_name(name: &Words, taken: &mut HashSet<Words>) -> Option<Words> {
    let numbered = (2..).map(|n: u32| name.with(&n.to_string()));
    let mut names = [name.clone()].into_iter().chain(numbered);
    let free = names.find(|name| !taken.contains(name))?;
    taken.insert(free.clone());
    Some(free)
}

type Homes = HashMap<Vec<Words>, ResourceKeys>;

/// Returns the resource of the configuration for an inferred one: its home, or one below that of
/// the nearest parent.
fn find_resource(homes: &Homes, path: &[Words]) -> ResourceKeys {
    if let Some(home) = homes.get(path) {
        return home.clone();
    }
    match path.split_last() {
        None => vec![CLIENT.to_owned()],
        Some((last, [])) => vec![spell(last)],
        Some((last, above)) => {
            let mut keys = find_resource(homes, above);
            keys.push(spell(last));
            keys
        }
    }
}

/// Returns the inferred calls that the document declares, in the order of the tree.
fn inferred_calls(api: &Api) -> Vec<InferredCall> {
    let mut calls = Vec::new();
    add_calls(api, &api.root, &[], &mut calls);
    calls
}

fn add_calls(api: &Api, resource: &ir::Resource, path: &[Words], calls: &mut Vec<InferredCall>) {
    for method in &resource.methods {
        let operation = api.operation(method.operation);
        if operation.media_type_variant.is_none() {
            calls.push(InferredCall {
                endpoint: Endpoint::from(operation),
                operation: method.operation,
                path: path.to_vec(),
                name: method.name.clone(),
            });
        }
    }
    for child in &resource.children {
        let below: Vec<Words> = path.iter().chain([&child.name]).cloned().collect();
        add_calls(api, child, &below, calls);
    }
}
