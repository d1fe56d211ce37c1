//! Which files of a crate belong to its owners.

/// The folder of the owners' own code.
const CUSTOM: &str = "src/custom/";

/// Whether a path is below the folder of the owners' own code, where nothing is ever ours.
pub(super) fn is_custom(path: &str) -> bool {
    path.get(..CUSTOM.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(CUSTOM))
}

/// Whether a file is made once, where it is missing, and is the owners' from then on: it is neither
/// compared nor replaced nor removed.
pub(super) fn is_given(path: &str) -> bool {
    path == "CHANGELOG.md" || (path.starts_with("LICENSE-") && !path.contains('/'))
}
