//! Type-checking and building many crates that share their dependencies.
//!
//! Cargo builds the dependencies once, for a seed crate. After that each crate
//! is one call of rustc, so that its own time and memory can be measured and
//! several run side by side.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use serde_json::Value;

use super::report::Check;
use super::signatures;
use crate::process::{Limits, Used, cargo, read, run, run_limited};

/// The calls of rustc that check and build a crate.
pub(super) struct Rustc {
    externs: Vec<OsString>,
    dependencies: PathBuf,
    /// Root of the runtime that crates are checked with, instead of their own.
    pub(super) runtime: Option<PathBuf>,
}

/// The compiled dependencies, and how far they are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// As far as a check needs them.
    Metadata,
    /// So that programs can be linked with them.
    Code,
    /// The same, with the dependencies of tests.
    Tests,
}

impl Depth {
    const fn command(self) -> &'static [&'static str] {
        match self {
            Self::Metadata => &["check", "--lib"],
            Self::Code => &["build", "--lib"],
            Self::Tests => &["build", "--lib", "--tests"],
        }
    }

    const fn suffix(self) -> &'static str {
        match self {
            Self::Metadata => ".rmeta",
            Self::Code | Self::Tests => ".rlib",
        }
    }
}

/// The parts of a crate that can be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BuildTarget {
    Library,
    Program,
    Tests,
}

impl BuildTarget {
    const fn args(self) -> &'static [&'static str] {
        match self {
            Self::Library => &["--crate-type=lib", "--emit=metadata,link", LENIENT],
            Self::Program => &["--crate-type=bin", "--emit=link", LENIENT],
            Self::Tests => &["--test", "--emit=link", "-Dwarnings"],
        }
    }
}

/// Only `check` reports the warnings of a library; programs are ours.
const LENIENT: &str = "--cap-lints=allow";

/// Time limit of rustc for a crate. It runs out of memory before that.
const SECONDS: u64 = 3600;

impl Rustc {
    /// Builds the dependencies of generated crates.
    pub(super) fn prepare(seed: &Path, depth: Depth) -> anyhow::Result<Self> {
        let manifest = seed.join("Cargo.toml");
        run(Command::new("target/release/sdkwright")
            .args(["generate", "--force", "--out"])
            .arg(seed)
            .arg("spec/linq.yaml")
            .stdout(Stdio::null()))?;
        let text = fs::read_to_string(&manifest)
            .with_context(|| format!("cannot read `{}`", manifest.display()))?;
        fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
        fs::copy("Cargo.lock", seed.join("Cargo.lock"))?;
        let target = fs::canonicalize("target")?.join("corpus/target");
        let mut check = cargo(depth.command());
        check.args(["--quiet", "--message-format=json"]);
        check.current_dir(seed).env("CARGO_TARGET_DIR", &target);
        let messages = read(&mut check)?;
        let mut metadata = cargo(["metadata", "--format-version=1"]);
        let metadata = serde_json::from_str(&read(metadata.current_dir(seed))?)?;
        let direct = dependencies(&metadata, depth);
        let externs = messages
            .lines()
            .filter_map(|line| artifact(line, &direct, depth))
            .flatten()
            .collect();
        Ok(Self {
            externs,
            dependencies: target.join("debug/deps"),
            runtime: None,
        })
    }

    /// Type-checks the crate in a folder, with warnings denied.
    pub(super) fn check(
        &self,
        package: &str,
        folder: &Path,
        mebibytes: u64,
    ) -> anyhow::Result<Check> {
        let mut command = self.command(&package.replace('-', "_"), folder)?;
        command
            .args(["--crate-type=lib", "--emit=metadata", "-Dwarnings"])
            .arg(self.root(folder)?);
        let (used, errors) = compile(&command, mebibytes)?;
        Ok(Check {
            seconds: used.cpu.as_secs_f64(),
            mebibytes: used.peak,
            errors,
        })
    }

    /// The root file of a crate that is to be checked.
    fn root(&self, folder: &Path) -> anyhow::Result<PathBuf> {
        let own = folder.join("src/lib.rs");
        let Some(runtime) = &self.runtime else {
            return Ok(own);
        };
        let text = fs::read_to_string(&own)?;
        let root = folder.join("src/checked.rs");
        fs::write(&root, signatures::root(&text, runtime))?;
        Ok(root)
    }

    /// Builds the target with this root file. The build is optimized for build time and not for run
    /// time. `library` is the crate itself, if the target needs it.
    pub(super) fn build(
        &self,
        target: BuildTarget,
        name: &str,
        (folder, root): (&Path, &str),
        library: Option<&Built>,
        mebibytes: u64,
    ) -> anyhow::Result<Built> {
        let mut command = self.command(name, folder)?;
        command
            .args(target.args())
            .args(["-Copt-level=0", "-Cdebuginfo=0"])
            .arg(folder.join(root));
        if let Some(Built { name, path, .. }) = library {
            command.arg("--extern");
            command.arg(format!("{name}={}", path.display()));
        }
        let (used, errors) = compile(&command, mebibytes)?;
        if let Some(first) = errors.first() {
            bail!("{} errors: {first}", errors.len());
        }
        let file = match target {
            BuildTarget::Library => format!("lib{name}.rlib"),
            BuildTarget::Program | BuildTarget::Tests => name.to_owned(),
        };
        Ok(Built {
            name: name.to_owned(),
            path: folder.join("target").join(file),
            seconds: used.cpu.as_secs_f64(),
            mebibytes: used.peak,
        })
    }

