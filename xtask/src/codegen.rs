//! `cargo xtask codegen`: from `spec/` to `generated/`.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;
use xtask::process::{cargo, compiler};
use xtask::repo;

/// Writes the generated crate.
#[derive(Args, Default)]
pub(crate) struct Codegen {
    /// Change nothing: show how the crate differs from what would be written,
    /// and fail if it does
    #[arg(long)]
    pub(crate) check: bool,
    /// List each finding and each file
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Print errors only
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl Codegen {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        // A first build takes about a minute. Cargo shows its progress, unless it gets `--quiet`.
        let mut compiler = compiler();
        if self.quiet {
            compiler.arg("--quiet");
        }
        compiler.arg("--");
        self.run_compiler(compiler)
    }

    /// Runs the compiler by this command, to which its arguments are added.
    pub(crate) fn run_compiler(&self, mut compiler: Command) -> anyhow::Result<()> {
        let manifest = Path::new(repo::GENERATED).join("Cargo.toml");
        let existed = manifest.exists();
        compiler.args(["generate", repo::SPEC, "--config", repo::CONFIG]);
        compiler.args(["--out", repo::GENERATED, "--strict"]);
        compiler.args(["--remedy", "cargo xtask codegen"]);
        if self.check {
            compiler.arg("--check");
        }
        if self.verbose {
            compiler.arg("--verbose");
        }
        if self.quiet {
            compiler.arg("--quiet");
        }
        let status = compiler.status().context("cannot start the compiler")?;
        if !existed && manifest.exists() {
            restore_lock();
        }
        match (status.success(), self.check) {
            (true, _) => Ok(()),
            (false, true) => bail!("the check failed"),
            (false, false) => bail!("nothing was written"),
        }
    }
}

/// Writes the crate's entry into `Cargo.lock` again. Cargo removes it when it runs this command
/// without the crate. If this fails, the next command of cargo writes the entry.
pub(crate) fn restore_lock() {
    let mut metadata = cargo(["metadata", "--format-version", "1", "--offline"]);
    let _ = metadata
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}
