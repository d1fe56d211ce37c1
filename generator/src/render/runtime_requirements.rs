//! Runtime requirements: the features and dependencies that a crate needs for its runtime.
//!
//! They come from the manifest of the runtime. A crate with a copy of the runtime takes over its
//! features and dependencies. A crate that depends on the runtime passes its features on.

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::custom_requirements::{add_dependencies, add_features};
use super::date_times;
use super::templates::MANIFEST;
use crate::ir::{CustomCode, DateTimes, Package, RuntimeSource};

/// The name of the runtime on crates.io.
const RUNTIME_PACKAGE: &str = "sdkwright-runtime";

/// The runtime and the generator have the same version.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The features and dependencies of a crate for its runtime, as TOML.
pub(super) struct RuntimeRequirements {
    /// The default features.
    pub(super) defaults: Vec<String>,
    /// The definitions of all features but `default`.
    pub(super) features: String,
    pub(super) dependencies: String,
    /// The dependencies of tests and examples alone.
    pub(super) dev_dependencies: Vec<&'static str>,
}

impl RuntimeRequirements {
    /// Reads the requirements from the manifest of the runtime.
    /// Features with the names of `resources` are defined elsewhere.
    pub(super) fn new(package: &Package, receives_webhooks: bool, resources: &[&str]) -> Self {
        let mut manifest: DocumentMut = MANIFEST.parse().expect("the runtime's manifest is TOML");
        let mut features = remove_table(&mut manifest, "features");
        let defaults = features.remove("default");
        let defaults = defaults.iter().flat_map(texts).map(str::to_owned).collect();
        // No SDK has the types of several libraries.
        features.retain(|name, _| date_times::names().all(|library| library != name));
        let custom = package.custom.as_ref();
        let dev_dependencies = date_times::for_tests(package.date_times).into_iter();
        match package.runtime {
            RuntimeSource::Vendored => Self {
                defaults,
                features: print_features(
                    vendored_features(features, receives_webhooks),
                    custom,
                    resources,
                ),
                dependencies: vendored_dependencies(manifest, package.date_times, custom),
                dev_dependencies: dev_dependencies.collect(),
            },
            RuntimeSource::Dependency => Self {
                defaults,
                features: print_features(forwarded_features(features), custom, resources),
                dependencies: runtime_dependency(package.date_times, custom),
                dev_dependencies: [r#"serde_json = "1""#]
                    .into_iter()
                    .chain(dev_dependencies)
                    .collect(),
            },
        }
    }
}

/// Takes a table of the manifest out of it.
fn remove_table(manifest: &mut DocumentMut, name: &str) -> Table {
    let table = manifest.remove(name).map(Item::into_table);
    table
        .and_then(Result::ok)
        .expect("the runtime's manifest has features and dependencies")
}

/// The strings of a list.
fn texts(list: &Item) -> impl Iterator<Item = &str> {
    let values = list.as_array().into_iter().flatten();
    values.filter_map(toml_edit::Value::as_str)
}

/// A client that receives no webhooks needs no libraries to verify them.
fn vendored_features(mut features: Table, receives_webhooks: bool) -> Table {
    let client = features.get_mut("client").and_then(Item::as_array_mut);
    if let Some(client) = client.filter(|_| !receives_webhooks) {
        client.retain(|feature| feature.as_str() != Some("webhook"));
    }
    features
}

/// Prints the features of the runtime and of the owners' code.
fn print_features(mut features: Table, custom: Option<&CustomCode>, resources: &[&str]) -> String {
    add_features(&mut features, custom, resources);
    features.to_string().trim_end().to_owned()
}

/// The dependencies of the runtime, with this date and time library alone.
///
/// The runtime itself has `chrono`, and the others as optional dependencies.
fn vendored_dependencies(
    mut manifest: DocumentMut,
    library: DateTimes,
    custom: Option<&CustomCode>,
) -> String {
    let library = date_times::name(library);
    let mut dependencies = remove_table(&mut manifest, "dependencies");
    dependencies
        .retain(|name, _| name == library || date_times::names().all(|other| other != name));
    let own = dependencies.get_mut(library);
    if let Some(own) = own.and_then(Item::as_inline_table_mut)
        && own.remove("optional").is_some()
    {
        own.fmt();
    }
    add_dependencies(&mut dependencies, custom);
    // Tables for single targets follow.
    manifest.retain(|name, _| name == "target");
    format!("{dependencies}{manifest}").trim_end().to_owned()
}

fn runtime_dependency(library: DateTimes, custom: Option<&CustomCode>) -> String {
    let features = date_times::module(library)
        .map(|feature| format!(", features = [\"{feature}\"]"))
        .unwrap_or_default();
    let mut others = Table::new();
    add_dependencies(&mut others, custom);
    let runtime = format!(
        "{RUNTIME_PACKAGE} = {{ version = \"{RUNTIME_VERSION}\", default-features = false{features} }}"
    );
    format!("{others}{runtime}")
}

/// Returns the features of the runtime. Each enables the feature of the dependency.
///
/// A feature also enables the other features of the crate that it needs, because they gate generated
/// code.
fn forwarded_features(mut features: Table) -> Table {
    for (name, list) in features.iter_mut() {
        let own = texts(list).filter(|item| !item.contains([':', '/']));
        let items: Array = own
            .map(str::to_owned)
            .chain([format!("{RUNTIME_PACKAGE}/{}", name.get())])
            .collect();
        *list = value(items);
    }
    features
}