    /// The arguments that all calls share.
    fn command(&self, name: &str, folder: &Path) -> anyhow::Result<Command> {
        let out = folder.join("target");
        fs::create_dir_all(&out)?;
        let features = features(&folder.join("Cargo.toml"))?;
        let mut command = Command::new("rustc");
        command
            .args(["--edition=2024", "--error-format=json"])
            .args(["--check-cfg=cfg(docsrs, doctest, test)"])
            .args(features.iter().flat_map(|(name, on)| {
                let known = format!("--check-cfg=cfg(feature, values(\"{name}\"))");
                let on = on.then(|| format!("--cfg=feature=\"{name}\""));
                [known].into_iter().chain(on)
            }))
            .arg("--crate-name")
            .arg(name)
            .arg("--out-dir")
            .arg(out)
            .arg("-L")
            .arg(format!("dependency={}", self.dependencies.display()))
            .args(&self.externs)
            .env("CARGO_PKG_VERSION", "0.1.0");
        Ok(command)
    }
}

/// The result of a build.
pub(super) struct Built {
    /// The name of the crate.
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) seconds: f64,
    pub(super) mebibytes: u64,
}

/// Runs rustc, and returns its errors.
fn compile(command: &Command, mebibytes: u64) -> anyhow::Result<(Used, Vec<String>)> {
    let limits = Limits {
        seconds: SECONDS,
        mebibytes,
    };
    let used = run_limited(command, limits, Stdio::null(), Stdio::null())?;
    let errors: Vec<String> = used.errors.lines().filter_map(message).collect();
    if !used.status.success() && errors.is_empty() {
        bail!("rustc ended with {}", used.status);
    }
    Ok((used, errors))
}

/// The features of a crate, and whether each is on by default.
fn features(manifest: &Path) -> anyhow::Result<BTreeMap<String, bool>> {
    let text = fs::read_to_string(manifest)
        .with_context(|| format!("cannot read `{}`", manifest.display()))?;
    let from = text.split("\n[features]\n").nth(1).unwrap_or_default();
    let section = from.split("\n[").next().unwrap_or_default();
    let lists: BTreeMap<&str, Vec<&str>> = section
        .split_inclusive("]\n")
        .filter_map(|definition| {
            let (name, list) = definition.split_once(" = [")?;
            let name = name.lines().last()?;
            Some((name, list.split('"').skip(1).step_by(2).collect()))
        })
        .collect();
    let mut on: BTreeMap<String, bool> =
        lists.keys().map(|&name| (name.to_owned(), false)).collect();
    let mut open = vec!["default"];
    while let Some(name) = open.pop() {
        if let Some(flag) = on.get_mut(name).filter(|flag| !**flag) {
            *flag = true;
            open.extend(lists.get(name).into_iter().flatten());
        }
    }
    Ok(on)
}

/// The identifiers of the packages that a crate depends on itself, by what `cargo metadata` says:
/// others may have the names of these, in other versions.
fn dependencies(metadata: &Value, depth: Depth) -> Vec<String> {
    let root = metadata.pointer("/resolve/root");
    let nodes = metadata.pointer("/resolve/nodes").and_then(Value::as_array);
    let node = nodes
        .into_iter()
        .flatten()
        .find(|node| root.is_some_and(|root| node.get("id") == Some(root)));
    let list = node.and_then(|node| node.get("deps")?.as_array());
    list.into_iter()
        .flatten()
        .filter(|dependency| depth == Depth::Tests || !is_for_tests(dependency))
        .filter_map(|dependency| Some(dependency.get("pkg")?.as_str()?.to_owned()))
        .collect()
}

/// Whether only tests need a dependency.
fn is_for_tests(dependency: &Value) -> bool {
    let kinds = dependency.get("dep_kinds").and_then(Value::as_array);
    let mut kinds = kinds
        .into_iter()
        .flatten()
        .filter_map(|kind| kind.get("kind"));
    kinds.all(|kind| kind == "dev")
}

/// The arguments that name a dependency's file.
fn artifact(line: &str, direct: &[String], depth: Depth) -> Option<[OsString; 2]> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message.get("reason")?.as_str()? != "compiler-artifact" {
        return None;
    }
    let package = message.get("package_id")?.as_str()?;
    let name = message.pointer("/target/name")?.as_str()?.replace('-', "_");
    let files = message.get("filenames")?.as_array()?;
    let metadata = files
        .iter()
        .filter_map(Value::as_str)
        .find(|file| file.ends_with(depth.suffix()))?;
    direct
        .iter()
        .any(|id| id == package)
        .then(|| ["--extern".into(), format!("{name}={metadata}").into()])
}

/// The first line of an error.
fn message(line: &str) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message.get("level")?.as_str()? != "error" {
        return None;
    }
    let text = message.get("message")?.as_str()?;
    let span = message.pointer("/spans/0");
    let location = span.and_then(|span| {
        Some(format!(
            "{}:{}",
            span.get("file_name")?.as_str()?,
            span.get("line_start")?
        ))
    });
    (!text.starts_with("aborting due to"))
        .then(|| format!("{text} ({})", location.unwrap_or_default()))
}
