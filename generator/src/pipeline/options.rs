//! The input of a run.

use std::path::PathBuf;

use super::discovery::find_config;
use super::progress::Progress;
use crate::diagnostics::Strictness;
use crate::load::network::NetworkAccess;

/// The input of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// The configuration.
    pub config: ConfigFile,
    /// Name of the crate. Overrides the configuration.
    pub package: Option<String>,
    /// Version of the crate. Overrides the configuration.
    pub version: Option<semver::Version>,
    /// Folder of templates that replace the built-in ones.
    pub templates: Option<PathBuf>,
    /// Handling of mistakes in the document that can be repaired.
    pub strictness: Strictness,
    /// The folder that references to other files must not leave. The default is the root of the
    /// document's repository, or else the folder of the document.
    pub root: Option<PathBuf>,
    /// The permission to fetch documents by URL.
    pub network: Option<NetworkAccess>,
    /// The phase of the run, for those who wait for it.
    pub progress: Progress,
}

/// The source of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ConfigFile {
    /// `sdk.yaml` or `stainless.yml` next to the document, if it exists.
    #[default]
    NextToDocument,
    /// In this file.
    At(PathBuf),
    /// No configuration: all names are inferred from the document.
    None,
}

impl Options {
    /// Returns the default options for this document.
    #[must_use]
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            config: ConfigFile::default(),
            package: None,
            version: None,
            templates: None,
            strictness: Strictness::default(),
            root: None,
            network: None,
            progress: Progress::default(),
        }
    }

    /// Returns the command that brings the configuration up to date.
    #[must_use]
    pub fn sync_command(&self) -> String {
        let mut command = format!("sdkwright sync {}", self.spec.display());
        if let ConfigFile::At(config) = &self.config {
            command.push_str(&format!(" --config {}", config.display()));
        }
        if let Some(network) = &self.network {
            command.push_str(&format!(" {}", network.to_flags()));
        }
        command
    }

    /// Returns the path of the configuration, if there is one.
    #[must_use]
    pub fn config_path(&self) -> Option<PathBuf> {
        match &self.config {
            ConfigFile::None => None,
            ConfigFile::At(path) => Some(path.clone()),
            ConfigFile::NextToDocument => find_config(&self.spec),
        }
    }
}
