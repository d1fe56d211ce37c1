//! Settings of this workspace that the crates of tests copy, so that they share built dependencies.

mod profiles;

use std::fs;
use std::path::{Path, PathBuf};

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

/// Copies the lock file to a folder.
pub(crate) fn lock(folder: &Path) {
    let versions = root().join("Cargo.lock");
    fs::copy(versions, folder.join("Cargo.lock")).expect("our versions");
}
