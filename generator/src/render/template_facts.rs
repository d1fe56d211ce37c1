//! Template facts: the data that the templates of whole files use.

mod options;
mod pages;
mod quick_start;
mod streams;
mod unions;
mod webhooks;

use serde::Serialize;

pub(super) use self::options::sample;
use self::options::{EnvironmentFacts, GrantFacts, OptionFacts};
use self::pages::PagesFacts;
use self::quick_start::QuickStart;
use self::streams::StreamFacts;
use self::unions::UnionFacts;
use self::webhooks::WebhookFacts;
use super::runtime_requirements::RuntimeRequirements;
use super::{imports, prose};
use crate::ir::{CustomCode, Package, RetryRule, RuntimeSource};
use crate::plan::{ItemKind, MethodPlan, Plan, ResourcePlan, RustIdent, RustType};
use crate::source::text::single_line;

/// The data for all templates.
#[derive(Debug, Serialize)]
pub(super) struct TemplateFacts {
    package: PackageFacts,
    api: ApiFacts,
    /// A program that makes one call.
    quick_start: Option<QuickStart>,
    webhooks: Option<WebhookFacts>,
    receives_webhooks: bool,
    streams: Option<StreamFacts>,
    downloads: bool,
    uploads: bool,
    pages: Option<PagesFacts>,
    resources: Vec<ResourceFacts>,
    types: Vec<TypeFacts>,
    options: Vec<OptionFacts>,
    environment: Option<EnvironmentFacts>,
    /// The enums of options with a fixed list of values.
    choices: Vec<String>,
    /// Whether some methods have their own timeout or number of retries.
    own_limits: bool,
    /// Whether calls send credentials.
    credentials: bool,
    /// Whether calls send tokens that a token provider can return.
    tokens: bool,
    /// The options for the id and the secret of token requests.
    grant: Option<GrantFacts>,
    /// Whether some calls need credentials that the SDK does not support.
    by_hand: bool,
    error_body: bool,
    union: Option<UnionFacts>,
    has_tests: bool,
    /// The modules of the round-trip tests.
    type_tests: Vec<String>,
    /// Whether there are tests of webhook deliveries.
    has_webhook_deliveries: bool,
    /// The features of the runtime as TOML, without `default`.
    runtime_features: String,
    /// The default features.
    default_features: Vec<String>,
    /// The features of resources, in order.
    features: Vec<FeatureFacts>,
    /// The features of resources under their former names.
    former_features: Vec<FormerFeatureFacts>,
    /// The feature that enables all resources, if there are any features.
    all_features: Option<&'static str>,
    /// Whether the API has more resources than crates.io allows features.
    too_many_features: bool,
    /// The dependencies of the runtime, as TOML.
    dependencies: String,
    /// The dependencies of tests, as TOML.
    dev_dependencies: Vec<&'static str>,
    /// The identifier of the runtime's crate, if it is a dependency.
    runtime_crate: Option<&'static str>,
    /// The types of dates and times.
    date_times: DateTimeFacts,
}

#[derive(Debug, Serialize)]
struct PackageFacts {
    name: String,
    ident: String,
    client_name: String,
    version: String,
    license: String,
    /// The licences that the expression names.
    licenses: Vec<String>,
    custom: Option<CustomFacts>,
    description: Option<String>,
    repository: Option<String>,
    homepage: Option<String>,
    keywords: Vec<String>,
    categories: Vec<String>,
    authors: Vec<String>,
    rust_version: String,
    title: String,
    env_prefix: String,
    timeout_seconds: String,
    max_retries: u32,
    /// Whether calls that are not idempotent are retried as well.
    retries_all: bool,
}

#[derive(Debug, Serialize)]
struct ApiFacts {
    title: String,
    version: String,
    /// The description as Markdown that is safe in a doc comment.
    description: String,
    environments: Vec<(String, String)>,
}

/// The code of the crate's owners.
#[derive(Debug, Serialize)]
struct CustomFacts {
    readme: Option<String>,
    targets: Vec<CustomTargetFacts>,
}

/// An example or a test of the owners, and the features that it requires.
#[derive(Debug, Serialize)]
struct CustomTargetFacts {
    /// `example` or `test`.
    kind: &'static str,
    name: String,
    features: Vec<String>,
}

/// The feature of a resource.
#[derive(Debug, Serialize)]
struct FeatureFacts {
    name: String,
    resource: String,
    /// What the feature enables by configuration.
    enables: Vec<String>,
}

