//! Template facts: the data that the templates of whole files use.

mod options;
mod package;
mod pages;
mod quick_start;
mod resources;
mod streams;
mod types;
mod webhooks;

use serde::Serialize;

pub(super) use self::options::sample;
use self::options::{EnvironmentFacts, GrantFacts, OptionFacts};
use self::package::PackageFacts;
use self::pages::PagesFacts;
use self::quick_start::QuickStart;
use self::resources::ResourceFacts;
use self::streams::StreamFacts;
use self::types::TypeFacts;
use self::webhooks::WebhookFacts;
use super::prose;
use super::runtime_requirements::RuntimeRequirements;
use super::wire_tests::TestModule;
use crate::ir::{Package, RuntimeSource};
use crate::plan::{ItemKind, Plan, RustType};
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
    /// The name of a method that takes optional parameters.
    optional_params: Option<String>,
    /// Whether calls send credentials.
    credentials: bool,
    /// Whether calls send tokens that a token provider can return.
    tokens: bool,
    /// The options for the id and the secret of token requests.
    grant: Option<GrantFacts>,
    /// Whether some calls need credentials that the SDK does not support.
    by_hand: bool,
    error_body: bool,
    has_tests: bool,
    /// The modules of the wire tests.
    wire_tests: Vec<TestModule>,
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
    /// The feature that enables all resources.
    all_features: &'static str,
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
struct ApiFacts {
    title: String,
    version: String,
    /// The description as Markdown that is safe in a doc comment.
    description: String,
    environments: Vec<(String, String)>,
}

/// The feature of a resource.
#[derive(Debug, Serialize)]
struct FeatureFacts {
    name: String,
    resource: String,
    /// The features and dependencies that the feature enables.
    enables: Vec<String>,
}

/// The former name of a feature.
#[derive(Debug, Serialize)]
struct FormerFeatureFacts {
    name: String,
    /// The features that it stands for.
    enables: Vec<String>,
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
    wire_tests: Vec<TestModule>,
    type_tests: Vec<String>,
    has_webhook_deliveries: bool,
) -> TemplateFacts {
    let api = plan.api;
    let is_dependency = api.package.runtime == RuntimeSource::Dependency;
    let features = features(plan);
    let names: Vec<&str> = features.iter().map(|feature| &*feature.name).collect();
    let requirements = RuntimeRequirements::new(&api.package, plan.receives_webhooks(), &names);
    let all_features = crate::plan::ALL_RESOURCES;
    TemplateFacts {
        package: package::package(plan),
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
            .map(|resource| resources::resource(plan, resource))
            .collect(),
        types: types::types(plan),
        options: options::options(plan),
        environment: options::environment(plan),
        choices: options::choices(plan),
        optional_params: plan
            .methods()
            .find_map(|method| method.params_method.as_ref())
            .map(ToString::to_string),
        credentials: !api.security_schemes.is_empty(),
        tokens: api.security_schemes.values().any(options::is_token_scheme),
        grant: options::grant(plan),
        by_hand: options::needs_unsupported_scheme(plan),
        error_body: plan.error_body.is_some(),
        has_tests: api.package.has_tests && plan.methods().next().is_some(),
        wire_tests,
        type_tests,
        has_webhook_deliveries,
        runtime_features: requirements.features,
        default_features: requirements
            .defaults
            .into_iter()
            .chain([all_features.to_owned()])
            .collect(),
        all_features,
        too_many_features: features.is_empty()
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
