//! The inputs that commands share: the description and its configuration.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::diagnostics::Strictness;
use crate::pipeline::{ConfigFile, Inputs, Options, find_inputs};

/// Arguments that name the description and its configuration.
#[derive(Args, Debug, Clone)]
pub(super) struct InputArgs {
    /// The OpenAPI description, in YAML or JSON, or a folder that has it [default: the one that
    /// `.stainless/workspace.json` names, or `openapi.yaml` and similar names here]
    pub(super) spec: Option<PathBuf>,
    /// The configuration, in the stainless.yml format [default: `sdk.yaml` or
    /// `stainless.yml` next to SPEC, if it exists]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

/// Arguments about reading a description.
#[derive(Args, Debug, Clone)]
pub(super) struct ReadingArgs {
    /// Treat mistakes as errors that are otherwise repaired by a guess. For owners of a
    /// description, and for CI
    #[arg(long)]
    pub(super) strict: bool,
    /// The folder that contains all referenced files [default: the root of the git
    /// repository of SPEC, or else its folder]
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
}

impl ReadingArgs {
    /// Returns the options for a description.
    pub(super) fn to_options(&self, spec: &Path) -> Options {
        Options {
            strictness: self.strictness(),
            root: self.root.clone(),
            ..Options::new(spec)
        }
    }

    /// Returns what to do about mistakes that can be repaired.
    pub(super) const fn strictness(&self) -> Strictness {
        match self.strict {
            true => Strictness::Strict,
            false => Strictness::Lenient,
        }
    }
}

impl InputArgs {
    /// Returns the options for the description, which is found by its name if none is given.
    ///
    /// # Errors
    ///
    /// A message, if no description is named and the current folder has none.
    pub(super) fn to_options(&self) -> Result<Options, String> {
        let inputs = match &self.spec {
            Some(folder) if folder.is_dir() => find_inputs(folder)?,
            Some(spec) => Inputs {
                spec: spec.clone(),
                config: None,
            },
            None => find_inputs(Path::new(""))?,
        };
        let config = self.config.clone().or(inputs.config);
        Ok(Options {
            config: config.map_or(ConfigFile::NextToDocument, ConfigFile::At),
            ..self.reading.to_options(&inputs.spec)
        })
    }

    /// Returns the options for the description, or prints to `err` why there are none.
    ///
    /// # Errors
    ///
    /// `err` cannot be written to.
    pub(super) fn to_options_or_print(&self, err: &mut dyn Write) -> io::Result<Option<Options>> {
        match self.to_options() {
            Ok(options) => Ok(Some(options)),
            Err(message) => writeln!(err, "error: {message}").map(|()| None),
        }
    }
}
