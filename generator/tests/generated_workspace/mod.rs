//! A workspace of generated crates, which compile without a warning.

use std::fs;
use std::path::Path;

use crate::workspace;

/// Writes the manifest of a workspace of crates, and a copy of the lock file. The crates get the
/// profiles, the versions and the runtime of this workspace.
///
/// Returns the package that shares dependencies, if there is one. A command with it among its
/// packages compiles no dependency again.
pub(crate) fn write(folder: &Path, members: &[&str]) -> Option<&'static str> {
    let shared = workspace::copy_shared_dependencies(folder);
    let members = Vec::from_iter(members.iter().copied().chain(shared));
    let runtime = workspace::root().join("templates/runtime");
    let patch = format!("[patch.crates-io]\nsdkwright-runtime = {{ path = {runtime:?} }}\n\n");
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n");
    let manifest = format!("{workspace}{patch}{}", workspace::profiles());
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    workspace::lock(folder);
    shared
}

/// Adds a table to the manifest of a crate that denies all warnings in its targets. A flag of the
/// compiler would do the same for the dependencies, and build all of them again.
pub(crate) fn deny_warnings(file: &str, text: String) -> String {
    match file {
        "Cargo.toml" => text + "\n[lints.rust]\nwarnings = \"deny\"\n",
        _ => text,
    }
}
