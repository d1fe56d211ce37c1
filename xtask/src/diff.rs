//! `cargo xtask diff`: what changes for users of `linq-sdk` since a revision.

use std::ffi::OsString;

use anyhow::{Context, bail};
use clap::Args;
use xtask::process::compiler;
use xtask::repo;

/// Compares the API with that of a revision.
#[derive(Args)]
pub(crate) struct Diff {
    /// The git revision that has the old description
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    base: String,
    /// Further arguments of `sdkwright diff`: `--format html --out review.html`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Diff {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut compiler = compiler();
        compiler.arg("--");
        compiler.args(["diff", repo::SPEC, "--config", repo::CONFIG]);
        compiler.arg(format!("--base={}", self.base));
        compiler.args(&self.arguments);
        let status = compiler.status().context("cannot start the compiler")?;
        if !status.success() {
            bail!("the comparison failed");
        }
        Ok(())
    }
}
