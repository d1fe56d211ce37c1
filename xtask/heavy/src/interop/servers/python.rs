//! Packages of PyPI, each in an environment of its own.

use std::path::Path;
use std::process::{Command, Stdio};

/// Installs a package in a folder, unless its program is there. Packages that would have to be
/// compiled are not installed.
///
/// # Errors
///
/// A reason, if Python or the package cannot be installed.
pub(super) fn install(folder: &Path, package: &str, program: &str) -> Result<(), String> {
    if folder.join(program).exists() {
        return Ok(());
    }
    let mut environment = Command::new("python3");
    environment.args(["-m", "venv"]).arg(folder);
    let mut pip = Command::new(folder.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--only-binary", ":all:", package]);
    for command in [&mut environment, &mut pip] {
        let status = command.stdout(Stdio::null()).status();
        if !status.is_ok_and(|status| status.success()) {
            return Err(format!("pip cannot install {package}"));
        }
    }
    Ok(())
}
