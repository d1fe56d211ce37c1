//! `cargo xtask test-dependencies`: a package that shares compiled dependencies with other workspaces.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;

use crate::generated_crate::write;
use crate::process::{cargo, read};
use xtask::repo;

/// Folder of the package. Tests that compile generated crates add it to their workspaces.
const FOLDER: &str = "target/test-dependencies";

/// Writes a package that needs every dependency with the features of the workspace's tests.
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
        let text = manifest(&read(&mut build)?)?;
        let folder = Path::new(FOLDER);
        write(&folder.join("src/lib.rs"), "")?;
        write(&folder.join("Cargo.toml"), &text)
    }
}

/// Returns the manifest of the package for the output of cargo.
fn manifest(output: &str) -> anyhow::Result<String> {
    let mut libraries: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for line in output.lines() {
        let artifact: Artifact = serde_json::from_str(line).context("a line of cargo")?;
        let kinds = artifact.target.map(|target| target.kind);
        let is_library = kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib"));
        if artifact.reason == "compiler-artifact"
            && is_library
            && let Some((name, version)) = registry_package(&artifact.package_id)
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
    use super::manifest;

    #[test]
    fn libraries_of_registries_keep_their_features() {
        let lines = [
            r#"{"reason":"compiler-artifact","package_id":"registry+https://x#bytes@1.2.3","features":["std"],"target":{"kind":["lib"]}}"#,
            r#"{"reason":"compiler-artifact","package_id":"registry+https://x#serde_derive@1.0.0","features":[],"target":{"kind":["proc-macro"]}}"#,
            r#"{"reason":"compiler-artifact","package_id":"path+file:///x#own@0.1.0","features":[],"target":{"kind":["lib"]}}"#,
            r#"{"reason":"compiler-artifact","package_id":"registry+https://x#zstd-sys@2.1.3+zstd.1.5.7","features":[],"target":{"kind":["lib"]}}"#,
            r#"{"reason":"build-finished","success":true}"#,
        ];
        let text = manifest(&lines.join("\n")).unwrap();
        let dependency = "d0 = { package = \"bytes\", version = \"=1.2.3\", default-features = false, features = [\"std\"] }";
        assert!(text.lines().any(|line| line == dependency), "{text}");
        assert!(text.contains("version = \"=2.1.3\""), "{text}");
        assert!(manifest("{\"reason\":\"build-finished\"}").is_err());
    }
}
