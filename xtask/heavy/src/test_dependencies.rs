//! `cargo xtask test-dependencies`: a package that shares compiled dependencies with other workspaces.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;

use crate::generated_crate::write;
use crate::process::{cargo, read};
use xtask::repo;

/// Folder of the package. Tests that compile generated crates add it to their workspaces.
const FOLDER: &str = "target/test-dependencies";

/// Writes a package that needs the dependencies of the SDK with the features of the workspace's tests.
///
/// Generated crates of tests are workspaces of their own. They ask for other features than this
/// workspace, so that cargo would compile most dependencies again. With this package among their
/// members, the features are the same.
#[derive(Args)]
pub(crate) struct TestDependencies {}

/// A line of cargo's output about a compiled target.
#[derive(Deserialize)]
struct Artifact {
    reason: String,
    #[serde(default)]
    package_id: String,
    #[serde(default)]
    features: Vec<String>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

impl TestDependencies {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut build = cargo(["test", "--message-format", "json"]);
        build.args(["--workspace", "--no-run", "--quiet"]);
        build.args(["--features", repo::TEST_FEATURES]);
        let needed = list_packages(&read(&mut list_sdk_dependencies())?);
        let text = manifest(&read(&mut build)?, &needed)?;
        let folder = Path::new(FOLDER);
        write(&folder.join("src/lib.rs"), "")?;
        write(&folder.join("Cargo.toml"), &text)
    }
}

/// The name and the version of a package.
type Package = (String, String);

/// The command that lists the packages that the SDK and its runtime need, for their tests too. Generated
/// crates need no others.
fn list_sdk_dependencies() -> Command {
    let mut tree = cargo(["tree", "--package", repo::PACKAGE]);
    tree.args(["--package", repo::RUNTIME, "--features"]);
    tree.arg(repo::TEST_FEATURES);
    tree.args(["--edges", "normal,dev,no-proc-macro", "--prefix", "none"]);
    tree
}

/// Reads lines like `bytes v1.10.0`, some of which end with a remark.
fn list_packages(tree: &str) -> BTreeSet<Package> {
    let packages = tree.lines().filter_map(|line| line.split_once(" v"));
    let packages = packages.map(|(name, rest)| {
        let version = rest.split([' ', '+']).next().unwrap_or(rest);
        (name.to_owned(), version.to_owned())
    });
    packages.collect()
}

/// Returns the manifest of the package for the output of cargo. It has the packages that are needed.
fn manifest(output: &str, needed: &BTreeSet<Package>) -> anyhow::Result<String> {
    let mut libraries: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for line in output.lines() {
        let artifact: Artifact = serde_json::from_str(line).context("a line of cargo")?;
        let kinds = artifact.target.map(|target| target.kind);
        let is_library = kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib"));
        if artifact.reason == "compiler-artifact"
            && is_library
            && let Some((name, version)) = registry_package(&artifact.package_id)
            && needed.contains(&(name.to_owned(), version.to_owned()))
        {
            libraries.insert((name.to_owned(), version.to_owned()), artifact.features);
        }
    }
    if libraries.is_empty() {
        bail!("cargo names no library");
    }
    let mut text = String::from(
        "[package]\nname = \"test-dependencies\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n",
    );
    for (index, ((name, version), features)) in libraries.iter().enumerate() {
        writeln!(
            text,
            "d{index} = {{ package = {name:?}, version = \"={version}\", default-features = false, features = {features:?} }}"
        )?;
    }
    Ok(text)
}

/// Returns the name and the version of a package of a registry, from an identifier like
/// `registry+https://github.com/rust-lang/crates.io-index#bytes@1.10.0`. Cargo warns of metadata
/// after a `+` in a version requirement.
fn registry_package(id: &str) -> Option<(&str, &str)> {
    let (source, package) = id.split_once('#')?;
    source.starts_with("registry+").then_some(())?;
    let (name, version) = package.split_once('@')?;
    Some((name, version.split('+').next().unwrap_or(version)))
}

#[cfg(test)]
mod tests {
    use super::{list_packages, manifest};

    #[test]
    fn libraries_of_registries_keep_their_features() {
        let lines = [
            r#"{"reason":"compiler-artifact","package_id":"registry+https://x#bytes@1.2.3","features":["std"],"target":{"kind":["lib"]}}"#,
            r#"{"reason":"compiler-artifact","package_id":"registry+https://x#serde_derive@1.0.0","features":[],"target":{"kind":["proc-macro"]}}"#,
            r#"{"reason":"compiler-artifact","package_id":"path+file:///x#own@0.1.0","features":[],"target":{"kind":["lib"]}}"#,
            r#"{"reason":"compiler-artifact","package_id":"registry+https://x#zstd-sys@2.1.3+zstd.1.5.7","features":[],"target":{"kind":["lib"]}}"#,
            r#"{"reason":"compiler-artifact","package_id":"registry+https://x#mimalloc@0.1.52","features":[],"target":{"kind":["lib"]}}"#,
            r#"{"reason":"build-finished","success":true}"#,
        ];
        let needed =
            list_packages("bytes v1.2.3 (*)\nown v0.1.0 (/x)\n\nzstd-sys v2.1.3+zstd.1.5.7");
        let text = manifest(&lines.join("\n"), &needed).unwrap();
        let dependency = "d0 = { package = \"bytes\", version = \"=1.2.3\", default-features = false, features = [\"std\"] }";
        assert!(text.lines().any(|line| line == dependency), "{text}");
        assert!(text.contains("version = \"=2.1.3\""), "{text}");
        assert!(!text.contains("mimalloc"), "{text}");
        assert!(manifest("{\"reason\":\"build-finished\"}", &needed).is_err());
    }
}
