//! The commands of the package `heavy`, which cargo builds when one of them is run.

use std::ffi::OsString;
use std::process::Command;

use clap::{Args, Subcommand};
use xtask::process::{cargo, run};

/// The commands that take long to build or to run.
#[derive(Subcommand)]
pub(crate) enum Heavy {
    /// Runs the tests that prove each behaviour of an SDK, and reports on each
    Conformance(Arguments),
    /// Makes many calls against a server that fails in ten ways
    Faults(Arguments),
    /// Runs the property tests with new cases, as many as there is time for
    Fuzz(Arguments),
    /// Runs the generated crates against other programs, which npm installs
    Interop(Arguments),
    /// Compiles and calls SDKs of two large documents
    Sdks(Arguments),
    /// Packs the crates, and compiles them with features that stand for all combinations
    Features(Arguments),
    /// Runs the compiler over many documents, and reports the result of each
    Corpus(Arguments),
    /// Compares inferred call names with those of official SDKs
    Names(Arguments),
    /// Writes an `sdk.yaml` for many documents, and checks that their crates stay the same
    Init(Arguments),
    /// Writes the manual pages of `sdkwright`
    Man(Arguments),
    /// Opens the review page of two hostile documents in a browser
    Review(Arguments),
    /// Builds the guide as a book
    Guide(Arguments),
    /// Does the first chapter of the guide, command by command
    Walkthrough(Arguments),
    /// Runs actionlint on the workflows of `sdkwright init --ci github`
    Workflows(Arguments),
    /// Holds the verdicts of `sdkwright diff` against those of cargo-semver-checks
    SemverChecks(Arguments),
    /// Compares versions of real documents, and reports the changes and their cost
    CompareVersions(Arguments),
    /// Writes the package by which tests share compiled dependencies
    TestDependencies(Arguments),
    /// Measures the compiler, and the crates that it generates
    Bench(Arguments),
}

/// Arguments that are passed on as they are, `--help` included.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    arguments: Vec<OsString>,
}

impl Heavy {
    /// Builds the package and runs the command.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let (name, Arguments { arguments }) = match self {
            Self::Conformance(arguments) => ("conformance", arguments),
            Self::Faults(arguments) => ("faults", arguments),
            Self::Fuzz(arguments) => ("fuzz", arguments),
            Self::Interop(arguments) => ("interop", arguments),
            Self::Sdks(arguments) => ("sdks", arguments),
            Self::Features(arguments) => ("features", arguments),
            Self::Corpus(arguments) => ("corpus", arguments),
            Self::Names(arguments) => ("names", arguments),
            Self::Init(arguments) => ("init", arguments),
            Self::Man(arguments) => ("man", arguments),
            Self::Review(arguments) => ("review", arguments),
            Self::Guide(arguments) => ("guide", arguments),
            Self::Walkthrough(arguments) => ("walkthrough", arguments),
            Self::Workflows(arguments) => ("workflows", arguments),
            Self::SemverChecks(arguments) => ("semver-checks", arguments),
            Self::CompareVersions(arguments) => ("compare-versions", arguments),
            Self::TestDependencies(arguments) => ("test-dependencies", arguments),
            Self::Bench(arguments) => ("bench", arguments),
        };
        run(heavy_command(name).args(arguments))
    }
}

/// A call of the package, which cargo builds first.
pub(crate) fn heavy_command(name: &str) -> Command {
    // Without `--package` cargo takes the features that the whole workspace needs of each
    // dependency. Otherwise it would build many of them twice.
    cargo(["run", "--bin", "xtask-heavy", "--", name])
}
