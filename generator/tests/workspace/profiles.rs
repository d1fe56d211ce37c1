//! The profiles of a workspace, which workspaces of generated crates copy to share built dependencies.
//!
//! The tests of the compiler and `xtask-heavy` include this file: neither can depend on the other.

/// Returns the profiles at the end of a manifest, from `[profile.dev]` on.
pub(crate) fn find_profiles(manifest: &str) -> Option<&str> {
    let start = manifest.find("[profile.dev]")?;
    manifest.get(start..)
}
