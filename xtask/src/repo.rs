//! Where things are in this repository.
//!
//! All paths are relative to its root, which [`enter`] makes the current
//! directory: what the commands print is then the same on every machine.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The description that the SDK is made from.
pub(crate) const SPEC: &str = "spec/linq.yaml";
/// Our decisions about it.
pub(crate) const CONFIG: &str = "spec/sdk.yaml";
/// The crate that is made.
pub(crate) const GENERATED: &str = "generated";
/// The name of that crate.
pub(crate) const PACKAGE: &str = "linq-sdk";
/// The name of the crate of the runtime.
pub(crate) const RUNTIME: &str = "sdkwright-runtime";

/// Makes the root of the repository the current directory.
pub(crate) fn enter() -> anyhow::Result<()> {
    // Cargo tells where this package is when it runs it. The place where it was
    // compiled serves a binary that is started by hand.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package.parent().unwrap_or(Path::new("."));
    env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))
}
