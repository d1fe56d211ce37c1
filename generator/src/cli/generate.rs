//! `sdkwright generate`: its arguments, and the command that runs it.

mod command;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

pub use self::command::{Command, Format, Mode, Outcome};
use crate::config::check_package_name;
use crate::diagnostics::Strictness;
use crate::output::Existing;
use crate::pipeline::{ConfigFile, Inputs, Options, find_inputs};

/// Arguments of `sdkwright generate`.
#[derive(Args)]
pub(super) struct GenerateArgs {
    /// The OpenAPI description, in YAML or JSON [default: the one that
    /// `.stainless/workspace.json` names, or `openapi.yaml` and similar names here]
    spec: Option<PathBuf>,
    /// The configuration, in the stainless.yml format [default: `sdk.yaml` or
    /// `stainless.yml` next to SPEC, if it exists]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
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
    /// Treat mistakes as errors that are otherwise repaired by a guess. For owners of a
    /// description, and for CI
    #[arg(long)]
    strict: bool,
    /// No effect: this is the default
    #[arg(long, hide = true, conflicts_with = "strict")]
    lenient: bool,
    /// The folder that contains all referenced files [default: the root of the git
    /// repository of SPEC, or else its folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
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
}

/// Parses the name of a crate.
fn package_name(text: &str) -> Result<String, String> {
    check_package_name(text).map(|()| text.to_owned())
}

impl GenerateArgs {
    /// Converts the arguments to a command.
    ///
    /// # Errors
    ///
    /// A message, if no description is named and the current folder has none.
    pub(super) fn into_command(self) -> Result<Command, String> {
        let remedy = self.remedy.clone().unwrap_or_else(|| self.own_command());
        let inputs = match self.spec {
            Some(spec) => Inputs { spec, config: None },
            None => find_inputs(Path::new(""))?,
        };
        let config = self.config.or(inputs.config);
        Ok(Command {
            mode: match (self.check, self.force) {
                (true, _) => Mode::Check,
                (false, true) => Mode::Write(Existing::Replace),
                (false, false) => Mode::Write(Existing::Refuse),
            },
            format: if self.json {
                Format::Json
            } else if io::stdout().is_terminal() {
                Format::Terminal
            } else {
                Format::Text
            },
            options: Options {
                config: config.map_or(ConfigFile::NextToDocument, ConfigFile::At),
                package: self.package,
                templates: self.templates,
                strictness: if self.strict {
                    Strictness::Strict
                } else {
                    Strictness::Lenient
                },
                root: self.root,
                ..Options::new(inputs.spec)
            },
            out: self.out,
            remedy,
        })
    }

    /// Returns this command line without `--check`.
    fn own_command(&self) -> String {
        let mut words = vec!["sdkwright generate".to_owned()];
        words.extend(self.spec.iter().map(|spec| spec.display().to_string()));
        let options = [
            ("--config", self.config.as_ref()),
            ("--out", Some(&self.out)),
            ("--templates", self.templates.as_ref()),
            ("--root", self.root.as_ref()),
        ];
        for (name, value) in options {
            words.extend(value.map(|value| format!("{name} {}", value.display())));
        }
        words.extend(self.strict.then(|| "--strict".to_owned()));
        words.join(" ")
    }
}
