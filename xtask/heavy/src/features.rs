//! `cargo xtask features`: combinations of features compile without a warning, and the types alone
//! do not depend on HTTP crates.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::process::{cargo, read, run};
use xtask::repo;

/// Dependencies that only the client may need.
const HTTP: &[&str] = &["http", "http-body", "hyper", "reqwest", "tokio", "url"];

/// The feature that enables all resources.
pub(crate) const ALL: &str = "resources";

/// Needs a library of the system.
pub(crate) const OF_THE_SYSTEM: &str = "native-tls";

/// Compiles the generated crate with representative combinations of features.
#[derive(Args)]
pub(crate) struct Combinations {}

impl Combinations {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        check()
    }
}

/// Compiles the crate with representative combinations of features: none, each resource with and
/// without the client, and all.
fn check() -> anyhow::Result<()> {
    let features = Features::read_features(None, repo::PACKAGE)?;
    let mut combinations = vec![
        String::new(),
        ALL.to_owned(),
        format!("webhook,{ALL}"),
        format!("serde,{ALL}"),
    ];
    for resource in features.on(ALL) {
        combinations.push(resource.clone());
        combinations.push(format!("rustls,{resource}"));
    }
    combinations.push(features.everything().join(","));
    if has_system_library() {
        combinations.push(OF_THE_SYSTEM.to_owned());
    } else {
        println!(
            "skipped: `{OF_THE_SYSTEM}` needs the headers of OpenSSL, which are not installed"
        );
    }
    for combination in &combinations {
        compile(combination)?;
    }
    test_docs_without_features()?;
    check_types_without_http()
}

/// Runs the examples in the docs without features: an example that needs a feature must declare it. Clippy
/// does not see them. Tests of the runtime always have the client, which the generated crate with its
/// copy of the runtime is tested without.
fn test_docs_without_features() -> anyhow::Result<()> {
    for package in [repo::RUNTIME, repo::PACKAGE] {
        println!("examples in the docs of `{package}` without features");
        run(&mut cargo([
            "test",
            "--quiet",
            "--doc",
            "--no-default-features",
            "--package",
            package,
        ]))?;
    }
    Ok(())
}

/// Whether TLS by the platform can be compiled: everywhere but on Linux it needs nothing.
fn has_system_library() -> bool {
    let mut ask = Command::new("pkg-config");
    ask.args(["--exists", "openssl"]);
    !cfg!(target_os = "linux") || ask.status().is_ok_and(|status| status.success())
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

/// The features of a package, with the features that each enables.
pub(crate) struct Features(Vec<(String, Vec<String>)>);

impl Features {
    /// Reads the features of a package of this workspace or another one from cargo.
    ///
    /// # Errors
    ///
    /// Cargo fails, or the package does not exist, or it has no feature for all resources.
    pub(crate) fn read_features(manifest: Option<&Path>, package: &str) -> anyhow::Result<Self> {
        let mut metadata = cargo(["metadata", "--format-version", "1", "--no-deps"]);
        if let Some(manifest) = manifest {
            metadata.arg("--manifest-path").arg(manifest);
        }
        let metadata: Value = serde_json::from_str(&read(&mut metadata)?)?;
        let packages = metadata.pointer("/packages").and_then(Value::as_array);
        let found = packages
            .into_iter()
            .flatten()
            .find(|found| found.get("name").and_then(Value::as_str) == Some(package));
        let features = found.and_then(|found| found.get("features")?.as_object());
        let features = features.with_context(|| format!("{package} has no features"))?;
        let list = |value: &Value| -> Vec<String> {
            let names = value.as_array().into_iter().flatten();
            names.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        ensure!(
            features.contains_key(ALL),
            "{package} has no feature `{ALL}`"
        );
        let features = features.iter();
        Ok(Self(
            features
                .map(|(name, on)| (name.clone(), list(on)))
                .collect(),
        ))
    }

    /// Their names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(name, _)| name)
    }

    /// The features that a feature enables.
    pub(crate) fn on(&self, name: &str) -> Vec<String> {
        let mut features = self.0.iter();
        let found = features.find(|(feature, _)| feature == name);
        found.map(|(_, on)| on.clone()).unwrap_or_default()
    }

    /// All features that can be enabled together on every system.
    pub(crate) fn everything(&self) -> Vec<String> {
        let names = self.names().filter(|name| *name != OF_THE_SYSTEM);
        names.cloned().collect()
    }
}

/// Checks that the types alone do not depend on HTTP crates.
fn check_types_without_http() -> anyhow::Result<()> {
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
        names.contains(&"serde_json"),
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
