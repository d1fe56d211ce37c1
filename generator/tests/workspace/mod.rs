//! Settings of this workspace that the crates of tests copy, so that they share built dependencies.

mod profiles;
pub(crate) mod shared_dependencies;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

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

/// Returns a command of the cargo that runs us, in a folder, with the artifacts of the workspace.
///
/// Cargo sets variables about the package under test. Build scripts of dependencies read the same
/// variables: with other values, cargo would run them again and rebuild all packages above.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text == "OUT_DIR"
            || text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
        {
            command.env_remove(&name);
        }
    }
    command
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
