//! The programs of others, as npm installs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::npm;

/// Folder of the installed packages.
const FOLDER: &str = "target/interop/node";
/// The packages, each with its tested version.
pub(crate) const PACKAGES: [&str; 2] = ["@stoplight/prism-cli@5.14.2", "standardwebhooks@1.1.1"];

/// The programs, installed.
pub(crate) struct Tools {
    modules: PathBuf,
}

impl Tools {
    /// Installs the programs that are missing. Returns a reason if it cannot try.
    ///
    /// # Errors
    ///
    /// npm fails.
    pub(crate) fn install() -> anyhow::Result<Result<Self, String>> {
        if let Some(program) = npm::find_missing_program() {
            return Ok(Err(format!("there is no {program}")));
        }
        let modules = npm::install_packages(FOLDER, &PACKAGES)?;
        Ok(Ok(Self { modules }))
    }

    /// The path in which node finds packages.
    pub(crate) fn folder(&self) -> &Path {
        &self.modules
    }

    /// The command of Prism.
    pub(crate) fn prism(&self) -> Command {
        let mut prism = Command::new("node");
        prism.arg(self.modules.join("@stoplight/prism-cli/dist/index.js"));
        prism
    }
}
