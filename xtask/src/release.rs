//! `cargo xtask release`: the version and the changelog of `linq-sdk`.

use std::ffi::OsString;

use anyhow::bail;
use clap::Args;
use sdkwright::cli::Outcome;
use xtask::repo;

use crate::codegen::{restore_lock, run_compiler};

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
        let document = ["release", repo::SPEC, "--config", repo::CONFIG];
        let output = ["--out", repo::GENERATED, "--strict"];
        let fixed = document.into_iter().chain(output).map(OsString::from);
        if run_compiler(fixed.chain(self.arguments.iter().cloned())) == Outcome::Bad {
            bail!("nothing was released");
        }
        // `Cargo.lock` has the version of the crate.
        restore_lock();
        Ok(())
    }
}
