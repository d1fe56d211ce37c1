//! Runtime requirements: the features and dependencies that a crate needs for its runtime.
//!
//! They come from the manifest of the runtime. A crate with a copy of the runtime takes over its
//! features and dependencies. A crate that depends on the runtime passes its features on.

use super::date_times;
use super::templates::MANIFEST;
use crate::ir::{DateTimes, Package, RuntimeSource};

/// The name of the runtime on crates.io.
const RUNTIME_PACKAGE: &str = "sdkwright-runtime";

/// The runtime and the generator have the same version.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The start of the runtime's features for other date and time libraries, which no SDK has.
const DATE_TIME_FEATURES: &str = "# The date and time types of other crates.";

/// How `client` has the feature `webhook`.
const WEBHOOK: &str = "    \"webhook\",\n";

/// The features and dependencies of a crate for its runtime, as TOML.
pub(super) struct RuntimeRequirements {
    /// The features that are on by default.
    pub(super) defaults: Vec<&'static str>,
    /// The definitions of all features but `default`.
    pub(super) features: String,
    pub(super) dependencies: String,
    /// The dependencies of tests and examples alone.
    pub(super) dev_dependencies: Vec<&'static str>,
}

impl RuntimeRequirements {
    /// Reads the requirements from the manifest of the runtime, which has a fixed order.
    pub(super) fn new(package: &Package, receives_webhooks: bool) -> Self {
        let features = section("[features]\n", "[dependencies]\n");
        let (defaults, features) = features
            .split_once('\n')
            .expect("the first feature is `default`");
        let (features, _) = features
            .split_once(DATE_TIME_FEATURES)
            .expect("the last features are those of date and time libraries");
        let defaults = defaults.split('"').skip(1).step_by(2).collect();
        let dev_dependencies = date_times::for_tests(package.date_times).into_iter();
        match package.runtime {
            RuntimeSource::Vendored => Self {
                defaults,
                features: vendored_features(features.trim_end(), receives_webhooks),
                dependencies: vendored_dependencies(package.date_times),
                dev_dependencies: dev_dependencies.collect(),
            },
            RuntimeSource::Dependency => Self {
                defaults,
                features: forwarded_features(features.trim_end()),
                dependencies: runtime_dependency(package.date_times),
                dev_dependencies: [r#"serde_json = "1""#]
                    .into_iter()
                    .chain(dev_dependencies)
                    .collect(),
            },
        }
    }
}

fn section(from: &str, to: &str) -> &'static str {
    let rest = MANIFEST.split_once(from).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split_once(to))
        .map(|(text, _)| text.trim())
        .expect("the runtime's manifest has features, dependencies, and those of development")
}

/// A client that receives no webhooks needs no libraries to verify them.
fn vendored_features(features: &str, receives_webhooks: bool) -> String {
    if receives_webhooks {
        features.to_owned()
    } else {
        features.replace(WEBHOOK, "")
    }
}

fn vendored_dependencies(library: DateTimes) -> String {
    let all = section("[dependencies]\n", "[dev-dependencies]\n");
    date_times::dependencies(library, all)
}

fn runtime_dependency(library: DateTimes) -> String {
    let features = date_times::module(library)
        .map(|feature| format!(", features = [\"{feature}\"]"))
        .unwrap_or_default();
    format!(
        "{RUNTIME_PACKAGE} = {{ version = \"{RUNTIME_VERSION}\", default-features = false{features} }}"
    )
}

/// The features of the runtime, each of which turns on the runtime's own.
///
/// A feature still turns on those of the crate that it needs, since generated code is compiled by
/// them.
fn forwarded_features(features: &str) -> String {
    let mut text = String::new();
    let mut rest = features;
    while let Some((head, list)) = rest.split_once(" = [") {
        let (list, after) = list.split_once(']').unwrap_or((list, ""));
        let (_, name) = head.rsplit_once('\n').unwrap_or(("", head));
        let own = list.split('"').skip(1).step_by(2);
        let own = own.filter(|item| !item.contains([':', '/']));
        let items: Vec<String> = own
            .map(|item| format!("\"{item}\""))
            .chain([format!("\"{RUNTIME_PACKAGE}/{name}\"")])
            .collect();
        text += &format!("{head} = [{}]", items.join(", "));
        rest = after;
    }
    text
}
