//! The entries that are added to the text of a configuration.

use std::collections::BTreeMap;

use super::config_text::read;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::init::yaml::Entry;
use crate::init::{
    MethodFacts, model_entries, write_environment, write_method, write_option, write_scheme,
    write_unwraps,
};
use crate::ir::Api;
use crate::load::Document;
use crate::lower::lower;
use crate::pipeline::Failure;
use crate::plan::plan;
use crate::source::yaml_edit::find_item_insertion;
use crate::sync::{
    ConfiguredTree, NewMethod, complete_schemes, find_missing_environments, find_missing_options,
    insert_entries, insert_item, set_sha256,
};

/// The key of schemes.
const PAGINATION: &str = "pagination";

/// The key of the methods of a resource.
const METHODS: &str = "methods";

/// A text with the entries that are added to it.
pub(super) struct Additions {
    pub(super) text: String,
    /// The entries that are neither methods nor models, by their keys.
    pub(super) settings: Vec<String>,
    /// The mappings that cannot get entries.
    pub(super) closed: Vec<String>,
}

impl Additions {
    pub(super) const fn new(text: String) -> Self {
        Self {
            text,
            settings: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// Adds methods, and the schemes of their pagination.
    pub(super) fn add_methods(&mut self, config: &Config, inferred: &Api, methods: &[NewMethod]) {
        let list = [PAGINATION.to_owned()];
        let is_open = find_item_insertion(&self.text, &list).is_some();
        let pagination = complete_schemes(config, inferred, methods, is_open);
        let new_schemes = pagination.schemes.iter().skip(config.pagination.len());
        for scheme in new_schemes {
            if let Some(longer) = insert_item(&self.text, &list, &write_scheme(scheme)) {
                self.text = longer;
                self.settings.push(format!("{PAGINATION}.{}", scheme.name));
            }
        }
        let facts = MethodFacts {
            api: inferred,
            pagination: &pagination,
            has_streaming: true,
        };
        let entries = methods.iter().map(|method| {
            let entry = write_method(facts, &method.name, method.operation);
            (key_path(&method.resource, METHODS), entry)
        });
        self.insert_groups(entries);
    }

    /// Adds the method that decodes webhooks, the servers, and the options of the client.
    pub(super) fn add_settings(&mut self, tree: &ConfiguredTree, config: &Config, inferred: &Api) {
        let webhooks = tree.find_missing_unwraps(config, inferred);
        let mut entries = Vec::new();
        if let Some(resource) = &webhooks {
            let path = key_path(&[tree.find_key(resource)], METHODS);
            let unwraps = write_unwraps(inferred, std::slice::from_ref(resource));
            entries.extend(unwraps.into_iter().map(|entry| (path.clone(), entry)));
        }
        for (name, url) in find_missing_environments(config, inferred) {
            let path = vec!["environments".to_owned()];
            entries.push((path, write_environment(&name, &url)));
        }
        for (name, option) in find_missing_options(config, inferred, webhooks.is_some()) {
            let path = ["client_settings", "opts"].map(ToOwned::to_owned);
            entries.push((path.to_vec(), write_option(&name, &option)));
        }
        let keys = entries.iter();
        let keys = keys.map(|(path, entry)| format!("{}.{}", path.join("."), entry.key));
        self.settings.extend(keys);
        self.insert_groups(entries.into_iter());
    }

    /// Adds the models that the methods of a configuration need. Returns their names.
    pub(super) fn add_models(&mut self, document: &Document) -> Result<Vec<String>, Failure> {
        let mut diagnostics = Diagnostics::new();
        let config = read(&self.text, &mut diagnostics).map_err(Failure::Input)?;
        let api = lower(document, &config, &mut diagnostics);
        let plan = plan(&api, &mut diagnostics);
        let mut tree = ConfiguredTree::new(&config);
        let models = tree.missing_models(model_entries(&api, &plan));
        let entries = models
            .iter()
            .map(|(resource, model)| (key_path(resource, "models"), model.write()));
        self.insert_groups(entries);
        let names = models
            .iter()
            .map(|(resource, model)| format!("{}.{}", resource.join("."), model.name));
        Ok(names.collect())
    }

    /// Records the hash of a document that was fetched. Returns it if the configuration has another
    /// one or none.
    pub(super) fn record_hash(&mut self, document: &Document, config: &Config) -> Option<String> {
        let found = document.sha256.as_ref()?;
        let recorded = config.document.sha256.as_ref();
        if recorded.is_some_and(|recorded| recorded.value.eq_ignore_ascii_case(found)) {
            return None;
        }
        match set_sha256(&self.text, found) {
            Some(changed) => self.text = changed,
            None => self.closed.push("openapi".to_owned()),
        }
        Some(found.clone())
    }

    /// Inserts entries, those of one mapping together.
    fn insert_groups(&mut self, entries: impl Iterator<Item = (Vec<String>, Entry)>) {
        let mut groups: BTreeMap<Vec<String>, Vec<Entry>> = BTreeMap::new();
        for (path, entry) in entries {
            groups.entry(path).or_default().push(entry);
        }
        for (path, entries) in groups {
            match insert_entries(&self.text, &path, entries) {
                Some(longer) => self.text = longer,
                None => self.closed.push(path.join(".")),
            }
        }
    }
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
