//! Paths in this repository.
//!
//! All paths are relative to its root, which [`enter`] makes the current directory. The output of
//! commands is then the same on every machine.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Context;

/// The description that the SDK is made from.
pub const SPEC: &str = "spec/linq.yaml";
/// Our decisions about it.
pub const CONFIG: &str = "spec/sdk.yaml";
/// Our own code of the SDK.
pub const CUSTOM: &str = "spec/custom";
/// The crate that is made.
pub const GENERATED: &str = "generated";
/// The name of that crate.
pub const PACKAGE: &str = "linq-sdk";
/// The name of the crate of the compiler.
pub const COMPILER: &str = "sdkwright";
/// The name of the crate of the runtime.
pub const RUNTIME: &str = "sdkwright-runtime";

/// The features of the generated crate that its tests need beyond the default ones. Other commands
/// use the same, so that nothing is compiled again for them.
pub const TEST_FEATURES: &str = "linq-sdk/axum,linq-sdk/blocking,linq-sdk/fs,linq-sdk/mock";

/// Lists the Rust files below a folder, in order.
///
/// # Errors
///
/// A folder cannot be read.
pub fn list_sources(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            sources.extend(list_sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
    sources.sort();
    Ok(sources)
}

/// Makes the root of the repository the current directory.
///
/// # Errors
///
/// The root cannot be entered.
pub fn enter() -> anyhow::Result<()> {
    // Cargo sets the variable when it runs a package. A binary that is started by hand uses the
    // directory in which it was compiled.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package
        .ancestors()
        .find(|folder| folder.join(SPEC).is_file())
        .unwrap_or(Path::new("."));
    env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))
}
