//! Paths relative to a folder.

use std::path::{Path, PathBuf};

/// Returns a path relative to a folder, with `..` for the folders above. Both are absolute.
pub(crate) fn to_relative_path(folder: &Path, path: &Path) -> PathBuf {
    let shared = folder.ancestors().find(|above| path.starts_with(above));
    let shared = shared.unwrap_or(Path::new(""));
    let up = folder
        .strip_prefix(shared)
        .map_or(0, |rest| rest.components().count());
    let down = path.strip_prefix(shared).unwrap_or(path);
    std::iter::repeat_n("..", up)
        .collect::<PathBuf>()
        .join(down)
}
