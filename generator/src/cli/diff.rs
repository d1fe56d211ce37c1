//! `sdkwright diff`: its arguments, and the command that runs it.

mod command;

use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory as _, ValueEnum};

pub use self::command::DiffCommand;
use super::input::{ReadingArgs, find_spec};
use super::verbosity::VerbosityArgs;
use crate::load::Location;

/// The two forms of the command line.
const USAGE: &str = "sdkwright diff [OPTIONS] BASE HEAD
       sdkwright diff [OPTIONS] --base REV [HEAD]";

/// Arguments of `sdkwright diff`.
#[derive(Args)]
#[command(override_usage = USAGE)]
pub(super) struct DiffArgs {
    /// The old and the new description: files, folders with such files, `-` for standard input, or
    /// URLs with `--fetch`. With `--base`, only the new one [default: that of the current folder]
    #[arg(value_names = ["BASE", "HEAD"], num_args = 1..=2, required_unless_present = "base")]
    specs: Vec<PathBuf>,
    /// The git revision of the old description, which has the same path as the new one
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// The configuration of the new description [default: `sdk.yaml` next to it]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The configuration of the old description [default: `sdk.yaml` next to it; with `--base`, the
    /// path of `--config` at the revision]
    #[arg(long, value_name = "FILE")]
    base_config: Option<PathBuf>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Fail on changes that break code, on changes that break programs on the wire, or on any
    /// change. The first two ignore changes that `sdk.yaml` accepts
    #[arg(long, value_enum, value_delimiter = ',')]
    fail_on: Vec<FailOn>,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    verbosity: VerbosityArgs,
}

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReportFormat {
    /// Text for a terminal.
    #[default]
    Terminal,
    /// Markdown for a comment on a pull request, of at most 60,000 characters.
    Markdown,
    /// JSON for programs.
    Json,
    /// Annotations for GitHub, on the lines of the new description.
    Github,
    /// An HTML page for reviewers, in a single file that needs no server.
    Html,
}

/// The changes that a command fails on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Changes that break code, unless they are accepted.
    Breaking,
    /// Changes that break programs on the wire, unless they are accepted.
    Wire,
    /// All changes, accepted ones too.
    Any,
}

impl DiffArgs {
    /// Converts the arguments to a command. Ends the process if they are invalid.
    ///
    /// # Errors
    ///
    /// A message, if a folder has no description.
    pub(super) fn into_command(self) -> Result<DiffCommand, String> {
        let mut specs = self.specs.into_iter();
        let (base_spec, spec) = match (specs.next(), specs.next(), &self.base) {
            (Some(spec), None, Some(_)) => (None, spec),
            (None, None, Some(_)) => (None, PathBuf::from(".")),
            (Some(base), Some(spec), None) => (Some(base), spec),
            (_, second, _) => {
                let message = match second {
                    Some(_) => {
                        "two descriptions and `--base` are given: leave out one of the old sides"
                    }
                    None => "one description is given: add the old one before it, or `--base`",
                };
                let kind = clap::error::ErrorKind::WrongNumberOfValues;
                let mut command = super::Cli::command().override_usage(USAGE);
                command.error(kind, message).exit()
            }
        };
        let is_stdin = |spec: &Path| Location::parse(spec) == Location::StandardInput;
        if is_stdin(&spec) && base_spec.as_deref().is_some_and(is_stdin) {
            return Err(
                "standard input is a single description; pass a file for the other one".to_owned(),
            );
        }
        let usage = match self.base {
            Some(_) => "sdkwright diff --base REV SPEC",
            None => "sdkwright diff BASE HEAD",
        };
        let find = |spec: &Path| find_spec(spec, usage);
        let head = find(&spec)?;
        let base = base_spec.as_deref().map(find).transpose()?;
        let (base_spec, base_config) = match base {
            Some(base) => (Some(base.spec), base.config),
            None => (None, None),
        };
        Ok(DiffCommand {
            spec: head.spec,
            base_spec,
            revision: self.base,
            config: self.config.or(head.config),
            base_config: self.base_config.or(base_config),
            format: self.format,
            out: self.out,
            fail_on: self.fail_on,
            strictness: self.reading.strictness(),
            network: self.reading.network(),
            root: self.reading.root,
            verbosity: self.verbosity.into(),
        })
    }
}
