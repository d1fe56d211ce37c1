//! Settings of this workspace that the crates of tests copy, so that they share built dependencies.

mod nested_cargo;
mod profiles;
pub(crate) mod shared_dependencies;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nested_cargo::nested_cargo;
use shared_dependencies::share_dependencies;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The profiles of the manifest.
pub(crate) fn profiles() -> String {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("our manifest");
    let profiles = profiles::find_profiles(&manifest).expect("our profiles");
    profiles.to_owned()
}

/// Returns a command of cargo in a folder, with the artifacts of the workspace.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = nested_cargo();
    // Clippy may compile our own workspace. Its checks cost time here.
    command
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join("target"));
    command
}

/// Copies the lock file to a folder.
pub(crate) fn lock(folder: &Path) {
    let versions = root().join("Cargo.lock");
    fs::copy(versions, folder.join("Cargo.lock")).expect("our versions");
}

/// Copies the package of shared dependencies to a workspace. Returns its name, if there is one.
pub(crate) fn copy_shared_dependencies(folder: &Path) -> Option<&'static str> {
    share_dependencies(&root(), folder).expect("a package")
}
