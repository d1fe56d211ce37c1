//! The commands of this repository: `cargo xtask COMMAND`.
//!
//! One file per command. Each prints lines that scripts can search, and ends with status 1 when
//! something is wrong. The commands that take long to build are the package `heavy`.

mod ci;
mod codegen;
mod diff;
mod heavy;
mod lint;
mod package;
mod release;
mod steps;
mod test;

use std::process::ExitCode;

use clap::Parser;
use xtask::repo;

/// The allocator of `sdkwright`, which the commands call.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The commands of this repository.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", version, disable_help_subcommand = true)]
enum Command {
    /// Writes `generated/` from `spec/linq.yaml` and `spec/sdk.yaml`
    Codegen(codegen::Codegen),
    /// Shows what changes for users of `linq-sdk` since a git revision
    Diff(diff::Diff),
    /// Raises the version of `linq-sdk`, and writes its changelog and the crate
    Release(release::Release),
    /// Runs every test: of the workspace, of its docs, and of the generated crate
    Test(test::Test),
    /// Checks everything that is not a test: fmt, clippy, doc, codegen, publish
    Lint(lint::Lint),
    /// Runs everything that a change must pass: `test`, then `lint`
    Ci(ci::Ci),
    #[command(flatten)]
    Heavy(heavy::Heavy),
}

fn main() -> ExitCode {
    let command = Command::parse();
    let result = repo::enter().and_then(|()| match command {
        Command::Codegen(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Release(command) => command.run(),
        Command::Test(command) => command.run(),
        Command::Lint(command) => command.run(),
        Command::Ci(command) => command.run(),
        Command::Heavy(command) => command.run(),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
