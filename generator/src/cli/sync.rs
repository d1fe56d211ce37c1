//! `sdkwright sync`: adds the new operations and schemas of a description to its `sdk.yaml`.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::generate::Outcome;
use super::init::print_findings;
use crate::output::Replacement;
use crate::pipeline::{ConfigFile, Failure, Options, SyncedConfig, sync};

/// Arguments of `sdkwright sync`.
#[derive(Args)]
pub(super) struct SyncArgs {
    /// The OpenAPI description, in YAML or JSON
    spec: PathBuf,
    /// The configuration [default: `sdk.yaml` next to SPEC]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Change nothing, and fail if the file lacks something of the description
    #[arg(long)]
    check: bool,
    /// The folder that contains all referenced files [default: the root of the git repository of
    /// SPEC, or else its folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

impl SyncArgs {
    /// Runs the command. Prints additions to `out`, and problems to `err`.
    ///
    /// # Errors
    ///
    /// `out` or `err` cannot be written to.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let default = || self.spec.with_file_name("sdk.yaml");
        let path = self.config.clone().unwrap_or_else(default);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                writeln!(err, "error: `{}` cannot be read: {error}", path.display())?;
                writeln!(err, "  help: `sdkwright init` writes it")?;
                return Ok(Outcome::Bad);
            }
        };
        let options = Options {
            config: ConfigFile::None,
            root: self.root.clone(),
            ..Options::new(&self.spec)
        };
        let synced = match sync(&options, &text) {
            Ok(synced) => synced,
            Err(Failure::Input(diagnostics)) => {
                print_findings(&diagnostics, err)?;
                return Ok(Outcome::Bad);
            }
            Err(failure) => {
                writeln!(err, "error: {failure}")?;
                return Ok(Outcome::Bad);
            }
        };
        self.report(&synced, out, err)?;
        if self.check {
            let is_complete = synced.is_complete();
            return Ok(if is_complete {
                Outcome::Good
            } else {
                Outcome::Bad
            });
        }
        if synced.text != text
            && let Err(error) = Replacement::write(&path, &synced.text)
        {
            writeln!(err, "error: {error}")?;
            return Ok(Outcome::Bad);
        }
        let is_open = synced.closed.is_empty();
        Ok(if is_open { Outcome::Good } else { Outcome::Bad })
    }

    fn report(
        &self,
        synced: &SyncedConfig,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<()> {
        for method in &synced.methods {
            let (resource, name) = (method.resource.join("."), &method.name);
            let endpoint = &method.endpoint;
            writeln!(
                out,
                "+ {resource}.{name}: {} {}",
                endpoint.method, endpoint.path
            )?;
        }
        for model in &synced.models {
            writeln!(out, "+ {model}")?;
        }
        for lost in &synced.lost {
            writeln!(
                err,
                "warning: the description does not have `{lost}` any more"
            )?;
        }
        for closed in &synced.closed {
            writeln!(
                err,
                "error: `{closed}` is not a mapping, so no entries can be added to it"
            )?;
        }
        Ok(())
    }
}
