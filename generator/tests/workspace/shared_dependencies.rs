//! The package by which workspaces of generated crates share compiled dependencies.
//!
//! The tests of the compiler and `xtask-heavy` include this file: neither can depend on the other.

use std::path::Path;
use std::{fs, io};

/// The name of the package, and of its folder.
pub(crate) const SHARED_DEPENDENCIES: &str = "test-dependencies";

/// Copies the package to a workspace, if `cargo xtask test` has written it to the folder `target` of the
/// repository. Returns its name, which is a further member of the workspace.
///
/// The package asks for dependencies with the features of the repository's own tests, so that they are
/// not compiled again.
pub(crate) fn share_dependencies(
    repository: &Path,
    workspace: &Path,
) -> io::Result<Option<&'static str>> {
    let original = repository.join("target").join(SHARED_DEPENDENCIES);
    let copy = workspace.join(SHARED_DEPENDENCIES);
    let Ok(manifest) = fs::read_to_string(original.join("Cargo.toml")) else {
        let _ = fs::remove_dir_all(copy);
        return Ok(None);
    };
    write_if_changed(&copy.join("Cargo.toml"), &manifest)?;
    write_if_changed(&copy.join("src/lib.rs"), "")?;
    Ok(Some(SHARED_DEPENDENCIES))
}

/// Writes a file if its text changes, so that cargo rebuilds nothing else.
pub(crate) fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}
