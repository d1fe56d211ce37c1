//! `cargo xtask codegen`: from `spec/` to `generated/`.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::Stdio;

use anyhow::bail;
use clap::Args;
use sdkwright::cli::generate::{Command, Format, Mode, Outcome};
use sdkwright::diagnostics::Strictness;
use sdkwright::output::Existing;
use sdkwright::pipeline::{ConfigFile, Options};

use crate::process::cargo;
use crate::repo;

/// Writes the generated crate.
#[derive(Args)]
pub(crate) struct Codegen {
    /// Change nothing: show how the crate differs from what would be written,
    /// and fail if it does
    #[arg(long)]
    pub(crate) check: bool,
}

impl Codegen {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let manifest = Path::new(repo::GENERATED).join("Cargo.toml");
        let was_there = manifest.exists();
        self.generate()?;
        if !was_there && manifest.exists() {
            restore_lock();
        }
        Ok(())
    }

    fn generate(&self) -> anyhow::Result<()> {
        let command = Command {
            options: Options {
                config: ConfigFile::At(repo::CONFIG.into()),
                strictness: Strictness::Strict,
                ..Options::new(repo::SPEC)
            },
            out: repo::GENERATED.into(),
            mode: if self.check {
                Mode::Check
            } else {
                Mode::Write(Existing::Refuse)
            },
            format: if io::stdout().is_terminal() {
                Format::Terminal
            } else {
                Format::Text
            },
            remedy: "cargo xtask codegen".to_owned(),
        };
        match command.run(&mut io::stdout().lock(), &mut io::stderr().lock())? {
            Outcome::Good => Ok(()),
            Outcome::Bad if self.check => bail!("the check failed"),
            Outcome::Bad => bail!("nothing was written"),
        }
    }
}

/// Writes the crate's entry into `Cargo.lock` again, which cargo took out when it ran this command
/// without the crate. Should it fail, the next command of cargo does it.
fn restore_lock() {
    let mut metadata = cargo(["metadata", "--format-version", "1", "--offline"]);
    let _ = metadata
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}
