//! Custom requirements: the dependencies and features of the owners' code, in a crate's manifest.
//!
//! They are added to those of the runtime. The runtime's version of a shared dependency stays, and
//! its features are united.

use toml_edit::{Array, InlineTable, Item, Table, Value, value};

use crate::ir::{CrateDependency, CustomCode};

/// Adds the owners' dependencies to a table of dependencies.
pub(super) fn add_dependencies(dependencies: &mut Table, custom: Option<&CustomCode>) {
    for (name, dependency) in custom.iter().flat_map(|custom| &custom.dependencies) {
        let merged = match dependencies.get(name) {
            Some(shared) => merge(shared, dependency),
            None => entries(&dependency.version, dependency),
        };
        dependencies.insert(name, value(merged));
    }
    dependencies.sort_values();
}

/// Adds the owners' features to a table of features, except for those of `resources`.
pub(super) fn add_features(features: &mut Table, custom: Option<&CustomCode>, resources: &[&str]) {
    let lists = custom.iter().flat_map(|custom| &custom.features);
    for (name, enabled) in lists.filter(|(name, _)| !resources.contains(&name.as_str())) {
        let list = features.entry(name).or_insert_with(|| value(Array::new()));
        if let Some(list) = list.as_array_mut() {
            add_missing(list, enabled);
        }
    }
}

fn merge(shared: &Item, dependency: &CrateDependency) -> InlineTable {
    let text = |key: &str| shared.get(key).and_then(Item::as_str);
    let flag = |key: &str| shared.get(key).and_then(Item::as_bool);
    let version = shared.as_str().or_else(|| text("version"));
    let features = shared.get("features").and_then(Item::as_array);
    let features = features.into_iter().flatten().filter_map(Value::as_str);
    let mut features: Vec<String> = features.map(str::to_owned).collect();
    for feature in &dependency.features {
        if !features.contains(feature) {
            features.push(feature.clone());
        }
    }
    let united = CrateDependency {
        version: String::new(),
        features,
        default_features: dependency.default_features || flag("default-features") != Some(false),
        optional: dependency.optional && flag("optional") == Some(true),
    };
    entries(version.unwrap_or(&dependency.version), &united)
}

fn entries(version: &str, dependency: &CrateDependency) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("version", version.into());
    if !dependency.default_features {
        table.insert("default-features", false.into());
    }
    if !dependency.features.is_empty() {
        let features: Array = dependency.features.iter().collect();
        table.insert("features", features.into());
    }
    if dependency.optional {
        table.insert("optional", true.into());
    }
    table
}

fn add_missing(list: &mut Array, items: &[String]) {
    let found: Vec<String> = list
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    for item in items.iter().filter(|item| !found.contains(item)) {
        list.push(item);
    }
}
