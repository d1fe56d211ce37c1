//! A configuration brought up to date with its document.

mod additions;
mod config_text;
mod lost;

use super::{Failure, Options, Phase, Run};
use crate::config::{ClientSettings, Config, ResourceMode};
use crate::diagnostics::{Code, Diagnostics};
use crate::load::Document;
use crate::lower::lower;
use crate::sync::{ConfiguredTree, NewMethod};

use self::additions::Additions;
use self::config_text::read;
pub use self::lost::{LostEntries, RenamedEndpoint};
use self::lost::{remove_lost, rename_variables};

/// A configuration with what its document gained.
#[derive(Debug)]
pub struct SyncedConfig {
    /// The text.
    pub text: String,
    /// The methods that were added.
    pub methods: Vec<NewMethod>,
    /// The models that were added, as `resource.name`.
    pub models: Vec<String>,
    /// The other entries that were added, by their keys: `environments.sandbox`.
    pub settings: Vec<String>,
    /// Endpoints and models of the configuration that the document no longer has.
    pub lost: Vec<String>,
    /// The entries that were removed, as paths of keys.
    pub removed: Vec<String>,
    /// The endpoints whose path variables have new names.
    pub renamed: Vec<RenamedEndpoint>,
    /// The new SHA-256 of the document at its URL.
    pub sha256: Option<String>,
    /// The mappings that cannot get entries, as paths of keys.
    pub closed: Vec<String>,
    /// Warnings about the configuration.
    pub diagnostics: Diagnostics,
}

impl SyncedConfig {
    /// Whether the configuration needs no entry more.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let has_entries = !self.methods.is_empty() || !self.models.is_empty();
        !has_entries && self.settings.is_empty() && self.sha256.is_none()
    }

    /// Whether the configuration needs no change, and names nothing that the document does not have.
    #[must_use]
    pub fn is_current(&self) -> bool {
        let is_exact = self.lost.is_empty() && self.removed.is_empty() && self.renamed.is_empty();
        is_exact && self.is_complete()
    }
}

/// Adds entries for new endpoints and models to the text of a configuration. Other lines do not
/// change, except that endpoints follow new names of path variables. `lost` decides about
/// entries for endpoints and models that the document no longer has.
///
/// # Errors
///
/// As [`generate`](super::generate).
pub fn sync(options: &Options, text: &str, lost: LostEntries) -> Result<SyncedConfig, Failure> {
    super::with_large_stack(|| {
        let mut run = Run::new(options.strictness);
        let config = read(text, &mut Diagnostics::new()).map_err(Failure::Input)?;
        let Some(document) = run.load_document(options, &config) else {
            return Err(Failure::Input(run.diagnostics));
        };
        options.progress.start(Phase::Plan);
        sync_text(&document, text, lost)
    })
}

/// Brings the text of a configuration up to date, as [`sync`] does.
///
/// # Errors
///
/// If the text is not a configuration.
pub fn sync_text(
    document: &Document,
    text: &str,
    lost: LostEntries,
) -> Result<SyncedConfig, Failure> {
    let mut text = text.to_owned();
    let config = read(&text, &mut Diagnostics::new()).map_err(Failure::Input)?;
    let api = lower(document, &config, &mut Diagnostics::new());
    let renamed = rename_variables(&api, &config, &mut text);
    let removed = match lost {
        LostEntries::Keep => Vec::new(),
        LostEntries::Remove => remove_lost(document, &mut text).map_err(Failure::Input)?,
    };
    let added = add_entries(document, text)?;
    Ok(SyncedConfig {
        removed,
        renamed,
        ..added
    })
}

/// Adds the new operations and schemas of a document to the text of a configuration. No line of it changes.
fn add_entries(document: &Document, text: String) -> Result<SyncedConfig, Failure> {
    let mut diagnostics = Diagnostics::new();
    let mut config = read(&text, &mut diagnostics).map_err(Failure::Input)?;
    // Inferred methods are not in the configuration yet.
    config.resource_mode = ResourceMode::Complete;
    let api = lower(document, &config, &mut diagnostics);
    let mut tree = ConfiguredTree::new(&config);
    let missing = tree.missing_endpoints(&config, &api);
    let mut lost: Vec<String> = tree
        .lost_endpoints(&api)
        .iter()
        .map(|endpoint| format!("{} {}", endpoint.method, endpoint.path))
        .collect();
    let unknown = diagnostics
        .iter()
        .filter(|it| it.code == Code::UnknownModel);
    lost.extend(unknown.map(|it| format!("{} {}", it.pointer, it.message)));
    let undecided = remove_decisions(&config);
    let inferred = lower(document, &undecided, &mut Diagnostics::new());
    let methods = tree.place_endpoints(&missing, &inferred);
    let mut additions = Additions::new(text);
    additions.add_methods(&config, &inferred, &methods);
    additions.add_settings(&tree, &config, &inferred);
    let models = additions.add_models(document)?;
    let sha256 = additions.record_hash(document, &config);
    Ok(SyncedConfig {
        text: additions.text,
        methods,
        models,
        settings: additions.settings,
        lost,
        removed: Vec::new(),
        renamed: Vec::new(),
        sha256,
        closed: additions.closed,
        diagnostics,
    })
}

/// Returns a configuration without the decisions that inference can take.
fn remove_decisions(config: &Config) -> Config {
    let undecided = Config::default();
    Config {
        environments: undecided.environments,
        resources: undecided.resources,
        resource_mode: undecided.resource_mode,
        client: ClientSettings {
            options: undecided.client.options,
            ..config.client.clone()
        },
        pagination: undecided.pagination,
        ..config.clone()
    }
}