/// The former name of a feature.
#[derive(Debug, Serialize)]
struct FormerFeatureFacts {
    name: String,
    /// The features that it stands for.
    enables: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ResourceFacts {
    path: String,
    module: String,
    cfg: Option<String>,
    methods: Vec<MethodFacts>,
}

#[derive(Debug, Serialize)]
struct MethodFacts {
    name: String,
    verb: String,
    path: String,
    args: Vec<String>,
    returns: String,
}

#[derive(Debug, Serialize)]
struct TypeFacts {
    name: String,
    kind: &'static str,
    module: String,
    size: usize,
}

/// The types of dates and times.
#[derive(Debug, Serialize)]
struct DateTimeFacts {
    date_time: &'static str,
    date: &'static str,
    /// Their module in a runtime that is a dependency, unless it is the root.
    module: Option<&'static str>,
}

impl TemplateFacts {
    /// Returns the path of the quick start example.
    pub(super) fn example(&self) -> Option<String> {
        Some(format!("examples/{}.rs", self.quick_start.as_ref()?.file))
    }
}

/// Collects the facts of a plan.
pub(super) fn collect(
    plan: &Plan<'_>,
    type_tests: Vec<String>,
    has_webhook_deliveries: bool,
) -> TemplateFacts {
    let api = plan.api;
    let is_dependency = api.package.runtime == RuntimeSource::Dependency;
    let features = features(plan);
    let names: Vec<&str> = features.iter().map(|feature| &*feature.name).collect();
    let requirements = RuntimeRequirements::new(&api.package, plan.receives_webhooks(), &names);
    let all_features = (!features.is_empty()).then_some(crate::plan::ALL_RESOURCES);
    TemplateFacts {
        package: package(plan),
        api: ApiFacts {
            title: single_line(&api.title),
            version: single_line(&api.version),
            description: api
                .description
                .as_deref()
                .map(|text| prose::markdown(text).join("\n"))
                .unwrap_or_default(),
            environments: api
                .environments
                .iter()
                .map(|(name, url)| (single_line(name), single_line(url)))
                .collect(),
        },
        quick_start: quick_start::quick_start(plan),
        webhooks: webhooks::webhooks(plan),
        receives_webhooks: plan.receives_webhooks(),
        streams: streams::streams(plan),
        downloads: plan
            .methods()
            .any(|method| method.returns == RustType::Bytes),
        uploads: uploads(plan),
        pages: pages::pages(plan),
        resources: plan
            .resources
            .iter()
            .map(|resource| self::resource(plan, resource))
            .collect(),
        types: types(plan),
        options: options::options(plan),
        environment: options::environment(plan),
        choices: options::choices(plan),
        own_limits: plan.methods().any(has_own_limits),
        credentials: !api.security_schemes.is_empty(),
        tokens: api.security_schemes.values().any(options::is_token_scheme),
        grant: options::grant(plan),
        by_hand: options::needs_unsupported_scheme(plan),
        error_body: plan.error_body.is_some(),
        union: unions::union(plan),
        has_tests: api.package.has_tests && plan.methods().next().is_some(),
        type_tests,
        has_webhook_deliveries,
        runtime_features: requirements.features,
        default_features: requirements
            .defaults
            .into_iter()
            .chain(all_features.map(str::to_owned))
            .collect(),
        all_features,
        too_many_features: all_features.is_none()
            && plan
                .resources
                .first()
                .is_some_and(|root| root.children.len() > 1),
        features,
        former_features: former_features(plan),
        dependencies: requirements.dependencies,
        dev_dependencies: requirements.dev_dependencies,
        runtime_crate: is_dependency.then_some("sdkwright_runtime"),
        date_times: date_times(&api.package),
    }
}

fn date_times(package: &Package) -> DateTimeFacts {
    let library = package.date_times;
    let (date_time, date) = super::date_times::types(library);
    let is_dependency = package.runtime == RuntimeSource::Dependency;
    let module = super::date_times::module(library).filter(|_| is_dependency);
    DateTimeFacts {
        date_time,
        date,
        module,
    }
}

fn package(plan: &Plan<'_>) -> PackageFacts {
    let package = &plan.api.package;
    let manifest = &package.manifest;
    PackageFacts {
        name: package.name.clone(),
        ident: plan.crate_ident.clone(),
        client_name: package.client_name.clone(),
        version: package.version.clone(),
        license: package.license.clone(),
        licenses: package
            .license
            .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '/'))
            .map(str::to_owned)
            .collect(),
        custom: package.custom.as_ref().map(custom),
        description: manifest.description.as_deref().map(single_line),
        repository: manifest.repository.as_deref().map(single_line),
        homepage: manifest.homepage.as_deref().map(single_line),
        keywords: default_to(&manifest.keywords, &["api", "sdk", "client", "http"]),
        categories: default_to(
            &manifest.categories,
            &["api-bindings", "web-programming::http-client"],
        ),
        authors: lines(&manifest.authors),
        rust_version: manifest
            .rust_version
            .clone()
            .unwrap_or_else(|| "1.88".to_owned()),
        title: single_line(manifest.readme_title.as_ref().unwrap_or(&package.name)),
        env_prefix: package.env_prefix.clone(),
        timeout_seconds: std::time::Duration::from_millis(package.timeout_ms)
            .as_secs_f64()
            .to_string(),
        max_retries: package.max_retries,
        retries_all: package.retry_rule == RetryRule::Stainless,
    }
}

