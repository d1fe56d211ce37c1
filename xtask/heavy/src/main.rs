//! The commands of this repository that take long to build or to run.
//!
//! `cargo xtask COMMAND` starts them. They are a package of their own, so that the commands which
//! everybody runs do not wait for their dependencies.

mod bench;
mod compare_versions;
mod conformance;
mod corpus;
mod faults;
mod features;
mod fuzz;
mod generated_crate;
mod guide;
mod init;
mod interop;
mod man;
mod names;
mod npm;
mod packages;
mod process;
mod review;
mod sdks;
mod semver_checks;
mod test_dependencies;
mod walkthrough;
mod workflows;

use std::process::ExitCode;

use clap::Parser;
use xtask::repo;

/// The commands of this repository that take long to build or to run.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", version)]
enum Command {
    /// Runs the tests that prove each behaviour of an SDK, and reports on each
    Conformance(conformance::Conformance),
    /// Makes many calls against a server that fails in ten ways
    Faults(faults::Faults),
    /// Runs the property tests with new cases, as many as there is time for
    Fuzz(fuzz::Fuzz),
    /// Runs the generated crates against other programs, which npm installs
    Interop(interop::Interop),
    /// Compiles and calls SDKs of two large documents
    Sdks(sdks::Sdks),
    /// Compiles the generated crate with features that stand for all combinations
    Features(features::Combinations),
    /// Runs the compiler over many documents, and reports the result of each
    Corpus(corpus::Corpus),
    /// Compares inferred call names with those of official SDKs
    Names(names::Names),
    /// Writes an `sdk.yaml` for many documents, and checks that their crates stay the same
    Init(init::Init),
    /// Writes the manual pages of `sdkwright`
    Man(man::Man),
    /// Opens the review page of two hostile documents in a browser
    Review(review::Review),
    /// Builds the guide as a book
    Guide(guide::Guide),
    /// Does the first chapter of the guide, command by command
    Walkthrough(walkthrough::Walkthrough),
    /// Runs actionlint on the workflows of `sdkwright init --ci github`
    Workflows(workflows::Workflows),
    /// Holds the verdicts of `sdkwright diff` against those of cargo-semver-checks
    SemverChecks(semver_checks::SemverChecks),
    /// Compares versions of real documents, and reports the changes and their cost
    CompareVersions(compare_versions::CompareVersions),
    /// Writes the package by which tests share compiled dependencies
    TestDependencies(test_dependencies::TestDependencies),
    /// Measures the compiler, and the crates that it generates
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    let command = Command::parse();
    let result = repo::enter().and_then(|()| match command {
        Command::Conformance(command) => command.run(),
        Command::Faults(command) => command.run(),
        Command::Fuzz(command) => command.run(),
        Command::Interop(command) => command.run(),
        Command::Sdks(command) => command.run(),
        Command::Features(command) => command.run(),
        Command::Corpus(command) => command.run(),
        Command::Names(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::Man(command) => command.run(),
        Command::Review(command) => command.run(),
        Command::Guide(command) => command.run(),
        Command::Walkthrough(command) => command.run(),
        Command::Workflows(command) => command.run(),
        Command::SemverChecks(command) => command.run(),
        Command::CompareVersions(command) => command.run(),
        Command::TestDependencies(command) => command.run(),
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
