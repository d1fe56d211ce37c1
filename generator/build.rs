//! Lists the files of `templates/` for the crate to carry: adding one to the
//! folder is all it takes.
//!
//! All paths are relative to the package. Cargo then sees changes after the repository or its
//! `target/` has moved, and the list names no folder of the machine. They lead through the links in
//! `embedded/`, because a package has files of its own folder only.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    // Cargo runs this program in the folder of the package.
    let embedded = Path::new("embedded");
    let mut list = String::new();
    for (name, root) in [
        ("CRATE", "crate"),
        ("RUNTIME", "runtime"),
        ("DATE_TIMES", "date_times"),
    ] {
        let root = embedded.join(root);
        let mut files = Vec::new();
        walk(&root, &mut files)?;
        files.sort();
        writeln!(
            list,
            "/// The files of `{}`.\npub(super) const {name}: &[(&str, &str)] = &[",
            root.display()
        )
        .expect("writing to a string");
        for file in &files {
            let relative = file
                .strip_prefix(&root)
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            writeln!(list, "    ({relative:?}, {}),", include(file)).expect("writing to a string");
        }
        list.push_str("];\n");
    }
    let manifest = embedded.join("runtime.toml");
    println!("cargo::rerun-if-changed={}", manifest.display());
    writeln!(
        list,
        "/// The manifest of `templates/runtime`.\npub(super) const MANIFEST: &str = {};",
        include(&manifest)
    )
    .expect("writing to a string");
    fs::write(out.join("templates.rs"), list)
}

/// Returns an expression with the text of a file, whose path is relative to the package.
fn include(file: &Path) -> String {
    let path = file.display().to_string().replace('\\', "/");
    format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?}))")
}

/// The files below a folder; cargo is told to look again when the folder changes.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "rs" || e == "jinja") {
            files.push(path);
        }
    }
    Ok(())
}