fn custom(custom: &CustomCode) -> CustomFacts {
    let target = |kind, (name, features): (&String, &Vec<String>)| CustomTargetFacts {
        kind,
        name: name.clone(),
        features: features.clone(),
    };
    let examples = custom.examples.iter().map(|entry| target("example", entry));
    let tests = custom.tests.iter().map(|entry| target("test", entry));
    CustomFacts {
        readme: custom.readme.clone(),
        targets: examples.chain(tests).collect(),
    }
}

fn default_to(given: &[String], usual: &[&str]) -> Vec<String> {
    if given.is_empty() {
        usual.iter().map(|&text| text.to_owned()).collect()
    } else {
        lines(given)
    }
}

fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| single_line(text)).collect()
}

fn has_own_limits(method: &MethodPlan<'_>) -> bool {
    let operation = method.operation;
    operation.timeout_ms.is_some() || operation.max_retries.is_some()
}

/// Whether the API has file uploads.
fn uploads(plan: &Plan<'_>) -> bool {
    plan.items.iter().any(|item| match &item.kind {
        ItemKind::Params(params) => params.fields.iter().any(crate::plan::FieldPlan::is_upload),
        _ => false,
    })
}

/// Returns the features of resources without duplicates.
fn features(plan: &Plan<'_>) -> Vec<FeatureFacts> {
    let custom = plan.api.package.custom.as_ref();
    let tops = plan
        .resources
        .iter()
        .filter(|resource| resource.path.len() == 1);
    tops.filter_map(|resource| {
        let name = resource.feature.clone()?;
        let custom = custom.and_then(|custom| custom.features.get(&name));
        let former = plan.former_paths.enabled.iter();
        let former = former.filter(|(feature, _)| *feature == name);
        Some(FeatureFacts {
            enables: custom
                .cloned()
                .into_iter()
                .flatten()
                .chain(former.map(|(_, enabled)| enabled.clone()))
                .collect(),
            name,
            resource: resource.path.first()?.to_string(),
        })
    })
    .collect()
}

fn former_features(plan: &Plan<'_>) -> Vec<FormerFeatureFacts> {
    let features = plan.former_paths.features.iter();
    features
        .map(|(name, enables)| FormerFeatureFacts {
            name: name.clone(),
            enables: enables.clone(),
        })
        .collect()
}

fn resource(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> ResourceFacts {
    ResourceFacts {
        path: resource
            .path
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("."),
        module: resource.module.to_string(),
        cfg: resource.gate().predicate(),
        methods: resource
            .methods
            .iter()
            .flat_map(|method| self::methods(plan, method))
            .collect(),
    }
}

/// Returns the facts about a method, and about the one with its optional parameters.
fn methods(plan: &Plan<'_>, method: &MethodPlan<'_>) -> Vec<MethodFacts> {
    let params = method.params.map(|id| plan.item(id).ident.to_string());
    match &method.params_method {
        None => vec![self::method(plan, method, &method.ident, params)],
        Some(params_method) => vec![
            self::method(plan, method, &method.ident, None),
            self::method(plan, method, params_method, params),
        ],
    }
}

fn method(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    name: &RustIdent,
    params: Option<String>,
) -> MethodFacts {
    let args = method.path_args.iter().map(|arg| arg.ident.to_string());
    let args = args.chain(params).collect();
    MethodFacts {
        name: name.to_string(),
        verb: method.operation.method.as_str().to_owned(),
        path: single_line(&method.operation.path),
        args,
        returns: match (&method.stream, method.paging) {
            (Some(_), _) => format!("EventStream<{}>", displayed_type(plan, &method.returns)),
            (None, Some(_)) => format!("Page<{}>", displayed_type(plan, &method.returns)),
            (None, None) => displayed_type(plan, &method.returns),
        },
    }
}

/// Returns a type as readers write it.
fn displayed_type(plan: &Plan<'_>, rust: &RustType) -> String {
    imports::type_tokens(plan, rust, &mut imports::Imports::default())
        .to_string()
        .replace(' ', "")
}

fn types(plan: &Plan<'_>) -> Vec<TypeFacts> {
    plan.type_modules
        .iter()
        .flat_map(|type_module| {
            type_module
                .items
                .iter()
                .map(move |id| (type_module, plan.item(*id)))
        })
        .map(|(type_module, item)| {
            let (kind, size) = match &item.kind {
                _ if item.alias_of.is_some() => ("alias", 1),
                ItemKind::Struct(object) => ("struct", object.fields.len()),
                ItemKind::Enum(list) => ("enum", list.variants.len()),
                ItemKind::Union(union) => ("union", union.variants.len()),
                ItemKind::Alias(_) => ("newtype", 1),
                ItemKind::TypeAlias(_) => ("alias", 1),
                ItemKind::Params(params) => ("params", params.fields.len()),
                ItemKind::Outcome(outcome) => ("outcome", outcome.variants.len()),
            };
            TypeFacts {
                name: item.ident.to_string(),
                kind,
                module: type_module.path(),
                size,
            }
        })
        .collect()
}
