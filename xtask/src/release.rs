//! `cargo xtask release`: the version and the changelog of `linq-sdk`.

use std::ffi::OsString;

use anyhow::{Context, bail};
use clap::Args;
use xtask::process::compiler;
use xtask::repo;

use crate::codegen::restore_lock;

/// Prepares a release of the generated crate.
#[derive(Args)]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub(crate) struct Release {
    /// Arguments of `sdkwright release`: `--base REV`, `--version VERSION`, `--dry-run`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Release {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut compiler = compiler();
        compiler.arg("--");
        compiler.args(["release", repo::SPEC, "--config", repo::CONFIG]);
        compiler.args(["--out", repo::GENERATED, "--strict"]);
        compiler.args(&self.arguments);
        let status = compiler.status().context("cannot start the compiler")?;
        if !status.success() {
            bail!("nothing was released");
        }
        // `Cargo.lock` has the version of the crate.
        restore_lock();
        Ok(())
    }
}
