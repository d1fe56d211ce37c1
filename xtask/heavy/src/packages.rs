//! The packages that are published, unpacked from the files that crates.io would receive.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::generated_crate::{self, share_dependencies};
use crate::process::{cargo, read, run};
use xtask::repo;

/// Folder of the workspace.
const FOLDER: &str = "target/packages";
/// Folder in which cargo leaves the packages.
const PACKED: &str = "target/package";
/// Packages that are published.
const PUBLISHED: [&str; 3] = [repo::PACKAGE, repo::RUNTIME, repo::COMPILER];

/// Packs the packages as publishing would, and unpacks them into a workspace. Cargo checks their
/// manifests. Uncommitted changes are allowed, with a note. Returns the folder of the workspace.
///
/// # Errors
///
/// Cargo refuses a package, or the disk is in the way.
pub(crate) fn unpack() -> anyhow::Result<&'static Path> {
    pack()?;
    let folder = Path::new(FOLDER);
    for package in PUBLISHED {
        unpack_package(package, folder)?;
    }
    let shared = share_dependencies(Path::new("."), folder)?;
    let members: Vec<&str> = PUBLISHED.into_iter().chain(shared).collect();
    generated_crate::workspace(folder, &members)?;
    Ok(folder)
}

fn pack() -> anyhow::Result<()> {
    // Packages of other versions may be there.
    let _ = fs::remove_dir_all(PACKED);
    let mut status = Command::new("git");
    status.args(["status", "--porcelain", "--", repo::GENERATED]);
    let is_dirty = read(&mut status).is_ok_and(|changes| !changes.is_empty());
    if is_dirty {
        println!(
            "note: `{}` has changes that are not committed",
            repo::GENERATED
        );
    }
    for command in [["package", "--quiet"], ["publish", "--dry-run"]] {
        let mut cargo = cargo(command);
        cargo.arg("--no-verify");
        cargo.args(is_dirty.then_some("--allow-dirty"));
        cargo.args(PUBLISHED.iter().flat_map(|package| ["--package", package]));
        run(&mut cargo)?;
    }
    Ok(())
}

/// Unpacks a package into a folder with its name.
fn unpack_package(package: &str, folder: &Path) -> anyhow::Result<()> {
    let target = folder.join(package);
    let _ = fs::remove_dir_all(&target);
    fs::create_dir_all(&target).with_context(|| target.display().to_string())?;
    let mut tar = Command::new("tar");
    tar.args(["--extract", "--gzip", "--strip-components", "1", "--file"]);
    tar.arg(find_packed(package)?)
        .arg("--directory")
        .arg(target);
    run(&mut tar)
}

/// Returns the file of a package, whose name ends with the version.
fn find_packed(package: &str) -> anyhow::Result<PathBuf> {
    let prefix = format!("{package}-");
    for entry in fs::read_dir(PACKED).context(PACKED)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let version = name
            .strip_prefix(&prefix)
            .and_then(|rest| rest.strip_suffix(".crate"));
        if version.is_some_and(|version| version.starts_with(|first: char| first.is_ascii_digit()))
        {
            return Ok(path);
        }
    }
    anyhow::bail!("cargo packed no `{package}`")
}
