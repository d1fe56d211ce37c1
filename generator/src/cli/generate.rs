//! `sdkwright generate`: its arguments, and the command that runs it.

mod command;

use std::path::PathBuf;

use clap::Args;

pub use self::command::{Command, Format, Mode};
use super::input::InputArgs;
pub use super::outcome::Outcome;
use super::verbosity::VerbosityArgs;
use crate::config::{NAME_HELP, check_package_name};
use crate::output::Existing;
use crate::pipeline::Options;

/// Arguments of `sdkwright generate`.
#[derive(Args)]
pub(super) struct GenerateArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The directory of the crate
    #[arg(long, value_name = "DIR", default_value = "generated")]
    out: PathBuf,
    /// The name of the crate. Overrides the configuration
    #[arg(long, value_name = "NAME", value_parser = package_name)]
    package: Option<String>,
    /// Write nothing. Show how the directory differs from the generated crate, and
    /// fail if it does
    #[arg(long)]
    check: bool,
    /// A folder with templates that replace the built-in ones, file by file
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// No effect: this is the default
    #[arg(long, hide = true, conflicts_with = "strict")]
    lenient: bool,
    /// Replace files in the directory that this command did not write
    #[arg(long, conflicts_with = "check")]
    force: bool,
    /// Print the result as a line of JSON, and each diagnostic as a line of JSON on
    /// standard error
    #[arg(long)]
    json: bool,
    /// The command line that brings the directory up to date, for messages [default: this one
    /// without `--check`]
    #[arg(long, value_name = "COMMAND", hide = true)]
    remedy: Option<String>,
    #[command(flatten)]
    verbosity: VerbosityArgs,
}

/// Parses the name of a crate.
pub(super) fn package_name(text: &str) -> Result<String, String> {
    match check_package_name(text) {
        Ok(()) => Ok(text.to_owned()),
        Err(message) => Err(format!("{message}; {NAME_HELP}")),
    }
}

impl GenerateArgs {
    /// Converts the arguments to a command.
    ///
    /// # Errors
    ///
    /// A message, if no description is named and the current folder has none.
    pub(super) fn into_command(self) -> Result<Command, String> {
        let remedy = self.remedy.clone().unwrap_or_else(|| self.own_command());
        Ok(Command {
            mode: match (self.check, self.force) {
                (true, _) => Mode::Check,
                (false, true) => Mode::Write(Existing::Replace),
                (false, false) => Mode::Write(Existing::Refuse),
            },
            format: match self.json {
                true => Format::Json,
                false => Format::Text,
            },
            verbosity: self.verbosity.into(),
            options: Options {
                package: self.package,
                templates: self.templates,
                ..self.input.to_options("generate")?
            },
            out: self.out,
            remedy,
        })
    }

    /// Returns this command line without `--check`.
    fn own_command(&self) -> String {
        let mut words = vec!["sdkwright generate".to_owned()];
        words.extend(
            self.input
                .spec
                .spec
                .iter()
                .map(|spec| spec.display().to_string()),
        );
        let options = [
            ("--config", self.input.config.as_ref()),
            ("--out", Some(&self.out)),
            ("--templates", self.templates.as_ref()),
            ("--root", self.input.reading.root.as_ref()),
        ];
        for (name, value) in options {
            words.extend(value.map(|value| format!("{name} {}", value.display())));
        }
        let network = self.input.reading.network();
        words.extend(network.map(|network| network.to_flags()));
        words.extend(self.input.reading.strict.then(|| "--strict".to_owned()));
        words.join(" ")
    }
}
