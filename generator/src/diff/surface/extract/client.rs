//! The package and the client.

use super::methods::sort_requirements;
use crate::diff::surface::{
    ClientSurface, EnvironmentSurface, OptionSurface, PackageSurface, WebhookMethodSurface,
    WebhookSurface,
};
use crate::ir::{ClientOption, OptionRole, OptionType, Package};
use crate::plan::{OptionPlan, Plan};

/// The package.
pub(super) fn extract_package(plan: &Plan<'_>) -> PackageSurface {
    let api = plan.api;
    let package = &api.package;
    let manifest = &package.manifest;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    PackageSurface {
        name: package.name.clone(),
        version: package.version.clone(),
        title: api.title.clone(),
        api_version: api.version.clone(),
        description: api.description.clone(),
        rust_version: manifest.rust_version.clone(),
        date_times: format!("{:?}", package.date_times).to_lowercase(),
        metadata: vec![
            ("license", package.license.clone()),
            ("description", text(&manifest.description)),
            ("repository", text(&manifest.repository)),
            ("homepage", text(&manifest.homepage)),
            ("keywords", manifest.keywords.join(", ")),
            ("categories", manifest.categories.join(", ")),
            ("authors", manifest.authors.join(", ")),
        ],
    }
}

/// The client.
pub(super) fn extract_client(plan: &Plan<'_>) -> ClientSurface {
    let api = plan.api;
    let options = api.package.options.iter().zip(&plan.options);
    ClientSurface {
        options: options
            .map(|(option, plan)| extract_option(option, plan))
            .collect(),
        environment_type: plan
            .environment
            .as_ref()
            .map(|choice| choice.ident.to_string()),
        environments: extract_environments(plan),
        env_prefix: api.package.env_prefix.clone(),
        schemes: api
            .security_schemes
            .iter()
            .map(|(name, scheme)| (name.clone(), scheme.clone()))
            .collect(),
        security: sort_requirements(&api.security),
        headers: api.package.headers.clone(),
        behaviour: behaviour(&api.package),
        error_body: plan.error_body.clone(),
        webhooks: extract_webhooks(plan),
    }
}

fn extract_option(option: &ClientOption, plan: &OptionPlan) -> OptionSurface {
    let choice = plan.choice.as_ref();
    let choices = choice.into_iter().flat_map(|choice| &choice.variants);
    let argument = match (&option.role, choice, option.ty) {
        (OptionRole::Credential { .. } | OptionRole::WebhookSecret, ..) => {
            "impl Into<Secret>".to_owned()
        }
        (_, Some(choice), _) => choice.ident.to_string(),
        (_, None, OptionType::String) => "impl AsRef<str>".to_owned(),
        (_, None, OptionType::Integer) => "i64".to_owned(),
        (_, None, OptionType::Number) => "f64".to_owned(),
        (_, None, OptionType::Boolean) => "bool".to_owned(),
    };
    OptionSurface {
        name: plan.name.to_string(),
        argument,
        choices: choices
            .map(|(ident, value)| (ident.to_string(), value.clone()))
            .collect(),
        env: option.env.clone(),
        role: option.role.clone(),
        default: option.default.clone(),
        is_required: option.required,
        description: option.description.clone(),
    }
}

fn extract_environments(plan: &Plan<'_>) -> Vec<EnvironmentSurface> {
    let environments = plan.api.environments.iter();
    environments
        .map(|(name, url)| {
            let mut variants = plan.environment.iter().flat_map(|choice| &choice.variants);
            let variant = variants.find(|(_, value)| value == name);
            EnvironmentSurface {
                name: name.clone(),
                variant: variant.map(|(ident, _)| ident.to_string()),
                url: url.clone(),
            }
        })
        .collect()
}

/// Returns the defaults of calls.
fn behaviour(package: &Package) -> Vec<(&'static str, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let millis =
        |delay: Option<u64>| delay.map_or("the default".to_owned(), |ms| format!("{ms} ms"));
    let (first, longest) = (millis(package.delays_ms.0), millis(package.delays_ms.1));
    vec![
        (
            "the time limit of an attempt",
            format!("{} ms", package.timeout_ms),
        ),
        ("the number of retries", package.max_retries.to_string()),
        ("the rule for retries", format!("{:?}", package.retry_rule)),
        (
            "the first and the longest delay",
            format!("{first} and {longest}"),
        ),
        (
            "the header of idempotency keys",
            text(&package.idempotency_header),
        ),
        (
            "the header of request ids",
            text(&package.request_id_header),
        ),
        (
            "the property of error messages",
            text(&package.error_message),
        ),
        ("the name in `User-Agent`", package.client_name.clone()),
    ]
}

fn extract_webhooks(plan: &Plan<'_>) -> Option<WebhookSurface> {
    let webhooks = plan.webhooks.as_ref()?;
    let model = plan.api.webhooks.as_ref()?;
    let methods = webhooks.methods.iter().filter_map(|method| {
        let resource = plan.resources.get(method.resource)?;
        let accessors: Vec<String> = resource
            .path
            .iter()
            .map(|name| format!("{name}()"))
            .collect();
        Some(WebhookMethodSurface {
            item_path: format!("Client::{}.{}", accessors.join("."), method.ident),
            is_verified: method.is_verified,
        })
    });
    Some(WebhookSurface {
        methods: methods.collect(),
        event: webhooks.event,
        signature: model.signature.clone(),
        pointer: model.pointer.clone(),
    })
}
