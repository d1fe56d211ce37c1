//! Facts about the package for its manifest and its README.

use serde::Serialize;

use crate::ir::{CustomCode, RetryRule};
use crate::plan::Plan;
use crate::source::text::single_line;

#[derive(Debug, Serialize)]
pub(super) struct PackageFacts {
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

pub(super) fn package(plan: &Plan<'_>) -> PackageFacts {
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
