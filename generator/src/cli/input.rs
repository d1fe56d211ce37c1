//! The inputs that commands share: the description and its configuration.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
#[cfg(feature = "fetch")]
use std::sync::Arc;

use clap::Args;

use crate::diagnostics::Strictness;
use crate::load::Location;
use crate::load::network::NetworkAccess;
#[cfg(feature = "fetch")]
use crate::load::network::{HttpsClient, Origin};
use crate::pipeline::{ConfigFile, Inputs, Options, find_inputs};

/// The argument that names the description.
#[derive(Args, Debug, Clone)]
pub(super) struct SpecArgs {
    /// The OpenAPI description, in YAML or JSON: a file, a folder with such a file, `-` for standard
    /// input, or a URL with `--fetch` [default: the file of the current folder that
    /// `.stainless/workspace.json` names, or `openapi.yaml` or a similar name]
    pub(super) spec: Option<PathBuf>,
}

/// Arguments that name the description and its configuration.
#[derive(Args, Debug, Clone)]
pub(super) struct InputArgs {
    #[command(flatten)]
    pub(super) spec: SpecArgs,
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
    /// Report mistakes as errors instead of repairing them. For owners of a description, and
    /// for CI
    #[arg(long)]
    pub(super) strict: bool,
    /// The folder that contains all referenced files [default: the root of the git
    /// repository of SPEC, or else its folder]
    #[arg(long, value_name = "DIR", value_parser = parse_folder)]
    pub(super) root: Option<PathBuf>,
    /// Fetch descriptions by URL, over https. References lead to the same origin only
    #[cfg(feature = "fetch")]
    #[arg(long)]
    fetch: bool,
    /// An origin that references may lead to, such as `https://example.com`. Can be repeated
    #[cfg(feature = "fetch")]
    #[arg(long, value_name = "ORIGIN", value_parser = Origin::parse, requires = "fetch")]
    allow_origin: Vec<Origin>,
}

/// Parses the path of a folder that exists.
fn parse_folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.is_dir() {
        true => Ok(path),
        false => Err("it is not a folder".to_owned()),
    }
}

impl ReadingArgs {
    /// Returns the options for a description. Its default configuration is next to it.
    pub(super) fn to_options(&self, inputs: Inputs) -> Options {
        let config = inputs.config;
        Options {
            config: config.map_or(ConfigFile::NextToDocument, ConfigFile::At),
            strictness: self.strictness(),
            root: self.root.clone(),
            network: self.network(),
            ..Options::new(inputs.spec)
        }
    }

    /// Returns the permission to fetch URLs, if the user gives it.
    #[cfg(feature = "fetch")]
    pub(super) fn network(&self) -> Option<NetworkAccess> {
        let allowed = self.allow_origin.clone();
        self.fetch
            .then(|| NetworkAccess::new(Arc::new(HttpsClient::new()), allowed))
    }

    /// Returns no permission to fetch URLs, because this build has no client for https.
    #[cfg(not(feature = "fetch"))]
    pub(super) const fn network(&self) -> Option<NetworkAccess> {
        None
    }

    /// Returns what to do about mistakes that can be repaired.
    pub(super) const fn strictness(&self) -> Strictness {
        match self.strict {
            true => Strictness::Strict,
            false => Strictness::Lenient,
        }
    }
}

/// Returns the files that an argument names: the description itself, or a folder that has it.
/// `usage` is the command line with a description, for the message.
///
/// # Errors
///
/// A message, if the folder has no description.
pub(super) fn find_spec(argument: &Path, usage: &str) -> Result<Inputs, String> {
    match Location::parse(argument) {
        // A description in the current folder is named as it is, without `./`.
        Location::File(folder) if folder == Path::new(".") => find_inputs(Path::new(""), usage),
        Location::File(folder) if folder.is_dir() => find_inputs(folder, usage),
        _ => Ok(Inputs::new(argument)),
    }
}

impl SpecArgs {
    /// Returns the description and its configuration. Without an argument, the current folder has
    /// them. `command` is the name of the command, for the message.
    ///
    /// # Errors
    ///
    /// A message, if the folder has no description.
    pub(super) fn find(&self, command: &str) -> Result<Inputs, String> {
        let argument = self.spec.as_deref().unwrap_or(Path::new("."));
        find_spec(argument, &format!("sdkwright {command} SPEC"))
    }
}

impl InputArgs {
    /// Returns the options for the description, which is found by its name if none is given.
    /// `command` is the name of the command, for the message.
    ///
    /// # Errors
    ///
    /// A message, if no description is named and the current folder has none.
    pub(super) fn to_options(&self, command: &str) -> Result<Options, String> {
        let mut inputs = self.spec.find(command)?;
        inputs.config = self.config.clone().or(inputs.config);
        Ok(self.reading.to_options(inputs))
    }

    /// Returns the options for the description, or prints to `err` why there are none.
    ///
    /// # Errors
    ///
    /// `err` cannot be written to.
    pub(super) fn to_options_or_print(
        &self,
        command: &str,
        err: &mut dyn Write,
    ) -> io::Result<Option<Options>> {
        match self.to_options(command) {
            Ok(options) => Ok(Some(options)),
            Err(message) => writeln!(err, "error: {message}").map(|()| None),
        }
    }
}
