//! The features of the generated crate: that each combination which somebody may
//! want compiles without a warning, and that none brings what it should not.

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use crate::process::{cargo, read, run};
use crate::repo;

/// What only the client may need.
const HTTP: &[&str] = &["http", "http-body", "hyper", "reqwest", "tokio", "url"];

/// The feature that is all resources at once.
const ALL: &str = "resources";

/// Needs a library of the system.
const OF_THE_SYSTEM: &str = "native-tls";

/// Compiles the crate with features that stand for all combinations of them:
/// nothing, each resource with and without the client, and everything at once.
pub(crate) fn check() -> anyhow::Result<()> {
    let features = features()?;
    let of = |name: &str| features.iter().find(|(feature, _)| feature == name);
    let (_, resources) = of(ALL).with_context(|| format!("there is no feature `{ALL}`"))?;
    let mut combinations = vec![String::new(), ALL.to_owned(), format!("webhook,{ALL}")];
    for resource in resources {
        combinations.push(resource.clone());
        combinations.push(format!("rustls,{resource}"));
    }
    let all: Vec<&str> = features
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| *name != OF_THE_SYSTEM)
        .collect();
    combinations.push(all.join(","));
    for combination in &combinations {
        compile(combination)?;
    }
    types_know_no_http()
}

fn compile(features: &str) -> anyhow::Result<()> {
    println!(
        "features: {}",
        if features.is_empty() {
            "none"
        } else {
            features
        }
    );
    // clippy, since it alone takes a flag for this package and not for those that it needs.
    let mut check = cargo(["clippy", "--quiet", "--package", repo::PACKAGE]);
    check.args([
        "--all-targets",
        "--no-default-features",
        "--features",
        features,
    ]);
    run(check.args(["--", "--deny", "warnings"]))
}

/// The features of the manifest, each with what it turns on.
fn features() -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let text = read(&mut cargo([
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
    ]))?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages = metadata.pointer("/packages").and_then(Value::as_array);
    let package = packages
        .into_iter()
        .flatten()
        .find(|package| package.get("name").and_then(Value::as_str) == Some(repo::PACKAGE));
    let features = package.and_then(|package| package.get("features")?.as_object());
    let features = features.with_context(|| format!("{} has no features", repo::PACKAGE))?;
    let list = |value: &Value| -> Vec<String> {
        let names = value.as_array().into_iter().flatten();
        names.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Ok(features
        .iter()
        .map(|(name, on)| (name.clone(), list(on)))
        .collect())
}

/// The types come without anything that speaks HTTP.
fn types_know_no_http() -> anyhow::Result<()> {
    let mut tree = cargo(["tree", "--package", repo::PACKAGE, "--edges", "normal"]);
    tree.args([
        "--no-default-features",
        "--features",
        ALL,
        "--prefix",
        "none",
    ]);
    let tree = read(&mut tree)?;
    let names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    ensure!(
        names.contains(&"serde"),
        "`cargo tree` shows no dependencies"
    );
    if let Some(found) = HTTP.iter().find(|http| names.contains(http)) {
        bail!("the types alone depend on `{found}`");
    }
    println!(
        "the types alone have {} dependencies, none of HTTP",
        names.len() - 1
    );
    Ok(())
}
