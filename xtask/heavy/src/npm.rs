//! Packages that npm installs, each with its tested version.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::process::run;

/// Returns the program that npm packages need and that is not installed here.
pub(crate) fn find_missing_program() -> Option<&'static str> {
    let is_installed = |program: &str| {
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    ["node", "npm"]
        .into_iter()
        .find(|program| !is_installed(program))
}

/// Installs packages into a folder, unless they are there. Returns the folder in which node finds them.
///
/// Commands that run at the same time wait for each other: two runs of npm in a folder remove each
/// other's files.
///
/// # Errors
///
/// npm fails, or the disk is in the way.
pub(crate) fn install_packages(folder: &str, packages: &[&str]) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder).context(folder.to_owned())?;
    let folder = fs::canonicalize(folder).context(folder.to_owned())?;
    let lock = File::create(folder.join("lock")).context("a lock")?;
    lock.lock().context("a lock")?;
    let (list, stamp) = (packages.join("\n"), folder.join("installed"));
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == list) {
        run_npm(&folder, packages)?;
        fs::write(&stamp, list).context("a list of packages")?;
    }
    Ok(folder.join("node_modules"))
}

fn run_npm(folder: &Path, packages: &[&str]) -> anyhow::Result<()> {
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--prefix",
    ]);
    run(npm.arg(folder).args(packages).stdout(Stdio::null()))
}
