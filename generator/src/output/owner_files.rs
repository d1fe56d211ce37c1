//! The files of a crate that belong to its owners.

/// Path of the changelog of a crate.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// The folder of the owners' own code.
const CUSTOM: &str = "src/custom/";

/// Whether a path is below the folder of the owners' own code. The generator never changes it, unless
/// the owners gave it the code.
pub(super) fn is_custom(path: &str) -> bool {
    path.get(..CUSTOM.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(CUSTOM))
}

/// Whether a file is created once, if it is missing, and then belongs to the owners. It is not
/// compared, replaced or removed.
pub(super) fn is_given(path: &str) -> bool {
    path == CHANGELOG || (path.starts_with("LICENSE-") && !path.contains('/'))
}
