//! `cargo xtask codegen`: from `spec/` to `generated/`.

use std::ffi::OsString;
use std::iter;
use std::path::Path;
use std::process::Stdio;

use anyhow::bail;
use clap::Args;
use sdkwright::cli::{self, Outcome};
use xtask::process::cargo;
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
        let manifest = Path::new(repo::GENERATED).join("Cargo.toml");
        let existed = manifest.exists();
        let mut arguments = vec!["generate", repo::SPEC, "--config", repo::CONFIG];
        arguments.extend(["--out", repo::GENERATED, "--strict"]);
        arguments.extend(["--remedy", "cargo xtask codegen"]);
        if self.check {
            arguments.push("--check");
        }
        if self.verbose {
            arguments.push("--verbose");
        }
        if self.quiet {
            arguments.push("--quiet");
        }
        let outcome = run_compiler(arguments);
        if !existed && manifest.exists() {
            restore_lock();
        }
        match (outcome, self.check) {
            (Outcome::Good, _) => Ok(()),
            (Outcome::Bad, true) => bail!("the check failed"),
            (Outcome::Bad, false) => bail!("nothing was written"),
        }
    }
}

/// Runs `sdkwright` with these arguments. It prints as the program does.
pub(crate) fn run_compiler<I>(arguments: I) -> Outcome
where
    I: IntoIterator<Item: Into<OsString>>,
{
    let arguments = arguments.into_iter().map(Into::into);
    cli::run_with(iter::once(OsString::from("sdkwright")).chain(arguments))
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
