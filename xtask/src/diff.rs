//! `cargo xtask diff`: what changes for users of `linq-sdk` since a revision.

use std::ffi::OsString;

use anyhow::bail;
use clap::Args;
use sdkwright::cli::Outcome;
use xtask::repo;

use crate::codegen::run_compiler;

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
        let fixed = ["diff", repo::SPEC, "--config", repo::CONFIG].map(OsString::from);
        let base = OsString::from(format!("--base={}", self.base));
        let arguments = fixed.into_iter().chain([base]);
        if run_compiler(arguments.chain(self.arguments.iter().cloned())) == Outcome::Bad {
            bail!("the comparison failed");
        }
        Ok(())
    }
}
