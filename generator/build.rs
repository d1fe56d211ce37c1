//! Lists the files of `templates/` for the crate to carry: adding one to the
//! folder is all it takes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let templates = here.join("../templates").canonicalize()?;
    let mut list = String::new();
    for (name, root) in [
        ("CRATE", "crate"),
        ("RUNTIME", "runtime/src/runtime"),
        ("DATE_TIMES", "runtime/src/date_times"),
    ] {
        let root = templates.join(root);
        let mut files = Vec::new();
        walk(&root, &mut files)?;
        files.sort();
        writeln!(
            list,
            "/// The files of `templates/{name}`.\npub(super) const {name}: &[(&str, &str)] = &["
        )
        .expect("writing to a string");
        for file in &files {
            let relative = file
                .strip_prefix(&root)
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            writeln!(
                list,
                "    ({relative:?}, include_str!({:?})),",
                file.display().to_string()
            )
            .expect("writing to a string");
        }
        list.push_str("];\n");
    }
    let manifest = templates.join("runtime/Cargo.toml");
    println!("cargo::rerun-if-changed={}", manifest.display());
    writeln!(list, "/// The manifest of `templates/runtime`.\npub(super) const MANIFEST: &str = include_str!({:?});", manifest.display().to_string())
        .expect("writing to a string");
    fs::write(out.join("templates.rs"), list)
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
