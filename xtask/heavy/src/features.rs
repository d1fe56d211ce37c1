//! `cargo xtask features`: checks of packages and features.
//!
//! The packages compile from their own files. Combinations of features of the generated crate compile
//! without a warning. The types alone do not depend on HTTP crates.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::generated_crate::{sharing_command, workspace_command};
use crate::packages;
use crate::process::{cargo, read, run};
use xtask::repo;

/// Dependencies that only the client may need.
const HTTP: &[&str] = &["http", "http-body", "hyper", "reqwest", "tokio", "url"];

/// The feature that enables all resources.
pub(crate) const ALL: &str = "resources";

/// Needs a library of the system.
pub(crate) const OF_THE_SYSTEM: &str = "native-tls";

/// Packs the crates, and compiles them with representative combinations of features.
#[derive(Args)]
pub(crate) struct Combinations {}

impl Combinations {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let folder = packages::unpack()?;
        check_declared_features(folder)?;
        for combination in list_combinations()? {
            combination.check(folder)?;
        }
        test_docs_without_features(folder)?;
        check_types_without_http()
    }
}

/// Compiles each package as its users do: nothing else asks for features of its dependencies. A
/// feature that a manifest forgets to declare is an error only here.
fn check_declared_features(folder: &Path) -> anyhow::Result<()> {
    let sdk = [
        "check",
        "--package",
        repo::PACKAGE,
        "--package",
        repo::RUNTIME,
    ];
    let compiler = ["check", "--package", repo::COMPILER];
    for command in [sdk.as_slice(), &compiler] {
        run(&mut workspace_command(folder, command))?;
    }
    Ok(())
}

/// Features of the generated crate that are enabled together, and the targets to compile with them.
struct Combination {
    features: String,
    targets: &'static [&'static str],
}

impl Combination {
    fn new(features: impl Into<String>, targets: &'static [&'static str]) -> Self {
        Self {
            features: features.into(),
            targets,
        }
    }

    fn check(&self, folder: &Path) -> anyhow::Result<()> {
        let Self { features, targets } = self;
        let shown = if features.is_empty() {
            "none"
        } else {
            features
        };
        println!("features: {shown}");
        // clippy, since it alone takes a flag for this package and not for those that it needs.
        let features = features.split(',').filter(|feature| !feature.is_empty());
        let features = features.map(|feature| format!("{}/{feature}", repo::PACKAGE));
        let args = ["clippy", "--quiet", "--no-default-features"];
        let mut check = sharing_command(folder, &args, &[repo::PACKAGE]);
        check.args(["--features", &Vec::from_iter(features).join(",")]);
        run(check.args(*targets).args(["--", "--deny", "warnings"]))
    }
}

/// The target that users compile.
const LIBRARY: &[&str] = &["--lib"];

/// The library, and the targets that use its types. The unit tests of the library need most features, and
/// would compile it once more.
const TYPES: &[&str] = &["--lib", "--examples", "--test", "types"];

/// The library, and the targets that use the client.
const CALLS: &[&str] = &["--lib", "--examples", "--test", "types", "--test", "wire"];

const EVERY_TARGET: &[&str] = &["--all-targets"];

/// Lists representative combinations: none, one resource with and without the client, and all.
fn list_combinations() -> anyhow::Result<Vec<Combination>> {
    let features = Features::read_features(None, repo::PACKAGE)?;
    // With `client` alone, there is no HTTP client.
    let general = [
        "",
        ALL,
        "webhook,resources",
        "serde,resources",
        "client,resources",
    ];
    let mut combinations = Vec::from(general.map(|features| Combination::new(features, TYPES)));
    // The tests of the compiler check each resource by itself, with a runtime that is compiled once.
    if let Some(resource) = features.on(ALL).first() {
        combinations.push(Combination::new(resource, LIBRARY));
        combinations.push(Combination::new(format!("rustls,{resource}"), CALLS));
    }
    let everything = features.everything().join(",");
    combinations.push(Combination::new(everything, EVERY_TARGET));
    if has_system_library() {
        combinations.push(Combination::new(OF_THE_SYSTEM, TYPES));
    } else {
        println!(
            "skipped: `{OF_THE_SYSTEM}` needs the headers of OpenSSL, which are not installed"
        );
    }
    Ok(combinations)
}

/// Runs the examples in the docs without features: an example that needs a feature must declare it. Clippy
/// does not see them.
fn test_docs_without_features(folder: &Path) -> anyhow::Result<()> {
    for package in [repo::RUNTIME, repo::PACKAGE] {
        println!("examples in the docs of `{package}` without features");
        let args = ["test", "--quiet", "--doc", "--no-default-features"];
        run(&mut sharing_command(folder, &args, &[package]))?;
    }
    Ok(())
}

/// Whether TLS by the platform can be compiled: everywhere but on Linux it needs nothing.
fn has_system_library() -> bool {
    let mut ask = Command::new("pkg-config");
    ask.args(["--exists", "openssl"]);
    !cfg!(target_os = "linux") || ask.status().is_ok_and(|status| status.success())
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

/// Checks that the types alone do not depend on HTTP crates, and that the client alone depends on no HTTP
/// client.
fn check_types_without_http() -> anyhow::Result<()> {
    let types = list_dependencies(ALL)?;
    if let Some(found) = HTTP
        .iter()
        .find(|http| types.iter().any(|name| name == *http))
    {
        bail!("the types alone depend on `{found}`");
    }
    let client = list_dependencies(&format!("client,{ALL}"))?;
    if client.iter().any(|name| name == "reqwest") {
        bail!("the client alone depends on `reqwest`");
    }
    println!(
        "the types alone have {} dependencies, none of HTTP; the client has {}, without an HTTP client",
        types.len() - 1,
        client.len() - 1
    );
    Ok(())
}

/// Lists the generated crate and its dependencies with these features.
fn list_dependencies(features: &str) -> anyhow::Result<Vec<String>> {
    let mut tree = cargo(["tree", "--package", repo::PACKAGE, "--edges", "normal"]);
    tree.args(["--no-default-features", "--features", features]);
    let tree = read(tree.args(["--prefix", "none"]))?;
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names.dedup();
    ensure!(
        names.iter().any(|name| name == "serde_json"),
        "`cargo tree` shows no dependencies"
    );
    Ok(names)
}
