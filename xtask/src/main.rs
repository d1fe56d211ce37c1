//! The commands of this repository: `cargo xtask COMMAND`.
//!
//! One file per command. Each says what it did on its standard output, in lines
//! that scripts can search, and ends with status 1 when something is not right.

mod bench;
mod ci;
mod codegen;
mod conformance;
mod corpus;
mod faults;
mod features;
mod fuzz;
mod interop;
mod lint;
mod made;
mod process;
mod repo;
mod sdks;
mod steps;
mod test;

use std::process::ExitCode;

use clap::Parser;

/// The commands of this repository.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", version)]
enum Command {
    /// Writes `generated/` from `spec/linq.yaml` and `spec/sdk.yaml`
    Codegen(codegen::Codegen),
    /// Runs every test: of the workspace, of its docs, and of what is generated
    Test(test::Test),
    /// Checks everything that is not a test: fmt, clippy, doc, codegen, publish
    Lint(lint::Lint),
    /// Runs all that a change must pass: `test`, then `lint`
    Ci(ci::Ci),
    /// Runs the tests that prove each behaviour of an SDK, and reports on each
    Conformance(conformance::Conformance),
    /// Makes many calls against a server that fails in ten ways
    Faults(faults::Faults),
    /// Runs the property tests with new cases, as many as there is time for
    Fuzz(fuzz::Fuzz),
    /// Runs the generated crates against programs of others, which npm installs
    Interop(interop::Interop),
    /// Compiles and calls SDKs of large documents of others
    Sdks(sdks::Sdks),
    /// Runs the compiler over many documents, and reports what became of each
    Corpus(corpus::Corpus),
    /// Measures the compiler, and the crates that it makes
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    let command = Command::parse();
    let result = repo::enter().and_then(|()| match command {
        Command::Codegen(command) => command.run(),
        Command::Test(command) => command.run(),
        Command::Lint(command) => command.run(),
        Command::Ci(command) => command.run(),
        Command::Conformance(command) => command.run(),
        Command::Faults(command) => command.run(),
        Command::Fuzz(command) => command.run(),
        Command::Interop(command) => command.run(),
        Command::Sdks(command) => command.run(),
        Command::Corpus(command) => command.run(),
        Command::Bench(command) => command.run(),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
