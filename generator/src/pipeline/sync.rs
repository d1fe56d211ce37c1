//! A configuration brought up to date with its document.

mod config_text;
mod lost;

use std::collections::BTreeMap;

use super::{Failure, Options, Phase, Run};
use crate::config::{Config, ResourceMode};
use crate::diagnostics::{Code, Diagnostics};
use crate::init::model_entries;
use crate::init::yaml::{Entry, Node, make_entry};
use crate::load::Document;
use crate::lower::lower;
use crate::plan::plan;
use crate::sync::{ConfiguredTree, NewMethod, insert_entries, set_sha256};

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
        self.methods.is_empty() && self.models.is_empty() && self.sha256.is_none()
    }

    /// Whether the configuration needs no change, and names nothing that the document does not have.
    #[must_use]
    pub fn is_current(&self) -> bool {
        let is_exact = self.lost.is_empty() && self.removed.is_empty() && self.renamed.is_empty();
        is_exact && self.is_complete()
    }
}

/// Adds entries for new endpoints and models to the text of a configuration. Other lines do not
/// change, except that endpoints follow new names of path variables. `lost` says what happens to
/// entries for what the document no longer has.
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

/// Adds to the text of a configuration what a document gained. No line of it changes.
fn add_entries(document: &Document, mut text: String) -> Result<SyncedConfig, Failure> {
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
    let methods = if missing.is_empty() {
        Vec::new()
    } else {
        let inferred = lower(document, &Config::default(), &mut Diagnostics::new());
        tree.place_endpoints(&missing, &inferred)
    };
    let mut closed = Vec::new();
    let by_resource = methods.iter().map(|method| {
        let endpoint = &method.endpoint;
        let verb = match &endpoint.method {
            crate::ir::Method::Other(name) => name.clone(),
            known => known.as_str().to_ascii_lowercase(),
        };
        let node = Node::text(&format!("{verb} {}", endpoint.path));
        (
            key_path(&method.resource, "methods"),
            make_entry(&method.name, node),
        )
    });
    insert_groups(&mut text, by_resource, &mut closed);
    let models = add_models(document, &mut text, &mut closed)?;
    let sha256 = record_hash(document, &config, &mut text, &mut closed);
    Ok(SyncedConfig {
        text,
        methods,
        models,
        lost,
        removed: Vec::new(),
        renamed: Vec::new(),
        sha256,
        closed,
        diagnostics,
    })
}

/// Records the hash of a document that was fetched. Returns it if the configuration has another one
/// or none.
fn record_hash(
    document: &Document,
    config: &Config,
    text: &mut String,
    closed: &mut Vec<String>,
) -> Option<String> {
    let found = document.sha256.as_ref()?;
    let recorded = config.document.sha256.as_ref();
    if recorded.is_some_and(|recorded| recorded.value.eq_ignore_ascii_case(found)) {
        return None;
    }
    match set_sha256(text, found) {
        Some(changed) => *text = changed,
        None => closed.push("openapi".to_owned()),
    }
    Some(found.clone())
}

/// Adds the models that the methods of a configuration need. Returns their names.
fn add_models(
    document: &Document,
    text: &mut String,
    closed: &mut Vec<String>,
) -> Result<Vec<String>, Failure> {
    let mut diagnostics = Diagnostics::new();
    let config = read(text, &mut diagnostics).map_err(Failure::Input)?;
    let api = lower(document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    let mut tree = ConfiguredTree::new(&config);
    let models = tree.missing_models(model_entries(&api, &plan));
    let entries = models.iter().map(|(resource, model)| {
        let component = model.component.replace('~', "~0").replace('/', "~1");
        let schema = Node::text(&format!("#/components/schemas/{component}"));
        (
            key_path(resource, "models"),
            make_entry(&model.name, schema),
        )
    });
    insert_groups(text, entries, closed);
    let names = models
        .iter()
        .map(|(resource, model)| format!("{}.{}", resource.join("."), model.name));
    Ok(names.collect())
}

/// Returns the path of keys to a mapping of a resource.
fn key_path(resource: &[String], mapping: &str) -> Vec<String> {
    let mut path = vec!["resources".to_owned()];
    for (index, key) in resource.iter().enumerate() {
        if index > 0 {
            path.push("subresources".to_owned());
        }
        path.push(key.clone());
    }
    path.push(mapping.to_owned());
    path
}

/// Inserts entries, those of one mapping together.
fn insert_groups(
    text: &mut String,
    entries: impl Iterator<Item = (Vec<String>, Entry)>,
    closed: &mut Vec<String>,
) {
    let mut groups: BTreeMap<Vec<String>, Vec<Entry>> = BTreeMap::new();
    for (path, entry) in entries {
        groups.entry(path).or_default().push(entry);
    }
    for (path, entries) in groups {
        match insert_entries(text, &path, entries) {
            Some(longer) => *text = longer,
            None => closed.push(path.join(".")),
        }
    }
}
