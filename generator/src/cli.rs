//! The command line of `sdkwright`: one module for each command.
//!
//! It parses arguments, calls the [`pipeline`](crate::pipeline), and prints. It does not know about
//! documents.

mod check;
#[cfg(feature = "completions")]
mod completions;
pub mod diff;
mod explain;
mod failure;
pub mod generate;
mod init;
mod input;
mod inspect;
mod outcome;
mod progress;
mod release;
mod schema;
mod summary;
mod sync;
mod verbosity;

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser};

use self::check::CheckArgs;
#[cfg(feature = "completions")]
use self::completions::CompletionsArgs;
use self::diff::DiffArgs;
use self::explain::ExplainArgs;
use self::failure::print_error;
use self::generate::GenerateArgs;
use self::init::InitArgs;
use self::inspect::InspectArgs;
pub use self::outcome::Outcome;
use self::release::ReleaseArgs;
use self::schema::SchemaArgs;
pub use self::summary::Summary;
use self::sync::SyncArgs;
pub use self::verbosity::Verbosity;

/// The end of the help: first steps for a newcomer.
const EXAMPLES: &str = "\
Examples:
  sdkwright check openapi.yaml                    List the problems of a description
  sdkwright generate openapi.yaml --out my-sdk    Generate a crate, with inferred names
  sdkwright init openapi.yaml                     Keep these names in `sdk.yaml`, to change them
  sdkwright diff openapi.yaml --base main         Show what a change breaks for users

`sdkwright COMMAND --help` describes a command. `sdkwright explain CODE` explains a finding.";

/// Generates Rust SDK crates from OpenAPI descriptions.
#[derive(Parser)]
#[command(name = "sdkwright", version, after_help = EXAMPLES)]
enum Cli {
    /// Generates the crate of an OpenAPI description
    ///
    /// Diagnostics go to standard error, and the result to standard output. The exit
    /// status is 0 on success, 1 if the input has errors or a check fails, and 2 if the
    /// command line is invalid.
    Generate(GenerateArgs),
    /// Lists the problems of an OpenAPI description and of its `sdk.yaml`, and writes nothing
    ///
    /// The exit status is 0 without errors, 1 with errors, and 2 if the command line is invalid.
    Check(CheckArgs),
    /// Writes each decision that is inferred from an OpenAPI description to its `sdk.yaml`
    ///
    /// The file does not change the crate. From then on, names change only in the file.
    Init(InitArgs),
    /// Adds new endpoints and models of an OpenAPI description to its `sdk.yaml`
    ///
    /// Comments, order and formatting of the file stay, and no name changes. Endpoints follow new
    /// names of path variables. The command reports entries for operations and models that the
    /// description no longer has, and removes them only with `--remove`.
    Sync(SyncArgs),
    /// Compares two states of an API: the code that users of the crate see, and the wire format
    ///
    /// Each side is a description with its `sdk.yaml`. With `--base`, the old side is read from
    /// git. The exit status is 0 on success, 1 if the input has errors or `--fail-on` applies, and
    /// 2 if the command line is invalid.
    Diff(DiffArgs),
    /// Prepares a release: raises the version, and writes the changelog and the crate
    ///
    /// The changes since the last release decide the version. It is written to the configuration,
    /// and the entry of the changelog says what users must change. Text that people wrote in the
    /// changelog stays. After an error, nothing has changed.
    Release(ReleaseArgs),
    /// Shows the calls and types that the crate will have: signature, wire format and position
    ///
    /// It writes nothing.
    Inspect(InspectArgs),
    /// Prints the JSON Schema of `sdk.yaml`, for editors
    Schema(SchemaArgs),
    /// Explains the code of a diagnostic
    Explain(ExplainArgs),
    /// Prints a script that completes the command line in a shell
    #[cfg(feature = "completions")]
    Completions(CompletionsArgs),
}

/// Returns the commands with their arguments, for manual pages and completions.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Parses the arguments of the process and runs the command.
#[must_use]
pub fn run() -> ExitCode {
    match run_with(env::args_os()) {
        Outcome::Good => ExitCode::SUCCESS,
        Outcome::Bad => ExitCode::FAILURE,
    }
}

/// Runs the command that `args` name. The first argument is the name of the program.
///
/// Invalid arguments end the process with status 2 and a message, as they do for the program.
#[must_use]
pub fn run_with<I>(args: I) -> Outcome
where
    I: IntoIterator<Item: Into<OsString> + Clone>,
{
    // Without locks: a thread of the pipeline must be able to report a panic.
    let (out, err) = (&mut io::stdout(), &mut io::stderr());
    let outcome = match Cli::parse_from(args) {
        Cli::Generate(args) => match args.into_command() {
            Ok(command) => command.run(out, err),
            Err(message) => print_error(&message, err),
        },
        Cli::Check(args) => args.run(out, err),
        Cli::Init(args) => args.run(out, err),
        Cli::Sync(args) => args.run(out, err),
        Cli::Diff(args) => match args.into_command() {
            Ok(command) => command.run(out, err),
            Err(message) => print_error(&message, err),
        },
        Cli::Release(args) => args.run(out, err),
        Cli::Inspect(args) => args.run(out, err),
        Cli::Schema(args) => args.run(out),
        Cli::Explain(args) => args.run(out, err),
        #[cfg(feature = "completions")]
        Cli::Completions(args) => args.run(&mut command(), out),
    };
    match outcome {
        Ok(outcome) => outcome,
        // The reader needs no more of the output.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Bad,
        Err(error) => {
            // There is nowhere left to report a failure of standard error.
            let _ = writeln!(err, "error: cannot print the result: {error}");
            Outcome::Bad
        }
    }
}
