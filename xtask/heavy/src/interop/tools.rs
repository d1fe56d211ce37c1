//! The programs of others, as npm installs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::process::run;

/// Folder of the installed packages.
const FOLDER: &str = "target/interop/node";
/// The packages, each with its tested version.
pub(crate) const PACKAGES: [&str; 2] = ["@stoplight/prism-cli@5.14.2", "standardwebhooks@1.1.1"];

/// The programs, installed.
pub(crate) struct Tools;

impl Tools {
    /// Installs the programs that are missing. Returns a reason if it cannot try.
    ///
    /// # Errors
    ///
    /// npm fails.
    pub(crate) fn install() -> anyhow::Result<Result<Self, String>> {
        for program in ["node", "npm"] {
            if !is_installed(program) {
                return Ok(Err(format!("there is no {program}")));
            }
        }
        let (list, stamp) = (PACKAGES.join("\n"), Path::new(FOLDER).join("installed"));
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == list) {
            return Ok(Ok(Self));
        }
        fs::create_dir_all(FOLDER).context(FOLDER)?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund"]);
        npm.args(["--prefix", FOLDER]).args(PACKAGES);
        run(npm.stdout(Stdio::null()))?;
        fs::write(&stamp, list).context(FOLDER)?;
        Ok(Ok(Self))
    }

    /// The path in which node finds packages.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        fs::canonicalize(Path::new(FOLDER).join("node_modules")).context(FOLDER)
    }

    /// The command of Prism.
    pub(crate) fn prism(&self) -> anyhow::Result<Command> {
        let mut prism = Command::new("node");
        prism.arg(self.folder()?.join("@stoplight/prism-cli/dist/index.js"));
        Ok(prism)
    }
}

fn is_installed(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
