//! Every document that the tests of the compiler accept becomes a crate, and
//! every crate compiles without a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail, ensure};
use indicatif::ProgressBar;
use sdkwright::generate::{self, ConfigFile, Options};
use sdkwright::output::Existing;
use serde::Deserialize;

use crate::process::cargo;

const FIXTURES: &str = "generator/tests/accept";
const DIR: &str = "target/goldens";

/// Generates and compiles all crates.
pub(crate) fn check() -> anyhow::Result<()> {
    let specs = specs()?;
    ensure!(!specs.is_empty(), "there is no document in {FIXTURES}");
    let progress = ProgressBar::new(specs.len() as u64);
    let mut members = Vec::new();
    for spec in progress.wrap_iter(specs.iter()) {
        members.push(lay_out(spec)?);
    }
    progress.finish_and_clear();
    write_workspace(&members)?;
    let warnings = compile()?;
    println!("{} crates, {warnings} warnings", members.len());
    ensure!(warnings == 0, "the crates above have warnings");
    Ok(())
}

/// The documents, without the configurations beside them.
fn specs() -> anyhow::Result<Vec<PathBuf>> {
    let mut specs = Vec::new();
    for entry in fs::read_dir(FIXTURES).context(FIXTURES)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_spec = name.ends_with(".yaml") || name.ends_with(".json");
        if is_spec && !name.ends_with(".sdk.yaml") {
            specs.push(path);
        }
    }
    specs.sort();
    Ok(specs)
}

fn lay_out(spec: &Path) -> anyhow::Result<String> {
    let member = spec
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let config = spec.with_extension("sdk.yaml");
    let generated = generate::generate(&Options {
        // No two packages of a workspace may have one name.
        package: Some(format!("golden-{member}")),
        config: if config.exists() {
            ConfigFile::At(config)
        } else {
            ConfigFile::None
        },
        ..Options::new(spec)
    })
    .map_err(|failure| anyhow::anyhow!("{}:\n{failure}", spec.display()))?;
    generated
        .output
        .write(&Path::new(DIR).join(&member), Existing::Refuse)?;
    Ok(member)
}

fn write_workspace(members: &[String]) -> anyhow::Result<()> {
    let dir = Path::new(DIR);
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(dir.join("Cargo.toml"), manifest).context(DIR)?;
    // The versions that this repository was tested with.
    fs::copy("Cargo.lock", dir.join("Cargo.lock")).context("Cargo.lock")?;
    Ok(())
}

/// A line of cargo's JSON output, as far as it matters here.
#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    rendered: Option<String>,
}

/// Compiles everything, prints what the compiler has to say, and counts it.
///
/// Warnings are not made errors by a flag: that would be another flag than the
/// dependencies were compiled with, and compile them all once more.
fn compile() -> anyhow::Result<usize> {
    let mut command = cargo([
        "check",
        "--workspace",
        "--all-targets",
        "--message-format=json",
    ]);
    let output = command
        .current_dir(DIR)
        .env("CARGO_TARGET_DIR", "target")
        .env("CARGO_INCREMENTAL", "0")
        .stderr(Stdio::inherit())
        .output()
        .context("cargo check")?;
    let mut warnings = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Some(message) = serde_json::from_str::<Line>(line)
            .ok()
            .and_then(|l| l.message)
        else {
            continue;
        };
        if matches!(message.level.as_str(), "warning" | "error") {
            warnings += 1;
            print!("{}", message.rendered.unwrap_or_default());
        }
    }
    if !output.status.success() {
        bail!("the crates above do not compile");
    }
    Ok(warnings)
}
