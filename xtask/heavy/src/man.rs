//! `cargo xtask man`: the manual pages of `sdkwright`, for packages.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

/// Writes a manual page for each command.
#[derive(Args)]
pub(crate) struct Man {
    /// The folder of the pages
    #[arg(default_value = "target/man")]
    folder: PathBuf,
}

impl Man {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let folder = &self.folder;
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        clap_mangen::generate_to(sdkwright::cli::command(), folder)?;
        let pages = fs::read_dir(folder)?.count();
        println!("{}: {pages} pages", folder.display());
        Ok(())
    }
}
