//! `sdkwright diff`: its arguments, and the command that runs it.

mod command;

use std::path::PathBuf;

use clap::{Args, CommandFactory as _, ValueEnum};

pub use self::command::DiffCommand;
use crate::diagnostics::Strictness;

/// Arguments of `sdkwright diff`.
#[derive(Args)]
pub(super) struct DiffArgs {
    /// The old and the new description; with `--base`, only the new one
    #[arg(value_names = ["BASE", "HEAD"], num_args = 1..=2, required = true)]
    specs: Vec<PathBuf>,
    /// The git revision that has the old description, at the path of the new one
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Our decisions about the new description [default: `sdk.yaml` beside it]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Our decisions about the old description [default: `sdk.yaml` beside it; with `--base`, the
    /// path of `--config` at the revision]
    #[arg(long, value_name = "FILE")]
    base_config: Option<PathBuf>,
    /// What the report is for
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
    /// Write the report to this file rather than to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Fail on changes that nobody accepted: that break code, that break programs on the wire, or on
    /// any change
    #[arg(long, value_enum, value_delimiter = ',')]
    fail_on: Vec<FailOn>,
    /// Refuse mistakes in the descriptions that are repaired by a guess otherwise
    #[arg(long)]
    strict: bool,
    /// The folder that references to other files do not leave [default: the root of the git
    /// repository that the description is in, or else its folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// What a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReportFormat {
    /// People at a terminal.
    #[default]
    Terminal,
    /// A comment of a pull request, of at most 60,000 characters.
    Markdown,
    /// Programs.
    Json,
    /// Annotations of GitHub, on the lines of the new description.
    Github,
    /// A page for reviewers, in one file that works from disk.
    Html,
}

/// The changes that a command fails on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Those that break code, unless they are accepted.
    Breaking,
    /// Those that break programs on the wire, unless they are accepted.
    Wire,
    /// All.
    Any,
}

impl DiffArgs {
    /// Converts the arguments to a command. Ends the process where they make no sense.
    pub(super) fn into_command(self) -> DiffCommand {
        let mut specs = self.specs.into_iter();
        let (base_spec, spec) = match (specs.next(), specs.next(), &self.base) {
            (Some(spec), None, Some(_)) => (None, spec),
            (Some(base), Some(spec), None) => (Some(base), spec),
            (_, second, _) => {
                let message = match second {
                    Some(_) => {
                        "two descriptions and `--base` are given: leave out one of the old sides"
                    }
                    None => "one description is given: add the old one before it, or `--base`",
                };
                let kind = clap::error::ErrorKind::WrongNumberOfValues;
                super::Cli::command().error(kind, message).exit()
            }
        };
        DiffCommand {
            spec,
            base_spec,
            revision: self.base,
            config: self.config,
            base_config: self.base_config,
            format: self.format,
            out: self.out,
            fail_on: self.fail_on,
            strictness: if self.strict {
                Strictness::Strict
            } else {
                Strictness::Lenient
            },
            root: self.root,
        }
    }
}
