//! Servers: where the API is.

use indexmap::IndexMap;
use openapiv3::Server;
use serde_json::Value;

use super::endpoints::Endpoint;
use crate::config::Config;
use crate::ir::{ServerVariable, Words};
use crate::load::keys;

/// The environments of the configuration, or the servers of the document.
pub(super) fn environments(servers: &[Server], config: &Config) -> IndexMap<String, String> {
    if !config.environments.is_empty() {
        let configured = config.environments.iter();
        return configured
            .map(|(name, url)| (name.clone(), url.value.clone()))
            .collect();
    }
    let mut environments = IndexMap::new();
    for server in servers {
        let name = name(server, environments.len());
        let name = if environments.contains_key(&name) {
            numbered(environments.len())
        } else {
            name
        };
        environments.insert(name, server.url.clone());
    }
    environments
}

/// The variables of the environments, as they are to be filled by options.
///
/// A variable that several servers have is one; its default may differ between them.
pub(super) fn variables(servers: &[Server], config: &Config) -> Vec<Variable> {
    let environments = environments(servers, config);
    let mut found: IndexMap<String, Variable> = IndexMap::new();
    for (place, (environment, url)) in environments.iter().enumerate() {
        let declared = match config.environments.is_empty() {
            true => servers.get(place).and_then(|s| s.variables.as_ref()),
            false => None,
        };
        for name in names(url) {
            let variable = found.entry(name.clone()).or_insert_with(|| Variable {
                description: None,
                inner: ServerVariable {
                    name: name.clone(),
                    defaults: Vec::new(),
                    values: Vec::new(),
                },
            });
            if let Some(source) = declared.and_then(|all| all.get(&name)) {
                variable.add(environment, source);
            }
        }
    }
    found.into_values().collect()
}

/// A variable, and what the document says of it.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) description: Option<String>,
    pub(super) inner: ServerVariable,
}

impl Variable {
    fn add(&mut self, environment: &str, source: &openapiv3::ServerVariable) {
        if let Some(text) = &source.description {
            self.description.get_or_insert_with(|| text.clone());
        }
        let default = (environment.to_owned(), source.default.clone());
        self.inner.defaults.push(default);
        for value in &source.enumeration {
            if !self.inner.values.contains(value) {
                self.inner.values.push(value.clone());
            }
        }
    }
}

/// The names in braces.
fn names(url: &str) -> Vec<String> {
    let parts = url.split('{').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
        .collect()
}

/// The server of an operation, or else of its path, if they have their own.
///
/// Where the document's first server has the same variable, it is left to be filled.
pub(super) fn own(endpoint: &Endpoint<'_>, servers: &[Server]) -> Option<String> {
    let own = endpoint.operation.servers.first();
    let own = own.or_else(|| endpoint.item.servers.first())?;
    Some(url(own, servers.first()))
}

/// The server's name, or else its description, if it is short enough to be one.
fn name(server: &Server, place: usize) -> String {
    let given = server.extensions.get(keys::SERVER_NAME);
    let given = Words::split(given.and_then(Value::as_str).unwrap_or_default());
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    if !given.is_empty() {
        return given.join("_");
    }
    let words = server
        .description
        .as_deref()
        .map(Words::split)
        .unwrap_or_default();
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "server")
        .collect();
    if (1..=3).contains(&words.len()) {
        return words.join("_");
    }
    if place == 0 {
        "production".to_owned()
    } else {
        numbered(place)
    }
}

fn numbered(place: usize) -> String {
    format!("server_{}", place + 1)
}

/// The server's URL, its variables replaced by their defaults, but for those that
/// another server has too.
fn url(server: &Server, other: Option<&Server>) -> String {
    let shared = other.and_then(|other| other.variables.as_ref());
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        let same = shared.and_then(|shared| shared.get(name));
        if same.is_none_or(|same| same.default != variable.default) {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
    }
    url
}
