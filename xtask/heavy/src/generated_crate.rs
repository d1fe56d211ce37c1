//! Crates that are generated from other descriptions, in workspaces under `target/`.
//!
//! They have the profiles and the locked versions of the repository, and its folder
//! of artifacts: cargo compiles their dependencies once for all of them.

#[path = "../../../generator/tests/workspace/profiles.rs"]
mod profiles;
#[path = "../../../generator/tests/workspace/shared_dependencies.rs"]
mod shared_dependencies;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use sdkwright::cli::Verbosity;
use sdkwright::cli::generate::{self as command, Format, Mode, Outcome};
use sdkwright::output::Existing;
use sdkwright::pipeline::{ConfigFile, Options};

use self::profiles::find_profiles;
use self::shared_dependencies::write_if_changed;
pub(crate) use self::shared_dependencies::{SHARED_DEPENDENCIES, share_dependencies};
use crate::process::cargo;

/// Makes a crate of a description, without a configuration.
///
/// # Errors
///
/// The description is not understood, or the disk is in the way.
pub(crate) fn generate(spec: &Path, package: &str, out: &Path) -> anyhow::Result<()> {
    let generate = command::Command {
        options: Options {
            config: ConfigFile::None,
            package: Some(package.to_owned()),
            ..Options::new(spec)
        },
        out: out.to_owned(),
        mode: Mode::Write(Existing::Refuse),
        format: Format::Text,
        verbosity: Verbosity::Short,
        remedy: String::new(),
    };
    if let Some(parent) = out.parent() {
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    }
    let (mut report, mut findings) = (Vec::new(), Vec::new());
    if generate.run(&mut report, &mut findings)? == Outcome::Bad {
        let findings = String::from_utf8_lossy(&findings);
        bail!("{} does not become a crate\n{findings}", spec.display());
    }
    Ok(())
}

/// Makes a workspace of these folders.
pub(crate) fn workspace(folder: &Path, members: &[&str]) -> anyhow::Result<()> {
    let own = fs::read_to_string("Cargo.toml").context("Cargo.toml")?;
    let profiles = find_profiles(&own).context("Cargo.toml has no `[profile.dev]`")?;
    let head = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n");
    let manifest = head + profiles;
    write(&folder.join("Cargo.toml"), &manifest)?;
    fs::copy("Cargo.lock", folder.join("Cargo.lock")).context("Cargo.lock")?;
    Ok(())
}

/// A cargo command about such a workspace. The packages of `args` have only the features of
/// dependencies that they declare themselves.
pub(crate) fn workspace_command(folder: &Path, args: &[&str]) -> Command {
    let mut command = cargo(args);
    // Clippy may compile our own workspace. Its checks cost time here.
    command.env_remove("RUSTC_WORKSPACE_WRAPPER");
    command
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"));
    command.args(["--target-dir", "target"]);
    command
}

/// A cargo command about packages of such a workspace. With [`share_dependencies`], cargo compiles
/// no dependency again.
pub(crate) fn sharing_command(folder: &Path, args: &[&str], packages: &[&str]) -> Command {
    let mut command = workspace_command(folder, args);
    let shared = folder
        .join(SHARED_DEPENDENCIES)
        .is_dir()
        .then_some(SHARED_DEPENDENCIES);
    for package in packages.iter().copied().chain(shared) {
        command.args(["--package", package]);
    }
    command
}

/// Writes a file if its text changes, so that cargo rebuilds nothing else.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    write_if_changed(path, text).with_context(|| path.display().to_string())
}
