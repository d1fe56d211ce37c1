//! The runtime without the bodies of its functions, for all crates of a run.

mod bodies;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use self::bodies::without_bodies;

/// Path of the runtime that crates contain unchanged.
const RUNTIME: &str = "templates/runtime/src/runtime";

/// Writes the runtime without bodies to a folder, and returns its root file.
pub(super) fn write(folder: &Path) -> anyhow::Result<PathBuf> {
    let _ = fs::remove_dir_all(folder);
    copy(Path::new(RUNTIME), folder)?;
    Ok(fs::canonicalize(folder)?.join("mod.rs"))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target)?;
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let text = without_bodies(&text).with_context(|| path.display().to_string())?;
        fs::write(target, text)?;
    }
    Ok(())
}

/// Writes the root file of a crate, with this runtime instead of its own.
pub(super) fn root(text: &str, runtime: &Path) -> String {
    let module = format!("#[path = {runtime:?}]\n#[allow(warnings)]\npub mod runtime;");
    text.replacen("\npub mod runtime;", &format!("\n{module}"), 1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::root;

    #[test]
    fn the_root_takes_the_other_runtime() {
        let text = root("mod client;\npub mod runtime;\n", Path::new("/r/mod.rs"));
        let expected =
            "mod client;\n#[path = \"/r/mod.rs\"]\n#[allow(warnings)]\npub mod runtime;\n";
        assert_eq!(text, expected);
    }
}
