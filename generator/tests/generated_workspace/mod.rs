//! A workspace of generated crates, which compile without a warning.

use std::fs;
use std::path::Path;

use sdkwright::output::{Existing, Output};

use crate::workspace;

/// Writes the manifest of a workspace of crates, and a copy of the lock file. The crates get the
/// profiles, the versions and the runtime of this workspace.
///
/// Returns the package that shares dependencies, if there is one. A command with it among its
/// packages compiles no dependency again.
pub(crate) fn write(folder: &Path, members: &[&str]) -> Option<&'static str> {
    let shared = share_dependencies(folder);
    let members = Vec::from_iter(members.iter().copied().chain(shared));
    let runtime = workspace::root().join("templates/runtime");
    let patch = format!("[patch.crates-io]\nsdkwright-runtime = {{ path = {runtime:?} }}\n\n");
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n");
    let manifest = format!("{workspace}{patch}{}", workspace::profiles());
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    workspace::lock(folder);
    shared
}

/// Copies a package to a workspace that asks for dependencies with the features of our own tests, so
/// that they are not compiled again. `cargo xtask test` writes it.
fn share_dependencies(folder: &Path) -> Option<&'static str> {
    let package = workspace::root().join("target").join(DEPENDENCIES);
    let manifest = fs::read_to_string(package.join("Cargo.toml")).ok()?;
    let mut copy = Output::default();
    copy.insert("Cargo.toml".to_owned(), manifest);
    copy.insert("src/lib.rs".to_owned(), String::new());
    copy.write(&folder.join(DEPENDENCIES), Existing::Replace)
        .expect("a package");
    Some(DEPENDENCIES)
}

/// The package of the shared dependencies, and its folder.
const DEPENDENCIES: &str = "test-dependencies";

/// Adds a table to the manifest of a crate that denies all warnings in its targets. A flag of the
/// compiler would do the same for the dependencies, and build all of them again.
pub(crate) fn deny_warnings(file: &str, text: String) -> String {
    match file {
        "Cargo.toml" => text + "\n[lints.rust]\nwarnings = \"deny\"\n",
        _ => text,
    }
}
