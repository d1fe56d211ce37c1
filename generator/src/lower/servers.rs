//! Servers: where the API is.

use indexmap::IndexMap;
use openapiv3::Server;
use serde_json::Value;

use super::endpoints::Endpoint;
use crate::config::Config;
use crate::ir::Words;
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
        environments.insert(name, url(server));
    }
    environments
}

/// The server of an operation, or else of its path, if they have their own.
pub(super) fn own(endpoint: &Endpoint<'_>) -> Option<String> {
    endpoint
        .operation
        .servers
        .first()
        .or_else(|| endpoint.item.servers.first())
        .map(url)
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

/// The server's URL, its variables replaced by their defaults.
fn url(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}
